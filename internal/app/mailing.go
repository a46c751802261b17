package app

import (
	"context"
	"time"

	"avow/internal/store"
)

// Mail is a mail that waits to be sent.
type Mail = store.QueuedMail

const (
	mailLease    = 5 * time.Minute // for one relay to send what it took
	mailTries    = 10
	mailBackoff  = time.Minute // doubled with each try
	mailLongest  = 4 * time.Hour
	mailKeyLasts = 90 * 24 * time.Hour // how long a key is remembered after its mail
)

// LeaseMails takes up to most mails that are due. Nobody else is given them for
// some minutes; a relay that dies leaves them to the next one, so a mail may go
// out twice and never not at all.
func (a *App) LeaseMails(ctx context.Context, most int) (out []Mail, err error) {
	now := a.now()
	err = a.store.House(ctx, func(h *store.House) error {
		if out, err = h.LeaseMails(now.UnixMicro(), now.Add(mailLease).UnixMicro(), most); err == nil && len(out) == 0 {
			return store.ErrNothing
		}
		return err
	})
	return out, err
}

// MailSent forgets a mail that was sent.
func (a *App) MailSent(ctx context.Context, m Mail) error {
	return a.store.House(ctx, func(h *store.House) error { return h.MailDone(m.ID, a.now().UnixMicro()) })
}

// MailFailed lets a mail wait for another try, longer each time; after the last
// it is given up.
func (a *App) MailFailed(ctx context.Context, m Mail) (givenUp bool, err error) {
	now := a.now()
	wait := min(mailBackoff<<min(m.Tries-1, mailTries), mailLongest)
	givenUp = m.Tries >= mailTries
	return givenUp, a.store.House(ctx, func(h *store.House) error {
		if givenUp {
			return h.MailDone(m.ID, now.UnixMicro())
		}
		return h.MailLater(m.ID, now.Add(wait).UnixMicro())
	})
}

// MailWaits reports whether a mail is due now. It costs one small query.
func (a *App) MailWaits(ctx context.Context) (bool, error) {
	return a.store.MailDue(ctx, a.now().UnixMicro())
}
