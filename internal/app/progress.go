package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/store"
)

// Progress returns a plan's roll-up as of today. Ref is its slug, its source's ID
// or ours. What it returns is shared: read it and leave it as it is.
func (a *App) Progress(ctx context.Context, plan string) (*civic.PlanProgress, error) {
	id, err := a.store.FindPlan(ctx, plan)
	if err != nil {
		return nil, err
	}
	return a.rollups.of(ctx, a, id)
}

// MemberProgress returns the roll-ups of a member's plans that are run here, the
// newest first, and their sum.
func (a *App) MemberProgress(ctx context.Context, member civic.MemberID) ([]*civic.PlanProgress, civic.Counts, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, civic.Counts{}, err
	}
	var out []*civic.PlanProgress
	var sum civic.Counts
	sum.Add(civic.Counts{})
	for _, p := range s.plans {
		if p.Member != member || len(p.Periods) == 0 {
			continue
		}
		one, err := a.rollups.of(ctx, a, p.ID)
		if err != nil {
			return nil, civic.Counts{}, err
		}
		out = append(out, one)
		sum.Add(one.Counts)
	}
	slices.SortFunc(out, func(a, b *civic.PlanProgress) int {
		return strings.Compare(b.Plan.Periods[0].Start+naturalKey(b.Plan.Number), a.Plan.Periods[0].Start+naturalKey(a.Plan.Number))
	})
	return out, sum, nil
}

// rollups keeps the plans that were asked for in memory and follows the record:
// one report more is one report more, and not the whole plan read again.
type rollups struct {
	mu    sync.Mutex
	head  store.Head
	plans map[civic.PlanID]*planState
}

// planState is what a plan's roll-up is made of.
type planState struct {
	plan        civic.Plan
	commitments []civic.Commitment
	adopted     map[civic.CommitmentID]civic.Commitment
	filed       map[civic.CommitmentID][]civic.Filed
	ones        map[civic.CommitmentID]civic.CommitmentProgress // of today; without those of which something is new
	today       string
	done        *civic.PlanProgress // of today; nil when something is new
}

// Bounds of what is followed: more news than this and everything is read again,
// more plans than this and one of them is forgotten.
const (
	mostNews  = 2_000
	mostPlans = 200
)

func (x *rollups) of(ctx context.Context, a *App, id civic.PlanID) (*civic.PlanProgress, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	// Who goes away must not leave the half of something behind for the others.
	ctx = context.WithoutCancel(ctx)
	if err := x.follow(ctx, a); err != nil {
		x.plans = nil
		return nil, fmt.Errorf("roll up plan %s: %w", id, err)
	}
	s := x.plans[id]
	if s == nil {
		var err error
		if s, err = a.planState(ctx, id); err != nil {
			return nil, err
		}
		for other := range x.plans {
			if len(x.plans) < mostPlans {
				break
			}
			delete(x.plans, other)
		}
		x.plans[id] = s
	}
	s.rollUp(a.today())
	return s.done, nil
}

// rollUp counts anew the commitments of which something is new, and sums up.
func (s *planState) rollUp(today string) {
	if s.today != today {
		s.today, s.ones, s.done = today, map[civic.CommitmentID]civic.CommitmentProgress{}, nil
	}
	if s.done != nil {
		return
	}
	all := make([]civic.CommitmentProgress, 0, len(s.commitments))
	for _, c := range s.commitments {
		one, ok := s.ones[c.ID]
		if !ok {
			var base *civic.Commitment
			if b, ok := s.adopted[c.ID]; ok {
				base = &b
			}
			one = civic.RollUpCommitment(s.plan, c, base, s.filed[c.ID], today)
			s.ones[c.ID] = one
		}
		all = append(all, one)
	}
	done := civic.RollUpPlan(s.plan, all, today)
	s.done = &done
}

// take keeps a report in the place of its former state.
func (s *planState) take(f civic.Filed) {
	// The slice is new: a roll-up that was given out may point into the former one.
	kept := slices.DeleteFunc(slices.Clone(s.filed[f.Commitment]), func(o civic.Filed) bool { return o.ID == f.ID })
	s.filed[f.Commitment] = append(kept, f)
	s.changed(f.Commitment)
}

// drop forgets an erased report.
func (s *planState) drop(id civic.ReportID) {
	for c, filed := range s.filed {
		if i := slices.IndexFunc(filed, func(f civic.Filed) bool { return f.ID == id }); i >= 0 {
			s.filed[c] = slices.Concat(filed[:i], filed[i+1:])
			s.changed(c)
		}
	}
}

// changed forgets what was counted of a commitment.
func (s *planState) changed(c civic.CommitmentID) {
	delete(s.ones, c)
	s.done = nil
}

// follow brings what is kept to the present state of the record.
func (x *rollups) follow(ctx context.Context, a *App) error {
	head, err := a.store.Head(ctx)
	if err != nil {
		return err
	}
	from := x.head
	x.head = head
	switch {
	case x.plans == nil, head.Origin != from.Origin, head.Size < from.Size, head.Size-from.Size > mostNews:
		x.plans = map[civic.PlanID]*planState{}
	case head.Size == from.Size && head.Root != from.Root:
		x.plans = map[civic.PlanID]*planState{}
	}
	if len(x.plans) == 0 || head.Size == from.Size {
		return nil
	}
	news, err := a.store.Entries(ctx, from.Size, mostNews)
	if err != nil {
		return err
	}
	for _, v := range news {
		if v.Entry >= head.Size {
			break // written since: the next one who asks reads it
		}
		if err := x.take(ctx, a, v); err != nil {
			return err
		}
	}
	return nil
}

// take brings one entry of the record into the plans that it concerns.
func (x *rollups) take(ctx context.Context, a *App, v store.Version) error {
	switch v.Kind {
	case civic.KindPlan:
		delete(x.plans, civic.PlanID(v.ID))
	case civic.KindReport:
		return x.takeReport(v)
	case civic.KindCommitment:
		return x.takeCommitment(ctx, a, v)
	}
	return nil
}

func (x *rollups) takeReport(v store.Version) error {
	if v.Erased {
		for _, s := range x.plans {
			s.drop(civic.ReportID(v.ID))
		}
		return nil
	}
	r, err := decodeVersion[civic.Report](v)
	if err != nil {
		return err
	}
	if s := x.plans[r.Plan]; s != nil {
		s.take(civic.Filed{Report: r, On: filedOn(v, r)})
	}
	return nil
}

func (x *rollups) takeCommitment(ctx context.Context, a *App, v store.Version) error {
	var c civic.Commitment
	if !v.Erased {
		var err error
		if c, err = decodeVersion[civic.Commitment](v); err != nil {
			return err
		}
	}
	for id, s := range x.plans {
		at := slices.IndexFunc(s.commitments, func(o civic.Commitment) bool { return o.ID == civic.CommitmentID(v.ID) })
		in := slices.ContainsFunc(c.Plans, func(e civic.PlanEntry) bool { return e.Plan == id })
		switch {
		case at < 0 && !in:
			continue
		case at >= 0 && in:
			s.commitments = slices.Clone(s.commitments) // the roll-up that was given out keeps the former ones
			s.commitments[at] = c
			if err := a.keepAdopted(ctx, s, c, v.Number); err != nil {
				return err
			}
			s.changed(c.ID)
		default:
			delete(x.plans, id) // in or out of the plan: rare, and read again
		}
	}
	return nil
}

// planState reads what a plan's roll-up is made of.
func (a *App) planState(ctx context.Context, id civic.PlanID) (*planState, error) {
	plan, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(id))
	if err != nil {
		return nil, err
	}
	s := &planState{plan: plan, adopted: map[civic.CommitmentID]civic.Commitment{}, filed: map[civic.CommitmentID][]civic.Filed{}}
	ids, err := a.store.CommitmentsOfPlans(ctx, []civic.PlanID{id})
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(ids))
	for i, c := range ids {
		texts[i] = string(c)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, texts)
	if err != nil {
		return nil, err
	}
	for _, ref := range texts {
		v, ok := versions[ref]
		if !ok || v.Erased {
			continue
		}
		c, err := decodeVersion[civic.Commitment](v)
		if err != nil {
			return nil, err
		}
		s.commitments = append(s.commitments, c)
		if err := a.keepAdopted(ctx, s, c, v.Number); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(s.commitments, func(x, y civic.Commitment) int {
		return strings.Compare(naturalKey(x.NumberIn(id)), naturalKey(y.NumberIn(id)))
	})
	reports, err := a.store.Belonging(ctx, civic.KindReport, civic.OfPlan, string(id))
	if err != nil {
		return nil, err
	}
	for _, v := range reports {
		if v.Erased {
			continue
		}
		r, err := decodeVersion[civic.Report](v)
		if err != nil {
			return nil, err
		}
		s.filed[r.Commitment] = append(s.filed[r.Commitment], civic.Filed{Report: r, On: filedOn(v, r)})
	}
	return s, nil
}

// keepAdopted keeps the adopted text of a commitment that was changed since.
func (a *App) keepAdopted(ctx context.Context, s *planState, c civic.Commitment, number int) error {
	if c.Adopted == nil || number == 1 {
		return nil
	}
	base, ok, err := a.Baseline(ctx, c.ID)
	if err != nil {
		return err
	}
	if ok {
		s.adopted[c.ID] = base
	}
	return nil
}

// Today is the day on which everything is looked at: what is late depends on it.
func (a *App) Today() string { return a.today() }
