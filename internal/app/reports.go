package app

import (
	"context"

	"avow/internal/civic"
)

// ReportView is a report with what a reader needs beside it.
type ReportView struct {
	civic.Report
	Version  int               // of its newest version, from 1
	Filed    string            // YYYY-MM-DD of its first version, "" when it was imported and is undated
	Of       civic.Period      // zero when the source has none
	By       civic.Institution // zero when not told
	Versions []ReportVersion   // newest first
	State    civic.ExpectationState
	Days     int // late by
}

// ReportVersion is one state of a report: its filing, or a correction.
type ReportVersion struct {
	Number  int
	Entry   int64 // of the record
	At      int64 // microseconds
	Actor   civic.Actor
	Verb    string
	Changes []ReportChange // against the version before; none in the first
}

// ReportChange is one thing that a correction changed. Field is named as
// civic.CheckReport names it.
type ReportChange struct{ Field, Before, After string }

// Reports returns the reports on a commitment, the newest first.
func (a *App) Reports(ctx context.Context, commitment string) ([]ReportView, error) {
	return nil, &civic.Error{Kind: civic.Unavailable, Key: "error.unavailable"}
}

// Report returns one report.
func (a *App) Report(ctx context.Context, id civic.ReportID) (ReportView, error) {
	return ReportView{}, &civic.Error{Kind: civic.Unavailable, Key: "error.unavailable"}
}
