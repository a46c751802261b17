package app

import (
	"context"

	"avow/internal/civic"
)

// TestimonyInput is what somebody saw of what a report says.
type TestimonyInput struct {
	Report   civic.ReportID
	Happened bool
	Saw      civic.Text
	Channel  civic.Channel // Web for oneself; any other for somebody met off line
	Place    string        // off line: where, never an address of a person
	Consent  bool          // off line: the person agreed
}

// Testify keeps a testimony: the caller's own, or one that a facilitator writes
// down. An account testifies once on a report; again is a Conflict.
func (a *App) Testify(ctx context.Context, who civic.Caller, in TestimonyInput) (civic.TestimonyID, error) {
	return "", errSoon
}
