package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/store"
)

// StarCheck says how far the star flags of one edition's product follow their rule.
type StarCheck struct {
	Edition civic.Edition
	Rule    string // the star scale, and with it the period, of the flags
	Product civic.Product
	Flags   int      // that are yes or no
	Agree   int      // with the rule
	Differ  []string // the commitments that do not
}

// CheckStars holds every star flag against the rule of its period. Nothing is
// changed: a flag is the source's word, whatever the rule says.
func (a *App) CheckStars(ctx context.Context) ([]StarCheck, error) {
	var failed error
	var names []string
	tallies := review.CheckStars(func(yield func(civic.Commitment) bool) {
		failed = a.store.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error {
			var c civic.Commitment
			if err := json.Unmarshal(v.Body, &c); err != nil {
				return fmt.Errorf("decode commitment %s: %w", v.ID, err)
			}
			names = append(names, ref(c))
			if !yield(c) {
				return context.Canceled
			}
			return nil
		})
	})
	if failed != nil {
		return nil, failed
	}
	out := make([]StarCheck, len(tallies))
	for i, t := range tallies {
		out[i] = StarCheck{Edition: t.Edition, Rule: t.Rule, Product: t.Product, Flags: t.Flags, Agree: t.Agree}
		for _, at := range t.Differ {
			out[i].Differ = append(out[i].Differ, names[at])
		}
	}
	slices.SortStableFunc(out, func(a, b StarCheck) int {
		return cmp.Or(cmp.Compare(a.Edition, b.Edition), cmp.Compare(starRule(a.Rule), starRule(b.Rule)), cmp.Compare(a.Product, b.Product))
	})
	return out, nil
}

// starRule is the place of a rule among the three, oldest first.
func starRule(scale string) int {
	return slices.IndexFunc(review.StarRules, func(r review.StarRule) bool { return r.Scale == scale })
}
