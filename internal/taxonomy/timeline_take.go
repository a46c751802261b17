package taxonomy

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"avow/internal/civic"
)

// Take is With for the entries of one version that come from elsewhere. They must be
// what Apply, Undo or Redo would make here: those rules decide, and nothing is taken
// that they would not have written. Errors are those of these rules, else
// civic.Errors with a field of the operation at its place ("changes.3.version").
func (t *Timeline) Take(entries ...Change) (*Timeline, error) {
	if err := t.together(entries); err != nil {
		return nil, err
	}
	made, err := t.remake(entries)
	if err != nil {
		return nil, err
	}
	first := entries[0]
	if len(made) != len(entries) {
		return nil, refused(civic.Invalid, KeyIncomplete, "set", first.Set, "count", len(entries), "wanted", len(made))
	}
	for i, c := range entries {
		if field := differs(made[i], c); field != "" {
			f := &faults{place: c.Place}
			f.add(field, KeyNotAsMade, "field", field)
			return nil, f.found
		}
	}
	return t.With(entries...)
}

// together checks that entries are one version of one set, the next one here.
func (t *Timeline) together(entries []Change) error {
	if len(entries) == 0 {
		return refused(civic.Invalid, KeyNoChanges)
	}
	first := entries[0]
	if next := len(t.versions) + 1; first.Version != next {
		return refused(civic.Invalid, KeyVersionOrder, "value", first.Version, "next", next)
	}
	var found civic.Errors
	ids := map[ChangeID]bool{}
	for i, c := range entries {
		f := &faults{place: c.Place}
		switch {
		case c.Place < 1 || i > 0 && c.Place <= entries[i-1].Place:
			f.add("place", KeyPlace, "set", c.Set)
		case c.Set != first.Set:
			f.add("set", KeyNotAsMade, "field", "set")
		case c.State != first.State || c.State != Applied && c.State != Undone:
			f.add("state", KeyNotAsMade, "field", "state")
		case !civic.IsDay(c.Effective):
			f.add("effective", KeyDay, "value", c.Effective)
		case c.ID == "" || ids[c.ID]:
			f.add("id", KeyTwice, "value", string(c.ID))
		}
		ids[c.ID] = true
		found = append(found, f.found...)
	}
	return found.Or()
}

// remake makes what the entries of the next version must be.
func (t *Timeline) remake(entries []Change) ([]Change, error) {
	first := entries[0]
	if t.has(first.ID) {
		if first.State == Undone {
			return t.Undo(first.Set, first.Why)
		}
		return t.Redo(first.Set, first.Why)
	}
	if first.State == Undone {
		return nil, refused(civic.Invalid, KeySetUnknown, "set", first.Set)
	}
	set := Set{Name: first.Set, Effective: first.Effective}
	if first.About != nil {
		set.About = *first.About
	}
	for _, c := range entries {
		if t.has(c.ID) {
			f := &faults{place: c.Place}
			f.add("id", KeyTwice, "value", string(c.ID))
			return nil, f.found
		}
		plain := c
		plain.ID, plain.Set, plain.State, plain.Version, plain.Effective, plain.About, plain.Why = "", "", "", 0, "", nil, nil
		set.Changes = append(set.Changes, plain)
	}
	next := 0
	return t.apply(set, first.Effective, func() (ChangeID, error) {
		if next == len(entries) {
			return "", errors.New("more changes than entries")
		}
		next++
		return entries[next-1].ID, nil
	})
}

// has reports whether a change stands in the timeline.
func (t *Timeline) has(id ChangeID) bool {
	return slices.ContainsFunc(t.sets, func(a application) bool {
		return slices.ContainsFunc(a.changes, func(c Change) bool { return c.ID == id })
	})
}

// differs names the first field in which two changes differ, "" when none does.
func differs(a, b Change) string {
	x, y := fieldsOf(a), fieldsOf(b)
	both := maps.Clone(x)
	maps.Copy(both, y)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if !bytes.Equal(x[name], y[name]) {
			return name
		}
	}
	return ""
}

func fieldsOf(c Change) map[string]json.RawMessage {
	body, err := civic.Encode(c)
	out := map[string]json.RawMessage{}
	if err != nil || json.Unmarshal(body, &out) != nil {
		return nil
	}
	return out
}
