package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
)

// The verbs of entries on what is hidden.
const (
	verbHideVoice = "hide"
	verbShowVoice = "show_again"
)

// Hide takes a testimony or a contribution out of sight by a rule of
// civic.HidingRules. It still counts as one that came in, and what it said is kept.
func (a *App) Hide(ctx context.Context, who civic.Caller, kind civic.Kind, id, rule, reason string) error {
	h := civic.Hiding{Rule: rule, Reason: cleanLine(reason), By: who.Actor, On: a.today()}
	return a.hide(ctx, who, kind, id, verbHideVoice, &h)
}

// ShowAgain takes back that something was hidden.
func (a *App) ShowAgain(ctx context.Context, who civic.Caller, kind civic.Kind, id string) error {
	return a.hide(ctx, who, kind, id, verbShowVoice, nil)
}

func (a *App) hide(ctx context.Context, who civic.Caller, kind civic.Kind, id, verb string, h *civic.Hiding) error {
	return a.act(ctx, who, civic.MayModerate, func(ask func(civic.Place) error) ([]edit, error) {
		sub, on, was, err := a.hideable(ctx, kind, id, h)
		if err != nil {
			return nil, err
		}
		if err := ask(on); err != nil {
			return nil, err
		}
		if h != nil {
			if e := civic.CheckHiding(*h); len(e) > 0 {
				return nil, e
			}
		}
		if (was == nil) == (h == nil) {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "hide.already"}
		}
		return []edit{{subject: sub, verb: verb}}, nil
	})
}

// hideable reads what is to be hidden or shown, as it then is, with its place.
func (a *App) hideable(ctx context.Context, kind civic.Kind, id string, h *civic.Hiding) (civic.Subject, civic.Place, *civic.Hiding, error) {
	switch kind {
	case civic.KindTestimony:
		t, _, err := read[civic.Testimony](ctx, a, kind, id)
		if err != nil {
			return nil, civic.Place{}, nil, err
		}
		was := t.Hidden
		t.Hidden = h
		return t, civic.Place{Member: t.Member, Plans: []civic.PlanID{t.Plan}, Commitment: t.Commitment}, was, nil
	case civic.KindContribution:
		c, _, err := read[civic.Contribution](ctx, a, kind, id)
		if err != nil {
			return nil, civic.Place{}, nil, err
		}
		was := c.Hidden
		c.Hidden = h
		return c, civic.Place{Member: c.Member, Plans: []civic.PlanID{c.Plan}, Commitment: c.Commitment}, was, nil
	}
	return nil, civic.Place{}, nil, notFound(string(kind), id)
}

// Voice is something that a citizen said, as a moderator sees it.
type Voice struct {
	Kind       civic.Kind
	ID         string
	Text       civic.Text
	Plan       civic.PlanID
	Commitment civic.CommitmentID
	Report     civic.ReportID // of a testimony
	Hidden     *civic.Hiding
}

// voiceOf reads a version of a testimony or a contribution, with its place.
func voiceOf(v store.Version) (Voice, civic.Place, error) {
	one := Voice{Kind: v.Kind, ID: v.ID}
	var on civic.Place
	if v.Kind == civic.KindTestimony {
		t, err := decodeVersion[civic.Testimony](v)
		if err != nil {
			return one, on, err
		}
		one.Text, one.Plan, one.Commitment, one.Report, one.Hidden = t.Saw, t.Plan, t.Commitment, t.Report, t.Hidden
		on.Member = t.Member
	} else {
		c, err := decodeVersion[civic.Contribution](v)
		if err != nil {
			return one, on, err
		}
		one.Text, one.Plan, one.Commitment, one.Hidden = c.Text, c.Plan, c.Commitment, c.Hidden
		on.Member = c.Member
	}
	on.Plans, on.Commitment = []civic.PlanID{one.Plan}, one.Commitment
	return one, on, nil
}

// voiceKinds are what moderators see.
var voiceKinds = []civic.Kind{civic.KindTestimony, civic.KindContribution}

// Voice returns a testimony or a contribution that the caller may hide.
func (a *App) Voice(ctx context.Context, who civic.Caller, id string) (Voice, error) {
	found, err := a.store.NewestOf(ctx, civic.KindTestimony, []string{id})
	if err == nil && len(found) == 0 {
		found, err = a.store.NewestOf(ctx, civic.KindContribution, []string{id})
	}
	if err != nil {
		return Voice{}, err
	}
	v, ok := found[id]
	if !ok || v.Erased {
		return Voice{}, notFound(string(civic.KindTestimony), id)
	}
	one, on, err := voiceOf(v)
	if err != nil {
		return Voice{}, err
	}
	return one, who.Ask(civic.MayModerate, on)
}

// mostVoices is how many a moderator sees at once.
const mostVoices = 200

// Voices returns the newest testimonies and contributions with words that the
// caller may hide, the newest first, at most 200.
func (a *App) Voices(ctx context.Context, who civic.Caller) ([]Voice, error) {
	if err := who.AskAnywhere(civic.MayModerate); err != nil {
		return nil, err
	}
	type dated struct {
		Voice
		entry int64
	}
	var all []dated
	for _, kind := range voiceKinds {
		err := a.store.EachNewest(ctx, kind, func(v store.Version) error {
			if v.Erased {
				return nil
			}
			one, on, err := voiceOf(v)
			if err == nil && len(one.Text) > 0 && who.May(civic.MayModerate, on) {
				all = append(all, dated{one, v.Entry})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b dated) int { return cmp.Compare(b.entry, a.entry) })
	out := make([]Voice, 0, min(len(all), mostVoices))
	for _, d := range all[:min(len(all), mostVoices)] {
		out = append(out, d.Voice)
	}
	return out, nil
}
