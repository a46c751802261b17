package taxonomy

import (
	"fmt"
	"slices"
	"testing"

	"avow/internal/civic"
)

func TestAPreviewSaysWhatEachChangeTouches(t *testing.T) {
	g := small(t)
	carried := []Carried{
		{"a", "m1", []ID{"low"}, nil, ""},
		{"b", "m1", []ID{"low", "side"}, nil, ""},
		{"c", "m2", []ID{"near"}, []ID{"low"}, ""},
		{"d", "m3", []ID{"top", "New"}, nil, ""},
		{"e", "m3", []ID{"unheard of"}, nil, ""},
		{"f", "m2", []ID{"Near"}, nil, ""},
	}
	look, err := Preview(g, []Change{
		{Op: Create, Names: en("New"), Reason: en("x"), Effective: "2030-01-01"},
		{Op: AddParent, Tag: "Side", Parents: []ID{"new"}, Reason: en("x")},
		{Op: Redefine, Tag: "Low", Definition: en("Deep down"), Reason: en("x")},
		{Op: Unrelate, Tag: "Near", Related: []ID{"Low"}, Reason: en("x")},
		{Op: Merge, Tag: "Near", Into: []ID{"Low"}, Reason: en("x")},
		{Op: Deprecate, Tag: "Side", Reason: en("x")},
	}, carried)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range look.Effects {
		got = append(got, fmt.Sprintf("%s %s: %d of %d, %v %v %s", e.Change.Op, e.Change.Tag, e.Commitments, e.Members, e.Shifts, e.Person, e.Because))
	}
	want := []string{
		"create new: 1 of 1, [{new {0 0} {1 1}}] [] ",
		"add_parent side: 1 of 1, [{new {1 1} {1 2}}] [] ",
		"redefine low: 2 of 1, [] [a b] taxonomy.person.redefine",
		"unrelate near: 2 of 1, [] [] ",
		"merge near: 2 of 1, [{low {2 2} {3 3}} {middle {0 2} {0 3}} {near {2 2} {0 0}} {top {1 3} {1 4}}] [c] taxonomy.person.merge",
		"deprecate side: 1 of 1, [] [] ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the effects are\n%q, not\n%q", got, want)
	}
	if look.Commitments != 5 || look.Members != 3 || !slices.Equal(look.Person, []civic.CommitmentID{"a", "b", "c"}) {
		t.Errorf("touched are %d of %d, %v need a person", look.Commitments, look.Members, look.Person)
	}
	if got, want := fmt.Sprint(look.Shifts), "[{low {2 2} {3 3}} {middle {0 2} {0 3}} {near {2 2} {0 0}} {new {0 0} {1 2}} {top {1 3} {1 4}}]"; got != want {
		t.Errorf("the whole shifts %s", got)
	}
	if look.Before != g || look.After.Resolve("near") != "low" {
		t.Error("before and after are other graphs")
	}
	if _, err := Preview(g, []Change{{Op: Merge, Tag: "Low", Into: []ID{"Low"}, Reason: en("x")}}, nil); civic.KindOf(err) != civic.Invalid {
		t.Errorf("a bad set: %v", err)
	}
}

func TestASplitNeedsAPersonForEachCommitment(t *testing.T) {
	look, err := Preview(small(t), []Change{{Op: Split, Tag: "Deep", Into: []ID{"Side", "Near"}, Reason: en("x")}},
		[]Carried{{"a", "m", []ID{"Deep"}, nil, ""}, {"b", "m", []ID{"side"}, nil, ""}, {"c", "m", []ID{"middle"}, nil, ""}})
	if err != nil || len(look.Effects[0].Person) != 1 || look.Effects[0].Person[0] != "a" || look.Effects[0].Because != KeySplitPerson {
		t.Errorf("%+v, %v", look.Effects, err)
	}
}

func TestAMergeNeedsAPersonWhereOneOfTheTwoWasRejected(t *testing.T) {
	look, err := Preview(small(t), []Change{{Op: Merge, Tag: "Near", Into: []ID{"Side"}, Reason: en("x")}}, []Carried{
		{"a", "m", []ID{"near"}, []ID{"side"}, ""}, {"b", "m", []ID{"side"}, []ID{"Near"}, ""}, {"c", "m", []ID{"near", "side"}, nil, ""}, {"d", "m", nil, []ID{"near", "side"}, ""}})
	if err != nil || !slices.Equal(look.Person, []civic.CommitmentID{"a", "b"}) {
		t.Errorf("%v need a person, %v", look.Person, err)
	}
}

func TestATagWithoutItsParentContradictsTheGraph(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	// The edition of 2024 asks for Digital Governance, but not for Open digital.
	if got := g.Contradictions(Edition2024, []ID{"Automated Decision-making", "Open Data", "judiciary", "justice"}); !slices.Equal(got, []Contradiction{{"automated-decision-making", "digital-governance"}}) {
		t.Errorf("the contradictions are %v", got)
	}
	if got := g.Contradictions(Edition2017, []ID{"Judiciary", "e-government"}); got != nil {
		t.Errorf("the edition of 2017 has no hierarchy: %v", got)
	}
	if got := g.Contradictions("", []ID{"open-source"}); !slices.Equal(got, []Contradiction{{"open-source", "e-government"}}) {
		t.Errorf("without an edition: %v", got)
	}
}

func TestAChildImpliesItsParents(t *testing.T) {
	line, _ := applied(t, nil)
	if got, want := line.Newest().Implied([]ID{"Open source", "Automated decision-making", "digital-governance"}), []ID{"e-government", "open-digital"}; !slices.Equal(got, want) {
		t.Errorf("implied are %v", got)
	}
}

// BenchmarkCount rolls up 60,000 commitments: `go test -bench Count ./internal/taxonomy`.
func BenchmarkCount(b *testing.B) {
	line, _ := applied(b, nil)
	g := line.Newest()
	names := []string{"Open Data", "E-Government", "Automated Decision-Making", "Public Participation", "judiciary"}
	for b.Loop() {
		c := g.NewCounter()
		var tags []int32
		for i := range 60_000 {
			tags = tags[:0]
			for k := range 3 {
				n, _ := g.Number(names[(i+k)%len(names)])
				tags = append(tags, n)
			}
			c.Add(tags, ScopeUnknown)
		}
	}
}
