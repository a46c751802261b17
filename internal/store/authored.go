package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Author notes that an account is about to write a subject of a kind. With a
// target it does so once: asked again, the ID of the first time comes back.
func (h *House) Author(account civic.AccountID, kind civic.Kind, id, target string) (string, error) {
	n, err := h.exec("INSERT INTO authored (id, kind, account, target) VALUES ($1, $2, $3, $4) ON CONFLICT (account, kind, target) WHERE target <> '' DO NOTHING",
		id, string(kind), string(account), target)
	if err != nil || n == 1 {
		return id, err
	}
	err = h.raw.QueryRowContext(h.ctx, "SELECT id FROM authored WHERE account = $1 AND kind = $2 AND target = $3", string(account), string(kind), target).Scan(&id)
	return id, err
}

// Wrote reports whether an account wrote the subject of that ID.
func (s *Store) Wrote(ctx context.Context, account civic.AccountID, kind civic.Kind, id string) (bool, error) {
	var n int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM authored WHERE id = $1 AND kind = $2 AND account = $3", id, string(kind), string(account)).Scan(&n)
	return n > 0, s.friendly("read who wrote it", err)
}

// Authored returns the ID of what an account wrote of a kind on a target, "" for nothing.
func (s *Store) Authored(ctx context.Context, account civic.AccountID, kind civic.Kind, target string) (id string, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT id FROM authored WHERE account = $1 AND kind = $2 AND target = $3", string(account), string(kind), target).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, s.friendly("read what an account wrote", err)
}
