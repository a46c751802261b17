package app

import (
	"context"

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

func (a *App) outlook(ctx context.Context, before *taxonomy.Graph, changes []taxonomy.Change) (TagOutlook, error) {
	carried, err := a.Carried(ctx)
	if err != nil {
		return TagOutlook{}, err
	}
	out, err := taxonomy.Preview(before, changes, carried)
	return TagOutlook{Outlook: out, Changes: changes}, err
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

// Carried lists every commitment with the tags in force on it and its scope, for previews.
func (a *App) Carried(ctx context.Context) ([]taxonomy.Carried, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]taxonomy.Carried, 0, len(s.rows))
	for i, r := range s.rows {
		on, off := s.marked(r)
		one := taxonomy.Carried{Commitment: r.id, Member: s.members[r.member].ID, Scope: s.scopeOf(i)}
		for _, n := range on {
			one.Tags = append(one.Tags, taxonomy.ID(s.tags[n]))
		}
		for _, n := range off {
			one.Rejected = append(one.Rejected, taxonomy.ID(s.tags[n]))
		}
		out = append(out, one)
	}
	return out, nil
}
