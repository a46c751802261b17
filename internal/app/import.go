package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// ImportRequest is an import of one or more files of one format. The files are
// taken in their order, in one transaction; a subject gets one entry in the
// record, however many of them speak of it.
type ImportRequest struct {
	Format   string // a key of interchange's formats: ogp, canada-nap, us-nap, jsonl, table
	Inputs   []interchange.Input
	Map      []byte // the mapping of format table
	DryRun   bool   // say what would happen, change nothing
	Strict   bool   // take nothing when any record is refused or undecided
	Progress func(stage string, done, total int)
}

// ImportReport says what an import did, or would do. Rows counts source records;
// Created to Unchanged count commitments, Undecided what waits for a person; Refused
// counts records that could not be taken.
type ImportReport struct {
	Format    string
	Rows      int
	Created   int
	Updated   int
	Unchanged int
	Undecided int
	Refused   int
	Reports   ReportCounts
	Others    ReportCounts // entries of every other kind that our own format brings, beside members, institutions and plans
	Vanished  int          // commitments that a later table than theirs does not hold: marked, kept
	Warnings  []interchange.Issue
	Elapsed   time.Duration
	Taken     bool // false after a dry run and when Strict held everything back
}

// importTries bounds how often an import looks again because the record grew meanwhile.
const importTries = 5

// Import reads the files, matches each commitment with what is known, and writes
// what is new or changed in one transaction with an entry in the record for each
// subject. Everything slow happens before the write lock is taken.
func (a *App) Import(ctx context.Context, actor civic.Actor, req ImportRequest) (ImportReport, error) {
	if err := permit(actor, civic.MayImport); err != nil {
		return ImportReport{}, err
	}
	began := a.now()
	if req.Progress == nil {
		req.Progress = func(string, int, int) {}
	}
	var sources []interchange.Parsed
	for i, in := range req.Inputs {
		req.Progress("read", i, len(req.Inputs))
		parsed, err := interchange.Parse(req.Format, in, req.Map)
		if err != nil {
			return ImportReport{}, fmt.Errorf("read %s: %w", in.Name, err)
		}
		if err := ctx.Err(); err != nil {
			return ImportReport{}, err
		}
		sources = append(sources, parsed)
	}
	for range importTries {
		report, err := a.importOnce(ctx, actor, req, sources)
		if errors.Is(err, errMoved) {
			continue
		}
		report.Elapsed = a.now().Sub(began)
		return report, err
	}
	return ImportReport{}, &civic.Error{Kind: civic.Conflict, Key: "import.busy"}
}

func (a *App) importOnce(ctx context.Context, actor civic.Actor, req ImportRequest, sources []interchange.Parsed) (ImportReport, error) {
	report := ImportReport{Format: req.Format}
	d, err := a.openDesk(ctx)
	if err != nil {
		return report, err
	}
	for i, p := range sources {
		from := len(report.Warnings)
		d.differs = map[planDifference]int{}
		report.Rows += p.Records
		report.Refused += len(p.Refused)
		report.Warnings = append(report.Warnings, p.Refused...)
		report.Warnings = append(report.Warnings, p.Warnings...)
		if err := d.take(ctx, p, &report, req.Progress); err != nil {
			return report, fmt.Errorf("take %s: %w", req.Inputs[i].Name, err)
		}
		if err := d.takeReports(ctx, p, &report); err != nil {
			return report, fmt.Errorf("take the reports of %s: %w", req.Inputs[i].Name, err)
		}
		ofFile := report.Warnings[from:]
		slices.SortStableFunc(ofFile, func(a, b interchange.Issue) int { return cmp.Compare(a.Row, b.Row) })
		if len(sources) > 1 {
			for k := range ofFile {
				ofFile[k].File = req.Inputs[i].Name
			}
		}
	}
	ofRows := report.Warnings
	report.Warnings = nil
	d.markAbsent(&report)
	report.Warnings = append(report.Warnings, ofRows...)
	if req.DryRun || (req.Strict && report.Refused+report.Undecided > 0) {
		return report, nil
	}
	changes := d.changes()
	total := len(changes)
	report.Taken = true
	if total == 0 {
		return report, nil
	}
	ready, err := prepare(ctx, changes, req.Progress)
	defer ready.close()
	if err != nil {
		report.Taken = false
		return report, err
	}
	next := func() (pending, error) {
		// The record has not moved: what was read is not needed a second time.
		clear(sources)
		*d = desk{}
		return ready.next()
	}
	err = a.write(ctx, actor, civic.MayImport, d.size, total, next, func(done int) { req.Progress("write", done, total) })
	if err != nil && !errors.Is(err, errAfterCommit) {
		report.Taken = false
	}
	return report, err
}
