package app

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// DraftConflict says that somebody else changed the same answers meanwhile. It is
// a *civic.Error of kind Conflict; nothing was saved and nothing is lost: Fields
// holds both texts of each answer.
type DraftConflict struct {
	Draft     Draft // as it is kept now
	Fields    []FieldConflict
	Mine      map[string]string // all answers as the person wants them
	Rest      map[string]string // my other changes, which contradict nothing
	Published int               // newest version of the published commitment, when that is what moved on
	Versions  int               // by how many versions it moved
	told      *civic.Error
}

// FieldConflict is one answer that two people changed in different ways.
type FieldConflict struct {
	Name   string // of the answer: "title.en"
	Before string // as both found it
	Mine   string
	Theirs string
}

func (c *DraftConflict) Error() string { return c.told.Error() }
func (c *DraftConflict) Unwrap() error { return c.told }

// SaveDraft changes answers of a draft (named as civic.Commitment.Answers names
// them), from the revision that the person has seen. When somebody else saved
// meanwhile, both changes are kept where they touch different answers; where they
// touch the same one differently the result is a *DraftConflict.
//
// A milestone that is new stands in "milestones" as "new", "new2" …, and its
// answers under that name.
func (a *App) SaveDraft(ctx context.Context, who civic.Caller, id string, revision int, change map[string]string) (Draft, error) {
	change, given, err := a.nameNew(change)
	if err != nil {
		return Draft{}, err
	}
	d, err := a.saveDraft(ctx, who, id, revision, change)
	var faults civic.Errors
	if errors.As(err, &faults) {
		for _, f := range faults {
			for word, m := range given {
				f.Field = strings.Replace(f.Field, "milestone."+m+".", "milestone."+word+".", 1)
			}
		}
	}
	return d, err
}

var newMilestone = regexp.MustCompile(`^new[0-9]{0,3}$`)

// nameNew gives new milestones their IDs.
func (a *App) nameNew(change map[string]string) (map[string]string, map[string]string, error) {
	given := map[string]string{}
	ids := strings.Fields(change["milestones"])
	for i, word := range ids {
		if !newMilestone.MatchString(word) {
			continue
		}
		id, err := a.newID()
		if err != nil {
			return nil, nil, err
		}
		given[word], ids[i] = id, id
	}
	if len(given) == 0 {
		return change, nil, nil
	}
	out := map[string]string{}
	for name, value := range change {
		if rest, ok := strings.CutPrefix(name, "milestone."); ok {
			word, field, _ := strings.Cut(rest, ".")
			if id := given[word]; id != "" {
				name = "milestone." + id + "." + field
			}
		}
		out[name] = value
	}
	out["milestones"] = strings.Join(ids, " ")
	return out, given, nil
}

func (a *App) saveDraft(ctx context.Context, who civic.Caller, id string, revision int, change map[string]string) (Draft, error) {
	for range importTries {
		d, err := a.saveDraftOnce(ctx, who, id, revision, change)
		if !errors.Is(err, errStale) {
			return d, err
		}
	}
	return Draft{}, &civic.Error{Kind: civic.Conflict, Key: "import.busy"}
}

func (a *App) saveDraftOnce(ctx context.Context, who civic.Caller, id string, revision int, change map[string]string) (Draft, error) {
	d, err := a.Draft(ctx, who, id)
	if err != nil {
		return Draft{}, err
	}
	if err := who.Ask(civic.MayDraft, placeOfDraft(d)); err != nil {
		return Draft{}, err
	}
	p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(d.Plan))
	if err != nil {
		return Draft{}, err
	}
	switch {
	case revision > d.Revision || revision < 1:
		return Draft{}, &civic.Error{Kind: civic.Invalid, Key: "draft.revision", Field: "revision", Args: map[string]any{"value": revision}}
	case revision < d.Revision:
		if change, err = a.mergeDraft(ctx, d, revision, change, p.Languages); err != nil {
			return Draft{}, err
		}
	}
	next, err := d.Content.WithAnswers(change, p.Languages)
	if err != nil {
		return Draft{}, err
	}
	if sameSubject(next, d.Content) {
		return d, nil
	}
	d.Content = next
	return a.keepDraft(ctx, who, d)
}

// keepDraft writes the draft's text after the revision that it has.
func (a *App) keepDraft(ctx context.Context, who civic.Caller, d Draft) (Draft, error) {
	if _, err := store.Prepare(d.Content); err != nil {
		return Draft{}, err // texts that no database could hold
	}
	row, err := a.rowOf(d, who)
	if err != nil {
		return Draft{}, err
	}
	err = a.store.House(ctx, func(h *store.House) error {
		saved, err := h.SaveDraft(row)
		if err == nil && !saved {
			return errStale
		}
		return err
	})
	d.Revision, d.Account, d.At = d.Revision+1, row.Account, row.At
	return d, err
}

// mergeDraft lays a change that was made from an earlier revision over the newest
// text. Answers that only one side changed are that side's.
func (a *App) mergeDraft(ctx context.Context, d Draft, revision int, change map[string]string, languages []string) (map[string]string, error) {
	row, err := a.store.DraftAt(ctx, d.ID, revision)
	if err != nil {
		return nil, err
	}
	base, err := draftOf(row)
	if err != nil {
		return nil, err
	}
	mine, err := base.Content.WithAnswers(change, languages)
	if err != nil {
		return nil, err
	}
	merged, conflicts := threeWay(answers(base.Content), answers(mine), answers(d.Content))
	if len(conflicts) > 0 {
		return nil, &DraftConflict{Draft: d, Fields: conflicts, Mine: answers(mine), Rest: merged,
			told: &civic.Error{Kind: civic.Conflict, Key: "draft.conflict", Args: map[string]any{"count": len(conflicts)}}}
	}
	return merged, nil
}

func answers(c civic.Commitment) map[string]string {
	out := map[string]string{}
	for _, f := range c.Answers() {
		out[f.Name] = f.Value
	}
	return out
}

// threeWay returns what to change in theirs so that it holds my changes, too, and
// where both sides changed one answer differently. Lists of milestones are joined:
// what either side added is there, what either took away is gone, unless the
// other side changed it.
func threeWay(base, mine, theirs map[string]string) (change map[string]string, conflicts []FieldConflict) {
	change = map[string]string{}
	names := map[string]bool{}
	for _, side := range []map[string]string{base, mine, theirs} {
		for name := range side {
			names[name] = true
		}
	}
	if names["milestones"] {
		change["milestones"] = joinLists(base, mine, theirs)
	}
	kept := strings.Fields(change["milestones"])
	for name := range names {
		b, m, t := base[name], mine[name], theirs[name]
		if rest, ok := strings.CutPrefix(name, "milestone."); ok {
			if id, _, _ := strings.Cut(rest, "."); !slices.Contains(kept, id) {
				continue
			}
			if id, _, _ := strings.Cut(rest, "."); !has(mine["milestones"], id) && has(base["milestones"], id) {
				m = b // I took it away and the other side changed it: it stays, as it is there
			}
		}
		switch {
		case name == "milestones" || m == b || m == t:
		case t == b:
			change[name] = m
		default:
			conflicts = append(conflicts, FieldConflict{Name: name, Before: b, Mine: m, Theirs: t})
		}
	}
	slices.SortFunc(conflicts, func(x, y FieldConflict) int { return strings.Compare(x.Name, y.Name) })
	return change, conflicts
}

func has(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

// joinLists joins the lists of milestones of both sides.
func joinLists(base, mine, theirs map[string]string) string {
	touched := func(side map[string]string, id string) bool {
		for name, value := range side {
			if strings.HasPrefix(name, "milestone."+id+".") && base[name] != value {
				return true
			}
		}
		return false
	}
	var out []string
	add := func(id string) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, id := range strings.Fields(theirs["milestones"]) {
		gone := has(base["milestones"], id) && !has(mine["milestones"], id) // I took it away
		if !gone || touched(theirs, id) {
			add(id)
		}
	}
	for _, id := range strings.Fields(mine["milestones"]) {
		gone := has(base["milestones"], id) && !has(theirs["milestones"], id)
		if !gone || touched(mine, id) {
			add(id)
		}
	}
	return strings.Join(out, " ")
}
