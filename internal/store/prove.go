package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"avow/internal/civic"
	"avow/internal/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// reader gives tlog the stored hashes as one query sees them.
func (s *Store) hashReader(ctx context.Context) tlog.HashReader {
	return ledger.Reader(func(entries []int64) (map[int64][]byte, error) { return s.hashes(ctx, s.reader, entries) })
}

// Inclusion proves that an entry is in the record's first size entries.
func (s *Store) Inclusion(ctx context.Context, entry, size int64) (ledger.Inclusion, error) {
	var leaf []byte
	err := s.reader.QueryRowContext(ctx, "SELECT leaf FROM ledger_entry WHERE idx = $1", entry).Scan(&leaf)
	if errors.Is(err, sql.ErrNoRows) || err == nil && entry >= size {
		return ledger.Inclusion{}, &civic.Error{Kind: civic.NotFound, Key: KeyNoEntry, Args: map[string]any{"Ref": strconv.FormatInt(entry, 10)}}
	}
	if err != nil {
		return ledger.Inclusion{}, s.friendly("read an entry", err)
	}
	proof, err := ledger.ProveInclusion(size, entry, leaf, s.hashReader(ctx))
	return proof, s.friendly("prove an entry", err)
}

// Consistency proves that the record's first older entries are unchanged among
// its first newer ones.
func (s *Store) Consistency(ctx context.Context, older, newer int64) ([]ledger.TreeHash, error) {
	path, err := ledger.ProveConsistency(older, newer, s.hashReader(ctx))
	return path, s.friendly("prove the record's growth", err)
}

// RootAt returns the root hash of the record's first size entries; NotFound when it
// has not so many.
func (s *Store) RootAt(ctx context.Context, size int64) (ledger.TreeHash, error) {
	h, err := s.Head(ctx)
	if err == nil && (size < 1 || size > h.Size) {
		err = &civic.Error{Kind: civic.NotFound, Key: KeyNoEntry, Args: map[string]any{"Ref": strconv.FormatInt(size, 10)}}
	}
	if err != nil {
		return ledger.TreeHash{}, err
	}
	root, err := tlog.TreeHash(size, s.hashReader(ctx))
	return root, s.friendly("work out an earlier root", err)
}

// CheckAgainst compares the record with a checkpoint that was kept outside the
// database. It refuses a record that is smaller (KeyRolledBack), different
// (KeyForked) or another log's (KeyOtherLog). It trusts the stored hashes and
// takes a few milliseconds; Verify trusts nothing.
func (s *Store) CheckAgainst(ctx context.Context, c ledger.Checkpoint) error {
	h, err := s.Head(ctx)
	if err != nil {
		return err
	}
	var stored int64
	if err := s.reader.QueryRowContext(ctx, "SELECT coalesce(max(idx) + 1, 0) FROM ledger_entry").Scan(&stored); err != nil {
		return s.friendly("read the last entry", err)
	}
	h.Size = min(h.Size, stored)
	refuse := func(key string) error {
		return &civic.Error{Kind: civic.Unavailable, Key: key, Args: map[string]any{
			"Place": s.place, "Size": h.Size, "Checkpoint": c.Size, "Origin": h.Origin, "Other": c.Origin,
		}}
	}
	switch {
	case c.Origin != h.Origin:
		return refuse(KeyOtherLog)
	case c.Size > h.Size:
		return refuse(KeyRolledBack)
	case c.Size == 0 && c.Root == ledger.EmptyRoot:
		return nil
	case c.Size == 0:
		return refuse(KeyForked)
	}
	root, err := tlog.TreeHash(c.Size, s.hashReader(ctx))
	if err != nil {
		return s.friendly("compute the root at the checkpoint", err)
	}
	if root != c.Root {
		return refuse(KeyForked)
	}
	return nil
}
