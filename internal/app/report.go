package app

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"avow/internal/civic"
)

// The verbs of entries on reports.
const (
	verbReport        = "report"
	verbCorrectReport = "correct_report"
)

// ReportInput is a report as somebody sends it. ID and Version are set to correct
// one: the version is the one that was seen, and another in between is a conflict.
// A correction stays where the report is: Plan, Commitment, Milestone and Period are not read.
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
	out, err := a.SaveReports(ctx, who, []ReportInput{in}, ReportsMode{})
	if len(out) == 0 {
		return "", err
	}
	if err != nil {
		return out[0].ID, err
	}
	return out[0].ID, out[0].Err
}

// SaveReports files and corrects several reports in one transaction. The outcomes
// stand in the order of the input; err is set only when nothing could be tried.
// Without Partly nothing is written when one outcome has an Err. What is not
// written has no ID.
func (a *App) SaveReports(ctx context.Context, who civic.Caller, in []ReportInput, mode ReportsMode) ([]ReportOutcome, error) {
	in, faults, err := a.withKeptFiles(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []ReportOutcome
	look := func(ask func(civic.Place) error) ([]edit, error) {
		var edits []edit
		d := reportDesk{app: a, who: who, ask: ask}
		out = make([]ReportOutcome, len(in))
		held := false
		for i := range in {
			r, verb, err := d.take(ctx, in[i], faults[i])
			if err != nil && civic.KindOf(err) == "" {
				return nil, err
			}
			held = held || err != nil
			out[i] = ReportOutcome{ID: r.ID, Verb: verb, Err: err}
			if err == nil && verb != "" {
				edits = append(edits, edit{subject: r, verb: verb})
			}
		}
		if mode.DryRun || held && !mode.Partly {
			for i := range out {
				if out[i].Verb == verbReport {
					out[i].ID = ""
				}
			}
			return nil, nil
		}
		return edits, nil
	}
	if mode.DryRun {
		_, err = look(func(on civic.Place) error { return who.Ask(civic.MayReport, on) })
	} else {
		err = a.act(ctx, who, civic.MayReport, look)
	}
	if err != nil && !errors.Is(err, errAfterCommit) {
		return nil, err
	}
	return out, err
}

// withKeptFiles holds the files of evidence against what is kept, before the door
// for writes is opened. A file that is not here is a fault of its report.
func (a *App) withKeptFiles(ctx context.Context, in []ReportInput) ([]ReportInput, []civic.Errors, error) {
	in, faults := slices.Clone(in), make([]civic.Errors, len(in))
	for i := range in {
		in[i].Evidence = slices.Clone(in[i].Evidence)
		for n, e := range in[i].Evidence {
			if e.File == nil {
				continue
			}
			kept, err := a.keptFile(ctx, *e.File)
			switch kind := civic.KindOf(err); {
			case kind == civic.NotFound || kind == civic.Invalid:
				faults[i].Add("evidence."+strconv.Itoa(n)+".url", "report.fault.file")
			case err != nil:
				return nil, nil, err
			}
			in[i].Evidence[n].File = &kept
		}
	}
	return in, faults, nil
}
