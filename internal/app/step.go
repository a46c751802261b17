package app

import (
	"context"

	"avow/internal/civic"
)

// KeepStep writes a step of a plan's process down, or corrects the one with its ID (see KeepDocument).
func (a *App) KeepStep(ctx context.Context, who civic.Caller, s civic.Step, seen int) (civic.StepID, error) {
	return "", errNotYet
}
