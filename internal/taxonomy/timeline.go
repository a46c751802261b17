package taxonomy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"avow/internal/civic"
)

// Step is how a version came to be.
type Step string

const (
	StepEdition Step = "edition" // an edition of OGP's table
	StepApply   Step = "apply"
	StepUndo    Step = "undo"
	StepRedo    Step = "redo"
)

// Key is the message key of what the step is called.
func (s Step) Key() string { return "taxonomy.step." + string(s) }

// Version is a state of the taxonomy that has a number. It stays what it is
// whatever happens later; only InForce follows.
type Version struct {
	Number    int           `json:"number"` // from 1
	Step      Step          `json:"step"`
	Edition   civic.Edition `json:"edition,omitempty"`
	Set       string        `json:"set,omitempty"`
	About     About         `json:"about,omitzero"`
	Effective string        `json:"effective"`         // YYYY-MM-DD from which its edition or set is in force
	Changes   []Change      `json:"changes,omitempty"` // as they were applied
	Why       civic.Text    `json:"why,omitempty"`     // of an undo or redo
	InForce   bool          `json:"in_force"`          // its edition or set is in force now, by this version
}

// Timeline is the taxonomy through time: the editions of OGP's table, then every
// change set that was applied, undone and redone. It never changes; With makes a
// longer one.
//
// The numbers of versions count on from the editions, so an edition that OGP
// publishes later comes in as a change set and never as one more edition here.
type Timeline struct {
	versions []Version
	graphs   []*Graph // of the versions
	sets     []application
	force    []int    // the sets in force, by effective date and then as they were applied
	after    []*Graph // the graph after each of them
}

// application is a set that was applied, with its changes as they stand in the record.
type application struct {
	version int // of its first application
	newest  int // the version that applied, undid or redid it last
	set     string
	about   About
	day     string
	changes []Change
	inForce bool
}

// NewTimeline folds the editions and the entries of the record: every version of
// every change, in the order of the record. It fails when the entries are no such
// record: a broken one is for the ledger to tell.
func NewTimeline(entries []Change) (*Timeline, error) {
	t := &Timeline{}
	for i, e := range referenceEditions() {
		t.versions = append(t.versions, Version{Number: i + 1, Step: StepEdition, Edition: e.edition, Effective: e.graph.date, InForce: true})
		t.graphs = append(t.graphs, e.graph)
	}
	return t.With(entries...)
}

// With adds later entries of the record.
func (t *Timeline) With(entries ...Change) (*Timeline, error) {
	next := &Timeline{versions: slices.Clone(t.versions), graphs: slices.Clone(t.graphs), sets: slices.Clone(t.sets), force: t.force, after: t.after}
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].Version == entries[0].Version {
			n++
		}
		if err := next.step(entries[:n]); err != nil {
			return nil, fmt.Errorf("version %d of the taxonomy: %w", entries[0].Version, err)
		}
		entries = entries[n:]
	}
	return next, nil
}

// step adds the version that the entries make together.
func (t *Timeline) step(entries []Change) error {
	first, number := entries[0], len(t.versions)+1
	if first.Version != number {
		return fmt.Errorf("it follows version %d", number-1)
	}
	v := Version{Number: number, Set: first.Set, Effective: first.Effective, Why: first.Why}
	at := slices.IndexFunc(t.sets, func(a application) bool {
		return slices.ContainsFunc(a.changes, func(c Change) bool { return c.ID == first.ID })
	})
	switch {
	case at < 0 && first.State == Applied:
		v.Step, at = StepApply, len(t.sets)
		t.sets = append(t.sets, application{version: number, set: first.Set, day: first.Effective, changes: slices.Clone(entries)})
		if first.About != nil {
			t.sets[at].about = *first.About
		}
	case at >= 0 && first.State == Undone:
		v.Step = StepUndo
	case at >= 0 && first.State == Applied:
		v.Step = StepRedo
	default:
		return fmt.Errorf("the change %s is undone before it is applied", first.ID)
	}
	a := &t.sets[at]
	a.newest, a.inForce = number, v.Step != StepUndo
	v.About, v.Changes = a.about, a.changes
	force, after, err := t.fold(at, v.Step)
	if err != nil {
		return err
	}
	t.force, t.after = force, after
	t.versions, t.graphs = append(t.versions, v), append(t.graphs, t.Newest())
	t.mark()
	return nil
}

// fold is what is in force when a set is taken in or out. Only the part behind the
// place of that set is folded anew.
func (t *Timeline) fold(at int, step Step) (force []int, after []*Graph, err error) {
	force = slices.DeleteFunc(slices.Clone(t.force), func(i int) bool { return i == at })
	from := slices.Index(t.force, at)
	if step != StepUndo {
		force = append(force, at)
		slices.SortStableFunc(force, func(a, b int) int { return cmp.Or(cmp.Compare(t.sets[a].day, t.sets[b].day), a-b) })
		from = slices.Index(force, at)
	}
	if from < 0 {
		return nil, nil, fmt.Errorf("the set %s is not in force", t.sets[at].set)
	}
	after = slices.Clone(t.after[:from])
	g := t.lastEdition()
	if from > 0 {
		g = after[from-1]
	}
	for _, i := range force[from:] {
		if g, err = Apply(g, t.sets[i].changes); err != nil {
			return nil, nil, &brokenSet{t.sets[i].set, err}
		}
		after = append(after, g)
	}
	return force, after, nil
}

// brokenSet is a set that cannot be made any more.
type brokenSet struct {
	set   string
	cause error
}

func (b *brokenSet) Error() string { return b.set + ": " + b.cause.Error() }
func (b *brokenSet) Unwrap() error { return b.cause }

// mark says of every version whether it is what is in force.
func (t *Timeline) mark() {
	for i := range t.versions {
		v := &t.versions[i]
		v.InForce = v.Step == StepEdition || slices.ContainsFunc(t.sets, func(a application) bool { return a.inForce && a.newest == v.Number })
	}
}

// editions are how many versions are editions: the first ones.
func (t *Timeline) editions() int { return len(referenceEditions()) }

func (t *Timeline) lastEdition() *Graph { return t.graphs[t.editions()-1] }

// Versions lists the versions, the first first.
func (t *Timeline) Versions() []Version { return t.versions }

// Version returns a version by its number, and its graph; NotFound when there is none.
func (t *Timeline) Version(number int) (Version, *Graph, error) {
	if number < 1 || number > len(t.versions) {
		return Version{}, nil, refused(civic.NotFound, KeyUnknownVersion, "value", strconv.Itoa(number))
	}
	return t.versions[number-1], t.graphs[number-1], nil
}

// Newest is the graph with everything that is in force, now or on a day to come.
func (t *Timeline) Newest() *Graph {
	if n := len(t.after); n > 0 {
		return t.after[n-1]
	}
	return t.lastEdition()
}

// At is the graph of what is in force on a day (YYYY-MM-DD), by what is known now:
// what was undone is not in it. Before the first edition it is the empty graph.
func (t *Timeline) At(day string) *Graph {
	g := Empty()
	for _, p := range t.Periods() {
		if p.From <= day {
			g = p.Graph
		}
	}
	return g
}

// Period is a stretch of days in which one graph holds.
type Period struct {
	From    string // YYYY-MM-DD, the first day
	Until   string // the day on which the next one begins; "" for the last. From when it holds on no day
	Version Version
	Graph   *Graph
}

// Periods are what is in force, the oldest first; what was undone is not among them.
func (t *Timeline) Periods() []Period {
	var out []Period
	add := func(v Version, g *Graph) {
		if n := len(out); n > 0 {
			out[n-1].Until = v.Effective
		}
		out = append(out, Period{From: v.Effective, Version: v, Graph: g})
	}
	for i, v := range t.versions[:t.editions()] {
		add(v, t.graphs[i])
	}
	for k, i := range t.force {
		add(t.versions[t.sets[i].newest-1], t.after[k])
	}
	return out
}
