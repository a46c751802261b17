package civic

import (
	"errors"
	"strings"
)

// ErrorKind tells the outside what to answer; httpx maps it to a status.
type ErrorKind string

const (
	NotFound    ErrorKind = "not_found"
	Invalid     ErrorKind = "invalid"
	Forbidden   ErrorKind = "forbidden"
	Conflict    ErrorKind = "conflict"
	Unavailable ErrorKind = "unavailable"
	TooLarge    ErrorKind = "too_large"

	Unauthenticated ErrorKind = "unauthenticated" // somebody who signs in might
	Unproven        ErrorKind = "unproven"        // the role is there, its second factor is not
	TooMany         ErrorKind = "too_many"        // asked too often: later
)

// Error is a failure that a person can act on: a kind, a message key of the
// catalogues, and the words to fill into it. Field is set when one input is at fault.
type Error struct {
	Kind  ErrorKind
	Key   string
	Field string
	Args  map[string]any
	Cause error
}

// Error gives a text for logs; people get the translated message of Key.
func (e *Error) Error() string {
	parts := []string{string(e.Kind), e.Key}
	if e.Field != "" {
		parts = append(parts, e.Field)
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	return strings.Join(parts, ": ")
}

func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first *Error in err's chain, or "" when there is none.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Errors are several faults of one input, told together: each has its Field.
type Errors []*Error

// Error gives a text for logs.
func (e Errors) Error() string {
	parts := make([]string, len(e))
	for i, one := range e {
		parts[i] = one.Error()
	}
	return strings.Join(parts, "; ")
}

// Unwrap lets errors.As find the first fault.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// Or returns the faults as an error, nil when there is none.
func (e Errors) Or() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// Add notes a fault of a field. args are pairs of a name and a value.
func (e *Errors) Add(field, key string, args ...any) {
	named := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		named[args[i].(string)] = args[i+1]
	}
	*e = append(*e, &Error{Kind: Invalid, Key: key, Field: field, Args: named})
}
