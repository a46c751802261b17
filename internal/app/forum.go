package app

import (
	"context"

	"avow/internal/civic"
)

// KeepForum describes a member's forum: a first time, or anew (see KeepDocument).
// A member has one; an ID is not asked for.
func (a *App) KeepForum(ctx context.Context, who civic.Caller, f civic.Forum, seen int) (civic.ForumID, error) {
	return "", errNotYet
}
