package taxonomy

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Apply makes the entries that apply a set: resolved, numbered, dated, with IDs.
// Settings that are still open are decided by their defaults. day (YYYY-MM-DD) is
// today, from which it is in force when the set does not say. A set that is in
// force is refused as Conflict; one that was undone may be applied anew, otherwise
// than before. The names of the sets that are part of the program are theirs.
func (t *Timeline) Apply(s Set, day string, id func() (ChangeID, error)) ([]Change, error) {
	s, err := s.Choose(nil)
	if err != nil {
		return nil, err
	}
	if !s.mayBeCalledSo() {
		e := refused(civic.Invalid, KeySetReserved, "set", s.Name)
		e.Field = "change_set"
		return nil, e
	}
	if err := t.inOrder(cmp.Or(s.Effective, day), day); err != nil {
		return nil, err
	}
	return t.apply(s, day, id)
}

// monthsAhead is how far after the day on which a set is applied it may come into force:
// until then it holds back every set before it, so that a year typed wrong is costly.
const monthsAhead = 12

// inOrder refuses a day from which a set cannot be in force, on a day of today.
func (t *Timeline) inOrder(day, today string) error {
	var e *civic.Error
	switch most := civic.AddMonths(today, monthsAhead); {
	case !civic.IsDay(day):
		return nil // for CheckChange to tell
	case most != "" && day > most:
		e = refused(civic.Invalid, KeySetFar, "date", day, "most", most)
	case day >= t.Newest().date:
		return nil
	case len(t.force) > 0:
		e = refused(civic.Invalid, KeySetBefore, "date", day, "set", t.sets[t.force[len(t.force)-1]].set, "before", t.Newest().date)
	default:
		e = refused(civic.Invalid, KeyEditionBefore, "date", day, "before", t.Newest().date)
	}
	e.Field = "effective"
	return e
}

// apply is Apply for a set that may have been made elsewhere, by another version of the
// program.
func (t *Timeline) apply(s Set, day string, id func() (ChangeID, error)) ([]Change, error) {
	s, err := s.Choose(nil)
	if err != nil {
		return nil, err
	}
	if a := t.newest(s.Name); a != nil && a.inForce {
		return nil, refused(civic.Conflict, KeySetInForce, "set", s.Name)
	}
	if s.Effective != "" {
		day = s.Effective
	}
	changes := slices.Clone(s.Changes)
	for i := range changes {
		changes[i].Effective = day
	}
	if _, changes, err = t.resolve(changes); err != nil {
		return nil, err
	}
	for i := range changes {
		c := &changes[i]
		c.Set, c.Place, c.State, c.Version = s.Name, c.at(i), Applied, len(t.versions)+1
		if c.ID, err = id(); err != nil {
			return nil, err
		}
	}
	about := s.About
	changes[0].About = &about
	return changes, nil
}

// Try is what a set would make of what is in force: the graph before, the graph
// after and the changes with every tag named by its ID. It refuses what Apply refuses.
func (t *Timeline) Try(s Set, day string) (before, after *Graph, changes []Change, err error) {
	changes, err = t.Apply(s, day, func() (ChangeID, error) { return "", nil })
	if err != nil {
		return nil, nil, nil, err
	}
	after, err = Apply(t.Newest(), changes)
	return t.Newest(), after, changes, err
}

func (t *Timeline) resolve(changes []Change) (*Graph, []Change, error) {
	if len(changes) == 0 {
		return nil, nil, refused(civic.Invalid, KeyNoChanges)
	}
	return Resolve(t.Newest(), changes)
}

// newest is the newest application of a set; nil when there is none.
func (t *Timeline) newest(set string) *application {
	for i := len(t.sets) - 1; i >= 0; i-- {
		if strings.EqualFold(t.sets[i].set, set) {
			return &t.sets[i]
		}
	}
	return nil
}

// Undo makes the entries that undo a set. It is refused when there is none
// (NotFound), when it is not in force, without a reason, and when a later set rests
// on it (Conflict): that one has to be undone first.
func (t *Timeline) Undo(set string, why civic.Text) ([]Change, error) {
	return t.turn(set, why, StepUndo)
}

// Redo makes the entries that bring an undone set back as it was, at its old place
// by date.
func (t *Timeline) Redo(set string, why civic.Text) ([]Change, error) {
	return t.turn(set, why, StepRedo)
}

func (t *Timeline) turn(set string, why civic.Text, step Step) ([]Change, error) {
	a := t.newest(set)
	switch {
	case a == nil:
		return nil, refused(civic.NotFound, KeySetUnknown, "set", set)
	case step == StepUndo && !a.inForce:
		return nil, refused(civic.Conflict, KeySetUndone, "set", set)
	case step == StepRedo && a.inForce:
		return nil, refused(civic.Conflict, KeySetInForce, "set", set)
	case why.Blank():
		e := refused(civic.Invalid, KeyWhy)
		e.Field = "reason"
		return nil, e
	}
	if e := checkWords("reason", why, civic.MaxText, false); len(e) > 0 {
		return nil, e
	}
	at := slices.IndexFunc(t.sets, func(b application) bool { return b.version == a.version })
	if _, _, err := t.fold(at, step); err != nil {
		var broken *brokenSet
		if !errors.As(err, &broken) {
			return nil, err
		}
		if step == StepRedo {
			return nil, t.noReturn(at, broken)
		}
		e := refused(civic.Conflict, KeyRestsOn, "set", a.set, "other", broken.set, "place", placeOf(broken.cause))
		e.Cause = err
		return nil, e
	}
	state := map[Step]State{StepUndo: Undone, StepRedo: Applied}[step]
	changes := slices.Clone(a.changes)
	for i := range changes {
		changes[i].State, changes[i].Version, changes[i].Why = state, len(t.versions)+1, why
	}
	return changes, nil
}

// placeOf is the place of the operation that an error of Apply names.
func placeOf(err error) int {
	var e *civic.Error
	if errors.As(err, &e) {
		if place, ok := e.Args["place"].(int); ok {
			return place
		}
	}
	return 0
}

// TagState is what a tag was in a stretch of days.
type TagState struct {
	Tag     Tag
	From    string
	Until   string // the day from which it was something else; "" when it still is
	Version Version
}

// History is what is in force of a tag through time: a state for each version that
// changed something of it, the oldest first. Nothing when no version has the tag.
func (t *Timeline) History(id ID) (out []TagState) {
	for _, p := range t.Periods() {
		tag, ok := p.Graph.Tag(id)
		n := len(out)
		if !ok || n > 0 && len(FieldsApart(out[n-1].Tag, tag)) == 0 {
			continue
		}
		if n > 0 {
			out[n-1].Until = p.From
		}
		out = append(out, TagState{Tag: tag, From: p.From, Version: p.Version})
	}
	return out
}
