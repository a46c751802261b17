package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"avow/internal/civic"
	"avow/internal/ledger"
)

// ErrNothing is what a change returns when it found nothing to do: Write rolls
// back and returns nil.
var ErrNothing = errors.New("nothing to change")

// ErrNothingLogged is what Write returns when a change ended without an error
// and without an entry in the record: it was rolled back.
var ErrNothingLogged = errors.New("change without an entry in the record")

// large is the number of entries after which a write gives its memory back.
const large = 500

// Write opens the one door for writes to the record: it runs fn in a transaction
// that no other writer can enter, and commits when fn returned nil and logged
// something. Any error rolls everything back. Who waits longer than Options.Patience
// for another write gets a *civic.Error with KeyLocked.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if s.writer == nil {
		return s.unavailable(KeyReadOnly, nil)
	}
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

	logged, err := s.write(ctx, fn)
	if errors.Is(err, ErrNothing) {
		return nil
	}
	if stopped := ctx.Err(); err != nil && stopped != nil && !errors.Is(err, stopped) {
		return fmt.Errorf("write to the record: %w (%w)", stopped, err)
	}
	if err == nil && logged > large && s.embedded {
		// Only memory is at stake: an error here would tell nobody anything.
		_, _ = s.writer.ExecContext(ctx, "PRAGMA shrink_memory")
	}
	return s.friendly("write to the record", err)
}

// write runs fn in a transaction and returns how many entries were committed.
func (s *Store) write(ctx context.Context, fn func(tx *Tx) error) (logged int64, err error) {
	raw, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("begin: %w", err)
	}
	// After a commit this does nothing; after a panic in fn it frees the database.
	defer func() { _ = raw.Rollback() }()
	tx, err := s.enter(ctx, raw)
	if err != nil {
		return 0, err
	}
	before := tx.tree.Size()
	if err := fn(tx); err != nil {
		return 0, err
	}
	if err := tx.finish(before); err != nil {
		return 0, err
	}
	if err := raw.Commit(); err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return tx.tree.Size() - before, nil
}

// enter takes the lock on the log's head and reads the edge of its tree.
func (s *Store) enter(ctx context.Context, raw *sql.Tx) (*Tx, error) {
	tx := &Tx{ctx: ctx, raw: raw, store: s, pending: map[string]bool{}, statements: map[string]*sql.Stmt{}}
	if !s.embedded {
		wait := fmt.Sprintf("SET LOCAL lock_timeout = %d", s.patience.Milliseconds())
		if _, err := raw.ExecContext(ctx, wait); err != nil {
			return nil, err
		}
	}
	var size int64
	if err := raw.QueryRowContext(ctx, "SELECT size, newest FROM log"+s.dialect.forUpdate).Scan(&size, &tx.newest); err != nil {
		return nil, fmt.Errorf("lock the head of the log: %w", err)
	}
	var err error
	tx.tree, err = ledger.Load(size, func(entries []int64) (map[int64][]byte, error) { return s.hashes(ctx, raw, entries) })
	return tx, err
}

// finish writes what is still in memory and the log's new head.
func (tx *Tx) finish(before int64) error {
	switch {
	case tx.failed != nil:
		return tx.failed
	case tx.tree.Size() == before:
		return ErrNothingLogged
	}
	if err := tx.flush(); err != nil {
		return err
	}
	root, err := tx.tree.Root()
	if err != nil {
		return err
	}
	done, err := tx.raw.ExecContext(tx.ctx, "UPDATE log SET size = $1, root = $2, newest = $3 WHERE size = $4", tx.tree.Size(), root[:], tx.newest, before)
	if err != nil {
		return fmt.Errorf("move the head of the log: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fmt.Errorf("move the head of the log: it is not at %d", before))
	}
	return nil
}

// Entry says when, by whom and how a subject changed.
type Entry struct {
	At      int64 // microseconds since 1970 UTC
	Actor   civic.Actor
	Verb    string        // "import", "correct"
	Edition civic.Edition // of the source, may be empty
}
