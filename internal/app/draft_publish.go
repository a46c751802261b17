package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// AmendmentInput is why what was adopted changes.
type AmendmentInput struct {
	On     string // YYYY-MM-DD
	Reason civic.Text
	By     string // the body that decided
	Drops  bool   // the commitment leaves its plan
}

func (in AmendmentInput) amendment() civic.Amendment {
	return civic.Amendment{On: strings.TrimSpace(in.On), Reason: trimmed(in.Reason), By: strings.TrimSpace(in.By), Drops: in.Drops}
}

// What an amendment changes when it is not a field.
const (
	addedWhat   = "added"   // a commitment that was not in the adopted plan
	droppedWhat = "dropped" // one that leaves it
)

// PublishDrafts shows drafts of a plan for consultation: those that are named, or
// all. New ones become public commitments that are proposed; drafts of proposed
// ones bring them up to date. When one of them cannot be published none is.
func (a *App) PublishDrafts(ctx context.Context, who civic.Caller, plan civic.PlanID, drafts ...string) ([]civic.CommitmentID, error) {
	var out []civic.CommitmentID
	var done []Draft
	err := a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		out, done = nil, nil
		switch {
		case !p.Lives():
			return nil, notHere(p)
		case p.Stage == civic.Drafting:
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.not_open"}
		case p.Stage != civic.Consultation:
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.amend_instead"}
		}
		all, err := a.chosenDrafts(ctx, who, p.ID, drafts)
		if err != nil {
			return nil, err
		}
		var faults civic.Errors
		var edits []edit
		for _, d := range all {
			c, err := a.published(ctx, d, p)
			if several, ok := err.(civic.Errors); ok && len(all) > 1 {
				faults.Add("draft."+d.ID, "draft.not_ready", "title", titleOrID(d), "count", len(several))
				continue
			}
			if err != nil {
				return nil, err
			}
			done, out = append(done, d), append(out, c.ID)
			if c.Adopted != nil {
				return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.amend_instead"} // adopted in another plan
			}
			c.Proposed = true
			if known, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(c.ID)); err == nil && sameSubject(known, c) {
				continue // published already, or nothing changed
			} else if err == nil {
				edits = append(edits, edit{subject: c, verb: verbRevise})
			} else if civic.KindOf(err) == civic.NotFound {
				edits = append(edits, edit{subject: c, verb: verbPublish})
			} else {
				return nil, err
			}
		}
		return edits, faults.Or()
	})
	if err != nil {
		return nil, err
	}
	return out, a.dropDrafts(ctx, done)
}

func titleOrID(d Draft) string {
	if t := d.Content.Title.String(); t != "" {
		return t
	}
	return d.LocalID
}

// chosenDrafts reads the drafts of a plan that are named, or all of them.
func (a *App) chosenDrafts(ctx context.Context, who civic.Caller, plan civic.PlanID, ids []string) ([]Draft, error) {
	all, err := a.Drafts(ctx, who, plan)
	if err != nil || len(ids) == 0 {
		return all, err
	}
	var out []Draft
	for _, id := range ids {
		i := slices.IndexFunc(all, func(d Draft) bool { return d.ID == id })
		if i < 0 {
			return nil, notFound("draft", id)
		}
		out = append(out, all[i])
	}
	return out, nil
}

// dropDrafts takes published drafts away. What a crash leaves behind is a draft of
// a commitment that says the same; publishing it again changes nothing.
func (a *App) dropDrafts(ctx context.Context, drafts []Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	return a.store.House(context.WithoutCancel(ctx), func(h *store.House) error {
		for _, d := range drafts {
			if err := h.DropDraft(d.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// published is a draft's content as it goes into the record: checked, with the
// names of its institutions, and with everything that a draft does not change as
// it is now. When the published commitment moved on since the draft began, the
// result is a *DraftConflict with the differences.
func (a *App) published(ctx context.Context, d Draft, p civic.Plan) (civic.Commitment, error) {
	c := d.Content
	now, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(c.ID))
	switch {
	case civic.KindOf(err) == civic.NotFound && d.New():
	case err != nil:
		return c, err
	case number != d.Base && !d.New():
		return c, a.movedOn(ctx, d, now, number)
	default:
		// Only the answers of the form come from the draft.
		if c, err = now.WithAnswers(replacing(answers(now), answers(c)), p.Languages); err != nil {
			return c, err
		}
	}
	if d.New() && number == 0 {
		c.LocalID = d.LocalID
	}
	bodies, err := a.bodiesIn(ctx, c)
	if err != nil {
		return c, err
	}
	if err := civic.CheckCommitment(c, p, bodies).Or(); err != nil {
		return c, err
	}
	c.Parts = slices.Clone(c.Parts)
	for i, part := range c.Parts {
		if part.Name == "" {
			c.Parts[i].Name = bodies[part.Institution].Name.String()
		}
	}
	return c, nil
}

func (a *App) bodiesIn(ctx context.Context, c civic.Commitment) (map[civic.InstitutionID]civic.Institution, error) {
	return a.institutions(ctx, appendInstitutions(nil, c))
}

// replacing is the change that turns one list of answers into another.
func replacing(old, wanted map[string]string) map[string]string {
	change := maps.Clone(wanted)
	kept := strings.Fields(wanted["milestones"])
	for name := range old {
		if rest, ok := strings.CutPrefix(name, "milestone."); ok {
			if id, _, _ := strings.Cut(rest, "."); !slices.Contains(kept, id) {
				continue // its milestone goes
			}
		}
		if _, still := wanted[name]; !still {
			change[name] = ""
		}
	}
	return change
}

// movedOn says that a published commitment changed since a draft of it began, and
// in what the two differ now.
func (a *App) movedOn(ctx context.Context, d Draft, now civic.Commitment, number int) error {
	versions, err := a.store.Versions(ctx, civic.KindCommitment, string(now.ID))
	if err != nil {
		return err
	}
	if d.Base > len(versions) {
		return fmt.Errorf("draft %s begins with version %d of %d", d.ID, d.Base, len(versions))
	}
	base, err := decodeVersion[civic.Commitment](versions[d.Base-1])
	if err != nil {
		return err
	}
	rest, conflicts := threeWay(answers(base), answers(d.Content), answers(now))
	return &DraftConflict{Draft: d, Fields: conflicts, Mine: answers(d.Content), Rest: rest, Published: number, Versions: number - d.Base,
		told: &civic.Error{Kind: civic.Conflict, Key: "draft.published_moved", Args: map[string]any{"count": number - d.Base}}}
}

// FollowPublished brings a draft up to the newest version of its commitment: what
// only one side changed is that side's, and where both changed an answer
// differently choices says what it shall be (by its name). Without a choice for
// each of them the result is the *DraftConflict again.
func (a *App) FollowPublished(ctx context.Context, who civic.Caller, id string, revision int, choices map[string]string) (Draft, error) {
	d, err := a.Draft(ctx, who, id)
	if err != nil {
		return Draft{}, err
	}
	if err := who.Ask(civic.MayDraft, placeOfDraft(d)); err != nil {
		return Draft{}, err
	}
	if d.Revision != revision {
		return Draft{}, &civic.Error{Kind: civic.Conflict, Key: "draft.moved"}
	}
	now, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(d.Content.ID))
	if err != nil || number == d.Base {
		return d, err
	}
	moved := a.movedOn(ctx, d, now, number)
	clash, ok := moved.(*DraftConflict)
	if !ok {
		return Draft{}, moved
	}
	for _, f := range clash.Fields {
		if _, chosen := choices[f.Name]; !chosen {
			return Draft{}, clash
		}
	}
	versions, err := a.store.Versions(ctx, civic.KindCommitment, string(now.ID))
	if err != nil {
		return Draft{}, err
	}
	base, err := decodeVersion[civic.Commitment](versions[d.Base-1])
	if err != nil {
		return Draft{}, err
	}
	change, _ := threeWay(answers(base), answers(d.Content), answers(now))
	for _, f := range clash.Fields {
		change[f.Name] = choices[f.Name]
	}
	p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(d.Plan))
	if err != nil {
		return Draft{}, err
	}
	if d.Content, err = now.WithAnswers(change, p.Languages); err != nil {
		return Draft{}, err
	}
	d.Base = number
	return a.keepDraft(ctx, who, d)
}
