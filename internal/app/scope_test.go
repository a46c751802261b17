package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// framed is a small world: rules for platforms under a tag of two parents, a portal
// under open digital alone, and roads without a tag.
func framed(t *testing.T, a *App) {
	t.Helper()
	entry := []civic.PlanEntry{{Plan: lithuania4.ID, Number: "1"}}
	commitment := func(n int, title string, yes ...string) civic.Commitment {
		c := civic.Commitment{ID: civic.CommitmentID(testID('c', n)), Member: lithuania.ID, Plans: entry, Title: en(title)}
		if len(yes) > 0 {
			c.Tags = []civic.EditionTags{{Edition: "ogp-2024", Yes: yes}}
		}
		return c
	}
	record(t, a, "create", "ogp-2015", lithuania, lithuania4, commitment(1, "Rules for platforms", "Automated Decision-making"),
		commitment(2, "One portal", "Open Data"), commitment(3, "Roads"))
}

func rules() string { return testID('c', 1) }

func scopeFaults(err error) []string {
	var faults civic.Errors
	if !errors.As(err, &faults) {
		return nil
	}
	var out []string
	for _, f := range faults {
		out = append(out, f.Field+" "+f.Key)
	}
	return out
}

// G2: regulator only is out of scope, with the reason; also under a tag of two parents.
func TestARegulatorOnlyCommitmentCountsUnderDigitalGovernanceAlone(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		framed(t, a)
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		if open := count(t, a, "open digital"); open.Commitments != 2 {
			t.Fatalf("open digital counts %d", open.Commitments)
		}
		regulator := ScopeChoice{Roles: []string{"regulator"}, Facets: []string{"legal_innovation", "data_science_ai"}}
		if got := scopeFaults(a.AnswerScope(ctx, civic.Operator(), rules(), regulator)); !slices.Equal(got, []string{"reason scope.fault.reason_out"}) {
			t.Errorf("without a reason: %v", got)
		}
		regulator.Reason = en("It sets rules for platforms that companies run.")
		size := recordSize(t, a)
		if err := a.AnswerScope(ctx, civic.Operator(), rules(), regulator); err != nil || recordSize(t, a) != size+1 {
			t.Fatalf("%v, %d entries", err, recordSize(t, a)-size)
		}
		regulator.Reason = nil
		if err := a.AnswerScope(ctx, civic.Operator(), rules(), regulator); err != nil || recordSize(t, a) != size+1 {
			t.Errorf("said again: %v, %d entries", err, recordSize(t, a)-size-1)
		}
		if open, gov, adm := count(t, a, "open digital"), count(t, a, "digital governance"), count(t, a, "automated decision-making"); open.Commitments != 1 || gov.Commitments != 1 || adm.Direct != 1 {
			t.Errorf("open digital counts %d, digital governance %d, automated decision-making %d", open.Commitments, gov.Commitments, adm.Direct)
		}
		carried, err := a.Carried(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_, graph, err := a.Taxonomy(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if got := graph.Roll(carried); got["open-digital"].Rolled != 1 || got["digital-governance"].Rolled != 1 {
			t.Errorf("the preview counts %v", got)
		}
		err = a.DecideTags(ctx, civic.Operator(), []TagChoice{{Commitment: rules(), Tag: "open source", Verdict: civic.TagAccepted}, {Commitment: rules(), Tag: "digital inclusion", Verdict: civic.TagAccepted}})
		if got := scopeFaults(err); !slices.Equal(got, []string{"choices.1.tag scope.fault.tag"}) {
			t.Errorf("a tag of open digital alone: %v", got)
		}
		change := ScopeChoice{Roles: []string{"regulator", "developer"}}
		if got := scopeFaults(a.AnswerScope(ctx, civic.Operator(), rules(), change)); !slices.Equal(got, []string{"reason scope.fault.reason_change"}) {
			t.Errorf("changed without a reason: %v", got)
		}
		if err := a.UndoTags(ctx, civic.Operator(), "open-digital", en("Back.")); err != nil {
			t.Fatal(err)
		}
		if gov := count(t, a, "digital governance"); gov.Commitments != 1 {
			t.Errorf("without open digital, digital governance counts %d", gov.Commitments)
		}
		if err := a.RedoTags(ctx, civic.Operator(), "open-digital", en("Forth.")); err != nil {
			t.Fatal(err)
		}
		change.Reason = en("It also has one made.")
		if err := a.AnswerScope(ctx, civic.Operator(), rules(), change); err != nil {
			t.Fatal(err)
		}
		if open := count(t, a, "open digital"); open.Commitments != 2 {
			t.Errorf("a developer does not count: %d", open.Commitments)
		}
		told, err := a.Story(ctx, civic.KindCommitment, rules(), StoryPage{})
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, s := range told {
			keys = append(keys, s.Key)
		}
		if !slices.Contains(keys, "story.scoped.out") || !slices.Contains(keys, "story.scoped.both") {
			t.Errorf("the story says %v", keys)
		}
	})
}

// A tag that a source gave stays on the commitment and counts for itself.
func TestATagOfASourceStaysWhereItIsOutOfScope(t *testing.T) {
	a := newTestApp(t)
	ctx := context.Background()
	framed(t, a)
	if err := a.AnswerScope(ctx, civic.Operator(), testID('c', 2), ScopeChoice{Roles: []string{"regulator"}, Reason: en("Rules.")}); err != nil {
		t.Fatal(err)
	}
	before := answer(t, a)
	if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
		t.Fatal(err)
	}
	if data, open := count(t, a, "open data"), count(t, a, "open digital"); data.Commitments != 1 || open.Commitments != 1 {
		t.Errorf("open data counts %d, open digital %d", data.Commitments, open.Commitments)
	}
	if err := a.UndoTags(ctx, civic.Operator(), "open-digital", en("Back.")); err != nil {
		t.Fatal(err)
	}
	if answer(t, a) != before {
		t.Error("the answers after the undo are not those before the change")
	}
}

// G1: every facet is listed, also an empty one.
func TestTheCoverageListsEveryFacet(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		framed(t, a)
		err := a.AnswerScope(ctx, civic.Operator(), rules(), ScopeChoice{Roles: []string{"user", "developer"}, Strands: []string{"democratization_of_digital"}, Facets: []string{"internet_of_things", "open_data"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.AnswerScope(ctx, civic.Operator(), testID('c', 3), ScopeChoice{}); err != nil {
			t.Fatal(err)
		}
		c, err := a.Coverage(ctx, CoverageFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if c.Commitments != 3 || c.Answered != 2 || c.Members != 1 || len(c.Facets) != len(taxonomy.Facets) || len(c.Roles) != 4 || len(c.Strands) != 2 || len(c.Scopes) != 4 {
			t.Errorf("%+v", c)
		}
		want := map[string]Covered{"open_data": {"open_data", 2, 1, 1, 1}, "internet_of_things": {"internet_of_things", 1, 1, 1, 0}}
		for _, f := range c.Facets {
			if w := want[f.Value]; f != w && f != (Covered{Value: f.Value}) {
				t.Errorf("%+v, not %+v", f, w)
			}
			list, err := a.Commitments(ctx, CommitmentFilter{Facet: f.Value}, 10, "")
			if err != nil || list.Total != f.Commitments {
				t.Errorf("%s: the list has %d, the coverage %d, %v", f.Value, list.Total, f.Commitments, err)
			}
		}
		if c.Scopes[0] != (Covered{"in", 1, 1, 1, 0}) || c.Scopes[3] != (Covered{"unknown", 2, 1, 1, 1}) || c.Roles[0].Said != 1 || c.Strands[1].Said != 1 {
			t.Errorf("%+v", c)
		}
		if none, err := a.Coverage(ctx, CoverageFilter{Member: "kenya", Tag: "open data"}); err != nil || none.Commitments != 0 || len(none.Facets) != 12 {
			t.Errorf("%+v, %v", none, err)
		}
		if one, err := a.Coverage(ctx, CoverageFilter{Member: "lithuania", Tag: "open data"}); err != nil || one.Commitments != 1 {
			t.Errorf("%+v, %v", one, err)
		}
	})
}

func TestWhatTheTaxonomyDoesNotKnowIsNoAnswer(t *testing.T) {
	a := newTestApp(t)
	framed(t, a)
	err := a.AnswerScope(context.Background(), civic.Operator(), rules(), ScopeChoice{Roles: []string{"judge"}, Strands: []string{"x"}, Facets: []string{"cheese"}})
	if got := scopeFaults(err); !slices.Equal(got, []string{"roles scope.fault.roles", "strands scope.fault.strands", "facets scope.fault.facets"}) {
		t.Errorf("%v", got)
	}
	long := en(strings.Repeat("x", civic.MaxLine+1))
	if got := scopeFaults(a.AnswerScope(context.Background(), civic.Operator(), rules(), ScopeChoice{Reason: long})); !slices.Equal(got, []string{"reason planrule.text_long"}) {
		t.Errorf("%v", got)
	}
	if err := a.AnswerScope(context.Background(), civic.Operator(), "XX9999", ScopeChoice{}); civic.KindOf(err) != civic.NotFound {
		t.Errorf("%v", err)
	}
}

func TestOnlyThoseWhoMayTagAnswer(t *testing.T) {
	a := newTestApp(t)
	framed(t, a)
	for role, allowed := range map[civic.AccessRole]bool{civic.SupportUnit: true, civic.Reviewer: true, civic.PointOfContact: false, civic.Citizen: false} {
		scope := civic.Scope{}
		if role == civic.PointOfContact {
			scope.Member = lithuania.ID
		}
		err := a.AnswerScope(context.Background(), person(t, a, string(role)+"@avow.example", role, scope), rules(), ScopeChoice{Roles: []string{"user"}})
		if allowed != (err == nil) {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// What was proposed is shown as refused, and says why.
func TestAProposalThatTheScopeRuleForbidsIsRefused(t *testing.T) {
	a := newTestApp(t)
	ctx := context.Background()
	entry := []civic.PlanEntry{{Plan: lithuania4.ID, Number: "1"}}
	record(t, a, "create", "ogp-2015", lithuania, lithuania4, civic.Commitment{ID: civic.CommitmentID(testID('c', 1)), Member: lithuania.ID, Plans: entry, Title: en("Open source software"),
		Text: en("Open source software for public administrations on one open source platform."), Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Digital Governance"}}}})
	if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
		t.Fatal(err)
	}
	refused := func() (open string, found bool) {
		list, err := a.Proposals(ctx, ProposalFilter{Origin: civic.FromModel}, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list.Items {
			if p.Tag.ID == "open-source" {
				open, found = p.Refused, true
			}
		}
		return open, found
	}
	if why, found := refused(); !found || why != "" {
		t.Errorf("proposed %v, refused %q", found, why)
	}
	if err := a.AnswerScope(ctx, civic.Operator(), rules(), ScopeChoice{Roles: []string{"regulator"}, Reason: en("Rules.")}); err != nil {
		t.Fatal(err)
	}
	if why, found := refused(); !found || why != "taxonomy.scope.out" {
		t.Errorf("proposed %v, refused %q", found, why)
	}
}
