package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// KeepCoding keeps what a coder has said so far in a study, in the place of what
// stood there. change gets that text, nil when there was none, and gives the new one.
func (h *House) KeepCoding(study string, coder civic.Actor, at int64, change func(body []byte) ([]byte, error)) error {
	var body []byte
	err := h.raw.QueryRowContext(h.ctx, "SELECT body FROM coding WHERE study = $1 AND coder = $2", study, string(coder)).Scan(&body)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if body, err = change(body); err != nil {
		return err
	}
	_, err = h.exec("INSERT INTO coding (study, coder, body, at) VALUES ($1, $2, $3, $4) ON CONFLICT (study, coder) DO UPDATE SET body = excluded.body, at = excluded.at",
		study, string(coder), body, at)
	return err
}

// DropCodings takes the codings of a study away: they are in the record.
func (h *House) DropCodings(study string) error {
	_, err := h.exec("DELETE FROM coding WHERE study = $1", study)
	return err
}

// Coding returns what a coder has said so far in a study; nil when nothing.
func (s *Store) Coding(ctx context.Context, study string, coder civic.Actor) ([]byte, error) {
	var body []byte
	err := s.reader.QueryRowContext(ctx, "SELECT body FROM coding WHERE study = $1 AND coder = $2", key(study), string(coder)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return body, s.friendly("read a coding", err)
}
