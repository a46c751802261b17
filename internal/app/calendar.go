package app

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// Occasion is a day on which something is due or takes place.
type Occasion struct {
	UID       string // without the record's name
	Sequence  int    // grows with each change
	Changed   int64  // microseconds
	Start     string // YYYY-MM-DD
	End       string // its last day, "" for one day
	Says      civic.Said
	About     civic.Text // title of the commitment
	Path      string
	Cancelled bool
}

// Calendar is a calendar with finished texts, ready to be written.
type (
	Calendar      = interchange.Calendar
	CalendarEvent = interchange.CalendarEvent
)

// WriteCalendar writes a calendar (iCalendar, RFC 5545).
func WriteCalendar(w io.Writer, c Calendar) error { return interchange.WriteCalendar(w, c) }

// pastDays is how far back a calendar reaches.
const pastDays = 400

// Occasions lists the days of plans: reports due, milestones due, meetings and
// steps, the earliest first, from about a year back on.
func (a *App) Occasions(ctx context.Context, member civic.MemberID, plans ...civic.PlanID) ([]Occasion, error) {
	var out []Occasion
	for _, id := range plans {
		v, err := a.store.Newest(ctx, civic.KindPlan, string(id))
		if err != nil {
			return nil, err
		}
		p, err := decodeVersion[civic.Plan](v)
		if err != nil {
			return nil, err
		}
		for _, period := range p.Periods {
			out = append(out, Occasion{UID: "period-" + string(p.ID) + "-" + period.Key, Sequence: v.Number - 1, Changed: v.At, Start: period.LastDue(),
				Says: said("calendar.report", "period", periodName(period)), Path: "/plans/" + p.Slug})
		}
	}
	due, err := a.milestonesDue(ctx, plans)
	if err != nil {
		return nil, err
	}
	held, err := a.meetingsAndSteps(ctx, member, plans)
	if err != nil {
		return nil, err
	}
	out = append(append(out, due...), held...)
	from := a.now().UTC().AddDate(0, 0, -pastDays).Format(time.DateOnly)
	out = slices.DeleteFunc(out, func(o Occasion) bool { return max(o.Start, o.End) < from || len(o.Start) != len(time.DateOnly) })
	slices.SortStableFunc(out, func(x, y Occasion) int { return strings.Compare(x.Start, y.Start) })
	return out, nil
}

func (a *App) milestonesDue(ctx context.Context, plans []civic.PlanID) ([]Occasion, error) {
	ids, err := a.store.CommitmentsOfPlans(ctx, plans)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, names)
	if err != nil {
		return nil, err
	}
	var out []Occasion
	for _, id := range names {
		v, ok := versions[id]
		if !ok || v.Erased {
			continue
		}
		c, err := decodeVersion[civic.Commitment](v)
		if err != nil {
			return nil, err
		}
		for _, m := range c.Milestones {
			out = append(out, Occasion{UID: "milestone-" + string(m.ID), Sequence: v.Number - 1, Changed: v.At, Start: m.Due.Date,
				Says: said("calendar.milestone", "title", m.Title), About: c.Title, Path: "/commitments/" + refOf(c), Cancelled: c.Dropped})
		}
	}
	return out, nil
}

func (a *App) meetingsAndSteps(ctx context.Context, member civic.MemberID, plans []civic.PlanID) ([]Occasion, error) {
	var out []Occasion
	each := func(kind civic.Kind, use func(v store.Version) error) error {
		versions, err := a.store.Belonging(ctx, kind, civic.OfMember, string(member))
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.Erased {
				continue
			}
			if err := use(v); err != nil {
				return err
			}
		}
		return nil
	}
	slug := func(p civic.PlanID) string {
		if i := a.index.now.Load(); i != nil && p != "" {
			return "/plans/" + i.planOf(p).Slug
		}
		return ""
	}
	err := each(civic.KindMeeting, func(v store.Version) error {
		m, err := decodeVersion[civic.Meeting](v)
		if err == nil && (m.Plan == "" || slices.Contains(plans, m.Plan)) {
			out = append(out, Occasion{UID: "meeting-" + string(m.ID), Sequence: v.Number - 1, Changed: v.At, Start: m.On,
				Says: said("calendar.meeting", "title", m.Title), Path: slug(m.Plan), Cancelled: m.Cancelled || m.Withdrawn != ""})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, each(civic.KindStep, func(v store.Version) error {
		s, err := decodeVersion[civic.Step](v)
		if err == nil && slices.Contains(plans, s.Plan) {
			out = append(out, Occasion{UID: "step-" + string(s.ID), Sequence: v.Number - 1, Changed: v.At, Start: s.Start, End: s.End,
				Says: said("calendar.step", "title", s.Title), Path: slug(s.Plan), Cancelled: s.Withdrawn != ""})
		}
		return err
	})
}
