package taxonomy

import (
	"errors"
	"slices"
	"testing"

	"avow/internal/civic"
)

func TestARegulatorOnlyIsNotOpenDigital(t *testing.T) {
	for _, c := range []struct {
		says  string
		roles []Role
		want  Scope
		open  bool
	}{
		{"develops", []Role{Developer}, ScopeIn, true},
		{"uses", []Role{User}, ScopeIn, true},
		{"is the target", []Role{Target}, ScopeIn, true},
		{"regulates", []Role{Regulator}, ScopeOut, false},
		{"regulates and is called so twice", []Role{Regulator, Regulator}, ScopeOut, false},
		{"develops and regulates", []Role{Regulator, Developer}, ScopeBoth, true},
		{"nobody said", nil, ScopeUnknown, true},
	} {
		if got := ScopeOf(c.roles); got != c.want || got.Open() != c.open || got.Key() != "taxonomy.scope."+string(c.want) {
			t.Errorf("a government that %s: %s, open %v", c.says, got, got.Open())
		}
	}
}

func TestTheFacetsAreThoseOfGraph1(t *testing.T) {
	backbone := 0
	for _, f := range Facets {
		if f.Backbone() {
			backbone++
		}
	}
	if len(Facets) != 12 || backbone != 3 || Facets[11] != CivicTechnology {
		t.Errorf("there are %d facets, %d of the backbone", len(Facets), backbone)
	}
}

// G2: with a tag of two parents it counts under the other one and not under open digital.
func TestARegulatorOnlyCountsUnderDigitalGovernanceAndNotUnderOpenDigital(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	counts := g.Roll([]Carried{
		{Tags: []ID{"automated-decision-making"}, Scope: ScopeOut},
		{Tags: []ID{"automated-decision-making"}, Scope: ScopeBoth},
		{Tags: []ID{"open-source", "open-digital"}, Scope: ScopeOut},
	})
	for id, want := range map[ID]Count{"automated-decision-making": {2, 2}, "digital-governance": {0, 2}, "open-digital": {0, 1}, "open-source": {1, 1}, "e-government": {0, 1}} {
		if counts[id] != want {
			t.Errorf("%s counts %+v, not %+v", id, counts[id], want)
		}
	}
	before := timeline(t).Newest()
	if counts := before.Roll([]Carried{{Tags: []ID{"automated-decision-making", "e-government"}, Scope: ScopeOut}}); counts["digital-governance"] != (Count{0, 1}) || counts["e-government"] != (Count{1, 1}) {
		t.Errorf("before the appendix it counts %v", counts)
	}
}

func TestTagsUnderOpenDigitalAloneAreRefusedToARegulator(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	for id, want := range map[ID][2]bool{ // refused, below open digital
		"open-digital": {true, true}, "e-government": {true, true}, "open-source": {true, true}, "data-strategy": {true, true},
		"automated-decision-making": {false, true}, "digital-inclusion": {false, true}, "digital-governance": {false, false}, "no-such-tag": {false, false},
	} {
		if got := [2]bool{g.Refuses(ScopeOut, id), g.UnderOpen(id)}; got != want {
			t.Errorf("%s: refused, below: %v", id, got)
		}
		for _, s := range []Scope{ScopeIn, ScopeBoth, ScopeUnknown} {
			if g.Refuses(s, id) {
				t.Errorf("%s is refused to %s", id, s)
			}
		}
		if timeline(t).Newest().Refuses(ScopeOut, id) {
			t.Errorf("%s is refused where there is no open digital", id)
		}
	}
}

func TestTheRuleRestsWhenOpenDigitalIsMerged(t *testing.T) {
	line, _ := applied(t, nil)
	g, err := Apply(line.Newest(), []Change{{Op: Merge, Tag: "open-digital", Into: []ID{"digital-governance"}, Reason: en("One.")}})
	if err != nil {
		t.Fatal(err)
	}
	if counts := g.Roll([]Carried{{Tags: []ID{"e-government", "open-digital"}, Scope: ScopeOut}}); counts["digital-governance"] != (Count{1, 1}) || g.Refuses(ScopeOut, "e-government") || g.UnderOpen("e-government") {
		t.Errorf("counted are %v", counts)
	}
}

func TestWhatAPersonAnsweredGoesBeforeWhatTheTagsPropose(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	c := civic.Commitment{Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Data", "Automated Decision-making"}}},
		Decided: []civic.TagDecision{{Tag: "open-digital", Verdict: civic.TagAccepted}, {Tag: "open-data", Verdict: civic.TagRemoved}}}
	f := g.FrameOf(c)
	if f.Said || !slices.Equal(f.Facets, []Facet{FacetScience}) || !slices.Equal(f.Roles, []Role{Developer, User, Target}) || len(f.Strands) != 2 {
		t.Errorf("the tags propose %+v", f)
	}
	if f.Scope() != ScopeUnknown || ScopeFor(c) != ScopeUnknown {
		t.Error("the roles of tags decide")
	}
	c.Scoped = &civic.ScopeAnswer{Roles: []string{"regulator", "of later"}, Facets: []string{"legal_innovation", "open_data"}}
	f = g.FrameOf(c)
	if !f.Said || !slices.Equal(f.Facets, []Facet{FacetOpenData, FacetLegal}) || !slices.Equal(f.Roles, []Role{Regulator}) || f.Strands != nil || f.Scope() != ScopeOut || ScopeFor(c) != ScopeOut {
		t.Errorf("a person said %+v", f)
	}
	c.Scoped = &civic.ScopeAnswer{}
	if f := g.FrameOf(c); !f.Said || len(f.Facets)+len(f.Roles)+len(f.Strands) != 0 || f.Scope() != ScopeUnknown {
		t.Errorf("a person said none: %+v", f)
	}
}

func TestAnAnswerHasKnownValuesOnceAndInOrder(t *testing.T) {
	a, err := CheckAnswer(civic.ScopeAnswer{Roles: []string{"regulator", "developer", "regulator"}, Facets: []string{"open_source", "open_data"}})
	if err != nil || !slices.Equal(a.Roles, []string{"developer", "regulator"}) || !slices.Equal(a.Facets, []string{"open_data", "open_source"}) || a.Strands != nil {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = CheckAnswer(civic.ScopeAnswer{Roles: []string{"judge"}, Strands: []string{"x"}, Facets: []string{"open_source", "cheese"}})
	var faults civic.Errors
	if !errors.As(err, &faults) || len(faults) != 3 || faults[0].Field != "roles" || faults[1].Field != "strands" || faults[2].Field != "facets" || faults[2].Args["value"] != "cheese" {
		t.Errorf("%v", err)
	}
}
