package taxonomy

import (
	"errors"
	"slices"

	"avow/internal/civic"
)

// noReturn says why the undone set at a place cannot be brought back, and what to do
// first: bring another one back, or undo one that was applied since. What could not be
// made stands behind it. Kind Conflict.
func (t *Timeline) noReturn(at int, broken *brokenSet) error {
	a := t.sets[at]
	key, other := KeyNoReturn, broken.set
	for i, b := range t.sets {
		if i == at || !b.newestOf(t) || !a.sharesTags(b) {
			continue
		}
		step, says := StepRedo, KeyReturnFirst
		if b.inForce {
			step, says = StepUndo, KeyInTheWay
		}
		then := *t
		var err error
		if then.force, then.after, err = t.fold(i, step); err != nil {
			continue
		}
		if _, _, err = then.fold(at, StepRedo); err == nil {
			key, other = says, b.set
			break
		}
	}
	e := civic.Errors{refused(civic.Conflict, key, "set", a.set, "other", other, "place", placeOf(broken.cause))}
	var why civic.Errors
	if key != KeyInTheWay && errors.As(broken.cause, &why) {
		e = append(e, why...)
	}
	return e
}

// newestOf reports whether no later application has the name of the set.
func (a application) newestOf(t *Timeline) bool {
	now := t.newest(a.set)
	return now != nil && now.version == a.version
}

// sharesTags reports whether two sets name one tag or one name.
func (a application) sharesTags(b application) bool {
	words := a.words()
	return slices.ContainsFunc(b.words(), func(w string) bool { return slices.Contains(words, w) })
}

// words are the tags that a set names, and the names that it gives, as slugs.
func (a application) words() (out []string) {
	for _, c := range a.changes {
		for _, r := range c.References() {
			if r.Role == OfTag {
				out = append(out, r.Target)
			}
		}
		for _, t := range []civic.Text{c.Names, c.Aliases} {
			for _, p := range t {
				out = append(out, civic.Slug(p.Text))
			}
		}
	}
	return out
}
