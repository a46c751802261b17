package taxonomy

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"avow/internal/civic"
)

// sequences is how many random sequences are run: AVOW_TEST_SEQUENCES, or a few.
func sequences() int {
	if n, err := strconv.Atoi(os.Getenv("AVOW_TEST_SEQUENCES")); err == nil {
		return n
	}
	return 2000
}

// names are few, so that clashes, circles and repetitions happen all the time.
var someNames = []string{"Aa", "Bb", "Cc", "Dd", "Ee", "Ff", "Gg", "Hh", "Ii", "Jj", "Kk", "Ll", "aa", "BB", "Éé", "nobody", ""}

var someDays = []string{"", "2030-01-01", "2030-01-02", "2030-02-01", "2030-03-01", "2029-01-01", "never"}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func anyText(r *rand.Rand) (t civic.Text) {
	for range r.IntN(3) {
		t = append(t, civic.Phrase{Lang: pick(r, []string{"en", "fr", "es", "?"}[:3+r.IntN(9)/8]), Text: pick(r, someNames)})
	}
	return t
}

// anyTag is mostly one of the tags that are there.
func anyTag(r *rand.Rand, g *Graph) ID {
	if g.Len() == 0 || r.IntN(20) == 0 {
		return ID(pick(r, someNames))
	}
	return g.ByNumber(int32(r.IntN(g.Len()))).ID
}

// related draws tags, mostly one or two; sometimes those that a tag has already.
func related(r *rand.Rand, g *Graph, has []ID) (out []ID) {
	if len(has) > 0 && r.IntN(2) == 0 {
		return has[:1+r.IntN(len(has))]
	}
	for range []int{0, 1, 1, 1, 2, 2, 3}[r.IntN(7)] {
		out = append(out, anyTag(r, g))
	}
	return out
}

// anyChange draws an operation that may well be wrong.
func anyChange(r *rand.Rand, g *Graph) Change {
	c := Change{Op: pick(r, Ops), Tag: anyTag(r, g), Reason: en("Because"), Effective: someDays[min(r.IntN(40), len(someDays)-1)*r.IntN(2)]}
	if r.IntN(50) == 0 {
		c.Reason = nil
	}
	if r.IntN(100) == 0 {
		c.Op = "burn"
	}
	tag, _ := g.Tag(c.Tag)
	switch c.Op {
	case Create:
		c.Tag, c.Names, c.Parents, c.Related = "", append(en(pick(r, someNames)), anyText(r)...), related(r, g, nil), related(r, g, nil)
		if r.IntN(2) == 0 {
			c.Names, c.Related = c.Names[:1], nil
		}
	case Rename:
		c.Names = append(en(pick(r, someNames)), anyText(r)...)
	case Redefine:
		c.Definition = anyText(r)
	case AddParent, RemoveParent:
		c.Parents = related(r, g, tag.Parents)
	case Relate, Unrelate:
		c.Related = related(r, g, tag.Related)
	case Alias:
		c.Aliases = anyText(r)
	case Describe:
		c.Facets, c.Roles, c.Strands = Facets[:r.IntN(3)], Roles[:r.IntN(3)], Strands[:r.IntN(3)]
	case Merge:
		c.Into = []ID{anyTag(r, g)}
		if r.IntN(2) == 0 { // merges take the tags away with which the rest is tested
			c.Op = AddParent
			c.Parents, c.Into = c.Into, nil
		}
	case Split, Deprecate:
		c.Into = related(r, g, nil)
	}
	return c
}

// tally counts how often operations were made and refused, so that the test cannot
// come to test nothing.
type tally struct {
	made, refused map[Op]int
	undone        int
}

func TestRandomChangesKeepTheInvariants(t *testing.T) {
	seen := tally{map[Op]int{}, map[Op]int{}, 0}
	for n := range sequences() {
		oneSequence(t, rand.New(rand.NewPCG(4, uint64(n))), &seen)
		if t.Failed() {
			t.Fatalf("sequence %d", n)
		}
	}
	for _, op := range Ops {
		if seen.made[op] < sequences()/100 || seen.refused[op] < sequences()/100 {
			t.Errorf("%s was made %d times and refused %d times: too few to say anything", op, seen.made[op], seen.refused[op])
		}
	}
	if seen.refused["burn"] == 0 || seen.undone < sequences() {
		t.Errorf("unknown operations: %d, undone: %d", seen.refused["burn"], seen.undone)
	}
}

// oneSequence makes some twenty operations one after the other, then takes the
// newest ones back.
func oneSequence(t *testing.T, r *rand.Rand, seen *tally) {
	graphs, done := []*Graph{Empty()}, []Change{}
	bytes := []string{graphJSON(t, graphs[0])}
	for range 8 + r.IntN(24) {
		before := graphs[len(graphs)-1]
		c := anyChange(r, before)
		if len(graphs) < 6 {
			c = Change{Op: Create, Names: en(someNames[len(graphs)]), Reason: en("Because"), Effective: "2030-01-01"}
		}
		after, resolved, err := Resolve(before, []Change{c})
		if now := graphJSON(t, before); now != bytes[len(bytes)-1] {
			t.Fatalf("%+v changed the graph before it: %v\n%s\n%s", c, err, bytes[len(bytes)-1], now)
		}
		if err != nil {
			seen.refused[c.Op]++
			if civic.KindOf(err) != civic.Invalid || after != nil {
				t.Fatalf("%+v is refused with %v", c, err)
			}
			continue
		}
		seen.made[c.Op]++
		if err := after.Check(); err != nil {
			t.Fatalf("after %+v: %v\n%s", c, err, graphJSON(t, after))
		}
		nothingIsLost(t, before, after, c)
		countsOnce(t, r, after)
		graphs, done, bytes = append(graphs, after), append(done, resolved[0]), append(bytes, graphJSON(t, after))
	}
	// Undoing the newest operations is folding those before them.
	for k := len(done); k > 0; k -= 1 + r.IntN(4) {
		again, err := Apply(graphs[0], done[:k])
		if err != nil || !reflect.DeepEqual(again, graphs[k]) || graphJSON(t, again) != bytes[k] {
			t.Fatalf("the first %d operations make another graph: %v\n%s\n%s", k, err, graphJSON(t, again), bytes[k])
		}
		seen.undone++
	}
	var back Change
	for _, c := range done {
		raw, err := civic.Encode(c)
		if err == nil {
			back = Change{}
			err = json.Unmarshal(raw, &back)
		}
		if again, _ := civic.Encode(back); err != nil || string(again) != string(raw) {
			t.Fatalf("%s comes back as %s: %v", raw, again, err)
		}
	}
}

// nothingIsLost holds every name and tag of before against after.
func nothingIsLost(t *testing.T, before, after *Graph, c Change) {
	if added := after.Len() - before.Len(); added != 0 && c.Op != Create || added != 1 && c.Op == Create {
		t.Fatalf("%s adds %d tags", c.Op, added)
	}
	for key, n := range before.keys {
		was := before.tags[n].ID
		now, ok := after.Find(key)
		if !ok || now.ID != was && (c.Op != Merge || after.Resolve(string(was)) != now.ID) {
			t.Fatalf("after %+v the name %q leads to %q and not to %s", c, key, now.ID, was)
		}
	}
	for tag := range before.All() {
		now, ok := after.Tag(tag.ID)
		if !ok || c.Op != Redefine && !slices.Equal(now.Definition, tag.Definition) {
			t.Fatalf("after %+v %s is %+v", c, tag.ID, now)
		}
		// Ties that nobody took away lead on to what their ends lead to. Only the
		// parents of what is merged are given up.
		for _, r := range tag.Related {
			a, b := after.Resolve(string(tag.ID)), after.Resolve(string(r))
			if end, _ := after.Tag(a); c.Op != Unrelate && a != b && !slices.Contains(end.Related, b) {
				t.Fatalf("after %+v %s is not related to %s any more", c, tag.ID, r)
			}
		}
		for _, p := range tag.Parents {
			up := after.Resolve(string(p))
			if c.Op != RemoveParent && now.MergedInto == "" && up != tag.ID && !slices.Contains(now.Parents, up) {
				t.Fatalf("after %+v %s does not stand below %s any more", c, tag.ID, p)
			}
		}
	}
}

// countsOnce counts a few commitments by sets of ancestors, without numbers.
func countsOnce(t *testing.T, r *rand.Rand, g *Graph) {
	var direct []Carried
	want := map[ID]Count{}
	for n := range 3 {
		names := related(r, g, nil)
		direct = append(direct, Carried{Commitment: civic.CommitmentID(fmt.Sprint(n)), Tags: names})
		own, all := map[ID]bool{}, map[ID]bool{}
		for _, name := range names {
			if tag, ok := g.Find(string(name)); ok {
				own[tag.ID], all[tag.ID] = true, true
				for _, a := range g.Ancestors(tag.ID) {
					all[a] = true
				}
			}
		}
		for id := range all {
			count := want[id]
			count.Rolled++
			if own[id] {
				count.Direct++
			}
			want[id] = count
		}
		up := g.RollUp(names)
		if !slices.IsSorted(up) || len(up) != len(all) || len(g.Implied(names)) != len(all)-len(own) {
			t.Fatalf("%v rolls up to %v, implied %v", names, up, g.Implied(names))
		}
	}
	if got := g.Roll(direct); !reflect.DeepEqual(got, want) {
		t.Fatalf("%v counts %v, not %v\n%s", direct, got, want, graphJSON(t, g))
	}
}

// TestPastVersionsAlwaysAnswerTheSame applies, undoes and redoes random sets.
func TestPastVersionsAlwaysAnswerTheSame(t *testing.T) {
	made, refused := map[Step]int{}, map[Step]int{}
	for n := range max(30, sequences()/100) {
		r := rand.New(rand.NewPCG(5, uint64(n)))
		line, number := timeline(t), 0
		var entries []Change
		var known []string
		for range 14 {
			var step Step
			var fresh []Change
			var err error
			name := pick(r, []string{"one", "two", "three", "four", "five"})
			switch r.IntN(4) {
			case 0:
				step = StepUndo
				fresh, err = line.Undo(name, en("No"))
			case 1:
				step = StepRedo
				fresh, err = line.Redo(name, en("Yes"))
			default:
				step = StepApply
				set := Set{Name: name, About: About{Title: en(name)}, Effective: someDays[min(r.IntN(12), 5)]}
				for range 1 + r.IntN(4) {
					set.Changes = append(set.Changes, plausible(r, line.Newest()))
				}
				fresh, err = line.Apply(set, "2030-02-01", func() (ChangeID, error) { number++; return ChangeID(fmt.Sprint("c", number)), nil })
			}
			if err != nil {
				refused[step]++
				if civic.KindOf(err) == "" {
					t.Fatalf("%s %s: %v", step, name, err)
				}
				continue
			}
			next, err := line.With(fresh...)
			if err != nil {
				t.Fatalf("%s %s: %v", step, name, err)
			}
			made[step]++
			before := line
			line, entries = next, append(entries, fresh...)
			known = append(known, graphJSON(t, line.Newest()))
			if err := line.Newest().Check(); err != nil {
				t.Fatal(err)
			}
			for i, want := range known {
				if _, g, err := line.Version(4 + i); err != nil || graphJSON(t, g) != want {
					t.Fatalf("sequence %d: version %d answers otherwise after %s %s", n, 4+i, step, name)
				}
			}
			if step == StepApply {
				backAndForth(t, before, line, name)
			}
		}
		again := timeline(t, entries...)
		if !reflect.DeepEqual(again.Versions(), line.Versions()) || !reflect.DeepEqual(again.Periods(), line.Periods()) {
			t.Fatalf("sequence %d: read at once, the timeline is another one", n)
		}
	}
	for _, step := range []Step{StepApply, StepUndo, StepRedo} {
		if made[step] < 5 || refused[step] < 5 {
			t.Errorf("%s was made %d times and refused %d times: too few to say anything", step, made[step], refused[step])
		}
	}
}

// plausible draws an operation that can often be made on the graph of the editions.
func plausible(r *rand.Rand, g *Graph) Change {
	tag := func() ID { return g.ByNumber(int32(r.IntN(g.Len()))).ID }
	c := Change{Op: pick(r, []Op{Create, Rename, AddParent, Merge, Deprecate}), Tag: tag(), Reason: en("Because")}
	switch c.Op {
	case Create:
		c.Tag, c.Names = "", en(fmt.Sprint("New ", r.IntN(6)))
	case Rename:
		c.Names = en(fmt.Sprint("Renamed ", r.IntN(1000)))
	case AddParent:
		if c.Parents = []ID{tag()}; r.IntN(2) == 0 {
			c.Parents = []ID{ID(fmt.Sprint("new-", r.IntN(6)))} // of another set, or of none
		}
	case Merge:
		c.Into = []ID{tag()}
	}
	return c
}

// backAndForth undoes a set that was just applied and brings it back.
func backAndForth(t *testing.T, before, after *Timeline, name string) {
	undone, err := after.Undo(name, en("No"))
	if err != nil {
		t.Fatal(err)
	}
	back, err := after.With(undone...)
	if err != nil || !reflect.DeepEqual(back.Newest(), before.Newest()) || graphJSON(t, back.Newest()) != graphJSON(t, before.Newest()) {
		t.Fatalf("undoing %s leaves another graph: %v", name, err)
	}
	again, err := back.Redo(name, en("Yes"))
	if err != nil {
		t.Fatal(err)
	}
	if forth, err := back.With(again...); err != nil || !reflect.DeepEqual(forth.Newest(), after.Newest()) {
		t.Fatalf("redoing %s makes another graph: %v", name, err)
	}
}
