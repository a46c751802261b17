package app

import (
	"context"

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

// Contribute takes an idea or a comment on a plan in the making. The record does
// not tell whose account it was.
func (a *App) Contribute(ctx context.Context, who civic.Caller, in ContributionInput) (civic.ContributionID, error) {
	return "", errNotYet
}

// AnswerInput is a reasoned response.
type AnswerInput struct {
	Contribution civic.ContributionID
	Decision     string     // one of civic.Decisions
	Response     civic.Text // in every language of the plan
}

// AnswerContribution publishes the reasoned response to a contribution, or corrects it.
func (a *App) AnswerContribution(ctx context.Context, who civic.Caller, in AnswerInput) error {
	return errNotYet
}

// HideContribution stops showing what a contribution says, by one of civic.HidingRules.
func (a *App) HideContribution(ctx context.Context, who civic.Caller, id civic.ContributionID, rule, reason string) error {
	return errNotYet
}
