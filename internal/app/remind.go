package app

import (
	"context"
	"errors"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
)

// Reminder is what somebody is told of the reports on one period that have not come.
type Reminder struct {
	Account Account
	Member  civic.Member
	Plan    civic.Plan
	Period  civic.Period
	Days    int    // until the last day on which they are in time; below 0 after it
	Stage   string // "early", "soon" or "late": one letter for each
	Reports []DueReport
}

// The days before and after a due day on which somebody is reminded. A letter that
// could not be made on its day is made on one of the next.
const (
	remindEarly = 14
	remindSoon  = 3
	remindLate  = 7
)

func reminderStage(days int) string {
	switch {
	case days > remindSoon && days <= remindEarly:
		return "early"
	case days >= 0 && days <= remindSoon:
		return "soon"
	case days <= -remindLate && days > -2*remindLate:
		return "late"
	}
	return ""
}

// Reminders lists who is to be reminded today of which reports: the reporters of
// the institutions whose reports have not come. Who wants none is left out.
func (a *App) Reminders(ctx context.Context) ([]Reminder, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	today := a.today()
	var out []Reminder
	for _, p := range s.plans {
		if p.Stage != civic.Implementation && p.Stage != civic.Ended {
			continue
		}
		for i, period := range p.Periods {
			days := civic.DaysBetween(today, period.LastDue())
			stage := reminderStage(days)
			if stage == "" {
				continue
			}
			found, err := a.remindersOf(ctx, p, i)
			if err != nil {
				return nil, err
			}
			for _, r := range found {
				r.Member, r.Plan, r.Period, r.Days, r.Stage = s.memberOf(p.Member), p, period, days, stage
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func (a *App) remindersOf(ctx context.Context, p civic.Plan, period int) ([]Reminder, error) {
	progress, err := a.rollups.of(ctx, a, p.ID)
	if err != nil {
		return nil, err
	}
	if period >= len(progress.Plan.Periods) {
		return nil, nil
	}
	grants, err := belonging[civic.Grant](ctx, a, civic.KindGrant, civic.OfMember, string(p.Member))
	if err != nil {
		return nil, err
	}
	var out []Reminder
	asked := map[civic.AccountID]bool{}
	for _, g := range grants {
		if g.Role != civic.Reporter || !g.Holds(a.today()) || asked[g.Account] {
			continue
		}
		asked[g.Account] = true
		r, err := a.reminderFor(ctx, g.Account, progress, period)
		if err != nil {
			return nil, err
		}
		if len(r.Reports) > 0 {
			out = append(out, r)
		}
	}
	return out, nil
}

func (a *App) reminderFor(ctx context.Context, id civic.AccountID, progress *civic.PlanProgress, period int) (r Reminder, err error) {
	if no, err := a.store.Unreminded(ctx, id); err != nil || no {
		return r, err
	}
	who, err := a.callerOf(ctx, id, true)
	if err != nil || !who.SignedIn() {
		return r, err
	}
	// A point of contact who reports too is reminded of what is their own to report.
	who.Grants = slices.DeleteFunc(who.Grants, func(g civic.Grant) bool { return g.Role != civic.Reporter })
	for _, d := range dueIn(who, progress, period) {
		if d.State == civic.OpenToReport || d.State == civic.ReportMissing {
			r.Reports = append(r.Reports, d)
		}
	}
	r.Account, err = a.AccountOf(ctx, id)
	return r, err
}

// SendReminder lets a letter to somebody wait, once for each person, period and stage.
func (a *App) SendReminder(ctx context.Context, r Reminder, data []byte) error {
	return a.store.House(ctx, func(h *store.House) error {
		return h.QueueMail(store.QueuedMail{Key: "reminder/" + string(r.Account.ID) + "/" + string(r.Plan.ID) + "/" + r.Period.Key + "/" + r.Stage,
			To: r.Account.Mail, Lang: r.Account.Lang, Kind: "reminder", Data: data, Due: a.now().UnixMicro()})
	})
}

// Reminded reports whether somebody wants reminders.
func (a *App) Reminded(ctx context.Context, who civic.Caller) (bool, error) {
	no, err := a.store.Unreminded(ctx, who.Account)
	return !no, errors.Join(signedIn(who), err)
}

// WantReminders notes whether somebody wants reminders.
func (a *App) WantReminders(ctx context.Context, who civic.Caller, wanted bool) error {
	if err := signedIn(who); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.Remind(who.Account, wanted, a.now().UnixMicro()) })
}

// deliveriesLast is how long tries of webhooks are remembered.
const deliveriesLast = 30 * 24

// SweepFollows forgets what was not confirmed in time and deliveries of long ago.
func (a *App) SweepFollows(ctx context.Context) error {
	now := a.now()
	return a.store.House(ctx, func(h *store.House) error {
		return h.SweepFollows(now.Add(-followLasts).UnixMicro(), now.AddDate(0, 0, -deliveriesLast/24).UnixMicro())
	})
}
