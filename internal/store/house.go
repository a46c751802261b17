package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// House is an open transaction of the narrow door: what is needed to run the
// program and is no part of the public record (accounts, sessions, drafts, mail
// that waits). Its methods know their own tables and no others, so nothing of the
// record can be changed through it.
type House struct {
	ctx   context.Context
	raw   *sql.Tx
	store *Store
}

// House runs fn in a transaction of the narrow door and commits when it returns
// nil. It waits its turn among the writers as Write does.
func (s *Store) House(ctx context.Context, fn func(h *House) error) error {
	if s.writer == nil {
		return s.unavailable(KeyReadOnly, nil)
	}
	if s.embedded {
		waiting := time.NewTimer(s.patience)
		defer waiting.Stop()
		select {
		case s.turn <- struct{}{}:
		case <-waiting.C:
			return s.unavailable(KeyLocked, nil)
		case <-ctx.Done():
			return ctx.Err()
		}
		defer func() { <-s.turn }()
	}
	raw, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.friendly("begin", err)
	}
	defer func() { _ = raw.Rollback() }() // after a commit this does nothing
	if err := fn(&House{ctx, raw, s}); err != nil {
		if errors.Is(err, ErrNothing) {
			return nil
		}
		return s.friendly("keep house", err)
	}
	return s.friendly("keep house", raw.Commit())
}

// exec runs a statement on a table of the house and returns how many rows it changed.
func (h *House) exec(statement string, args ...any) (int64, error) {
	done, err := h.raw.ExecContext(h.ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
