package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Webhook is an address that is told of each change at a member, in order.
type Webhook struct {
	ID       string
	Member   civic.MemberID
	Account  civic.AccountID // who made it
	URL      string
	Secret   []byte
	Created  int64
	Position int64  // entry of the record that comes next
	Tries    int    // of that entry
	Failing  int64  // since when, 0 while it takes what it is sent
	Due      int64  // not before; while somebody delivers, the end of the lease
	Ended    int64  // 0 while it runs
	Why      string // why it ended: "", "failing"
}

// Delivery is one try to tell a webhook of an entry.
type Delivery struct {
	ID     string
	Hook   string
	Entry  int64 // -1 for a test
	At     int64
	Status int    // of the answer, 0 for none
	Fault  string // message key, "" when it was taken
	Tries  int
}

const hookColumns = "id, member, account, url, secret, created, position, tries, failing, due, ended, why"

func scanHook(row interface{ Scan(...any) error }) (w Webhook, err error) {
	err = row.Scan(&w.ID, &w.Member, &w.Account, &w.URL, &w.Secret, &w.Created, &w.Position, &w.Tries, &w.Failing, &w.Due, &w.Ended, &w.Why)
	return w, err
}

// Webhook returns one by its ID; ok is false when there is none.
func (s *Store) Webhook(ctx context.Context, id string) (w Webhook, ok bool, err error) {
	w, err = scanHook(s.reader.QueryRowContext(ctx, "SELECT "+hookColumns+" FROM webhook WHERE id = $1", id))
	if errors.Is(err, sql.ErrNoRows) {
		return Webhook{}, false, nil
	}
	return w, err == nil, s.friendly("read a webhook", err)
}

// Webhooks lists those of some members, the oldest first.
func (s *Store) Webhooks(ctx context.Context, members []string) (out []Webhook, err error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+hookColumns+" FROM webhook WHERE member IN "+s.dialect.in("$1")+" ORDER BY created, id", jsonList(members))
	if err != nil {
		return nil, s.friendly("read webhooks", err)
	}
	defer rows.Close()
	for rows.Next() {
		w, err := scanHook(rows)
		if err != nil {
			return nil, s.friendly("read webhooks", err)
		}
		out = append(out, w)
	}
	return out, s.friendly("read webhooks", rows.Err())
}

// WebhookDue reports whether one could be told something now.
func (s *Store) WebhookDue(ctx context.Context, now, size int64) (bool, error) {
	var n int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM webhook WHERE ended = 0 AND due <= $1 AND position < $2", now, size).Scan(&n)
	return n > 0, s.friendly("read webhooks", err)
}

// Deliveries lists the last tries of a webhook, the newest first.
func (s *Store) Deliveries(ctx context.Context, hook string, limit int) (out []Delivery, err error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT id, hook, entry, at, status, fault, tries FROM webhook_delivery WHERE hook = $1 ORDER BY at DESC, id DESC LIMIT $2", hook, limit)
	if err != nil {
		return nil, s.friendly("read deliveries", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d Delivery
		if err := rows.Scan(&d.ID, &d.Hook, &d.Entry, &d.At, &d.Status, &d.Fault, &d.Tries); err != nil {
			return nil, s.friendly("read deliveries", err)
		}
		out = append(out, d)
	}
	return out, s.friendly("read deliveries", rows.Err())
}

// AddWebhook keeps a new one.
func (h *House) AddWebhook(w Webhook) error {
	_, err := h.exec("INSERT INTO webhook ("+hookColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $6, 0, '')",
		w.ID, string(w.Member), string(w.Account), w.URL, w.Secret, w.Created, w.Position)
	return err
}

// LeaseWebhook takes the one that has waited longest, so that nobody else delivers
// to it before until; ok is false when none is due.
func (h *House) LeaseWebhook(now, until, size int64) (w Webhook, ok bool, err error) {
	w, err = scanHook(h.raw.QueryRowContext(h.ctx, `UPDATE webhook SET due = $2 WHERE id = (SELECT id FROM webhook
		WHERE ended = 0 AND due <= $1 AND position < $3 ORDER BY due, id LIMIT 1`+h.store.dialect.forUpdate+`) RETURNING `+hookColumns, now, until, size))
	if errors.Is(err, sql.ErrNoRows) {
		return Webhook{}, false, nil
	}
	return w, err == nil, err
}

// MoveWebhook notes how far a webhook got, as long as it still runs and is leased
// as it was.
func (h *House) MoveWebhook(w Webhook, leased int64) error {
	_, err := h.exec("UPDATE webhook SET position = $2, tries = $3, failing = $4, due = $5, ended = $6, why = $7 WHERE id = $1 AND ended = 0 AND due = $8",
		w.ID, w.Position, w.Tries, w.Failing, w.Due, w.Ended, w.Why, leased)
	return err
}

// EndWebhook ends one at somebody's wish.
func (h *House) EndWebhook(id string, at int64) error {
	_, err := h.exec("UPDATE webhook SET ended = $2 WHERE id = $1 AND ended = 0", id, at)
	return err
}

// AddDelivery notes a try.
func (h *House) AddDelivery(d Delivery) error {
	_, err := h.exec("INSERT INTO webhook_delivery (id, hook, entry, at, status, fault, tries) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		d.ID, d.Hook, d.Entry, d.At, d.Status, d.Fault, d.Tries)
	return err
}
