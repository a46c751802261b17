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
	var out []PlanItem
	for i, p := range s.plans {
		if p.Slug != "" {
			out = append(out, s.planItem(i))
		}
	}
	keys := make(map[string]string, len(s.members))
	for i, m := range s.members {
		keys[string(m.ID)] = s.memberKeys[i]
	}
	slices.SortFunc(out, func(a, b PlanItem) int {
		return cmp.Or(
			cmp.Compare(b.Submitted, a.Submitted),
			strings.Compare(keys[string(a.Member)], keys[string(b.Member)]),
			strings.Compare(planSortKey(a.Plan), planSortKey(b.Plan)),
		)
	})
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
	for _, r := range s.rows {
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

// sortPlans puts the plans of one member in the order in which they were made.
func sortPlans(plans []PlanItem) {
	slices.SortFunc(plans, func(a, b PlanItem) int {
		return cmp.Or(cmp.Compare(a.Submitted, b.Submitted), strings.Compare(planSortKey(a.Plan), planSortKey(b.Plan)))
	})
}

func foldName(t civic.Text) string { return text.Fold(t.String()) }
