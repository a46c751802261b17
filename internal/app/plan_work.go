package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/review"
)

// PlanWork is what those see who work on a plan.
type PlanWork struct {
	PlanItem
	Version      int
	Commitments  []CommitmentItem // published, in the order of their numbers
	Drafts       []DraftItem      // that the caller may see
	Institutions []civic.Institution
	Hints        []civic.Hint
	Reported     map[string]bool // keys of periods with reports
	May          map[civic.Permission]bool
}

// DraftItem is a draft with what it lacks.
type DraftItem struct {
	Draft
	Faults   civic.Errors // that keep it from being published
	Drafting review.Drafting
}

// WorkOnPlan reads a plan for who works on it. Ref is its slug or ID; who may do
// nothing here is told so.
func (a *App) WorkOnPlan(ctx context.Context, who civic.Caller, ref string) (PlanWork, error) {
	page, err := a.Plan(ctx, ref)
	if err != nil {
		return PlanWork{}, err
	}
	p, number, err := read[civic.Plan](ctx, a, civic.KindPlan, string(page.Plan.ID))
	if err != nil {
		return PlanWork{}, err
	}
	page.PlanItem.Plan = p
	w := PlanWork{PlanItem: page.PlanItem, Version: number, Commitments: page.Items, May: map[civic.Permission]bool{}}
	on := placeOfPlan(p)
	for _, g := range who.Grants {
		if g.Institution != "" && g.Member == p.Member {
			on.Institutions = append(on.Institutions, g.Institution)
		}
	}
	for _, permission := range []civic.Permission{civic.MayPlan, civic.MayDraft, civic.MayReadDraft, civic.MayAssignID} {
		err := who.Ask(permission, on)
		w.May[permission] = err == nil
		if permission == civic.MayReadDraft && err != nil {
			return PlanWork{}, err
		}
	}
	if w.Institutions, err = a.institutionsOf(ctx, p.Member); err != nil {
		return PlanWork{}, err
	}
	drafts, err := a.Drafts(ctx, who, p.ID)
	if err != nil {
		return PlanWork{}, err
	}
	for _, d := range drafts {
		item, err := a.checkDraft(ctx, d, p)
		if err != nil {
			return PlanWork{}, err
		}
		w.Drafts = append(w.Drafts, item)
	}
	count := len(w.Commitments)
	for _, d := range drafts {
		if d.New() {
			count++
		}
	}
	w.Hints = civic.PlanHints(p, count)
	w.Reported, err = a.reportedPeriods(ctx, p.ID)
	return w, err
}

// checkDraft says what keeps a draft from being published and what reviewers will ask.
func (a *App) checkDraft(ctx context.Context, d Draft, p civic.Plan) (DraftItem, error) {
	bodies, err := a.bodiesIn(ctx, d.Content)
	if err != nil {
		return DraftItem{}, err
	}
	return DraftItem{Draft: d, Faults: civic.CheckCommitment(d.Content, p, bodies), Drafting: review.CheckDraft(d.Content, p.Languages)}, nil
}

// DraftWork is a draft with everything that its form needs.
type DraftWork struct {
	DraftItem
	Plan         civic.Plan
	PlanSlug     string
	Member       civic.Member
	Institutions []civic.Institution // of the member
	Published    *civic.Commitment   // as it stands, nil for a new one
	Moved        *DraftConflict      // set when the published one moved on since the draft began
	MayDraft     bool
	MayPublish   bool
}

// WorkOnDraft reads a draft for its form.
func (a *App) WorkOnDraft(ctx context.Context, who civic.Caller, id string) (DraftWork, error) {
	d, err := a.Draft(ctx, who, id)
	if err != nil {
		return DraftWork{}, err
	}
	p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(d.Plan))
	if err != nil {
		return DraftWork{}, err
	}
	m, _, err := read[civic.Member](ctx, a, civic.KindMember, string(p.Member))
	if err != nil {
		return DraftWork{}, err
	}
	w := DraftWork{Plan: p, PlanSlug: p.Slug, Member: m}
	if w.DraftItem, err = a.checkDraft(ctx, d, p); err != nil {
		return DraftWork{}, err
	}
	if w.Institutions, err = a.institutionsOf(ctx, p.Member); err != nil {
		return DraftWork{}, err
	}
	now, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(d.Content.ID))
	switch {
	case err == nil:
		w.Published = &now
		if !d.New() && number != d.Base {
			if clash, ok := a.movedOn(ctx, d, now, number).(*DraftConflict); ok {
				w.Moved = clash
			}
		}
	case civic.KindOf(err) != civic.NotFound:
		return DraftWork{}, err
	}
	w.MayDraft = who.May(civic.MayDraft, placeOfDraft(d))
	w.MayPublish = who.May(civic.MayPlan, placeOfDraft(d))
	return w, nil
}

// Preview is the public page of a commitment as it would look with the draft's text.
func (a *App) Preview(ctx context.Context, who civic.Caller, id string) (CommitmentPage, error) {
	d, err := a.Draft(ctx, who, id)
	if err != nil {
		return CommitmentPage{}, err
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return CommitmentPage{}, err
	}
	c := d.Content
	c.LocalID = d.LocalID
	page := CommitmentPage{CommitmentItem: s.itemOf(c, 0)}
	page.Dossier.Institutions, err = a.bodiesIn(ctx, c)
	page.Ratings, page.Tags, page.Sources = ratingViews(c), tagViews(c), sourceViews(c)
	return page, err
}
