package taxonomy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

// ids gives the changes of a test their IDs.
func ids() func() (ChangeID, error) {
	n := 0
	return func() (ChangeID, error) { n++; return ChangeID(fmt.Sprintf("change%04d", n)), nil }
}

// applied is the timeline with the appendix in force from a day of 2026 on.
func applied(t testing.TB, settings map[string]string) (*Timeline, []Change) {
	t.Helper()
	line := timeline(t)
	set, err := ShippedSet(OpenDigital)
	if err == nil {
		set, err = set.Choose(settings)
	}
	if err != nil {
		t.Fatal(err)
	}
	entries, err := line.Apply(set, "2026-11-23", ids())
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(entries...); err != nil {
		t.Fatal(err)
	}
	if err := line.Newest().Check(); err != nil {
		t.Fatal(err)
	}
	return line, entries
}

func en(text string) civic.Text { return civic.Text{{Lang: "en", Text: text}} }

// APP-1: the parent exists, and a roll-up counts each commitment once.
func TestOpenDigitalCountsEachCommitmentOnce(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	counts := g.Roll([]Carried{
		{Tags: []ID{"open-data", "e-petitions", "automated-decision-making"}}, // three tags below it
		{Tags: []ID{"Open Source"}}, // two levels below it
		{Tags: []ID{"open-digital", "E-Government", "digital-governance"}},
		{Tags: []ID{"judiciary"}},
		{Tags: []ID{"Digital Government", "e-government"}}, // one tag by two names
	})
	for id, want := range map[ID]Count{"open-digital": {1, 4}, "e-government": {2, 3}, "digital-governance": {1, 2}, "open-source": {1, 1}, "justice": {0, 1}} {
		if counts[id] != want {
			t.Errorf("%s counts %+v, not %+v", id, counts[id], want)
		}
	}
}

// APP-2: five tags stand below it, and automated decision-making below both parents.
func TestTheFiveTagsOfTheAppendixStandBelowOpenDigital(t *testing.T) {
	line, _ := applied(t, nil)
	g := line.Newest()
	if got, want := g.Children("open-digital"), []ID{"automated-decision-making", "digital-inclusion", "e-government", "e-petitions", "open-data"}; !slices.Equal(got, want) {
		t.Errorf("below Open digital stand %v", got)
	}
	for _, id := range []ID{"automated-decision-making", "digital-inclusion"} {
		tag, _ := g.Tag(id)
		if !slices.Equal(tag.Parents, []ID{"digital-governance", "open-digital"}) {
			t.Errorf("%s stands below %v", id, tag.Parents)
		}
	}
}

// APP-3: the old name finds the tag, both definitions can be had by date, and the
// optional sentence is a switch.
func TestEGovernmentIsRenamedAndRedefined(t *testing.T) {
	line, _ := applied(t, nil)
	for _, name := range []string{"e-Government", "E-government", "e government", "Digital government", "Administration électronique", "administration numerique", "الحكومة الرقمية"} {
		if tag, ok := line.Newest().Find(name); !ok || tag.ID != "e-government" || tag.Name("en").Text != "Digital government" {
			t.Errorf("%q finds %+v", name, tag)
		}
	}
	old, _ := line.At("2026-11-22").Find("E-government")
	now, _ := line.At("2026-11-23").Find("E-government")
	if strings.Contains(old.Definition.String(), "Internet of Things") || !strings.Contains(now.Definition.String(), "mobile applications, Internet of Things") {
		t.Errorf("the definitions are\n%s\n%s", old.Definition, now.Definition)
	}
	history := line.History("e-government")
	last := history[len(history)-1]
	if last.From != "2026-11-23" || last.Until != "" || last.Version.Set != OpenDigital || history[len(history)-2].Until != "2026-11-23" {
		t.Errorf("the history is %+v", history)
	}
	if old.Definition.String() != history[len(history)-2].Tag.Definition.String() || old.Name("en").Text != "E-government" {
		t.Errorf("before it was %+v", old)
	}
	for value, sentence := range map[string]string{"off": "They do not always adopt open data principles and practices.", "on": "They do not always entail an open data component but adopt open digital principles and practices."} {
		line, _ := applied(t, map[string]string{"sentence": value})
		if tag, _ := line.Newest().Tag("e-government"); !strings.HasSuffix(tag.Definition.String(), "information systems. "+sentence) {
			t.Errorf("sentence %s: %s", value, tag.Definition)
		}
	}
}

// APP-4 and APP-5: the two new tags, below Digital government or directly below
// Open digital; either way they count there, with four or five children.
func TestTheNewTagsCountUnderOpenDigitalByEitherReading(t *testing.T) {
	for _, parent := range []string{"digital-government", "open-digital"} {
		for _, fifth := range []string{"on", "off"} {
			line, _ := applied(t, map[string]string{"parent": parent, "fifth-child": fifth})
			g := line.Newest()
			for _, id := range []ID{"open-source", "data-strategy"} {
				above := g.Ancestors(id)
				if !slices.Contains(above, "open-digital") || slices.Contains(above, "e-government") != (parent == "digital-government") {
					t.Errorf("%s, %s: above %s stand %v", parent, fifth, id, above)
				}
			}
			if slices.Contains(g.Children("open-digital"), "e-government") != (fifth == "on") {
				t.Errorf("the fifth child is not a switch: %v", g.Children("open-digital"))
			}
			strategy, _ := g.Tag("data-strategy")
			if !slices.Equal(strategy.Related, []ID{"data-stewardship-and-privacy"}) {
				t.Errorf("related to Data strategy are %v", strategy.Related)
			}
			if tag, _ := g.Tag("data-stewardship-and-privacy"); !slices.Equal(tag.Parents, []ID{"digital-governance"}) {
				t.Errorf("Data Stewardship stands below %v", tag.Parents)
			}
		}
	}
}

func TestUndoingTheAppendixRestoresEveryByte(t *testing.T) {
	before := timeline(t)
	line, entries := applied(t, nil)
	undone, err := line.Undo(OpenDigital, en("A trial"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := line.With(undone...)
	if err != nil {
		t.Fatal(err)
	}
	if graphJSON(t, before.Newest()) != graphJSON(t, after.Newest()) || !reflect.DeepEqual(before.Newest(), after.Newest()) {
		t.Error("the graph is another one than before")
	}
	if !reflect.DeepEqual(before.History("e-government"), after.History("e-government")) {
		t.Error("the tag's history is another one than before")
	}
	again, err := after.Redo(OpenDigital, en("It was right"))
	if err != nil {
		t.Fatal(err)
	}
	redone, err := after.With(again...)
	if err != nil || graphJSON(t, redone.Newest()) != graphJSON(t, line.Newest()) {
		t.Errorf("redone it is another one: %v", err)
	}
	var steps []Step
	for _, v := range redone.Versions() {
		steps = append(steps, v.Step)
	}
	if !slices.Equal(steps, []Step{StepEdition, StepEdition, StepEdition, StepApply, StepUndo, StepRedo}) {
		t.Errorf("the steps are %v", steps)
	}
	if v := redone.Versions(); v[3].InForce || v[4].InForce || !v[5].InForce {
		t.Error("it is in force by another version than the last")
	}
	whole := timeline(t, slices.Concat(entries, undone, again)...)
	for n := 1; n <= 6; n++ {
		_, a, _ := redone.Version(n)
		_, b, err := whole.Version(n)
		if err != nil || graphJSON(t, a) != graphJSON(t, b) {
			t.Errorf("version %d is another one when read at once: %v", n, err)
		}
	}
}

func TestAnUndoneSetMayBeAppliedOtherwise(t *testing.T) {
	line, _ := applied(t, nil)
	undone, err := line.Undo(OpenDigital, en("The other reading"))
	if err != nil {
		t.Fatal(err)
	}
	line, err = line.With(undone...)
	if err != nil {
		t.Fatal(err)
	}
	set, _ := ShippedSet(OpenDigital)
	set, err = set.Choose(map[string]string{"parent": "open-digital"})
	if err != nil {
		t.Fatal(err)
	}
	n := 100
	entries, err := line.Apply(set, "2026-11-24", func() (ChangeID, error) { n++; return ChangeID(fmt.Sprint("later", n)), nil })
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(entries...); err != nil {
		t.Fatal(err)
	}
	if tag, _ := line.Newest().Tag("open-source"); !slices.Equal(tag.Parents, []ID{"open-digital"}) {
		t.Errorf("Open source stands below %v", tag.Parents)
	}
	if v := line.Versions()[5]; v.About.Settings["parent"] != "open-digital" || v.About.Settings["sentence"] != "off" {
		t.Errorf("the settings of the version are %v", v.About.Settings)
	}
	if _, err := line.Apply(set, "2026-11-25", ids()); civic.KindOf(err) != civic.Conflict {
		t.Errorf("a second time: %v", err)
	}
}

func TestTheShippedSetsCanAllBeApplied(t *testing.T) {
	line := timeline(t)
	n := 0
	for _, name := range Shipped() {
		set, err := ShippedSet(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range set.Changes {
			for _, text := range []civic.Text{c.Reason, set.About.Title} {
				for _, lang := range languages {
					if text.In(lang).Lang != lang {
						t.Errorf("%s: %s has no text in %s", name, c.Op, lang)
					}
				}
			}
		}
		entries, err := line.Apply(set, "2026-11-23", func() (ChangeID, error) { n++; return ChangeID(fmt.Sprint(n)), nil })
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if line, err = line.With(entries...); err != nil {
			t.Fatal(err)
		}
	}
	if tag, _ := line.Newest().Find("Social media"); !tag.Unverified || !slices.Equal(tag.Parents, []ID{"digital-governance"}) {
		t.Errorf("Social media is %+v", tag)
	}
	if _, err := ShippedSet("nothing"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a set that is not there: %v", err)
	}
}
