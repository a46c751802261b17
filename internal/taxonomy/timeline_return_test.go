package taxonomy

import (
	"errors"
	"testing"

	"avow/internal/civic"
)

// turned undoes or redoes a set.
func turned(t *testing.T, line *Timeline, set string, step Step) *Timeline {
	t.Helper()
	entries, err := line.turn(set, en("So"), step)
	if err == nil {
		line, err = line.With(entries...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestBringingBackSaysWhatToDoFirst(t *testing.T) {
	one := func(line *Timeline) *Timeline {
		return withSet(t, line, "one", "2030-01-01", Change{Op: Create, Names: en("Foo")})
	}
	both := withSet(t, one(timeline(t)), "two", "2030-01-02", Change{Op: Create, Names: en("Bar"), Parents: []ID{"Foo"}})
	both = turned(t, turned(t, both, "two", StepUndo), "one", StepUndo)
	three := withSet(t, turned(t, one(timeline(t)), "one", StepUndo), "three", "2030-01-03", Change{Op: Create, Names: en("Foo")})
	back := turned(t, turned(t, three, "three", StepUndo), "one", StepRedo)
	for _, c := range []struct {
		says       string
		line       *Timeline
		set, other string
		want       string
	}{
		{"a set rests on one that is undone", both, "two", "one", "fault.return_first, changes.1.parents fault.unknown_tag"},
		{"a later set has taken the name", three, "one", "three", "fault.in_the_way"},
		{"an earlier set has the name again", back, "three", "one", "fault.in_the_way"},
	} {
		_, err := c.line.Redo(c.set, en("So"))
		var e *civic.Error
		if errors.As(err, &e); fieldsOfFaults(err) != c.want || e.Kind != civic.Conflict || e.Args["set"] != c.set || e.Args["other"] != c.other {
			t.Errorf("%s: %v", c.says, err)
		}
	}
	line := both
	for _, set := range []string{"one", "two"} {
		line = turned(t, line, set, StepRedo)
	}
	if line.Newest().Resolve("Bar") != "bar" {
		t.Error("brought back in their order, they do not stand")
	}
}

func TestWhatCannotComeBackByOneStepSaysWhichOperationCannotStand(t *testing.T) {
	line := withSet(t, timeline(t), "one", "2030-01-01", Change{Op: Create, Names: en("Foo")}, Change{Op: Create, Names: en("Goo")})
	line = turned(t, line, "one", StepUndo)
	line = withSet(t, line, "two", "2030-01-02", Change{Op: Create, Names: en("Foo")})
	line = withSet(t, line, "three", "2030-01-03", Change{Op: Create, Names: en("Goo")})
	_, err := line.Redo("one", en("So"))
	var e *civic.Error
	if errors.As(err, &e); fieldsOfFaults(err) != "fault.no_return, changes.1.names fault.name_taken" || e.Args["other"] != "two" || e.Args["place"] != 1 {
		t.Errorf("two sets are in the way: %v", err)
	}
}

func TestACircleIsToldInTheWordsOfTheOperationThatClosesIt(t *testing.T) {
	changes := []Change{{Op: Create, Names: en("A1")}, {Op: Create, Names: en("B1"), Parents: []ID{"A1"}}, {Op: Create, Names: en("C1"), Parents: []ID{"B1"}},
		{Op: Create, Names: en("D1"), Parents: []ID{"C1"}}, {Op: Create, Names: en("E1"), Parents: []ID{"D1"}}}
	for _, c := range []struct {
		last       Change
		key        string
		tag, other string
	}{
		{Change{Op: AddParent, Tag: "A1", Parents: []ID{"E1"}}, KeyCycle, "A1", "E1"},
		{Change{Op: AddParent, Tag: "B1", Parents: []ID{"Tax", "D1"}}, KeyCycle, "B1", "D1"},
		{Change{Op: Merge, Tag: "A1", Into: []ID{"D1"}}, KeyMergeCycle, "A1", "D1"},
	} {
		all := append(append([]Change{}, changes...), c.last)
		for i := range all {
			all[i].Reason = en("x")
		}
		_, err := Apply(timeline(t).Newest(), all)
		var e *civic.Error
		if errors.As(err, &e); e == nil || e.Key != c.key || e.Args["tag"] != c.tag || e.Args["other"] != c.other || e.Args["place"] != 6 {
			t.Errorf("%s of %s: %v", c.last.Op, c.last.Tag, err)
		}
	}
}
