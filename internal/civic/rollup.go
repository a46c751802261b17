package civic

import (
	"cmp"
	"slices"
)

// UnitProgress is how far one thing is that is reported on: a commitment as a
// whole, or an indicator of it.
type UnitProgress struct {
	Commitment CommitmentID
	Milestone  MilestoneID
	Standing   Standing
	Newest     *Filed // the newest report, nil when there is none
	Stale      bool   // the newest report is older than the last period that is closed
	Expected   []Expectation
}

// MilestoneProgress is what became of a milestone's deadline.
type MilestoneProgress struct {
	Milestone Milestone
	Standing  Standing
	Due       string // last day, "" when it cannot be told
	DoneOn    string // "" when it is not done, or the day is not known
	Late      int    // days: of what is done, after its due day; of what is not, until today
	MovedFrom When   // its date as adopted, where that is another one
	Moved     int    // days by which it was moved; negative: brought forward
	Report    ReportID
}

// Done reports whether the milestone was reported as completed.
func (m MilestoneProgress) Done() bool { return m.Standing == Standing(SelfCompleted) }

// CommitmentProgress is a commitment's roll-up. Its standing is the lowest one of
// what is reported on.
type CommitmentProgress struct {
	Commitment Commitment
	Standing   Standing
	Counts     Counts
	Units      []UnitProgress
	Milestones []MilestoneProgress
}

// PlanProgress is a plan's roll-up on a day.
type PlanProgress struct {
	Plan        Plan
	Today       string
	Counts      Counts
	ByStanding  Tally // of commitments
	ByPeriod    []map[ExpectationState]int
	Commitments []CommitmentProgress
}

// RollUp counts together what institutions reported: milestones to commitments,
// commitments to the plan. adopted are the commitments as they were adopted, where
// that is known.
func RollUp(plan Plan, commitments []Commitment, adopted map[CommitmentID]Commitment, filed []Filed, today string) PlanProgress {
	of := map[CommitmentID][]Filed{}
	for _, f := range filed {
		if f.Plan == plan.ID {
			of[f.Commitment] = append(of[f.Commitment], f)
		}
	}
	ones := make([]CommitmentProgress, 0, len(commitments))
	for _, c := range commitments {
		var base *Commitment
		if b, ok := adopted[c.ID]; ok {
			base = &b
		}
		ones = append(ones, RollUpCommitment(plan, c, base, of[c.ID], today))
	}
	return RollUpPlan(plan, ones, today)
}

// RollUpPlan counts together the roll-ups of a plan's commitments.
func RollUpPlan(plan Plan, commitments []CommitmentProgress, today string) PlanProgress {
	out := PlanProgress{Plan: plan, Today: today, ByStanding: Tally{}, ByPeriod: make([]map[ExpectationState]int, len(plan.Periods)), Commitments: commitments}
	out.Counts.Add(Counts{})
	for i := range out.ByPeriod {
		out.ByPeriod[i] = map[ExpectationState]int{}
	}
	for _, one := range commitments {
		for _, u := range one.Units {
			for i, e := range u.Expected {
				out.ByPeriod[i][e.State]++
			}
		}
		out.Counts.Add(one.Counts)
		out.ByStanding[one.Standing]++
	}
	return out
}

// RollUpCommitment counts together the reports on a commitment. base is the
// commitment as it was adopted, nil where that is not known. It sorts filed.
func RollUpCommitment(plan Plan, c Commitment, base *Commitment, filed []Filed, today string) CommitmentProgress {
	SortFiled(plan, filed)
	out := CommitmentProgress{Commitment: c, Counts: Counts{Units: Tally{}, Reports: map[ExpectationState]int{}, Filed: len(filed)}}
	by := make(map[MilestoneID][]Filed, len(filed))
	for _, f := range filed {
		by[f.Milestone] = append(by[f.Milestone], f)
	}
	for _, unit := range ReportedOn(c) {
		u := unitProgress(plan, c, unit, by[unit], today)
		out.Units = append(out.Units, u)
		out.Counts.Units[u.Standing]++
		for _, e := range u.Expected {
			out.Counts.Reports[e.State]++
		}
	}
	out.Standing = out.Counts.Units.Lowest()
	out.Milestones = milestonesProgress(c, base, out.Units, filed, today)
	return out
}

// SortFiled puts reports in their order, the oldest first: by period, those
// without one before them by their source's order and date.
func SortFiled(plan Plan, filed []Filed) {
	at := make(map[string]int, len(plan.Periods))
	for i, p := range plan.Periods {
		at[p.Key] = i + 1
	}
	slices.SortStableFunc(filed, func(a, b Filed) int {
		return cmp.Or(cmp.Compare(at[a.Period], at[b.Period]), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Dated.Date, b.Dated.Date), cmp.Compare(a.ID, b.ID))
	})
}

// unitProgress: filed are the reports on the unit, the oldest first.
func unitProgress(plan Plan, c Commitment, unit MilestoneID, filed []Filed, today string) UnitProgress {
	u := UnitProgress{Commitment: c.ID, Milestone: unit, Standing: StandsUnknown, Expected: make([]Expectation, 0, len(plan.Periods))}
	overdue := false
	for _, p := range plan.Periods {
		var f *Filed
		if i := slices.IndexFunc(filed, func(f Filed) bool { return f.Period == p.Key }); i >= 0 {
			f = &filed[i]
		}
		e := Expect(plan, c, unit, p, f, today)
		switch e.State {
		case ReportMissing:
			overdue = true
		case ReportedInTime, ReportedLate, ReportedUndated:
			overdue = false
		}
		u.Expected = append(u.Expected, e)
	}
	if len(filed) > 0 {
		u.Newest = &filed[len(filed)-1]
		u.Standing = StandsOffScale
		if slices.Contains(SelfCompletions, u.Newest.Status) {
			u.Standing = Standing(u.Newest.Status)
		}
	}
	switch {
	case c.Dropped || c.Proposed:
		u.Standing = StandsOut
	case overdue:
		u.Standing, u.Stale = StandsMissing, u.Newest != nil
	}
	return u
}

// milestonesProgress: filed are the reports on the commitment and its indicators,
// the oldest first.
func milestonesProgress(c Commitment, base *Commitment, units []UnitProgress, filed []Filed, today string) []MilestoneProgress {
	out := make([]MilestoneProgress, 0, len(c.Milestones))
	states := map[MilestoneID]MilestoneProgress{}
	for _, f := range filed {
		if f.Milestone != "" {
			p := MilestoneProgress{Standing: Standing(f.Status), Report: f.ID}
			if p.Done() {
				p.DoneOn = states[f.Milestone].DoneOn
			}
			states[f.Milestone] = p
		}
		for _, s := range f.Steps {
			p := MilestoneProgress{Standing: Standing(s.Status), DoneOn: s.DoneOn, Report: f.ID}
			if p.Done() && p.DoneOn == "" {
				p.DoneOn = states[s.Milestone].DoneOn // said before, and still so
			}
			states[s.Milestone] = p
		}
	}
	for _, m := range c.Milestones {
		p, said := states[m.ID]
		if !said || p.Standing.Rank() < 0 {
			p.Standing = StandsUnknown
		}
		if t := indicatorsOf(c, m, units); len(t) > 0 && !said {
			p.Standing = t.Lowest()
		}
		p.Milestone, p.Due = m, LastDay(m.Due.Date)
		switch {
		case p.Due == "" || c.Dropped || c.Proposed:
		case !p.Done():
			p.Late = max(0, DaysBetween(p.Due, today))
		case p.DoneOn != "":
			p.Late = max(0, DaysBetween(p.Due, p.DoneOn))
		}
		if base != nil {
			if was, ok := base.MilestoneBy(string(m.ID)); ok && was.Due.Decided() && m.Due.Decided() && !was.Due.SameAs(m.Due) {
				p.MovedFrom, p.Moved = was.Due, DaysBetween(was.Due.Date, m.Due.Date)
			}
		}
		out = append(out, p)
	}
	return out
}

// indicatorsOf counts the standings of the indicators below a milestone.
func indicatorsOf(c Commitment, m Milestone, units []UnitProgress) Tally {
	if m.Code == "" || m.Kind == "indicator" {
		return nil
	}
	t := Tally{}
	for _, u := range units {
		if i, ok := c.MilestoneBy(string(u.Milestone)); ok && i.Parent == m.Code {
			t[u.Standing]++
		}
	}
	return t
}
