package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Follow is somebody's wish to be told of changes by mail.
type Follow struct {
	ID        string
	Mail      string
	Lang      string
	Kind      string // what it follows: "commitment", "plan", "member", "tag", "query"
	Target    string // its ID, slug or words
	Cadence   string // "daily" or "weekly"; "" until it was confirmed
	Asked     string // the cadence that was asked for last
	Secret    []byte // from which the tokens in its letters are made
	Created   int64
	Confirmed int64  // 0 until the address was confirmed
	Position  int64  // entry from which the next letter tells
	Told      string // window of the last letter
}

const followColumns = "id, mail, lang, kind, target, cadence, asked, secret, created, confirmed, position, told"

func scanFollow(row interface{ Scan(...any) error }) (f Follow, err error) {
	err = row.Scan(&f.ID, &f.Mail, &f.Lang, &f.Kind, &f.Target, &f.Cadence, &f.Asked, &f.Secret, &f.Created, &f.Confirmed, &f.Position, &f.Told)
	return f, err
}

// Follow returns one by its ID; ok is false when there is none.
func (s *Store) Follow(ctx context.Context, id string) (f Follow, ok bool, err error) {
	f, err = scanFollow(s.reader.QueryRowContext(ctx, "SELECT "+followColumns+" FROM follow WHERE id = $1", id))
	if errors.Is(err, sql.ErrNoRows) {
		return Follow{}, false, nil
	}
	return f, err == nil, s.friendly("read who follows", err)
}

// FollowsDue lists the confirmed ones of a cadence for which no letter of a window
// was made yet, in the order of their IDs after one, at most limit.
func (s *Store) FollowsDue(ctx context.Context, cadence, window, after string, limit int) ([]Follow, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+followColumns+` FROM follow
		WHERE confirmed <> 0 AND cadence = $1 AND told <> $2 AND id > $3 ORDER BY id LIMIT $4`, cadence, window, after, limit)
	if err != nil {
		return nil, s.friendly("read who follows", err)
	}
	defer rows.Close()
	var out []Follow
	for rows.Next() {
		f, err := scanFollow(rows)
		if err != nil {
			return nil, s.friendly("read who follows", err)
		}
		out = append(out, f)
	}
	return out, s.friendly("read who follows", rows.Err())
}

// AskFollow keeps a wish, or what is asked for anew of one that is there, and
// returns it as it is now. Letters that come already stay as they are: anybody
// can ask in somebody's name.
func (h *House) AskFollow(f Follow) (Follow, error) {
	_, err := h.exec("INSERT INTO follow ("+followColumns+`) VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, 0, $9, '')
		ON CONFLICT (mail, kind, target) DO UPDATE SET asked = excluded.asked,
		lang = CASE WHEN follow.confirmed = 0 THEN excluded.lang ELSE follow.lang END,
		created = CASE WHEN follow.confirmed = 0 THEN excluded.created ELSE follow.created END`,
		f.ID, f.Mail, f.Lang, f.Kind, f.Target, f.Asked, f.Secret, f.Created, f.Position)
	if err != nil {
		return Follow{}, err
	}
	return scanFollow(h.raw.QueryRowContext(h.ctx, "SELECT "+followColumns+" FROM follow WHERE mail = $1 AND kind = $2 AND target = $3", f.Mail, f.Kind, f.Target))
}

// ConfirmFollow lets letters be made in the cadence that was asked for. What
// happened before the first confirmation is not told.
func (h *House) ConfirmFollow(id string, at, position int64, window string) error {
	_, err := h.exec(`UPDATE follow SET cadence = asked, position = CASE WHEN confirmed = 0 THEN $3 ELSE position END,
		told = CASE WHEN confirmed = 0 THEN $4 ELSE told END, confirmed = CASE WHEN confirmed = 0 THEN $2 ELSE confirmed END WHERE id = $1`, id, at, position, window)
	return err
}

// EndFollow forgets somebody's wish and address.
func (h *House) EndFollow(id string) error {
	_, err := h.exec("DELETE FROM follow WHERE id = $1", id)
	return err
}

// FollowTold notes that the letter of a window was made; false when another
// process did, or the wish has ended.
func (h *House) FollowTold(id, window string, position int64) (bool, error) {
	n, err := h.exec("UPDATE follow SET told = $2, position = $3 WHERE id = $1 AND told <> $2 AND confirmed <> 0", id, window, position)
	return n == 1, err
}

// SweepFollows forgets wishes that were not confirmed in time, and deliveries of
// long ago.
func (h *House) SweepFollows(asked, delivered int64) error {
	if _, err := h.exec("DELETE FROM follow WHERE confirmed = 0 AND created < $1", asked); err != nil {
		return err
	}
	_, err := h.exec("DELETE FROM webhook_delivery WHERE at < $1", delivered)
	return err
}

// Unreminded reports whether an account wants no reminders.
func (s *Store) Unreminded(ctx context.Context, id civic.AccountID) (bool, error) {
	var n int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM unreminded WHERE account = $1", string(id)).Scan(&n)
	return n > 0, s.friendly("read reminders", err)
}

// Remind notes whether an account wants reminders.
func (h *House) Remind(id civic.AccountID, wanted bool, at int64) error {
	if wanted {
		_, err := h.exec("DELETE FROM unreminded WHERE account = $1", string(id))
		return err
	}
	_, err := h.exec("INSERT INTO unreminded (account, since) VALUES ($1, $2) ON CONFLICT (account) DO NOTHING", string(id), at)
	return err
}
