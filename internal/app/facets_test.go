package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// randomWorld is three members' worth of commitments with random values.
func randomWorld(r *rand.Rand, n int) []civic.Subject {
	world := []civic.Subject{lithuania, kenya, buenos, lithuania4, lithuania5, kenya3}
	members := []civic.MemberID{lithuania.ID, kenya.ID, buenos.ID}
	plans := []civic.PlanID{lithuania4.ID, lithuania5.ID, kenya3.ID}
	tags := []string{"Open Data", "Tax", "Aid", "Gender"}
	values := []string{"limited", "complete", "not_started"}
	langs := []string{"en", "es", "lt"}
	for i := range n {
		c := civic.Commitment{
			ID: civic.CommitmentID(testID('c', i)), Member: members[r.IntN(3)], Submitted: 2012 + r.IntN(3),
			Title: civic.Text{{Lang: langs[r.IntN(3)], Text: fmt.Sprintf("word%d common", r.IntN(4))}}, Text: en(fmt.Sprintf("word%d", r.IntN(4))),
		}
		if r.IntN(4) > 0 {
			c.Plans = []civic.PlanEntry{{Plan: plans[r.IntN(3)], Number: itoa(r.IntN(12))}}
		}
		if r.IntN(3) > 0 {
			c.Assessments = []civic.Assessment{completion("t", "progress_report", values[r.IntN(3)], nil)}
		}
		c.Tags = []civic.EditionTags{{Edition: "t", Yes: []string{tags[r.IntN(4)], tags[r.IntN(4)]}}}
		if r.IntN(2) == 0 {
			c.Scoped = &civic.ScopeAnswer{Roles: []string{string(taxonomy.Roles[r.IntN(4)])}, Facets: []string{string(taxonomy.Facets[r.IntN(12)]), "of later"}, On: "2026-01-01"}
		}
		world = append(world, c)
	}
	return world
}

func TestEachCountIsWhatTheListShowsWhenItIsChosen(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	a := reading(t, randomWorld(r, 120)...)
	ctx := context.Background()
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	for range 25 {
		f := CommitmentFilter{
			Q: pick("", "", "word1", "common"), Member: pick("", "", "kenya"), Region: pick("", "", "europe"), Tag: pick("", "tax"), Year: []int{0, 0, 2013}[r.IntN(3)],
			Completion: pick("", "", "limited"), Lang: pick("", "", "es"), Plan: pick("", "", "", "lithuania-4"),
			Facet: pick("", "", "open_source"), Scope: pick("", "", "in"),
		}
		l, err := a.Commitments(ctx, f, 0, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, facet := range l.Facets {
			for _, c := range facet.Choices {
				chosen := f
				switch facet.Name {
				case "member":
					chosen.Member = c.Value
				case "region":
					chosen.Region = c.Value
				case "tag":
					chosen.Tag = c.Value
				case "year":
					chosen.Year, _ = strconv.Atoi(c.Value)
				case "completion":
					chosen.Completion = c.Value
				case "facet":
					chosen.Facet = c.Value
				case "scope":
					chosen.Scope = c.Value
				case "lang":
					chosen.Lang = c.Value
				}
				got, err := a.Commitments(ctx, chosen, 1, "")
				if err != nil {
					t.Fatal(err)
				}
				if got.Total != c.Count {
					t.Errorf("%+v: %s %s counts %d, the list has %d", f, facet.Name, c.Value, c.Count, got.Total)
				}
			}
		}
	}
}

func TestAnIndexThatFollowedIsTheSameAsOneReadAtOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	a := reading(t, randomWorld(r, 60)...)
	ctx := context.Background()
	for step := range 8 {
		if _, err := a.index.current(ctx); err != nil {
			t.Fatal(err)
		}
		world := randomWorld(r, 60+step)
		changed := []civic.Subject{world[6+r.IntN(60)], world[6+r.IntN(60)], world[len(world)-1]}
		if step == 5 {
			renamed := kenya
			renamed.Name = "Azania"
			changed = append(changed, renamed)
		}
		record(t, a, "update", "t", changed...)
		got, err := a.index.current(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want, err := newFacetIndex(a.store, a.tags).current(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.rows) != len(want.rows) {
			t.Fatalf("step %d: %d rows, want %d", step, len(got.rows), len(want.rows))
		}
		for i := range want.rows {
			if got.rows[i].id != want.rows[i].id || got.key(got.rows[i]) != want.key(want.rows[i]) || got.at[got.rows[i].ord] != int32(i) {
				t.Errorf("step %d, row %d: got %+v, want %+v", step, i, got.key(got.rows[i]), want.key(want.rows[i]))
			}
		}
	}
}
