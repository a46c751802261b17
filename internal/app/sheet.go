package app

import (
	"context"
	"errors"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// Sheet is a workbook of the reports of one period, ready to be written.
type Sheet = interchange.ReportBook

// SheetReport says what an upload of reports did, or would do.
type SheetReport struct {
	Plan      civic.PlanID
	Period    string
	Rows      int // rows of the file that stand for an expected report
	New       int
	Changed   int
	Unchanged int
	Empty     int // rows with nothing filled in, and rows that are gone: not reported
	Refused   int // rows that cannot be taken
	Lines     []SheetLine
	Faults    []interchange.CellFault // each names its cell
	Notes     []interchange.CellFault // what is told and holds nothing back
	Taken     bool                    // false after a dry run and when faults held everything back
}

// SheetLine is one row of the file.
type SheetLine struct {
	Row    int
	Code   string // number of the commitment, code of the milestone
	Title  civic.Text
	Fate   string // "new", "changed", "unchanged", "empty", "refused"
	Status civic.SelfCompletion
	Report civic.ReportID // after it was saved
}

// TakeOptions say how an upload is taken.
type TakeOptions struct {
	DryRun  bool
	Partial bool // take the good rows and leave the others
}

// SheetFor returns the workbook of a plan's period in a language, with what is known filled in.
func (a *App) SheetFor(ctx context.Context, who civic.Caller, plan, period string, words interchange.SheetWords) (Sheet, error) {
	return Sheet{}, errors.New("the workbook is not there yet")
}

// TakeSheet reads a filled workbook or CSV and saves its reports, in one transaction.
func (a *App) TakeSheet(ctx context.Context, who civic.Caller, plan, period string, in interchange.Input, said []interchange.SheetWords, o TakeOptions) (SheetReport, error) {
	return SheetReport{}, errors.New("the workbook is not there yet")
}
