package httpx

import (
	"context"
	"errors"
	"net/http"

	"avow/internal/civic"
)

// addressTooLong is the message key of an address over the limit.
const addressTooLong = "error.url_too_long"

// Status gives the status code of an error: the one of its civic.ErrorKind, 414
// for an address over the limit and 413 for a body, 503 when the deadline passed, else 500.
func Status(err error) int {
	switch civic.KindOf(err) {
	case civic.NotFound:
		return http.StatusNotFound
	case civic.Invalid:
		return http.StatusBadRequest
	case civic.Forbidden:
		return http.StatusForbidden
	case civic.Unauthenticated:
		return http.StatusUnauthorized
	case civic.Unproven:
		return http.StatusForbidden
	case civic.TooMany:
		return http.StatusTooManyRequests
	case civic.Conflict:
		return http.StatusConflict
	case civic.Unavailable:
		return http.StatusServiceUnavailable
	case civic.TooLarge:
		var e *civic.Error
		if errors.As(err, &e) && e.Key == addressTooLong {
			return http.StatusRequestURITooLong
		}
		return http.StatusRequestEntityTooLarge
	}
	var wrong *wrongMethod
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &wrong):
		return http.StatusMethodNotAllowed
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// MessageKey gives the message key and arguments with which an error is told to
// a person. An error that is no *civic.Error gets a general message of its
// status; its text is for the log only.
func MessageKey(err error) (key string, args map[string]any) {
	var e *civic.Error
	if errors.As(err, &e) && e.Key != "" {
		return e.Key, e.Args
	}
	switch Status(err) {
	case http.StatusMethodNotAllowed:
		return "error.method_not_allowed", nil
	case http.StatusRequestEntityTooLarge:
		return "error.too_large", nil
	case http.StatusServiceUnavailable:
		return "error.unavailable", nil
	}
	return "error.internal", nil
}

// wrongMethod is asked with a method that the address does not have.
type wrongMethod struct{ method string }

func (e *wrongMethod) Error() string { return "method " + e.method + " not allowed" }

// MethodNotAllowed is the error of a request whose address exists for other methods only.
func MethodNotAllowed(method string) error { return &wrongMethod{method} }
