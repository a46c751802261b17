package store

import (
	"context"
	"fmt"

	"avow/internal/civic"
)

// rebuild computes every derived table again from the newest versions. The
// record itself stays as it is.
func (s *Store) rebuild(ctx context.Context) error {
	raw, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to derive again: %w", err)
	}
	defer func() { _ = raw.Rollback() }() // after a commit this does nothing
	tx, err := s.enter(ctx, raw)
	if err != nil {
		return err
	}
	var derived int64
	if err := raw.QueryRowContext(ctx, "SELECT derivation FROM log").Scan(&derived); err != nil || derived >= derivation {
		return err // another process was faster
	}
	for _, t := range []*table{belongingTable, reportTable, forumTable, placeTable, commitmentTable, planTable, memberTable, searchTable} {
		if err := tx.exec("DELETE FROM " + t.name); err != nil {
			return fmt.Errorf("empty %s: %w", t.name, err)
		}
	}
	for _, kind := range civic.Kinds {
		if err := tx.deriveAgain(kind); err != nil {
			return fmt.Errorf("derive every %s again: %w", kind, err)
		}
	}
	if err := tx.flush(); err != nil {
		return err
	}
	if err := tx.exec("UPDATE log SET derivation = $1", int64(derivation)); err != nil {
		return err
	}
	return raw.Commit()
}

// deriveAgain fills the derived tables of a kind. It reads through another
// connection, which sees the same versions: nobody can write meanwhile.
func (tx *Tx) deriveAgain(kind civic.Kind) error {
	rows, err := tx.store.reader.QueryContext(tx.ctx,
		"SELECT s.ord, v.body FROM subject s JOIN version v ON v.entry = s.entry WHERE s.kind = $1 AND v.body IS NOT NULL ORDER BY s.ord", string(kind))
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		var ord int64
		var body []byte
		if err := rows.Scan(&ord, &body); err != nil {
			return err
		}
		subject, err := decode(kind, body)
		if err != nil {
			return fmt.Errorf("read the version at %d: %w", ord, err)
		}
		p, err := Prepare(subject)
		if err != nil {
			return err
		}
		tx.insertDerived(ord, p)
		if n%batchRows == 0 {
			if err := tx.flush(); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}
