package taxonomy

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

// timeline is the timeline of the editions and of the entries.
func timeline(t testing.TB, entries ...Change) *Timeline {
	t.Helper()
	line, err := NewTimeline(entries)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func graphJSON(t testing.TB, g *Graph) string {
	t.Helper()
	raw, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestTheEditionsKeepTheInvariants(t *testing.T) {
	line := timeline(t)
	want := []int{42, 46, 115}
	for i, v := range line.Versions() {
		_, g, err := line.Version(v.Number)
		if err != nil || g.Check() != nil {
			t.Fatalf("version %d: %v, %v", v.Number, err, g.Check())
		}
		if g.Len() != want[i] {
			t.Errorf("%s has %d tags, not %d", v.Edition, g.Len(), want[i])
		}
		for tag := range g.All() {
			for _, lang := range languages {
				if tag.Names.In(lang).Lang != lang {
					t.Errorf("%s has no name in %s", tag.ID, lang)
				}
				if len(tag.Definition) > 0 && tag.Definition.In(lang).Lang != lang {
					t.Errorf("%s is not defined in %s", tag.ID, lang)
				}
			}
			if (len(tag.Definition) > 0) != (tag.Source != "") {
				t.Errorf("%s has a definition without a source, or a source without a definition", tag.ID)
			}
		}
	}
}

func TestATagThatALaterEditionLacksLivesOn(t *testing.T) {
	tag, ok := timeline(t).Newest().Find("E-Government")
	if !ok || tag.ID != "e-government" || !tag.Lives() {
		t.Fatalf("E-Government is %+v", tag)
	}
	var editions []civic.Edition
	for _, s := range tag.Spellings {
		editions = append(editions, s.Edition)
	}
	if !slices.Equal(editions, []civic.Edition{Edition2014, Edition2017, EditionSite}) {
		t.Errorf("it stands in %v", editions)
	}
	if _, ok := tag.In(Edition2024); ok {
		t.Error("the edition of 2024 has it")
	}
}

func TestTheHierarchyIsThatOfTheEditionOf2024(t *testing.T) {
	g := timeline(t).Newest()
	if got := g.Children("anti-corruption-and-integrity"); len(got) != 13 || slices.Contains(got, "right-to-information") {
		t.Errorf("below Anti-Corruption and Integrity stand %v", got)
	}
	if got, want := g.Children("digital-governance"), []ID{"automated-decision-making", "data-stewardship-and-privacy", "digital-inclusion", "disinformation-misinformation", "online-civic-space"}; !slices.Equal(got, want) {
		t.Errorf("below Digital Governance stand %v", got)
	}
	if got, want := g.Ancestors("Online Civic Space"), []ID{"civic-space-and-enabling-environment", "digital-governance"}; !slices.Equal(got, want) {
		t.Errorf("above Online Civic Space stand %v", got)
	}
	for parent, n := range map[ID]int{"democratizing-decision-making": 4, "environment-climate": 4, "fiscal-openness": 6, "inclusion": 6, "justice": 4, "public-service-delivery": 5} {
		if got := g.Children(parent); len(got) != n {
			t.Errorf("below %s stand %v", parent, got)
		}
	}
	if old := timeline(t).At("2022-05-01"); len(old.Children("fiscal-openness"))+len(old.Ancestors("judiciary")) > 0 {
		t.Error("the edition of 2017 has a hierarchy")
	}
}

func TestADayIsAnsweredByTheEditionOfItsTime(t *testing.T) {
	line := timeline(t)
	for day, n := range map[string]int{"2013-12-31": 0, "2014-01-01": 42, "2016-12-31": 42, "2022-05-01": 46, "2024-07-02": 46, "2024-07-03": 115, "2030-01-01": 115} {
		if got := line.At(day).Len(); got != n {
			t.Errorf("on %s there are %d tags, not %d", day, got, n)
		}
	}
	if name := line.At("2015-01-01").ByNumber(0); name.Names.String() != "Access to Information" {
		t.Errorf("in 2015 it is called %q", name.Names)
	}
	if tag, _ := line.At("2015-01-01").Find("anti-corruption"); tag.Names.String() != "Anti-Corruption" {
		t.Errorf("in 2015 it is called %q", tag.Names)
	}
	if _, _, err := line.Version(4); civic.KindOf(err) != civic.NotFound {
		t.Errorf("version 4: %v", err)
	}
}

func TestEachCrosswalkMapsEveryTagOfItsEdition(t *testing.T) {
	g := timeline(t).Newest()
	for _, pair := range [][2]civic.Edition{{Edition2014, Edition2017}, {Edition2017, Edition2024}} {
		lines := Crosswalk(pair[0], pair[1])
		for tag := range g.All() {
			_, asked := tag.In(pair[0])
			stands := slices.ContainsFunc(lines, func(m Mapping) bool { return m.From == tag.ID })
			if asked != stands {
				t.Errorf("%s of %s: in the edition %v, in the crosswalk %v", tag.ID, pair[0], asked, stands)
			}
		}
		for _, m := range lines {
			if !slices.Contains(Matches, m.Match) || !slices.Contains(Bases, m.Basis) || (m.To == "") != (m.Match == NoMatch) || m.Overlap > 0 && m.Basis != Measured {
				t.Errorf("a line that cannot be: %+v", m)
			}
			if to, ok := g.Tag(m.To); m.To != "" {
				if _, asked := to.In(pair[1]); !ok || !asked {
					t.Errorf("%s leads to %s, which %s has not", m.From, m.To, pair[1])
				}
			}
		}
	}
	if Crosswalk(Edition2024, Edition2014) != nil {
		t.Error("there is a crosswalk back")
	}
	of := func(id ID) (out []string) {
		for _, m := range Crosswalk(Edition2017, Edition2024) {
			if m.From == id {
				out = append(out, string(m.To)+" "+string(m.Match))
			}
		}
		return out
	}
	for id, want := range map[ID]string{
		"e-government": " none", "records-management": " none", "natural-resources": "extractive-industries closeMatch",
		"access-to-information": "right-to-information exactMatch, access-to-information closeMatch", "whistleblower-protections": "whistleblower-protections exactMatch",
	} {
		if got := strings.Join(of(id), ", "); got != want {
			t.Errorf("%s leads to %q", id, got)
		}
	}
}

func TestEverySpellingOfAnEditionLeadsToItsTag(t *testing.T) {
	g := timeline(t).Newest()
	for tag := range g.All() {
		for _, s := range tag.Spellings {
			for _, name := range []string{s.Name, strings.ToUpper(s.Name), strings.ToLower(s.Name)} {
				if got, ok := g.Find(name); !ok || got.ID != tag.ID {
					t.Errorf("%q leads to %q, not to %s", name, got.ID, tag.ID)
				}
			}
		}
	}
	if got := g.Resolve("Open Contracting and Public Procurement"); got != "open-contracting" {
		t.Errorf("the former name leads to %q", got)
	}
	if got := g.Resolve("Gobierno electrónico"); got != "e-government" {
		t.Errorf("the Spanish name leads to %q", got)
	}
	if got := g.Resolve("الحكومة الإلكترونية"); got != "e-government" {
		t.Errorf("the Arabic name leads to %q", got)
	}
}

func TestANameInOneWordLeadsToItsTagUnlessItCouldBeTwo(t *testing.T) {
	g := timeline(t).Newest()
	for name, want := range map[string]ID{"eGovernment": "e-government", "OPENDATA": "open-data", "open  data": "open-data", "open dat": "", "-": "", "": ""} {
		if got := g.Resolve(name); got != want {
			t.Errorf("%q leads to %q", name, got)
		}
	}
	g, err := Apply(g, []Change{{Op: Create, Names: en("Ab C"), Reason: en("x")}, {Op: Create, Names: en("A bc"), Reason: en("x")},
		{Op: Alias, Tag: "EGovernment", Aliases: en("Online state"), Reason: en("x")}})
	if err != nil {
		t.Fatal(err)
	}
	if g.Resolve("abc") != "" || g.Resolve("ab-c") != "ab-c" || g.Resolve("online state") != "e-government" {
		t.Errorf("they lead to %q, %q and %q", g.Resolve("abc"), g.Resolve("ab-c"), g.Resolve("online state"))
	}
}
