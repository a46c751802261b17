package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Members returns every member with its counts, by name.
func (a *App) Members(ctx context.Context) ([]MemberItem, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var by []int
	for i, m := range s.members {
		if m.Slug != "" {
			by = append(by, i)
		}
	}
	slices.SortFunc(by, func(a, b int) int {
		return cmp.Or(strings.Compare(s.memberKeys[a], s.memberKeys[b]), cmp.Compare(s.members[a].ID, s.members[b].ID))
	})
	out := make([]MemberItem, len(by))
	for i, n := range by {
		out[i] = s.memberItem(n)
	}
	return out, nil
}

// Member returns a member's page: its plans, oldest first, and its institutions
// by name. Ref is its code, slug or ID in any case; nothing there is NotFound.
func (a *App) Member(ctx context.Context, ref string) (MemberPage, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return MemberPage{}, err
	}
	n, ok := s.memberBy[strings.ToLower(strings.TrimSpace(ref))]
	if !ok || s.members[n].Slug == "" {
		return MemberPage{}, notFound("member", ref)
	}
	page := MemberPage{MemberItem: s.memberItem(n)}
	for _, p := range s.sums.plansOf[n] {
		page.PlanItems = append(page.PlanItems, s.planItem(int(p)))
	}
	sortPlans(page.PlanItems)
	if page.Institutions, err = a.bodiesOf(ctx, s, page.ID); err != nil {
		return MemberPage{}, err
	}
	return page, nil
}

func (s *snapshot) memberItem(n int) MemberItem {
	sum := s.sums.members[n]
	return MemberItem{Member: s.members[n], Plans: sum.plans, Commitments: sum.commitments, FirstYear: sum.first, LastYear: sum.last}
}

// bodiesOf returns a member's institutions by name.
func (a *App) bodiesOf(ctx context.Context, s *snapshot, m civic.MemberID) ([]InstitutionItem, error) {
	known := s.institutions[m]
	if len(known) == 0 {
		return nil, nil
	}
	ids := make([]string, len(known))
	for i, id := range known {
		ids[i] = string(id)
	}
	bodies, err := a.institutions(ctx, ids)
	if err != nil {
		return nil, err
	}
	parts, err := a.parts.current(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]InstitutionItem, 0, len(bodies))
	for id, body := range bodies {
		n := parts.of(id)
		out = append(out, InstitutionItem{Institution: body, Leads: n.leads, Supports: n.supports})
	}
	slices.SortFunc(out, func(a, b InstitutionItem) int {
		return cmp.Or(strings.Compare(foldName(a.Name), foldName(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

func notFound(what, ref string) error {
	return &civic.Error{Kind: civic.NotFound, Key: "not_found." + what, Args: map[string]any{"ref": ref}}
}
