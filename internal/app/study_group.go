package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/study"
)

// SuggestGroups groups the commitments that are in no named group by the words
// they share; groups 0 lets the program choose how many. The same study gives the
// same groups. Field: groups.
func (a *App) SuggestGroups(ctx context.Context, who civic.Caller, id study.ID, groups int) error {
	s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
	if err != nil {
		return err
	}
	if err := who.AskAnywhere(civic.MayCode); err != nil {
		return err
	}
	if err := study.CheckGroups(groups); err != nil {
		return err
	}
	contents, err := a.frozenContents(ctx, s, func(civic.CommitmentID, civic.Commitment) {})
	if err != nil {
		return err
	}
	within := study.Loose(s)
	loose, all := make([]study.Document, len(within)), make([]study.Document, len(contents))
	for i, c := range contents {
		all[i] = documentOf(c)
	}
	for i, at := range within {
		loose[i] = all[at]
	}
	by := study.Grouping{Asked: groups, Seed: uint64(s.Size), On: a.today()}
	suggested := study.Suggest(loose, groups, by.Seed)
	drawn := suggested
	if len(loose) < len(all) {
		drawn = study.Suggest(all, study.FewestGroups, by.Seed) // the map is of all of them
	}
	by.Shown = drawn.Shown
	return a.editStudy(ctx, who, id, verbSuggest, func(now study.Study) (study.Study, error) {
		if len(study.Loose(now)) != len(within) {
			return now, &civic.Error{Kind: civic.Conflict, Key: "error.conflict"}
		}
		now, err := study.Regroup(now, within, by, suggested)
		for i := range now.Items {
			now.Items[i].Place = drawn.Places[i]
		}
		return now, err
	})
}

// documentOf is what is read of a commitment to group it: its English words when it
// has some, since a group is of one subject and not of one language.
func documentOf(c civic.Commitment) study.Document {
	return study.Document{Title: c.Title.In("en"), Body: c.Text.In("en")}
}

// NameGroup gives a group of a study a name and a definition; key "" makes a new
// group. Fields: name, definition, group.
func (a *App) NameGroup(ctx context.Context, who civic.Caller, id study.ID, key string, name, definition civic.Text) error {
	return a.editStudy(ctx, who, id, verbNameGroup, func(s study.Study) (study.Study, error) {
		return study.Name(s, key, cleanText(name), cleanText(definition))
	})
}

// MoveItem puts a commitment of a study into another group; "" takes it out of
// any. Fields: commitment, to.
func (a *App) MoveItem(ctx context.Context, who civic.Caller, id study.ID, c civic.CommitmentID, to string) error {
	return a.editStudy(ctx, who, id, verbRegroup, func(s study.Study) (study.Study, error) {
		return study.MoveTo(s, c, to, who.Actor, a.today())
	})
}

// WriteMemo keeps a memo on a study, a group or a commitment of it (study.OnStudy
// and the like). Fields: about, memo.
func (a *App) WriteMemo(ctx context.Context, who civic.Caller, id study.ID, about, target string, text civic.Text) error {
	memo, err := a.newID()
	if err != nil {
		return err
	}
	return a.editStudy(ctx, who, id, verbMemo, func(s study.Study) (study.Study, error) {
		return study.Note(s, study.Memo{ID: memo, About: about, Target: target, Text: cleanText(text), By: who.Actor, On: a.today()})
	})
}
