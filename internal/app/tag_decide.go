package app

import (
	"context"
	"slices"
	"strconv"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// verbTag is the verb of decisions on the tags of a commitment.
const verbTag = "tag"

// MostTagChoices is how many decisions may be sent at once.
const MostTagChoices = 2_000

// TagChoice is a person's decision on a tag of a commitment. Commitment is its OGP ID
// or ours; Tag any name of the tag.
type TagChoice struct {
	Commitment string
	Tag        string
	Verdict    civic.TagVerdict
	Origin     civic.TagOrigin // civic.FromPerson when empty
	Model      string
	Confidence int
	Words      []string
	Study      string
	Edition    civic.Edition
	Reason     civic.Text // required where a tag is rejected or removed
}

// DecideTags writes decisions as DecideTagsTogether does.
func (a *App) DecideTags(ctx context.Context, who civic.Caller, choices []TagChoice) error {
	_, err := a.DecideTagsTogether(ctx, who, choices)
	return err
}

// DecideTagsTogether writes decisions: one entry for each commitment, all or none. A tag that
// is not there or is not given any more, one that the scope rule refuses, one that is removed although it is not in
// force, and a missing reason are refused with the field "choices.PLACE.FIELD", PLACE
// counted from 1. To accept a tag that is in force confirms it. Choices that change
// nothing are left out. first is the first of the entries, which follow each other; -1
// when nothing changed.
func (a *App) DecideTagsTogether(ctx context.Context, who civic.Caller, choices []TagChoice) (first int64, err error) {
	first = -1
	if len(choices) > MostTagChoices {
		return first, &civic.Error{Kind: civic.Invalid, Key: "tagging.fault.many", Args: map[string]any{"count": len(choices), "most": MostTagChoices}}
	}
	err = a.act(ctx, who, civic.MayTag, func(ask func(civic.Place) error) ([]edit, error) {
		head, err := a.store.Head(ctx)
		if err != nil {
			return nil, err
		}
		_, graph, err := a.tags.at(ctx, head)
		if err != nil {
			return nil, err
		}
		var faults civic.Errors
		var order []civic.CommitmentID
		was, now := map[civic.CommitmentID][]civic.TagDecision{}, map[civic.CommitmentID]civic.Commitment{}
		for i, choice := range choices {
			id, err := a.store.FindCommitment(ctx, choice.Commitment)
			if err != nil {
				return nil, err
			}
			c, known := now[id]
			if !known {
				if c, _, err = read[civic.Commitment](ctx, a, civic.KindCommitment, string(id)); err != nil {
					return nil, err
				}
				if err := ask(placeOf(c)); err != nil {
					return nil, err
				}
				was[id], order = c.Decided, append(order, id)
			}
			if d, ok := a.decision(graph, who, c, choice, i+1, &faults); ok {
				c.Decided = c.Decide(d)
			}
			now[id] = c
		}
		if err := faults.Or(); err != nil {
			return nil, err
		}
		var edits []edit
		for _, id := range order {
			if !sameDecisions(was[id], now[id].Decided) {
				edits = append(edits, edit{subject: now[id], verb: verbTag})
			}
		}
		if len(edits) > 0 {
			first = head.Size // nobody else writes before these are written
		}
		return edits, nil
	})
	if err != nil {
		return -1, err
	}
	return first, nil
}

// decision checks a choice and makes the decision of it.
func (a *App) decision(g *taxonomy.Graph, who civic.Caller, c civic.Commitment, choice TagChoice, place int, faults *civic.Errors) (civic.TagDecision, bool) {
	at := "choices." + strconv.Itoa(place) + "."
	tag, ok := g.Find(choice.Tag)
	on := ok && g.InForce(c, tag.ID)
	switch {
	case !ok:
		faults.Add(at+"tag", "tagging.fault.no_tag", "value", choice.Tag)
	case !slices.Contains(civic.TagVerdicts, choice.Verdict):
		faults.Add(at+"verdict", "tagging.fault.verdict", "value", string(choice.Verdict))
	case choice.Verdict == civic.TagAccepted && !tag.Lives():
		faults.Add(at+"tag", "tagging.fault.deprecated", "value", choice.Tag)
	case choice.Verdict == civic.TagAccepted && g.Refuses(taxonomy.ScopeFor(c), tag.ID):
		faults.Add(at+"tag", "scope.fault.tag", "value", choice.Tag)
	case choice.Verdict == civic.TagRemoved && !on:
		faults.Add(at+"verdict", "tagging.fault.not_on", "value", choice.Tag)
	case len(choice.Reason) == 0 && (choice.Verdict == civic.TagRejected || choice.Verdict == civic.TagRemoved):
		faults.Add(at+"reason", "tagging.fault.reason", "value", choice.Tag)
	default:
		d := civic.TagDecision{Tag: string(tag.ID), Verdict: choice.Verdict, Origin: choice.Origin, Model: choice.Model, Confidence: choice.Confidence,
			Words: choice.Words, Study: choice.Study, Edition: choice.Edition, Before: on, Reason: choice.Reason, By: who.RoleFor(civic.MayTag, placeOf(c)), On: a.today()}
		if d.Origin == "" {
			d.Origin = civic.FromPerson
		}
		return d, true
	}
	return civic.TagDecision{}, false
}

// sameDecisions compares decisions without their day: to say the same again is no news.
func sameDecisions(a, b []civic.TagDecision) bool {
	return slices.EqualFunc(a, b, func(x, y civic.TagDecision) bool {
		return x.Tag == y.Tag && x.Verdict == y.Verdict && x.Origin == y.Origin && x.Model == y.Model && x.Study == y.Study && slices.Equal(x.Reason, y.Reason)
	})
}
