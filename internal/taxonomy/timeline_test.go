package taxonomy

import (
	"errors"
	"slices"
	"testing"

	"avow/internal/civic"
)

// withSet applies a set of changes to a timeline.
func withSet(t *testing.T, line *Timeline, name, day string, changes ...Change) *Timeline {
	t.Helper()
	n := len(line.Versions()) * 100
	for i := range changes {
		changes[i].Reason = en("Because")
	}
	entries, err := line.Apply(Set{Name: name, About: About{Title: en(name)}, Effective: day, Changes: changes}, max("2031-01-01", day),
		func() (ChangeID, error) { n++; return ChangeID(name + string(rune('a'+n%26))), nil })
	if err == nil {
		line, err = line.With(entries...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestASetThatAnotherRestsOnIsNotUndone(t *testing.T) {
	line := withSet(t, timeline(t), "base", "2030-01-01", Change{Op: Create, Names: en("Ground")})
	line = withSet(t, line, "house", "2030-01-02", Change{Op: Alias, Tag: "tax", Aliases: en("Levy")}, Change{Op: AddParent, Tag: "Tax", Parents: []ID{"Ground"}})
	_, err := line.Undo("base", en("No"))
	told, ok := err.(*civic.Error)
	if !ok || told.Kind != civic.Conflict || told.Key != KeyRestsOn || told.Args["other"] != "house" || told.Args["place"] != 2 {
		t.Fatalf("undoing the base: %v", err)
	}
	for _, c := range []struct {
		says string
		do   func() ([]Change, error)
		kind civic.ErrorKind
		key  string
	}{
		{"an unknown set is undone", func() ([]Change, error) { return line.Undo("tower", en("No")) }, civic.NotFound, KeySetUnknown},
		{"an unknown set is redone", func() ([]Change, error) { return line.Redo("tower", en("No")) }, civic.NotFound, KeySetUnknown},
		{"what is in force is redone", func() ([]Change, error) { return line.Redo("house", en("No")) }, civic.Conflict, KeySetInForce},
		{"it is undone for no reason", func() ([]Change, error) { return line.Undo("house", en("  ")) }, civic.Invalid, KeyWhy},
		{"a set has no changes", func() ([]Change, error) { return line.Apply(Set{Name: "empty"}, "2031-01-01", ids()) }, civic.Invalid, KeyNoChanges},
		{"a set has no name", func() ([]Change, error) { return line.Apply(Set{}, "2031-01-01", ids()) }, civic.Invalid, KeySetName},
		{"a set is dated before its predecessor", func() ([]Change, error) {
			return line.Apply(Set{Name: "late", Effective: "2030-01-01", Changes: []Change{{Op: Alias, Tag: "tax", Aliases: en("Toll"), Reason: en("x")}}}, "2031-01-01", ids())
		}, civic.Invalid, KeySetBefore},
		{"a set is dated before the editions", func() ([]Change, error) {
			return timeline(t).Apply(Set{Name: "early", Changes: []Change{{Op: Alias, Tag: "tax", Aliases: en("Toll"), Reason: en("x")}}}, "2022-10-01", ids())
		}, civic.Invalid, KeyEditionBefore},
	} {
		_, err := c.do()
		var key string
		if list, ok := err.(civic.Errors); ok {
			key = list[0].Key
		} else if one, ok := err.(*civic.Error); ok {
			key = one.Key
		}
		if civic.KindOf(err) != c.kind || key != c.key {
			t.Errorf("%s: %v", c.says, err)
		}
	}
	undone, err := line.Undo("house", en("No"))
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(undone...); err != nil {
		t.Fatal(err)
	}
	if _, err := line.Undo("house", en("No")); civic.KindOf(err) != civic.Conflict {
		t.Errorf("undone twice: %v", err)
	}
	if _, err := line.Undo("base", en("No")); err != nil {
		t.Errorf("nothing rests on the base any more: %v", err)
	}
}

func TestASetInTheMiddleIsTakenOutAndPutBackAtItsPlace(t *testing.T) {
	line := withSet(t, timeline(t), "first", "2030-01-01", Change{Op: Rename, Tag: "Tax", Names: en("Levies")})
	line = withSet(t, line, "second", "2030-01-02", Change{Op: Rename, Tag: "Aid", Names: en("Help")})
	whole := graphJSON(t, line.Newest())
	undone, err := line.Undo("first", en("No"))
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(undone...); err != nil {
		t.Fatal(err)
	}
	tax, _ := line.Newest().Tag("tax")
	aid, _ := line.Newest().Tag("aid")
	if tax.Names.String() != "Tax" || aid.Names.String() != "Help" {
		t.Errorf("they are called %s and %s", tax.Names, aid.Names)
	}
	redone, err := line.Redo("first", en("Yes"))
	if err != nil {
		t.Fatal(err)
	}
	if line, err = line.With(redone...); err != nil || graphJSON(t, line.Newest()) != whole {
		t.Fatalf("it is not as before: %v", err)
	}
	var froms []string
	for _, p := range line.Periods() {
		froms = append(froms, p.From+" "+p.Version.Set)
	}
	if !slices.Equal(froms, []string{"2014-01-01 ", "2017-01-01 ", "2024-07-03 ", "2030-01-01 first", "2030-01-02 second"}) {
		t.Errorf("the periods are %q", froms)
	}
	if tag, _ := line.At("2030-01-01").Tag("aid"); tag.Names.String() != "Aid" {
		t.Errorf("on the day before, Aid is called %s", tag.Names)
	}
}

func TestABrokenRecordIsNotFolded(t *testing.T) {
	_, entries := applied(t, nil)
	for says, broken := range map[string][]Change{
		"a version is left out":     func() []Change { c := slices.Clone(entries); c[len(c)-1].Version = 6; return c }(),
		"undone before applied":     func() []Change { c := slices.Clone(entries); c[0].State = Undone; return c }(),
		"an operation is left out":  entries[1:],
		"an operation stands twice": append(slices.Clone(entries[:1]), entries...),
	} {
		if _, err := NewTimeline(broken); err == nil {
			t.Errorf("%s, and nobody says so", says)
		}
	}
}

func TestAChangeIsFoundByItsTagsAndItsSet(t *testing.T) {
	_, entries := applied(t, nil)
	relate := entries[len(entries)-1]
	want := []civic.Reference{{Role: OfTagSet, Target: OpenDigital}, {Role: OfTag, Target: "data-strategy"}, {Role: OfTag, Target: "data-stewardship-and-privacy"}}
	if got := relate.References(); !slices.Equal(got, want) || relate.SubjectKind() != civic.KindTagChange || relate.SubjectID() != string(relate.ID) {
		t.Errorf("it belongs to %v", got)
	}
	for i, c := range entries {
		if c.ID == "" || c.Version != 4 || c.State != Applied || c.Effective != "2026-11-23" || c.Reason.Blank() || (c.About != nil) != (i == 0) {
			t.Errorf("entry %d is %+v", i, c)
		}
	}
}

func TestATimelineIsNotChangedByWhatIsAddedToIt(t *testing.T) {
	line := timeline(t)
	for _, name := range []string{"one", "two", "three", "four", "five"} {
		line = withSet(t, line, name, "2030-01-01", Change{Op: Create, Names: en("Of " + name)})
		left := withSet(t, line, "left", "2030-01-02", Change{Op: Create, Names: en("Left")})
		right := withSet(t, line, "right", "2030-01-02", Change{Op: Create, Names: en("Right")})
		if left.Newest().Resolve("Left") == "" || left.Newest().Resolve("Right") != "" || right.Newest().Resolve("Right") == "" {
			t.Fatalf("after %s the branches meet", name)
		}
		undone, err := left.Undo(name, en("No"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := left.With(undone...); err != nil || left.Newest().Resolve("Of "+name) == "" || !left.Versions()[len(left.Versions())-2].InForce {
			t.Fatalf("undoing %s changed the timeline before: %v", name, err)
		}
	}
}

func TestAGraphIsNotChangedByWhatIsMadeOfIt(t *testing.T) {
	var all []Change
	for _, name := range []string{"Child", "A", "B", "C", "D", "E", "F", "G", "H", "I"} {
		all = append(all, Change{Op: Create, Names: en(name), Reason: en("x"), Effective: "2030-01-01"})
	}
	g, err := Apply(Empty(), all)
	if err != nil {
		t.Fatal(err)
	}
	add := func(g *Graph, op Op, to ID) *Graph {
		c := Change{Op: op, Tag: "Child", Parents: []ID{to}, Reason: en("x")}
		if op == Alias {
			c.Parents, c.Aliases = nil, en("Called "+string(to))
		}
		next, err := Apply(g, []Change{c})
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	for _, op := range []Op{AddParent, Alias} {
		for _, to := range []ID{"i", "h", "g", "f", "e", "d", "c", "b"} {
			g = add(g, op, to)
			was := graphJSON(t, g)
			left := add(g, op, "a")
			told := graphJSON(t, left)
			add(g, op, before(to))
			if graphJSON(t, g) != was || graphJSON(t, left) != told {
				t.Fatalf("%s of %s changed a graph that was there", op, to)
			}
			if op == AddParent {
				continue
			}
			merged := mergedIntoChild(t, g, "a")
			told = graphJSON(t, merged)
			mergedIntoChild(t, g, "b")
			if graphJSON(t, merged) != told {
				t.Fatal("a merge changed a graph that was there")
			}
		}
	}
}

func mergedIntoChild(t *testing.T, g *Graph, tag ID) *Graph {
	t.Helper()
	cut := Change{Op: RemoveParent, Tag: "Child", Reason: en("x")}
	child, _ := g.Tag("child")
	cut.Parents = child.Parents
	next, err := Apply(g, []Change{cut, {Op: Merge, Tag: tag, Into: []ID{"Child"}, Reason: en("x")}})
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// before is the letter before, so that it sorts to the front.
func before(to ID) ID { return ID([]byte{to[0] - 1}) }

func TestADayTypedWrongIsRefusedAndTheSetInTheWayIsNamed(t *testing.T) {
	set := func(day string) Set {
		return Set{Name: "next", Effective: day, Changes: []Change{{Op: Alias, Tag: "tax", Aliases: en("Toll"), Reason: en("x")}}}
	}
	told := func(line *Timeline, day, today string) *civic.Error {
		t.Helper()
		var e *civic.Error
		_, _, _, err := line.Try(set(day), today)
		errors.As(err, &e)
		return e
	}
	line := timeline(t)
	for day, right := range map[string]bool{"": true, "2031-01-01": true, "2031-12-31": true, "2032-01-01": true, "2032-01-02": false, "2999-01-01": false} {
		if e := told(line, day, "2031-01-01"); (e == nil) != right || e != nil && (e.Key != KeySetFar || e.Field != "effective" || e.Args["most"] != "2032-01-01") {
			t.Errorf("%q: %v", day, e)
		}
	}
	line = withSet(t, line, "far", "2999-01-01", Change{Op: Create, Names: en("Far")})
	if e := told(line, "", "2031-01-01"); e == nil || e.Key != KeySetBefore || e.Args["set"] != "far" || e.Args["before"] != "2999-01-01" {
		t.Errorf("before the set of a far day: %v", e)
	}
}
