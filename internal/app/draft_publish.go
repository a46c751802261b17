package app

import (
	"context"

	"avow/internal/civic"
)

// AmendmentInput is why what was adopted changes.
type AmendmentInput struct {
	On     string // YYYY-MM-DD
	Reason civic.Text
	By     string // the body that decided
	Drops  bool   // the commitment leaves its plan
}

func (in AmendmentInput) amendment() civic.Amendment {
	return civic.Amendment{On: in.On, Reason: trimmed(in.Reason), By: in.By, Drops: in.Drops}
}

var errLater = &civic.Error{Kind: civic.Unavailable, Key: "error.busy"}

// PublishDrafts shows drafts of a plan for consultation: those that are named, or
// all. New ones become public commitments that are proposed.
func (a *App) PublishDrafts(ctx context.Context, who civic.Caller, plan civic.PlanID, drafts ...string) ([]civic.CommitmentID, error) {
	return nil, errLater
}

// Amend publishes a draft of an adopted commitment, or a new one of an adopted
// plan, as an amendment.
func (a *App) Amend(ctx context.Context, who civic.Caller, draft string, in AmendmentInput) error {
	return errLater
}

// AssignID gives a commitment the ID that OGP's Support Unit assigned.
func (a *App) AssignID(ctx context.Context, who civic.Caller, commitment civic.CommitmentID, ogpID string) error {
	return errLater
}
