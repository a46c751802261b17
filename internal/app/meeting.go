package app

import (
	"context"

	"avow/internal/civic"
)

// KeepMeeting writes a meeting down, or corrects the one with its ID (see KeepDocument).
func (a *App) KeepMeeting(ctx context.Context, who civic.Caller, m civic.Meeting, seen int) (civic.MeetingID, error) {
	return "", errNotYet
}
