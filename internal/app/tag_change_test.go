package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// tagged is a small world: one commitment of 2017 that was filed under e-government,
// one with open data and digital governance, and one without a tag.
func tagged(t *testing.T) *App {
	t.Helper()
	entry := []civic.PlanEntry{{Plan: lithuania4.ID, Number: "1"}}
	return reading(t, lithuania, lithuania4,
		civic.Commitment{ID: civic.CommitmentID(testID('c', 1)), Member: lithuania.ID, Plans: entry, Title: en("One portal"),
			Tags: []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"E-government", "Open Data"}}}},
		civic.Commitment{ID: civic.CommitmentID(testID('c', 2)), Member: lithuania.ID, Plans: entry, Title: en("Public source code"),
			Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Digital Governance", "Automated Decision-making"}}}},
		civic.Commitment{ID: civic.CommitmentID(testID('c', 3)), Member: lithuania.ID, Plans: entry, Title: en("Roads")})
}

func appendix(t *testing.T) taxonomy.Set {
	t.Helper()
	set, err := taxonomy.ShippedSet("open-digital")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// answer is everything public that depends on the tags, as one text.
func answer(t *testing.T, a *App) string {
	t.Helper()
	ctx := context.Background()
	tags, err := a.Tags(ctx)
	if err != nil {
		t.Fatal(err)
	}
	out := []any{tags}
	for _, tag := range []string{"e-government", "open-data", "digital-governance"} {
		list, err := a.Commitments(ctx, CommitmentFilter{Tag: tag}, 100, "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, list)
	}
	b, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func count(t *testing.T, a *App, name string) TagItem {
	t.Helper()
	tag, err := a.Tag(context.Background(), name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	list, err := a.Commitments(context.Background(), CommitmentFilter{Tag: name}, 100, "")
	if err != nil || list.Total != tag.Commitments {
		t.Errorf("%s: the list has %d, the tag counts %d, %v", name, list.Total, tag.Commitments, err)
	}
	return tag
}

func TestTheAppendixIsAppliedUndoneAndRedone(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	before := answer(t, a)
	size := recordSize(t, a)
	tried, err := a.TryTags(ctx, appendix(t))
	if err != nil || recordSize(t, a) != size {
		t.Fatalf("trying: %v, %d entries written", err, recordSize(t, a)-size)
	}
	done, err := a.ApplyTags(ctx, civic.Operator(), appendix(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := int64(len(done.Changes)); recordSize(t, a) != size+n || len(tried.Changes) != len(done.Changes) {
		t.Errorf("%d entries for %d changes, %d tried", recordSize(t, a)-size, n, len(tried.Changes))
	}
	if open := count(t, a, "Open digital"); open.Commitments != 2 || open.Direct != 0 {
		t.Errorf("open digital counts %d, %d of its own: each commitment once", open.Commitments, open.Direct)
	}
	if gov := count(t, a, "e-Government"); gov.Slug != "e-government" || gov.Name != "Digital government" || gov.Commitments != 1 {
		t.Errorf("e-Government finds %+v", gov)
	}
	if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); civic.KindOf(err) != civic.Conflict {
		t.Errorf("applied twice: %v", err)
	}
	if err := a.UndoTags(ctx, civic.Operator(), "open-digital", nil); civic.KindOf(err) != civic.Invalid {
		t.Errorf("undone without a reason: %v", err)
	}
	applied := answer(t, a)
	if err := a.UndoTags(ctx, civic.Operator(), "open-digital", en("To be discussed again.")); err != nil {
		t.Fatal(err)
	}
	if after := answer(t, a); after != before {
		t.Error("the answers after the undo are not those before the change")
	}
	if err := a.RedoTags(ctx, civic.Operator(), "open-digital", en("Agreed.")); err != nil {
		t.Fatal(err)
	}
	if again := answer(t, a); again != applied {
		t.Error("the answers after the redo are not those after the change")
	}
}

func TestOnlyTheSupportUnitChangesTheTaxonomy(t *testing.T) {
	a := tagged(t)
	for role, allowed := range map[civic.AccessRole]bool{civic.SupportUnit: true, civic.Reviewer: false, civic.Administrator: false, civic.Citizen: false} {
		_, err := a.ApplyTags(context.Background(), person(t, a, string(role)+"@avow.example", role, civic.Scope{}), appendix(t))
		if allowed != (err == nil) {
			t.Errorf("%s: %v", role, err)
		}
		if err == nil {
			if err := a.UndoTags(context.Background(), civic.Operator(), "open-digital", en("For the next.")); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestATagCountsOnceAPersonConfirmedIt(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
		t.Fatal(err)
	}
	reviewer := person(t, a, "reviewer@avow.example", civic.Reviewer, civic.Scope{})
	two := testID('c', 2)
	decide := func(tag string, v civic.TagVerdict, reason civic.Text) error {
		return a.DecideTags(ctx, reviewer, []TagChoice{{Commitment: two, Tag: tag, Verdict: v, Origin: civic.FromModel, Model: "m1", Confidence: 870, Words: []string{"source"}, Reason: reason}})
	}
	if err := decide("open source", civic.TagAccepted, nil); err != nil {
		t.Fatal(err)
	}
	if source := count(t, a, "Open source"); source.Commitments != 1 || source.Direct != 1 {
		t.Errorf("open source counts %d", source.Commitments)
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, two)
	if err != nil || len(c.Decided) != 1 || c.Decided[0].By != civic.Reviewer || c.Decided[0].Before || c.Decided[0].Tag != "open-source" {
		t.Errorf("decided is %+v, %v", c.Decided, err)
	}
	size := recordSize(t, a)
	if err := decide("open source", civic.TagAccepted, nil); err != nil || recordSize(t, a) != size {
		t.Errorf("said again: %v, %d entries", err, recordSize(t, a)-size)
	}
	if err := decide("automated decision-making", civic.TagRemoved, nil); civic.KindOf(err) != civic.Invalid {
		t.Errorf("removed without a reason: %v", err)
	}
	if err := decide("automated decision-making", civic.TagRemoved, en("Nothing is decided by a machine here.")); err != nil {
		t.Fatal(err)
	}
	if adm := count(t, a, "automated-decision-making"); adm.Commitments != 0 {
		t.Errorf("automated decision-making still counts %d", adm.Commitments)
	}
	for says, err := range map[string]error{
		"no such tag":     decide("no such tag", civic.TagAccepted, nil),
		"no such verdict": decide("open data", "perhaps", nil),
		"not there":       decide("open data", civic.TagRemoved, en("No.")),
	} {
		if civic.KindOf(err) != civic.Invalid || !strings.Contains(err.Error(), "choices.1") {
			t.Errorf("%s: %v", says, err)
		}
	}
	if err := a.UndoTags(ctx, civic.Operator(), "open-digital", en("Back.")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tag(ctx, "open-source"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a decision on a tag that is gone brings it back: %v", err)
	}
	if err := a.RedoTags(ctx, civic.Operator(), "open-digital", en("Forth.")); err != nil {
		t.Fatal(err)
	}
	if source := count(t, a, "Open source"); source.Commitments != 1 {
		t.Errorf("open source counts %d after the redo", source.Commitments)
	}
	told, err := a.Story(ctx, civic.KindCommitment, two, StoryPage{})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, s := range told {
		keys = append(keys, s.Key)
	}
	for _, key := range []string{"story.tagged.accepted", "story.tagged.removed"} {
		if !slices.Contains(keys, key) {
			t.Errorf("the story says %v, not %s", keys, key)
		}
	}
}

func TestTheAppendixOnTheTablesOfOGPCountsEachCommitmentOnce(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		takeTable(t, a, table2017)
		takeTable(t, a, table2024)
		before := answer(t, a)
		if _, err := a.ApplyTags(context.Background(), civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		carried, err := a.Carried(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, c := range carried {
			if slices.ContainsFunc(c.Tags, func(id taxonomy.ID) bool {
				return slices.Contains([]taxonomy.ID{"open-data", "e-petitions", "digital-inclusion", "automated-decision-making", "e-government"}, id)
			}) {
				want++
			}
		}
		if open := count(t, a, "open digital").Commitments; open != want || want == 0 {
			t.Errorf("open digital counts %d, %d carry one of its five", open, want)
		}
		if err := a.UndoTags(context.Background(), civic.Operator(), "open-digital", en("Back.")); err != nil {
			t.Fatal(err)
		}
		if answer(t, a) != before {
			t.Error("the answers after the undo are not those before the change")
		}
	})
}
