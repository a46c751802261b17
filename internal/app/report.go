package app

import (
	"context"

	"avow/internal/civic"
)

// ReportInput is a report as somebody sends it. ID and Version are set to correct
// one: the version is the one that was seen, and another in between is a conflict.
type ReportInput struct {
	ID          civic.ReportID
	Version     int
	Plan        string              // its ID, slug or source's ID
	Commitment  string              // its ID or OGP ID
	Milestone   string              // ID or code of the indicator, "" for the whole commitment
	Institution civic.InstitutionID // "": the one for which the caller reports, else the lead
	Period      string              // key of the plan's period
	Status      civic.SelfCompletion
	Done        civic.Text
	Challenges  civic.Text
	Next        civic.Text
	Evidence    []civic.Evidence
	Steps       []civic.MilestoneState // Milestone may be an ID or a code
}

// ReportsMode says how several reports are saved. The zero value writes all of
// them or, when one is at fault, none.
type ReportsMode struct {
	Partly bool // write those without fault
	DryRun bool // write nothing, and say what would be
}

// ReportOutcome is what became of one of several reports.
type ReportOutcome struct {
	ID   civic.ReportID // "" for a new one in a dry run
	Verb string         // "report", "correct_report", "" when nothing changed or Err is set
	Err  error          // civic.Errors with the faults of fields, or a *civic.Error
}

// SaveReport files a report or corrects one, and returns its ID. The rules are
// those of civic.CheckReport.
func (a *App) SaveReport(ctx context.Context, who civic.Caller, in ReportInput) (civic.ReportID, error) {
	return "", &civic.Error{Kind: civic.Unavailable, Key: "error.unavailable"}
}

// SaveReports files and corrects several reports in one transaction. The outcomes
// stand in the order of the input; err is set only when nothing could be tried.
// Without Partly nothing is written when one outcome has an Err.
func (a *App) SaveReports(ctx context.Context, who civic.Caller, in []ReportInput, mode ReportsMode) ([]ReportOutcome, error) {
	return nil, &civic.Error{Kind: civic.Unavailable, Key: "error.unavailable"}
}
