package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// The verbs of a change of the taxonomy.
const (
	verbApplyTags = "apply_tags"
	verbUndoTags  = "undo_tags"
	verbRedoTags  = "redo_tags"
)

// TagOutlook is what a change set does, or would do, to the tags and to the
// commitments that carry them.
type TagOutlook struct {
	taxonomy.Outlook
	Changes []taxonomy.Change // with every tag named by its ID
	Version int               // of the taxonomy, once it is made; 0 when it was only tried
	Counts  []taxonomy.Shift  // of every tag that a change names or whose counts differ, by ID
	refs    map[civic.CommitmentID]string
}

// Refs are the OGP IDs, or our IDs, of commitments that need a person.
func (o TagOutlook) Refs(ids []civic.CommitmentID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = cmp.Or(o.refs[id], string(id))
	}
	return out
}

// TryTags says what a set would do to what is in force, and changes nothing. It
// refuses what ApplyTags refuses. Settings that are open get their defaults.
func (a *App) TryTags(ctx context.Context, set taxonomy.Set) (TagOutlook, error) {
	timeline, _, err := a.tags.current(ctx)
	if err != nil {
		return TagOutlook{}, err
	}
	before, _, changes, err := timeline.Try(set, a.today())
	if err != nil {
		return TagOutlook{}, err
	}
	return a.outlook(ctx, before, changes)
}

// WhatTagsDid says what changes do to the commitments of today, on top of a graph: what
// TryTags would have said of them.
func (a *App) WhatTagsDid(ctx context.Context, before *taxonomy.Graph, changes []taxonomy.Change) (TagOutlook, error) {
	return a.outlook(ctx, before, changes)
}

func (a *App) outlook(ctx context.Context, before *taxonomy.Graph, changes []taxonomy.Change) (TagOutlook, error) {
	carried, err := a.Carried(ctx)
	if err != nil {
		return TagOutlook{}, err
	}
	seen, err := taxonomy.Preview(before, changes, carried)
	if err != nil {
		return TagOutlook{}, err
	}
	out := TagOutlook{Outlook: seen, Changes: changes, Counts: namedCounts(seen, changes, carried), refs: map[civic.CommitmentID]string{}}
	for _, id := range seen.Person {
		out.refs[id] = ""
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return TagOutlook{}, err
	}
	for _, r := range s.rows {
		if _, asked := out.refs[r.id]; asked {
			out.refs[r.id] = r.ogpID
		}
	}
	return out, nil
}

// namedCounts are the counts before and after of every tag that the changes name, whether
// they differ or not, and of the others that do.
func namedCounts(o taxonomy.Outlook, changes []taxonomy.Change, carried []taxonomy.Carried) []taxonomy.Shift {
	was, is := o.Before.Roll(carried), o.After.Roll(carried)
	tags := map[taxonomy.ID]bool{}
	for _, s := range o.Shifts {
		tags[s.Tag] = true
	}
	for _, c := range changes {
		for _, id := range slices.Concat([]taxonomy.ID{c.Tag}, c.Parents, c.Related, c.Into) {
			tags[id] = true
		}
	}
	out := make([]taxonomy.Shift, 0, len(tags))
	for _, id := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, taxonomy.Shift{Tag: id, Before: was[id], After: is[id]})
	}
	return out
}

// ApplyTags makes the changes of a set, each an entry of the record, all or none.
func (a *App) ApplyTags(ctx context.Context, who civic.Caller, set taxonomy.Set) (TagOutlook, error) {
	out, err := a.TryTags(ctx, set)
	if err != nil {
		return TagOutlook{}, err
	}
	out.Changes, err = a.changeTags(ctx, who, verbApplyTags, func(t *taxonomy.Timeline) ([]taxonomy.Change, error) {
		return t.Apply(set, a.today(), func() (taxonomy.ChangeID, error) {
			id, err := a.newID()
			return taxonomy.ChangeID(id), err
		})
	})
	if err != nil {
		return TagOutlook{}, err
	}
	out.Version = out.Changes[0].Version
	return out, nil
}

// UndoTags takes a set back that is in force. Its changes stay in the record, and so
// do the decisions on its tags: they count again when it is made anew.
func (a *App) UndoTags(ctx context.Context, who civic.Caller, set string, why civic.Text) error {
	_, err := a.changeTags(ctx, who, verbUndoTags, func(t *taxonomy.Timeline) ([]taxonomy.Change, error) { return t.Undo(set, why) })
	return err
}

// RedoTags brings an undone set back as it was.
func (a *App) RedoTags(ctx context.Context, who civic.Caller, set string, why civic.Text) error {
	_, err := a.changeTags(ctx, who, verbRedoTags, func(t *taxonomy.Timeline) ([]taxonomy.Change, error) { return t.Redo(set, why) })
	return err
}

// changeTags writes the entries that find makes, looked up while nobody else writes.
func (a *App) changeTags(ctx context.Context, who civic.Caller, verb string, find func(*taxonomy.Timeline) ([]taxonomy.Change, error)) (done []taxonomy.Change, err error) {
	err = a.act(ctx, who, civic.MayTaxonomy, func(ask func(civic.Place) error) ([]edit, error) {
		if err := ask(civic.Place{}); err != nil {
			return nil, err
		}
		timeline, _, err := a.tags.current(ctx)
		if err != nil {
			return nil, err
		}
		if done, err = find(timeline); err != nil {
			return nil, err
		}
		edits := make([]edit, 0, len(done))
		for _, c := range done {
			edits = append(edits, edit{subject: c, verb: verb})
		}
		return edits, nil
	})
	return done, err
}

// Carried lists every commitment with what is said of its tags, and its scope, to be
// counted by any version of the taxonomy.
func (a *App) Carried(ctx context.Context) ([]taxonomy.Carried, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]taxonomy.Carried, 0, len(s.rows))
	for i, r := range s.rows {
		on, off := s.said(r)
		out = append(out, taxonomy.Carried{Commitment: r.id, Member: s.members[r.member].ID, Tags: on, Rejected: off, Scope: s.scopeOf(i)})
	}
	return out, nil
}
