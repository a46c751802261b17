package app

import (
	"context"

	"avow/internal/civic"
)

// KeepMeeting writes a meeting down, or corrects the one with its ID (see
// KeepDocument). Its minutes are a document that belongs to it.
func (a *App) KeepMeeting(ctx context.Context, who civic.Caller, m civic.Meeting, seen int) (civic.MeetingID, error) {
	m.Title, m.Decided, m.Where = cleanText(m.Title), cleanText(m.Decided), cleanLine(m.Where)
	id, err := keep(ctx, a, who, keeping[civic.Meeting]{
		kind: civic.KindMeeting, id: string(m.ID), seen: seen, add: verbRecordMeeting, correct: verbCorrectMeeting, place: placeOfMeeting,
		make: func(ctx context.Context, id string, before civic.Meeting) (civic.Meeting, error) {
			after := m
			after.ID, after.Withdrawn = civic.MeetingID(id), ""
			if before.ID != "" {
				after.Member, after.Demo = before.Member, before.Demo
				if before.Withdrawn != "" {
					return after, withdrawn(string(civic.KindMeeting))
				}
			}
			var e civic.Errors
			plan, _, err := a.within(ctx, &e, after.Member, after.Plan, "")
			if err != nil {
				return after, err
			}
			after.Demo = after.Demo || plan.Demo
			if after.Minutes != "" {
				d, _, err := read[civic.Document](ctx, a, civic.KindDocument, string(after.Minutes))
				if civic.KindOf(err) == civic.NotFound || err == nil && (d.Member != after.Member || d.Kind != "minutes" || d.Withdrawn != "") {
					e.Add("minutes", "repository.fault.minutes")
				} else if err != nil {
					return after, err
				}
			}
			e = append(e, civic.CheckMeeting(after, a.today())...)
			return after, e.Or()
		},
	})
	return civic.MeetingID(id), err
}

func placeOfMeeting(m civic.Meeting) civic.Place {
	p := civic.Place{Member: m.Member}
	if m.Plan != "" {
		p.Plans = []civic.PlanID{m.Plan}
	}
	return p
}

// WithdrawMeeting says that a meeting was written down by mistake. One that was
// called off is corrected instead: it is cancelled.
func (a *App) WithdrawMeeting(ctx context.Context, who civic.Caller, id civic.MeetingID, reason string) error {
	reason = cleanLine(reason)
	return a.act(ctx, who, civic.MayKeepFiles, func(ask func(civic.Place) error) ([]edit, error) {
		m, _, err := read[civic.Meeting](ctx, a, civic.KindMeeting, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfMeeting(m)); err != nil {
			return nil, err
		}
		if err := withdrawable(string(civic.KindMeeting), m.Withdrawn, reason); err != nil {
			return nil, err
		}
		m.Withdrawn = reason
		return []edit{{subject: m, verb: verbWithdrawMeeting}}, nil
	})
}
