package jobs

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/mail"
	"avow/internal/tell"
)

// Remind makes the letters to reporters whose reports have not come.
type Remind struct {
	App     *app.App
	Words   *i18n.Set
	Address string // of the site
}

const (
	remindEvery = time.Hour
	remindItems = 30 // reports that one letter lists
)

// Task makes the letters that are due, every hour.
func (r Remind) Task() Task { return Task{"remind", remindEvery, r.Run} }

// Run makes the letters that were not made yet. One that was made before waits no second time.
func (r Remind) Run(ctx context.Context) error {
	list, err := r.App.Reminders(ctx)
	if err != nil {
		return err
	}
	for _, one := range list {
		data, err := json.Marshal(r.letter(one))
		if err != nil {
			return err
		}
		if err := r.App.SendReminder(ctx, one, data); err != nil {
			return err
		}
	}
	return nil
}

func (r Remind) letter(one app.Reminder) mail.Reminder {
	p := r.Words.For(one.Account.Lang)
	period := one.Period.Key
	if len(one.Period.Title) > 0 {
		period = one.Period.Title.In(p.Code).Text
	}
	site := r.Address + "/" + p.Code
	out := mail.Reminder{Plan: tell.Place(p, nil, civic.Country{Code: one.Member.Code, Name: one.Member.Name}, one.Plan.Number),
		Period: period, Due: one.Period.LastDue(), Days: one.Days, Settings: site + "/account/reminders"}
	for _, d := range one.Reports {
		if len(out.Reports) == remindItems {
			out.More = len(one.Reports) - remindItems
			break
		}
		text := tell.Cut(d.Commitment.Title.In(p.Code).Text, 160)
		if d.Unit.ID != "" {
			text = p.T("unit.with_note", "text", text, "note", tell.Cut(d.Unit.Title.In(p.Code).Text, 120))
		}
		out.Reports = append(out.Reports, mail.ReminderItem{Text: text, URL: site + "/commitments/" + url.PathEscape(d.Ref)})
	}
	return out
}
