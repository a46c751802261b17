package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/review"
)

// RequirementsPage is how a member stands with OGP's minimum requirements on a day,
// by what is recorded here.
type RequirementsPage struct {
	Member MemberItem
	On     string // YYYY-MM-DD
	Today  string
	review.Standing
	Plan    *PlanItem             // whose co-creation is looked at
	Running *PlanItem             // whose implementation is looked at
	Titles  map[string]civic.Text // of the evidence, by ID
	Since   string                // first day of the record of the process, "" when there is none
	Cycles  []CycleView           // oldest first
	Review  review.Result         // NotMet: the last two cycles were contrary to process
	NextDue string                // last day for the next plan, "" when it is not known
}

// CycleView is an action plan cycle with how it stands by the rules of its time.
type CycleView struct {
	Plan PlanItem
	review.Conduct
}

// Requirements tells how a member stands on a day (YYYY-MM-DD, "" for today): by
// documents, meetings and steps dated until then. It is an indication: the verdict
// is the IRM's.
func (a *App) Requirements(ctx context.Context, member, on string) (RequirementsPage, error) {
	today := a.today()
	on = cmp.Or(on, today)
	if !civic.IsDay(on) || on > civic.AddMonths(today, 60) {
		return RequirementsPage{}, &civic.Error{Kind: civic.Invalid, Key: "query.day", Field: "on", Args: map[string]any{"value": on}}
	}
	m, err := a.Member(ctx, member)
	if err != nil {
		return RequirementsPage{}, err
	}
	p, err := a.process(ctx, m.ID)
	if err != nil {
		return RequirementsPage{}, err
	}
	facts := p.facts(m, on)
	page := RequirementsPage{Member: m.MemberItem, On: on, Today: today, Standing: review.Assess(facts, review.RuleSet{}), Since: facts.Since, Titles: p.titles()}
	for i, item := range m.PlanItems {
		if facts.Plan != nil && item.ID == facts.Plan.ID {
			page.Plan = &m.PlanItems[i]
		}
		if facts.Running != nil && item.ID == facts.Running.ID {
			page.Running = &m.PlanItems[i]
		}
	}
	page.Cycles, page.Review, page.NextDue = cyclesOf(m.PlanItems, on)
	return page, nil
}

// process is everything that is recorded of a member's process.
type process struct {
	forum         *civic.Forum
	documents     []civic.Document
	meetings      []civic.Meeting
	steps         []civic.Step
	contributions []civic.Contribution
}

func (a *App) process(ctx context.Context, member civic.MemberID) (p process, err error) {
	f, _, ok, err := a.forumOf(ctx, member)
	if err != nil {
		return p, err
	}
	if ok {
		p.forum = &f
	}
	if p.documents, err = belonging[civic.Document](ctx, a, civic.KindDocument, civic.OfMember, string(member)); err != nil {
		return p, err
	}
	if p.meetings, err = belonging[civic.Meeting](ctx, a, civic.KindMeeting, civic.OfMember, string(member)); err != nil {
		return p, err
	}
	if p.steps, err = belonging[civic.Step](ctx, a, civic.KindStep, civic.OfMember, string(member)); err != nil {
		return p, err
	}
	p.contributions, err = belonging[civic.Contribution](ctx, a, civic.KindContribution, civic.OfMember, string(member))
	return p, err
}

// facts selects what the rules look at on a day.
func (p process) facts(m MemberPage, on string) review.Facts {
	f := review.Facts{On: on, Regime: m.Regime, Forum: p.forum, Documents: p.documents, Meetings: p.meetings, Since: p.since(m.PlanItems)}
	f.Plan, f.Running = p.plans(m.PlanItems, on)
	if f.Plan != nil {
		f.Steps = keepIf(p.steps, func(s civic.Step) bool { return s.Plan == f.Plan.ID })
		f.Contributions = keepIf(p.contributions, func(c civic.Contribution) bool { return c.Plan == f.Plan.ID })
	}
	return f
}

// plans finds the plan whose co-creation is looked at on a day, the newest that
// is known then, and the one in implementation, or last in it. Plans that were only
// imported count when a step of theirs is recorded.
func (p process) plans(items []PlanItem, on string) (newest, running *civic.Plan) {
	known := map[civic.PlanID]string{} // the first day of a plan's process
	note := func(id civic.PlanID, day string) {
		if day != "" && (known[id] == "" || day < known[id]) {
			known[id] = day
		}
	}
	for _, s := range p.steps {
		if s.Withdrawn == "" {
			note(s.Plan, s.Announced)
			note(s.Plan, s.Start)
		}
	}
	begins := map[civic.PlanID]string{}
	for i, item := range items {
		if item.Lives() {
			note(item.ID, dayOf(string(item.ID)))
			note(item.ID, review.FirstDay(item.Start.Date))
		}
		if known[item.ID] == "" || known[item.ID] > on {
			continue
		}
		begins[item.ID] = cmp.Or(review.FirstDay(item.Start.Date), known[item.ID])
		if newest == nil || begins[item.ID] >= begins[newest.ID] {
			newest = &items[i].Plan
		}
		begun := review.FirstDay(item.Start.Date)
		drafted := item.Stage == civic.Drafting || item.Stage == civic.Consultation
		if begun != "" && begun <= on && !drafted && (running == nil || begun >= review.FirstDay(running.Start.Date)) {
			running = &items[i].Plan
		}
	}
	return newest, running
}

// since is the first day on which something of the process was recorded here.
func (p process) since(plans []PlanItem) string {
	first := ""
	note := func(id string) {
		if day := dayOf(id); day != "" && (first == "" || day < first) {
			first = day
		}
	}
	if p.forum != nil {
		note(string(p.forum.ID))
	}
	for _, d := range p.documents {
		note(string(d.ID))
	}
	for _, m := range p.meetings {
		note(string(m.ID))
	}
	for _, s := range p.steps {
		note(string(s.ID))
	}
	for _, plan := range plans {
		if plan.Lives() && plan.SourceID == "" {
			note(string(plan.ID))
		}
	}
	return first
}

// dayOf is the day on which an ID was made.
func dayOf(id string) string {
	milli, ok := civic.IDTime(id)
	if !ok {
		return ""
	}
	return time.UnixMilli(milli).UTC().Format(time.DateOnly)
}

func (p process) titles() map[string]civic.Text {
	out := map[string]civic.Text{}
	if p.forum != nil {
		out[string(p.forum.ID)] = p.forum.Name
	}
	for _, d := range p.documents {
		out[string(d.ID)] = d.Title
	}
	for _, m := range p.meetings {
		out[string(m.ID)] = m.Title
	}
	for _, s := range p.steps {
		out[string(s.ID)] = s.Title
	}
	return out
}

// cyclesOf holds each plan against the rules of its time. Whether the IRM found
// the minimum requirements met is not in any source here, so it stays open; how
// far commitments came is.
func cyclesOf(plans []PlanItem, on string) (out []CycleView, due review.Result, next string) {
	last := ""
	var results []review.Result
	for _, p := range plans {
		if begun := review.FirstDay(cmp.Or(p.Start.Date, year(p.Submitted))); begun == "" || begun > on {
			continue
		}
		c := review.Cycle{Submitted: p.Submitted, LastEnded: last, Progress: progressOf(p.Completion)}
		if p.Adopted != nil {
			c.Delivered = p.Adopted.On
		} else if p.Submitted == 0 {
			c.Delivered = p.Start.Date
		}
		view := CycleView{p, review.JudgeCycle(c, on)}
		out, results = append(out, view), append(results, view.Result)
		if end := p.Plan.LastDay(); end != "" {
			last = end
		}
	}
	if last != "" {
		next = civic.AddMonths(last, 12)
		if next != "" && next < on {
			results = append(results, review.NotMet) // no plan within twelve months of the end of the last
		}
	}
	return out, review.ProceduralReview(results[max(0, len(results)-2):]), next
}

func year(y int) string {
	if y == 0 {
		return ""
	}
	return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
}

// progressOf tells by the latest assessments whether any commitment got on.
func progressOf(completion []Choice) review.Answer {
	all, none := 0, 0
	for _, c := range completion {
		all += c.Count
		switch c.Value {
		case "limited", "substantial", "complete":
			return review.Yes
		case "not_started", "no_evidence_available", "withdrawn":
			none += c.Count
		}
	}
	if all > 0 && all == none {
		return review.No
	}
	return review.Unknown
}

func keepIf[T any](in []T, fits func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(in), func(v T) bool { return !fits(v) })
}
