package app

import (
	"context"
	"errors"

	"avow/internal/review"
)

var errNotYet = errors.New("not built yet")

// RequirementsPage is how a member stands with OGP's minimum requirements on a day.
type RequirementsPage struct {
	Member MemberItem
	On     string // YYYY-MM-DD
	review.Standing
}

// Requirements tells how a member stands on a day (YYYY-MM-DD, "" for today) by
// what is recorded here. It is an indication: the verdict is the IRM's.
func (a *App) Requirements(ctx context.Context, member, on string) (RequirementsPage, error) {
	return RequirementsPage{}, errNotYet
}
