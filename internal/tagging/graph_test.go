package tagging

import (
	"fmt"
	"slices"
	"testing"

	"avow/internal/taxonomy"
)

// openDigital is the graph with the appendix of the paper applied.
func openDigital(t *testing.T) *taxonomy.Graph {
	t.Helper()
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	changes, err := line.Apply(set, "2026-01-01", func() (taxonomy.ChangeID, error) { n++; return taxonomy.ChangeID(fmt.Sprint("c", n)), nil })
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(changes...); err != nil {
		t.Fatal(err)
	}
	return line.Newest()
}

func suggested(r Result) map[taxonomy.ID]Suggestion {
	out := map[taxonomy.ID]Suggestion{}
	for _, s := range r.Suggestions {
		out[s.Tag] = s
	}
	return out
}

func TestATagOfTodaysGraphIsSuggestedByAModelThatIsOlder(t *testing.T) {
	m := Shipped().For(openDigital(t))
	for _, c := range [][2]string{
		{"Increase availability of open source software", "The government makes more open source software available."},
		{"An open source platform for public administrations", "Public administrations share, find and develop open source software on one platform."},
		{"Logiciels libres dans l’administration", "Les administrations publient le code source de leurs logiciels libres sur une plateforme."},
	} {
		got := suggested(m.Suggest(english(c[0]), english(c[1])))
		if s, ok := got["open-source"]; !ok || s.Basis != ByName || len(s.Words) == 0 {
			t.Errorf("%s: %+v", c[0], got)
		}
		if s, ok := got["open-digital"]; !ok || s.Basis != ByGraph || s.From == "" {
			t.Errorf("%s: %+v", c[0], got)
		}
	}
}

func TestTagsThatCannotBeGivenAreNotSuggested(t *testing.T) {
	g := openDigital(t)
	m := Shipped()
	title, body := english("Publish procurement contracts"), english("All tenders and contracts are published on a procurement portal.")
	for s := range suggested(m.For(g).Suggest(title, body)) {
		if tag, ok := g.Tag(s); !ok || !tag.Lives() {
			t.Errorf("%s", s)
		}
	}
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	_, empty, err := line.Version(1)
	if err != nil {
		t.Fatal(err)
	}
	for s := range suggested(m.For(empty).Suggest(title, body)) {
		if _, ok := empty.Tag(s); !ok {
			t.Errorf("%s is no tag of that day", s)
		}
	}
}

func TestAModelUnderAGraphIsWrittenAsItWasTrained(t *testing.T) {
	one, err := Shipped().Encode()
	if err != nil {
		t.Fatal(err)
	}
	two, err := Shipped().For(openDigital(t)).Encode()
	if err != nil || !slices.Equal(one, two) || !slices.Equal(one, shippedFile) {
		t.Errorf("other bytes, %v", err)
	}
}

func TestARegulatorIsNotOpenDigital(t *testing.T) {
	g := openDigital(t)
	r := Result{Suggestions: []Suggestion{{Tag: "open-digital", Confidence: 0.9}, {Tag: "e-government", Confidence: 0.8}, {Tag: "digital-governance", Confidence: 0.7}, {Tag: "automated-decision-making", Confidence: 0.6}}}
	got := r.InScope(g, []taxonomy.Role{taxonomy.Regulator})
	if len(got.Refused) != 2 || got.Refused[0].Tag != "open-digital" || got.Refused[1].Tag != "e-government" || got.Refused[0].Reason != "taxonomy.scope.out" {
		t.Errorf("%+v", got.Refused)
	}
	if len(got.Suggestions) != 2 || got.Suggestions[0].Tag != "digital-governance" || got.Suggestions[1].Tag != "automated-decision-making" {
		t.Errorf("%+v", got.Suggestions)
	}
	for _, roles := range [][]taxonomy.Role{nil, {taxonomy.Developer}, {taxonomy.Developer, taxonomy.Regulator}} {
		if got := r.InScope(g, roles); len(got.Refused) != 0 || len(got.Suggestions) != 4 {
			t.Errorf("%v: %+v", roles, got)
		}
	}
	alone := Result{Suggestions: []Suggestion{{Tag: "open-digital"}}}.InScope(g, []taxonomy.Role{taxonomy.Regulator})
	if alone.Unsure != NothingStandsOut || alone.Suggestions == nil {
		t.Errorf("%+v", alone)
	}
}

func TestTablesOfTwoEditionsTellEachOther(t *testing.T) {
	g := openDigital(t)
	old := Table{Edition: taxonomy.Edition2017, Tags: []taxonomy.ID{"legislature", "e-government", "education"},
		Rows: []Row{{Key: "1", Member: "AL", Yes: []taxonomy.ID{"legislature", "e-government"}}}}
	young := Table{Edition: taxonomy.Edition2024, Tags: []taxonomy.ID{"open-parliaments", "education"},
		Rows: []Row{{Key: "2", Member: "CL", Yes: []taxonomy.ID{"open-parliaments"}}}}
	rows, task := Together(g, []Table{young, old})
	if len(rows) != 2 || rows[0].Source != "ogp-2017" || !slices.Equal(rows[0].Yes, []taxonomy.ID{"legislature", "e-government", "open-parliaments"}) ||
		!slices.Equal(rows[1].Yes, []taxonomy.ID{"open-parliaments", "legislature"}) {
		t.Errorf("%+v", rows)
	}
	asks := task.asks()
	for _, l := range task.Labels {
		want := map[taxonomy.ID]string{"legislature": "ogp-2017", "e-government": "ogp-2017", "education": "ogp-2024", "open-parliaments": "ogp-2024"}[l.ID]
		if l.Habit != want || len(l.Names) == 0 {
			t.Errorf("%+v", l)
		}
	}
	for l, label := range task.Labels {
		if got := asks("ogp-2024", l); got != (label.ID != "e-government") {
			t.Errorf("2024 asked for %s: %v", label.ID, got)
		}
	}
	own := task.For(g, old)
	if len(own.Labels) != 3 || own.Labels[0].ID != "legislature" || own.Labels[2].Habit != "ogp-2017" {
		t.Errorf("%+v", own.Labels)
	}
}

func TestATagThatGotAnotherNameIsSuggestedUnderTheNewOneAlone(t *testing.T) {
	live := Task{}.Live(openDigital(t))
	has := func(id taxonomy.ID) bool {
		return slices.ContainsFunc(live.Labels, func(l Label) bool { return l.ID == id })
	}
	for id, want := range map[taxonomy.ID]bool{"legislature": false, "open-parliaments": true, "e-government": true, "open-source": true, "participation-in-lawmaking": false} {
		if has(id) != want {
			t.Errorf("%s: %v", id, !want)
		}
	}
}
