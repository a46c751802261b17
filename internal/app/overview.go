package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Overview returns what is here, in numbers.
func (a *App) Overview(ctx context.Context) (Overview, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{
		Members: s.sums.realMembers, Plans: s.sums.realPlans, Commitments: len(s.rows), Institutions: s.bodies,
		Milestones: s.sums.milestones, ByCompletion: s.completionChoices(s.sums.completion), Demo: s.sums.demo,
		Entries: s.head.Size, Root: base64.StdEncoding.EncodeToString(s.head.Root[:]), Newest: s.head.Newest,
	}
	for _, r := range civic.Regions {
		if n := s.sums.region[r]; n > 0 {
			o.ByRegion = append(o.ByRegion, Choice{Value: string(r), Count: n})
		}
	}
	if n := s.sums.region[""]; n > 0 {
		o.ByRegion = append(o.ByRegion, Choice{Count: n}) // the members' region is not known
	}
	for y, n := range s.sums.year {
		o.ByYear = append(o.ByYear, Choice{Value: itoa(y), Count: n})
	}
	slices.SortFunc(o.ByYear, func(a, b Choice) int { return strings.Compare(a.Value, b.Value) })
	return o, nil
}

// completionChoices turns counts by number into choices, in the scale's order.
func (s *snapshot) completionChoices(n []int) []Choice {
	var out []Choice
	for i, count := range n {
		if count > 0 {
			out = append(out, Choice{Value: s.completions[i], Count: count})
		}
	}
	slices.SortFunc(out, func(a, b Choice) int { return byCompletion(a.Value, b.Value) })
	return out
}
