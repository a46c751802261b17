package app

import (
	"context"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// merging is a set that makes Open Data a part of Digital Governance.
func merging() taxonomy.Set {
	return taxonomy.Set{Name: "one-tag", About: taxonomy.About{Title: en("One tag")}, Changes: []taxonomy.Change{
		{Op: taxonomy.Merge, Tag: "Open Data", Into: []taxonomy.ID{"Digital Governance"}, Reason: en("They are the same.")}}}
}

func TestWhileAMergeIsInForceAnOlderVersionCountsAsItAlwaysDid(t *testing.T) {
	each(t, func(t *testing.T, _ *App) {
		a := tagged(t)
		ctx := context.Background()
		timeline, before, err := a.Taxonomy(ctx)
		if err != nil {
			t.Fatal(err)
		}
		figures := func(was, is *taxonomy.Graph) map[taxonomy.ID][2]int {
			t.Helper()
			shifts, err := a.TagFigures(ctx, was, is)
			if err != nil {
				t.Fatal(err)
			}
			out := map[taxonomy.ID][2]int{}
			for _, s := range shifts {
				out[s.Tag] = [2]int{s.Before.Rolled, s.After.Rolled}
			}
			return out
		}
		tried, err := a.TryTags(ctx, merging())
		if err != nil {
			t.Fatal(err)
		}
		announced := figures(tried.Before, tried.After)
		if announced["open-data"] != [2]int{1, 0} || announced["digital-governance"] != [2]int{1, 2} {
			t.Errorf("before it is applied: %v", announced)
		}
		if _, err := a.ApplyTags(ctx, civic.Operator(), merging()); err != nil {
			t.Fatal(err)
		}
		if _, after, err := a.Taxonomy(ctx); err != nil {
			t.Fatal(err)
		} else if got := figures(before, after); got["open-data"] != announced["open-data"] || got["digital-governance"] != announced["digital-governance"] {
			t.Errorf("while it is in force: %v", got)
		}
		if _, old, err := timeline.Version(1); err != nil {
			t.Fatal(err)
		} else if got := figures(old, before); got["open-data"] != [2]int{1, 1} {
			t.Errorf("the first version and the third one: %v", got["open-data"])
		}
	})
}

func TestWhatAPersonRejectsIsNotCountedByAMergeThatBringsItBack(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	portal := testID('c', 1)
	if err := a.DecideTags(ctx, civic.Operator(), []TagChoice{{Commitment: portal, Tag: "Digital Governance", Verdict: civic.TagRejected, Reason: en("It is a portal.")}}); err != nil {
		t.Fatal(err)
	}
	tried, err := a.TryTags(ctx, merging())
	if err != nil || len(tried.Person) != 1 || string(tried.Person[0]) != portal {
		t.Fatalf("%v need a person, %v", tried.Person, err)
	}
	said := taxonomy.Count{}
	for _, s := range tried.Shifts {
		if s.Tag == "digital-governance" {
			said = s.After
		}
	}
	if said != (taxonomy.Count{}) {
		t.Errorf("the preview says that the counts of Digital Governance change to %+v", said)
	}
	if _, err := a.ApplyTags(ctx, civic.Operator(), merging()); err != nil {
		t.Fatal(err)
	}
	if got := count(t, a, "digital governance"); got.Commitments != 1 {
		t.Errorf("Digital Governance counts %d", got.Commitments)
	}
}

func TestACommitmentNamesTagsThatAreListedAlsoAfterAMerge(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	if _, err := a.ApplyTags(ctx, civic.Operator(), merging()); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	tags, err := a.Tags(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range tags {
		listed[tag.Slug] = true
	}
	list, err := a.Commitments(ctx, CommitmentFilter{}, 100, "")
	if err != nil || len(list.Items) != 3 {
		t.Fatalf("%d commitments, %v", len(list.Items), err)
	}
	for _, c := range list.Items {
		for _, e := range c.Dossier.Commitment.Tags {
			for _, name := range e.Yes {
				if slug := c.TagSlug(name); !listed[slug] {
					t.Errorf("%s leads to %s, which is no tag of the list", name, slug)
				}
			}
		}
	}
}
