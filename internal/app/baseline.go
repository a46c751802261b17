package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// Baseline returns a commitment as it was adopted: its first version that carries
// the adoption. ok is false when it never was adopted, or when it came from
// elsewhere with amendments already, so that the adopted text is not known here.
func (a *App) Baseline(ctx context.Context, commitment civic.CommitmentID) (c civic.Commitment, ok bool, err error) {
	states, _, err := a.statesOf(ctx, commitment)
	if err != nil {
		return civic.Commitment{}, false, err
	}
	at := baselineOf(states)
	if at < 0 {
		return civic.Commitment{}, false, nil
	}
	return states[at], true, nil
}

// baselineOf is the place of the adopted version among all, -1 when there is none.
func baselineOf(states []civic.Commitment) int {
	at := slices.IndexFunc(states, func(c civic.Commitment) bool { return c.Adopted != nil })
	if at < 0 || len(states[at].Amendments) > 1 {
		return -1
	}
	if n := states[at].Amendments; len(n) == 1 && !slices.Equal(n[0].What, []string{addedWhat}) {
		return -1
	}
	return at
}

func (a *App) statesOf(ctx context.Context, commitment civic.CommitmentID) ([]civic.Commitment, []store.Version, error) {
	versions, err := a.store.Versions(ctx, civic.KindCommitment, string(commitment))
	if err != nil {
		return nil, nil, err
	}
	if versions[len(versions)-1].Erased {
		return nil, nil, notFound("commitment", string(commitment))
	}
	states, err := decodeStates(versions)
	return states, versions, err
}

// Difference is how a commitment departs from what was adopted.
type Difference struct {
	Commitment civic.Commitment // as it stands
	Ref        string           // last part of its address
	Adopted    civic.Commitment // the baseline
	Known      bool             // false when there is no baseline: never adopted, or adopted elsewhere
	Changes    []FactChange     // between the two, of what was adopted
	Moved      []DateMove       // every date that was moved, oldest first: also those that were moved back
	Amendments []AmendmentView  // oldest first
}

// Late reports whether a date of the commitment was pushed back at some time.
func (d Difference) Late() bool {
	return slices.ContainsFunc(d.Moved, func(m DateMove) bool { return m.Days > 0 })
}

// DateMove is a date that a version moved. Days is how far, to the later positive,
// 0 when one of them is no day, month or year.
type DateMove struct {
	Field     string // "start", "end", "milestone.2.due"
	Milestone civic.Milestone
	From, To  civic.When
	Days      int
	Why       *civic.Amendment // nil when no amendment moved it
	Entry     int64            // of the record
	At        int64            // microseconds
}

// AmendmentView is an amendment with what it changed.
type AmendmentView struct {
	civic.Amendment
	Entry   int64
	At      int64
	Changes []FactChange
}

// Difference compares a commitment as it was adopted with how it stands.
func (a *App) Difference(ctx context.Context, commitment civic.CommitmentID) (Difference, error) {
	states, versions, err := a.statesOf(ctx, commitment)
	if err != nil {
		return Difference{}, err
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return Difference{}, err
	}
	return s.difference(states, versions), nil
}

func (s *snapshot) difference(states []civic.Commitment, versions []store.Version) Difference {
	now := states[len(states)-1]
	d := Difference{Commitment: now, Ref: refOf(now)}
	at := baselineOf(states)
	if at < 0 {
		for _, m := range now.Amendments {
			d.Amendments = append(d.Amendments, AmendmentView{Amendment: m, Entry: versions[len(versions)-1].Entry, At: versions[len(versions)-1].At})
		}
		return d
	}
	d.Adopted, d.Known = states[at], true
	d.Changes = s.spoken(promiseChanges(d.Adopted, now))
	for _, m := range d.Adopted.Amendments { // it came by an amendment
		d.Amendments = append(d.Amendments, AmendmentView{Amendment: m, Entry: versions[at].Entry, At: versions[at].At})
	}
	before := d.Adopted
	for i := at + 1; i < len(states); i++ {
		if versions[i].Erased {
			continue
		}
		after := states[i]
		var why *civic.Amendment
		if n := len(after.Amendments); n > len(before.Amendments) {
			for _, m := range after.Amendments[len(before.Amendments):] {
				d.Amendments = append(d.Amendments, AmendmentView{Amendment: m, Entry: versions[i].Entry, At: versions[i].At})
			}
			why = &after.Amendments[n-1]
			d.Amendments[len(d.Amendments)-1].Changes = s.spoken(promiseChanges(before, after))
		}
		for _, m := range movedDates(before, after) {
			m.Why, m.Entry, m.At = why, versions[i].Entry, versions[i].At
			d.Moved = append(d.Moved, m)
		}
		before = after
	}
	return d
}

// spoken turns references in changes into what people call them.
func (s *snapshot) spoken(changes []FactChange) []FactChange {
	for i, c := range changes {
		changes[i].Before, changes[i].After = s.word(c.Field, c.Before), s.word(c.Field, c.After)
	}
	return changes
}

// movedDates are the dates that differ between two states.
func movedDates(before, after civic.Commitment) []DateMove {
	var out []DateMove
	compare := func(field string, m civic.Milestone, from, to civic.When) {
		if from.IsZero() || to.IsZero() || sameWhen(from, to) {
			return
		}
		out = append(out, DateMove{Field: field, Milestone: m, From: from, To: to, Days: daysBetween(from, to)})
	}
	compare("start", civic.Milestone{}, before.Start, after.Start)
	compare("end", civic.Milestone{}, before.End, after.End)
	for i, m := range after.Milestones {
		at := slices.IndexFunc(before.Milestones, func(b civic.Milestone) bool { return b.ID == m.ID })
		if at < 0 {
			continue
		}
		code := m.Code
		if code == "" {
			code = itoa(i + 1)
		}
		compare("milestone."+code+".start", m, before.Milestones[at].Start, m.Start)
		compare("milestone."+code+".due", m, before.Milestones[at].Due, m.Due)
	}
	return out
}

// daysBetween counts the days from one date to another: from the last day that
// each may mean.
func daysBetween(from, to civic.When) int {
	x, errX := time.Parse(time.DateOnly, from.LastDay())
	y, errY := time.Parse(time.DateOnly, to.LastDay())
	if errX != nil || errY != nil {
		return 0
	}
	return int(y.Sub(x).Hours() / 24)
}

// PlanDifference is how a plan departs from what was adopted.
type PlanDifference struct {
	PlanItem
	Adopted     civic.Plan   // the plan as it was adopted
	Known       bool         // false when it never was
	Changes     []FactChange // of its title and days
	Commitments []Difference // in the order of their numbers; those that stand as adopted have no Changes
	Kept        int          // commitments that stand as adopted
	Changed     int
	Added       int // by amendments
	Dropped     int
}

// PlanDifference compares a plan with its commitments as they were adopted with
// how they stand. Ref is its slug, its source's ID or ours.
func (a *App) PlanDifference(ctx context.Context, ref string) (PlanDifference, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return PlanDifference{}, err
	}
	n, ok := s.planBy[strings.ToLower(strings.TrimSpace(ref))]
	if !ok || s.plans[n].Slug == "" {
		return PlanDifference{}, notFound("plan", ref)
	}
	out := PlanDifference{PlanItem: s.planItem(n)}
	versions, err := a.store.Versions(ctx, civic.KindPlan, string(out.Plan.ID))
	if err != nil {
		return out, err
	}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		p, err := decodeVersion[civic.Plan](v)
		if err != nil {
			return out, err
		}
		if p.Adopted != nil {
			out.Adopted, out.Known = p, len(p.Amendments) == 0
			break
		}
	}
	if out.Known {
		for _, c := range ChangedPlanFacts(out.Adopted, out.Plan) {
			if head, _, _ := strings.Cut(c.Field, "."); slices.Contains([]string{"title", "start", "end"}, head) {
				out.Changes = append(out.Changes, c)
			}
		}
	}
	commitments, err := a.commitmentsOf(ctx, out.Plan.ID)
	if err != nil {
		return out, err
	}
	for _, c := range commitments {
		if c.Adopted == nil {
			continue
		}
		states, versions, err := a.statesOf(ctx, c.ID)
		if err != nil {
			return out, err
		}
		d := s.difference(states, versions)
		switch {
		case c.Dropped:
			out.Dropped++
		case d.Known && len(d.Adopted.Amendments) > 0:
			out.Added++
		case len(d.Changes) > 0:
			out.Changed++
		default:
			out.Kept++
		}
		out.Commitments = append(out.Commitments, d)
	}
	return out, nil
}
