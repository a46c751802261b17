package app

import (
	"context"
	"errors"

	"avow/internal/civic"
)

var errSoon = errors.New("not there yet")

// Dispute contests a report.
func (a *App) Dispute(ctx context.Context, who civic.Caller, report civic.ReportID, claim civic.Text) (civic.DisputeID, error) {
	return "", errSoon
}

// AnswerDispute is the government's answer to a dispute.
func (a *App) AnswerDispute(ctx context.Context, who civic.Caller, id civic.DisputeID, answer civic.Text) error {
	return errSoon
}

// SettleDispute ends a dispute with an outcome of civic.DisputeOutcomes.
func (a *App) SettleDispute(ctx context.Context, who civic.Caller, id civic.DisputeID, outcome string, why civic.Text) error {
	return errSoon
}
