package api

import (
	"net/http"
	"strconv"
)

// stream is an answer of any length. It remembers whether anything was written
// and whether the client went away.
type stream struct {
	w        http.ResponseWriter
	patience func(http.ResponseWriter)
	writes   int
	err      error
}

// An export keeps a database connection and the memory of its writer for as long
// as the client reads, so only maxExports run at once. retryExport is when one
// more may ask again, in seconds.
const (
	maxExports  = 4
	retryExport = "5"
)

// patienceEvery is how many writes share one extension of the deadline.
const patienceEvery = 32

func (s *stream) Write(b []byte) (int, error) {
	if s.patience != nil && s.writes%patienceEvery == 0 {
		s.patience(s.w)
	}
	s.writes++
	n, err := s.w.Write(b)
	if err != nil {
		s.err = err
	}
	return n, err
}

func itoa(n int) string { return strconv.Itoa(n) }
