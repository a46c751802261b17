package app

import (
	"context"

	"avow/internal/civic"
)

// Baseline returns a commitment as it was adopted; ok is false when it never was,
// or when its adopted text came from elsewhere changed already.
func (a *App) Baseline(ctx context.Context, commitment civic.CommitmentID) (c civic.Commitment, ok bool, err error) {
	return civic.Commitment{}, false, errLater
}
