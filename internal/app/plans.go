package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/text"
)

// Plans returns every action plan: newest year of submission first, then by
// member and number.
func (a *App) Plans(ctx context.Context) ([]PlanItem, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var by []int
	for i, p := range s.plans {
		if p.Slug != "" {
			by = append(by, i)
		}
	}
	slices.SortFunc(by, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(s.plans[b].Submitted, s.plans[a].Submitted),
			strings.Compare(s.memberKey(s.plans[a].Member), s.memberKey(s.plans[b].Member)),
			strings.Compare(s.planKeys[a], s.planKeys[b]),
		)
	})
	out := make([]PlanItem, len(by))
	for i, n := range by {
		out[i] = s.planItem(n)
	}
	return out, nil
}

// Plan returns a plan's page, its commitments in the order of their numbers. Ref
// is its slug, its source's ID or ours, in any case; nothing there is NotFound.
func (a *App) Plan(ctx context.Context, ref string) (PlanPage, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return PlanPage{}, err
	}
	n, ok := s.planBy[strings.ToLower(strings.TrimSpace(ref))]
	if !ok || s.plans[n].Slug == "" {
		return PlanPage{}, notFound("plan", ref)
	}
	var rows []*row
	number := map[*row]string{}
	for _, r := range slices.Concat(s.rows, s.proposed) {
		for _, p := range r.plans {
			if int(p.plan) == n {
				rows, number[r] = append(rows, r), p.number
			}
		}
	}
	slices.SortFunc(rows, func(a, b *row) int {
		return cmp.Or(strings.Compare(number[a], number[b]), cmp.Compare(a.ord, b.ord))
	})
	items, err := a.items(ctx, s, slices.Compact(rows))
	if err != nil {
		return PlanPage{}, err
	}
	return PlanPage{PlanItem: s.planItem(n), Items: items}, nil
}

func (s *snapshot) planItem(n int) PlanItem {
	p := s.plans[n]
	m := s.memberOf(p.Member)
	return PlanItem{
		Plan: p, MemberSlug: m.Slug, MemberName: m.Name, MemberCode: m.Code,
		Commitments: s.sums.plans[n].commitments, Completion: s.completionChoices(s.sums.plans[n].completion),
	}
}

// memberKey is the sort key of a member, "" for one that is not here.
func (s *snapshot) memberKey(id civic.MemberID) string {
	if i, ok := s.memberBy[string(id)]; ok {
		return s.memberKeys[i]
	}
	return ""
}

// sortPlans puts the plans of one member in the order in which they were made.
func sortPlans(plans []PlanItem) {
	slices.SortFunc(plans, func(a, b PlanItem) int {
		return cmp.Or(cmp.Compare(a.Submitted, b.Submitted), strings.Compare(planSortKey(a.Plan), planSortKey(b.Plan)))
	})
}

func foldName(t civic.Text) string { return text.Fold(t.String()) }
