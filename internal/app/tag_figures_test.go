package app

import (
	"context"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func TestTheSameCommitmentsAreCountedUnderBothTaxonomies(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	out, err := a.TryTags(ctx, appendix(t))
	if err != nil {
		t.Fatal(err)
	}
	shifts, err := a.TagFigures(ctx, out.Before, out.After)
	if err != nil {
		t.Fatal(err)
	}
	want := map[taxonomy.ID]taxonomy.Shift{
		"open-digital":       {After: taxonomy.Count{Rolled: 2}},
		"e-government":       {Before: taxonomy.Count{Direct: 1, Rolled: 1}, After: taxonomy.Count{Direct: 1, Rolled: 1}},
		"digital-governance": {Before: taxonomy.Count{Direct: 1, Rolled: 1}, After: taxonomy.Count{Direct: 1, Rolled: 1}},
	}
	found := 0
	for _, s := range shifts {
		w, asked := want[s.Tag]
		if !asked {
			continue
		}
		found++
		if w.Tag = s.Tag; s != w {
			t.Errorf("%s: %+v, not %+v", s.Tag, s, w)
		}
	}
	if found != len(want) {
		t.Errorf("only %d of the tags are counted", found)
	}
}

// Counted by hand from the export of the two tables, commitment by commitment, with the
// newest table's tags: E-Government 433 of 39 members; a tag of the five below Open
// digital 584 of 51 members; Open Data 194, Digital Governance and below 7.
func TestWhatTheAppendixTouchesIsWhatCountingByHandFinds(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2017)
		takeTable(t, a, table2024)
		out, err := a.TryTags(ctx, appendix(t))
		if err != nil {
			t.Fatal(err)
		}
		if out.Commitments != 584 || out.Members != 51 || len(out.Person) != 433 {
			t.Errorf("it touches %d commitments of %d members, %d need a person", out.Commitments, out.Members, len(out.Person))
		}
		same := func(n int) taxonomy.Shift {
			return taxonomy.Shift{Before: taxonomy.Count{Direct: n, Rolled: n}, After: taxonomy.Count{Direct: n, Rolled: n}}
		}
		want := map[taxonomy.ID]taxonomy.Shift{
			"open-digital": {After: taxonomy.Count{Rolled: 584}}, "open-source": {}, "data-strategy": {},
			"e-government": same(433), "open-data": same(194), "e-petitions": same(12), "digital-inclusion": same(1),
			"automated-decision-making": same(3), "data-stewardship-and-privacy": same(4),
		}
		if len(out.Counts) != len(want) {
			t.Errorf("%d tags are counted, %d are touched", len(out.Counts), len(want))
		}
		for _, s := range out.Counts {
			if w := want[s.Tag]; s.Before != w.Before || s.After != w.After {
				t.Errorf("%s: %+v, not %+v", s.Tag, s, w)
			}
		}
		items, err := a.CommitmentsOf(ctx, out.Person...)
		if err != nil || len(items) != 433 {
			t.Fatalf("%d of those that need a person are there, %v", len(items), err)
		}
		for i, ref := range out.Refs(out.Person) {
			if items[i].Ref != ref {
				t.Errorf("%s is called %s", items[i].Ref, ref)
			}
		}
		// Applied, the version says of itself what the preview said.
		done, err := a.ApplyTags(ctx, civic.Operator(), appendix(t))
		if err != nil {
			t.Fatal(err)
		}
		did, err := a.WhatTagsDid(ctx, out.Before, done.Changes)
		if err != nil || did.Commitments != 584 || len(did.Person) != 433 {
			t.Errorf("it touched %d, %d need a person, %v", did.Commitments, len(did.Person), err)
		}
		if tag := count(t, a, "open digital"); tag.Commitments != 584 || tag.Direct != 0 {
			t.Errorf("open digital counts %d, %d directly", tag.Commitments, tag.Direct)
		}
	})
}
