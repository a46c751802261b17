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
