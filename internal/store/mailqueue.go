package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"avow/internal/civic"
)

// QueuedMail is a mail that waits. Key is unique, "" when nothing like it could be
// queued twice: of several with one key the first counts, also after it was sent.
type QueuedMail struct {
	ID    string // made by QueueMail
	Key   string
	To    string
	Lang  string
	Kind  string // which letter: a kind of package mail
	Data  []byte // JSON for the letter
	Due   int64  // not before, microseconds
	Tries int

	ord int64
}

// QueueMail lets a mail wait for the relay.
func (h *House) QueueMail(m QueuedMail) error {
	id, err := civic.NewBlindID(h.store.random)
	if err != nil {
		return err
	}
	if m.Data == nil {
		m.Data = []byte("{}")
	}
	_, err = h.exec(`INSERT INTO mail_queue (id, ord, once, address, lang, kind, data, due, tries, leased, done)
		VALUES ($1, (SELECT coalesce(max(ord), 0) + 1 FROM mail_queue), $2, $3, $4, $5, $6, $7, 0, 0, 0)
		ON CONFLICT (once) WHERE once <> '' DO NOTHING`, id, m.Key, m.To, m.Lang, m.Kind, m.Data, m.Due)
	return err
}

// LeaseMails takes up to most mails that are due, oldest first, so that nobody
// else sends them before until. Each lease counts as a try.
func (h *House) LeaseMails(now, until int64, most int) (out []QueuedMail, err error) {
	rows, err := h.raw.QueryContext(h.ctx, `UPDATE mail_queue SET leased = $2, tries = tries + 1 WHERE id IN (
		SELECT id FROM mail_queue WHERE done = 0 AND due <= $1 AND leased <= $1 ORDER BY due, ord LIMIT `+fmt.Sprint(most)+h.store.dialect.forUpdate+`)
		RETURNING id, once, address, lang, kind, data, due, tries, ord`, now, until)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m QueuedMail
		if err := rows.Scan(&m.ID, &m.Key, &m.To, &m.Lang, &m.Kind, &m.Data, &m.Due, &m.Tries, &m.ord); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	// The rows of an UPDATE come in no order.
	slices.SortFunc(out, func(a, b QueuedMail) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.ord, b.ord)) })
	return out, rows.Err()
}

// MailDone forgets what a mail said and to whom, when it was sent or given up.
func (h *House) MailDone(id string, at int64) error {
	_, err := h.exec("UPDATE mail_queue SET done = $2, address = '', data = $3 WHERE id = $1", id, at, []byte{})
	return err
}

// MailLater lets a mail wait again, for another try.
func (h *House) MailLater(id string, due int64) error {
	_, err := h.exec("UPDATE mail_queue SET due = $2, leased = 0 WHERE id = $1 AND done = 0", id, due)
	return err
}

// MailDue reports whether a mail is due and nobody has taken it.
func (s *Store) MailDue(ctx context.Context, now int64) (bool, error) {
	var n int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM mail_queue WHERE done = 0 AND due <= $1 AND leased <= $1 LIMIT 1) AS due", now).Scan(&n)
	return n > 0, s.friendly("look for mails", err)
}
