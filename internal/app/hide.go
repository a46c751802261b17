package app

import (
	"context"

	"avow/internal/civic"
)

// Hide takes a testimony or a contribution out of sight by a rule of
// civic.HidingRules. It still counts as one that came in.
func (a *App) Hide(ctx context.Context, who civic.Caller, kind civic.Kind, id, rule, reason string) error {
	return errSoon
}
