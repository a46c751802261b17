package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"avow/internal/app"
	"avow/internal/mail"
)

// Relay sends the mails that wait.
type Relay struct {
	App    *app.App
	Office mail.Office
	Now    func() time.Time
	Log    *slog.Logger
}

const (
	relayEvery = time.Second
	relayMany  = 50 // mails leased at once
)

// Task sends what is due, every second.
func (r Relay) Task() Task { return Task{"mail", relayEvery, r.SendDue} }

// SendDue sends everything that is due now. A mail that cannot be sent waits for
// another try; after the last it is given up, which the log tells without telling
// to whom it was.
func (r Relay) SendDue(ctx context.Context) error {
	for {
		waits, err := r.App.MailWaits(ctx)
		if err != nil || !waits {
			return err
		}
		leased, err := r.App.LeaseMails(ctx, relayMany)
		if err != nil || len(leased) == 0 {
			return err
		}
		for _, m := range leased {
			if err := r.send(ctx, m); err != nil {
				return err
			}
		}
	}
}

// send sends one mail and notes how that went. What cannot be noted is sent again.
func (r Relay) send(ctx context.Context, m app.Mail) error {
	failed := r.Office.Post(ctx, m.ID, m.To, m.Lang, m.Kind, m.Data, r.Now())
	note := context.WithoutCancel(ctx) // what was sent stays sent
	if failed == nil {
		return r.App.MailSent(note, m)
	}
	givenUp, err := r.App.MailFailed(note, m)
	if givenUp {
		r.Log.ErrorContext(ctx, "mail given up", "mail", m.ID, "kind", m.Kind, "error", failed.Error())
	} else {
		r.Log.WarnContext(ctx, "mail not sent", "mail", m.ID, "kind", m.Kind, "error", failed.Error())
	}
	return errors.Join(err, ctx.Err())
}

// Sweep removes what nobody can use any more, every hour.
func Sweep(a *app.App) Task { return Task{"sweep", time.Hour, a.Sweep} }
