package api

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/review"
)

type reviewFinding = review.Finding

type newPlan struct {
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Member    string   `json:"member" maxLength:"200" doc:"The table's code, our slug or our ID" example:"LTU"`
		Number    string   `json:"number" maxLength:"50" example:"6"`
		Title     []Phrase `json:"title,omitempty" required:"false" maxItems:"50"`
		Start     string   `json:"start" maxLength:"50" doc:"YYYY-MM-DD"`
		End       string   `json:"end" maxLength:"50" doc:"YYYY-MM-DD"`
		Regime    string   `json:"regime,omitempty" required:"false" maxLength:"50" doc:"national, local or other; the member's when left out"`
		Languages []string `json:"languages" maxItems:"20" doc:"BCP 47, the first one first"`
	}
}

type planMove struct {
	Ref  string `path:"ref" maxLength:"200" example:"lithuania-5"`
	Body struct {
		To     string   `json:"to" maxLength:"50" doc:"consultation, drafting, adopted, implementation or ended"`
		On     string   `json:"on" maxLength:"50" doc:"Day of the decision, YYYY-MM-DD"`
		By     string   `json:"by" maxLength:"1000" doc:"The body that decided"`
		Reason []Phrase `json:"reason,omitempty" required:"false" maxItems:"50" doc:"Needed on the way back to drafting"`
	}
}

// Period is a reporting period of a plan.
type Period struct {
	Key   string   `json:"key" maxLength:"50" example:"2026-1"`
	Title []Phrase `json:"title,omitempty" required:"false" nullable:"false" maxItems:"50"`
	Start string   `json:"start" maxLength:"50" doc:"YYYY-MM-DD"`
	End   string   `json:"end" maxLength:"50" doc:"YYYY-MM-DD"`
	Due   string   `json:"due" maxLength:"50" doc:"Last day on which a report is in time"`
}

type planPeriods struct {
	Ref  string `path:"ref" maxLength:"200" example:"lithuania-5"`
	Body struct {
		Periods   []Period `json:"periods" maxItems:"200"`
		Languages []string `json:"languages,omitempty" required:"false" maxItems:"20" doc:"Left out: they stay"`
	}
}

type newInstitution struct {
	Ref  string `path:"ref" maxLength:"200" example:"LTU"`
	Body struct {
		Name []Phrase `json:"name" maxItems:"50"`
	}
}

type newDraft struct {
	Ref string `path:"ref" maxLength:"200" example:"lithuania-5"`
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

// ByDraft names a draft.
type ByDraft struct {
	ID string `path:"id" maxLength:"200" example:"01jdraft00000000000000000a"`
}

type savedDraft struct {
	ByDraft
	Matching
	Body struct {
		Answers []Answer `json:"answers" maxItems:"2000" doc:"The answers to change, by name (title.en, start, milestone.ID.due); an empty value takes one away. A new milestone stands in milestones as new, and its answers under milestone.new"`
	}
}

type publication struct {
	Ref  string `path:"ref" maxLength:"200" example:"lithuania-5"`
	Body struct {
		Drafts []string `json:"drafts,omitempty" required:"false" maxItems:"500" doc:"IDs; left out: all"`
	}
}

type newAmendment struct {
	ByDraft
	Body struct {
		On     string   `json:"on" maxLength:"50" doc:"Day of the decision, YYYY-MM-DD"`
		By     string   `json:"by" maxLength:"1000" doc:"The body that decided"`
		Reason []Phrase `json:"reason" maxItems:"50"`
		Drops  bool     `json:"drops,omitempty" required:"false" doc:"Takes the commitment out of the plan"`
	}
}

type ogpID struct {
	Ref  string `path:"ref" maxLength:"200" doc:"OGP ID of the commitment, or ours" example:"01jcommitment0000000000000"`
	Body struct {
		ID string `json:"ogp_id" maxLength:"50" example:"LT0099"`
	}
}

func (a *API) mountPlan() {
	mount(a, "get-baseline", func(ctx context.Context, in *byRef) (*body[Baseline], error) {
		id, err := a.App.CommitmentID(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		c, ok, err := a.App.Baseline(ctx, id)
		if err != nil {
			return nil, err
		}
		return answer(Baseline{ok, decision(c.Adopted), answersOf(c)}), nil
	})
	mount(a, "get-difference", func(ctx context.Context, in *byRef) (*body[Difference], error) {
		id, err := a.App.CommitmentID(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		d, err := a.App.Difference(ctx, id)
		if err != nil {
			return nil, err
		}
		return answer(a.difference(d)), nil
	})
	mount(a, "get-plan-difference", func(ctx context.Context, in *ByPlanRef) (*body[PlanDifference], error) {
		d, err := a.App.PlanDifference(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(PlanDifference{ID: string(d.Plan.ID), Slug: d.Slug, Adopted: decision(d.Plan.Adopted), Kept: d.Kept, Changed: d.Changed, Added: d.Added, Dropped: d.Dropped,
			Changes: changes(d.Changes), Commitments: each(d.Commitments, a.difference)}), nil
	})
	a.mountPlanLife()
	a.mountDrafts()
}

func (a *API) mountPlanLife() {
	change(a, "open-plan", func(ctx context.Context, who civic.Caller, in *newPlan) (*body[Done], error) {
		b := in.Body
		m, err := a.App.Member(ctx, b.Member)
		if err != nil {
			return nil, err
		}
		id, err := a.App.OpenPlan(ctx, who, app.PlanInput{Member: m.ID, Number: b.Number, Title: textOf(b.Title), Start: b.Start, End: b.End,
			Regime: civic.Regime(b.Regime), Languages: b.Languages})
		if err != nil {
			return nil, err
		}
		return answer(Done{string(id)}), nil
	})
	change(a, "move-plan", func(ctx context.Context, who civic.Caller, in *planMove) (*body[Done], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		if !p.Lives() && civic.Stage(in.Body.To) == civic.Implementation {
			err = a.App.AdoptImported(ctx, who, p.Plan.ID, in.Body.On, in.Body.By)
		} else {
			err = a.App.MovePlan(ctx, who, p.Plan.ID, app.PlanMove{To: civic.Stage(in.Body.To), On: in.Body.On, By: in.Body.By, Reason: textOf(in.Body.Reason)})
		}
		if err != nil {
			return nil, err
		}
		return answer(Done{string(p.Plan.ID)}), nil
	})
	change(a, "set-periods", func(ctx context.Context, who civic.Caller, in *planPeriods) (*body[Done], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		periods := each(in.Body.Periods, func(n Period) civic.Period {
			return civic.Period{Key: n.Key, Title: textOf(n.Title), Start: n.Start, End: n.End, Due: n.Due}
		})
		if err := a.App.SetPeriods(ctx, who, p.Plan.ID, periods, in.Body.Languages); err != nil {
			return nil, err
		}
		return answer(Done{string(p.Plan.ID)}), nil
	})
	change(a, "define-institution", func(ctx context.Context, who civic.Caller, in *newInstitution) (*body[Done], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		id, err := a.App.DefineInstitution(ctx, who, m.ID, textOf(in.Body.Name))
		if err != nil {
			return nil, err
		}
		return answer(Done{string(id)}), nil
	})
	change(a, "assign-id", func(ctx context.Context, who civic.Caller, in *ogpID) (*body[Done], error) {
		id, err := a.App.CommitmentID(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		if err := a.App.AssignID(ctx, who, id, in.Body.ID); err != nil {
			return nil, err
		}
		return answer(Done{string(id)}), nil
	})
}

func (a *API) mountDrafts() {
	change(a, "new-draft", func(ctx context.Context, who civic.Caller, in *newDraft) (*body[Draft], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		d, err := a.App.NewDraft(ctx, who, p.Plan.ID)
		if err != nil {
			return nil, err
		}
		return a.oneDraft(ctx, who, d.ID)
	})
	change(a, "draft-of", func(ctx context.Context, who civic.Caller, in *newDraft) (*body[Draft], error) {
		id, err := a.App.CommitmentID(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		d, err := a.App.DraftOf(ctx, who, id)
		if err != nil {
			return nil, err
		}
		return a.oneDraft(ctx, who, d.ID)
	})
	change(a, "list-drafts", func(ctx context.Context, who civic.Caller, in *ByPlanRef) (*body[Page[Draft]], error) {
		w, err := a.App.WorkOnPlan(ctx, who, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(page(each(w.Drafts, a.draft))), nil
	})
	change(a, "get-draft", func(ctx context.Context, who civic.Caller, in *ByDraft) (*body[Draft], error) {
		return a.oneDraft(ctx, who, in.ID)
	})
	change(a, "save-draft", a.saveDraft)
	change(a, "publish-drafts", func(ctx context.Context, who civic.Caller, in *publication) (*body[Page[Done]], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		ids, err := a.App.PublishDrafts(ctx, who, p.Plan.ID, in.Body.Drafts...)
		if err != nil {
			return nil, named(err)
		}
		return answer(page(each(ids, func(id civic.CommitmentID) Done { return Done{string(id)} }))), nil
	})
	change(a, "amend", func(ctx context.Context, who civic.Caller, in *newAmendment) (*body[Done], error) {
		d, err := a.App.Draft(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		b := in.Body
		if err := a.App.Amend(ctx, who, d.ID, app.AmendmentInput{On: b.On, By: b.By, Reason: textOf(b.Reason), Drops: b.Drops}); err != nil {
			return nil, named(err)
		}
		return answer(Done{string(d.Content.ID)}), nil
	})
}

func (a *API) oneDraft(ctx context.Context, who civic.Caller, id string) (*body[Draft], error) {
	w, err := a.App.WorkOnDraft(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return answer(a.draft(w.DraftItem)), nil
}

// saveDraft changes answers from the revision in If-Match. What somebody else changed
// meanwhile stays where it touches other answers; else the conflict names them.
func (a *API) saveDraft(ctx context.Context, who civic.Caller, in *savedDraft) (*body[Draft], error) {
	revision, err := in.version()
	if err != nil {
		return nil, err
	}
	change := map[string]string{}
	for _, f := range in.Body.Answers {
		change[f.Name] = f.Value
	}
	if _, err := a.App.SaveDraft(ctx, who, in.ID, revision, change); err != nil {
		return nil, named(err)
	}
	return a.oneDraft(ctx, who, in.ID)
}

// named puts the answers of a conflict into the problem.
func named(err error) error {
	var clash *app.DraftConflict
	var told *civic.Error
	if !errors.As(err, &clash) || !errors.As(err, &told) {
		return err
	}
	names := make([]string, len(clash.Fields))
	for i, f := range clash.Fields {
		names[i] = f.Name
	}
	slices.Sort(names)
	return &civic.Error{Kind: civic.Conflict, Key: told.Key, Field: strings.Join(names, " "), Args: map[string]any{"count": told.Args["count"], "revision": strconv.Itoa(clash.Draft.Revision)}}
}
