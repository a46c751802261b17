package app

import (
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// Amend publishes a draft of an adopted commitment, or a new one of an adopted
// plan, as an amendment: with its day, its reason and who decided. What was
// adopted stays readable beside it.
func (a *App) Amend(ctx context.Context, who civic.Caller, draft string, in AmendmentInput) error {
	d, err := a.Draft(ctx, who, draft)
	if err != nil {
		return err
	}
	err = a.act(ctx, who, civic.MayPlan, func(ask func(civic.Place) error) ([]edit, error) {
		if d, err = a.Draft(ctx, who, draft); err != nil {
			return nil, err
		}
		if err := ask(placeOfDraft(d)); err != nil {
			return nil, err
		}
		p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(d.Plan))
		if err != nil {
			return nil, err
		}
		if err := amendable(p); err != nil {
			return nil, err
		}
		before, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(d.Content.ID))
		if err != nil && civic.KindOf(err) != civic.NotFound {
			return nil, err
		}
		after, err := a.published(ctx, d, p)
		faults, ok := err.(civic.Errors)
		if err != nil && !ok {
			return nil, err
		}
		if number == 0 {
			return a.addByAmendment(p, after, in, faults)
		}
		if before.Adopted == nil {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.not_adopted"}
		}
		after, err = a.amended(before, after, in, faults)
		return []edit{{subject: after, verb: verbAmend}}, err
	})
	if err != nil {
		return err
	}
	return a.dropDrafts(ctx, []Draft{d})
}

// amendable says whether commitments of a plan change by amendments now.
func amendable(p civic.Plan) error {
	switch {
	case !p.Lives():
		return notHere(p)
	case p.Stage == civic.Ended:
		return &civic.Error{Kind: civic.Conflict, Key: "planrule.ended"}
	case !p.Stage.Runs():
		return &civic.Error{Kind: civic.Conflict, Key: "planrule.publish_instead"}
	}
	return nil
}

// addByAmendment makes a commitment of a plan that is adopted already: its first
// version is its baseline.
func (a *App) addByAmendment(p civic.Plan, c civic.Commitment, in AmendmentInput, faults civic.Errors) ([]edit, error) {
	in.Drops = false
	amendment := in.amendment()
	amendment.What = []string{addedWhat}
	faults = append(faults, civic.CheckAmendment(amendment, p.Adopted, a.today())...)
	if err := faults.Or(); err != nil {
		return nil, err
	}
	c.Proposed, c.Adopted = false, &civic.Adoption{On: amendment.On, By: amendment.By}
	c.Amendments = []civic.Amendment{amendment}
	return []edit{{subject: c, verb: verbAmend}}, nil
}

// amended is an adopted commitment with its changes and the amendment that tells
// why. Changing nothing is a fault.
func (a *App) amended(before, after civic.Commitment, in AmendmentInput, faults civic.Errors) (civic.Commitment, error) {
	amendment := in.amendment()
	for _, f := range promiseChanges(before, after) {
		if !strings.HasSuffix(f.Field, languageEnd) && !slices.Contains(amendment.What, f.Field) {
			amendment.What = append(amendment.What, f.Field)
		}
	}
	if in.Drops {
		after.Dropped = true
		amendment.What = append(amendment.What, droppedWhat)
	}
	faults = append(faults, civic.CheckAmendment(amendment, before.Adopted, a.today())...)
	if len(amendment.What) == 0 {
		faults.Add("", "planrule.nothing_changed")
	}
	if before.Dropped {
		faults.Add("", "planrule.dropped")
	}
	after.Amendments = append(slices.Clone(before.Amendments), amendment)
	return keepSources(before, after), faults.Or()
}

// keepSources leaves what each source said as it is, whatever was changed here.
func keepSources(before, after civic.Commitment) civic.Commitment {
	after.Sources = slices.Clone(after.Sources)
	for i, s := range after.Sources {
		if row := interchange.FullRow(s.Edition, before); row != nil {
			after.Sources[i] = interchange.Pack(s.Edition, after, row)
		}
	}
	return after
}

// AssignID gives a commitment the ID that OGP's Support Unit assigned: of the
// member's letters, and of no other commitment. Drafts and proposals have none
// (invariant 12).
func (a *App) AssignID(ctx context.Context, who civic.Caller, commitment civic.CommitmentID, ogpID string) error {
	return a.act(ctx, who, civic.MayAssignID, func(ask func(civic.Place) error) ([]edit, error) {
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(commitment))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOf(c)); err != nil {
			return nil, err
		}
		member, _, err := read[civic.Member](ctx, a, civic.KindMember, string(c.Member))
		if err != nil {
			return nil, err
		}
		id, ok := civic.ParseOGPID(ogpID)
		fault := func(key string, args map[string]any) ([]edit, error) {
			return nil, &civic.Error{Kind: civic.Invalid, Key: key, Field: "ogp_id", Args: args}
		}
		letters := strings.TrimRight(id, "0123456789")
		switch {
		case !ok:
			return fault("planrule.ogp_id_form", map[string]any{"value": ogpID})
		case member.Prefix != "" && !strings.EqualFold(letters, member.Prefix):
			return fault("planrule.ogp_id_prefix", map[string]any{"value": id, "prefix": member.Prefix})
		case c.OGPID == id:
			return nil, nil
		case c.OGPID != "":
			return fault("planrule.ogp_id_has", map[string]any{"value": c.OGPID})
		case c.Proposed:
			return fault("planrule.ogp_id_proposed", nil)
		}
		if other, err := a.store.FindCommitment(ctx, id); err == nil {
			return fault("planrule.ogp_id_taken", map[string]any{"value": id, "other": string(other)})
		} else if civic.KindOf(err) != civic.NotFound {
			return nil, err
		}
		before := c
		c.OGPID, c.Placeholder = id, false
		return []edit{{subject: keepSources(before, c), verb: verbAssign}}, nil
	})
}
