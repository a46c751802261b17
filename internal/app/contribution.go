package app

import (
	"cmp"
	"context"
	"reflect"
	"strings"

	"avow/internal/civic"
)

// ContributionInput is what somebody sends, or what a facilitator writes down for
// somebody else when Channel is not the web.
type ContributionInput struct {
	Plan       string // slug or ID
	Commitment string // OGP ID or ours, "" when it is about the whole plan
	Text       civic.Text
	Month      string // YYYY-MM in which it came in off line; "": this month
	civic.Way         // Facilitator is filled in
}

// Contribute takes an idea or a comment on a plan in the making. The record tells
// the month and the channel, and neither the account nor, for what came off line,
// anything of the person but the place; who wrote that down is told.
func (a *App) Contribute(ctx context.Context, who civic.Caller, in ContributionInput) (civic.ContributionID, error) {
	in.Channel = cmp.Or(in.Channel, civic.Web)
	permission, actor := civic.MayContribute, civic.CitizenActor
	if in.Channel.Offline() {
		permission, actor = civic.MayContributeBy, who.Actor
	}
	if err := who.AskAnywhere(permission); err != nil {
		return "", err
	}
	id, err := civic.NewBlindID(a.random)
	if err != nil {
		return "", err
	}
	c := civic.Contribution{ID: civic.ContributionID(id), Text: cleanText(in.Text), Month: strings.TrimSpace(in.Month),
		Way: civic.Way{Channel: in.Channel}}
	if in.Channel.Offline() {
		c.Facilitator, c.Place, c.Consent = who.Actor, cleanLine(in.Place), in.Consent
		c.Month = cmp.Or(c.Month, a.today()[:7])
	} else {
		c.Month = a.today()[:7]
	}
	planID, err := a.store.FindPlan(ctx, in.Plan)
	if err != nil {
		return "", err
	}
	if err := a.authored(ctx, who, civic.KindContribution, id); err != nil {
		return "", err
	}
	err = a.act(ctx, who, permission, func(ask func(civic.Place) error) ([]edit, error) {
		plan, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(planID))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfPlan(plan)); err != nil {
			return nil, err
		}
		c.Member, c.Plan, c.Demo = plan.Member, plan.ID, plan.Demo
		var e civic.Errors
		if in.Commitment != "" {
			cm, err := a.commitmentIn(ctx, in.Commitment, plan.ID)
			if civic.KindOf(err) == civic.NotFound {
				e.Add("commitment", "repository.fault.elsewhere")
			} else if err != nil {
				return nil, err
			}
			c.Commitment = cm
		}
		if e = append(e, civic.CheckContribution(c, plan, a.today())...); len(e) > 0 {
			return nil, e
		}
		return []edit{{subject: c, verb: verbContribute, actor: actor}}, nil
	})
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

// commitmentIn finds a commitment of a plan; one of another plan is NotFound.
func (a *App) commitmentIn(ctx context.Context, ref string, plan civic.PlanID) (civic.CommitmentID, error) {
	id, err := a.store.FindCommitment(ctx, ref)
	if err != nil {
		return "", err
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
	if err != nil {
		return "", err
	}
	for _, p := range c.Plans {
		if p.Plan == plan {
			return id, nil
		}
	}
	return "", notFound("commitment", ref)
}

// AnswerInput is a reasoned response.
type AnswerInput struct {
	Contribution civic.ContributionID
	Decision     string     // one of civic.Decisions
	Response     civic.Text // in every language of the plan
	Commitment   string     // OGP ID or ours of what it led to; "" leaves it
}

// AnswerContribution publishes the reasoned response to a contribution, or corrects it.
func (a *App) AnswerContribution(ctx context.Context, who civic.Caller, in AnswerInput) error {
	return a.act(ctx, who, civic.MayAnswer, func(ask func(civic.Place) error) ([]edit, error) {
		c, plan, err := a.contribution(ctx, in.Contribution)
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfPlan(plan)); err != nil {
			return nil, err
		}
		before, verb := c, verbCorrectAnswer
		if c.Decision == "" {
			verb, c.Answered = verbAnswer, a.today()
		}
		c.Decision, c.Response = strings.TrimSpace(in.Decision), cleanText(in.Response)
		var e civic.Errors
		if in.Commitment != "" {
			cm, err := a.commitmentIn(ctx, in.Commitment, plan.ID)
			if civic.KindOf(err) == civic.NotFound {
				e.Add("commitment", "repository.fault.elsewhere")
			} else if err != nil {
				return nil, err
			}
			c.Commitment = cm
		}
		if e = append(e, civic.CheckAnswer(c, plan)...); len(e) > 0 {
			return nil, e
		}
		if reflect.DeepEqual(before, c) {
			return nil, nil
		}
		return []edit{{subject: c, verb: verb}}, nil
	})
}

func (a *App) contribution(ctx context.Context, id civic.ContributionID) (civic.Contribution, civic.Plan, error) {
	c, _, err := read[civic.Contribution](ctx, a, civic.KindContribution, string(id))
	if err != nil {
		return c, civic.Plan{}, err
	}
	plan, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(c.Plan))
	return c, plan, err
}

// authored keeps, outside the record, which account wrote something whose author
// the record does not tell.
func (a *App) authored(ctx context.Context, who civic.Caller, kind civic.Kind, id string) error {
	_, err := a.noteAuthor(ctx, who, kind, id, "")
	return err
}

// ContributionToAnswer is a contribution as who answers it sees it: with its words,
// even when they are hidden.
type ContributionToAnswer struct {
	civic.Contribution
	Plan       PlanPage
	Commitment *CommitmentItem
}

// AContribution returns a contribution for who may answer it.
func (a *App) AContribution(ctx context.Context, who civic.Caller, id string) (ContributionToAnswer, error) {
	c, plan, err := a.contribution(ctx, civic.ContributionID(strings.ToLower(id)))
	if err != nil {
		return ContributionToAnswer{}, err
	}
	if err := who.Ask(civic.MayAnswer, placeOfPlan(plan)); err != nil {
		return ContributionToAnswer{}, err
	}
	out := ContributionToAnswer{Contribution: c}
	if out.Plan, err = a.Plan(ctx, string(plan.ID)); err != nil {
		return out, err
	}
	for i, it := range out.Plan.Items {
		if it.Dossier.Commitment.ID == c.Commitment && c.Commitment != "" {
			out.Commitment = &out.Plan.Items[i]
		}
	}
	return out, nil
}
