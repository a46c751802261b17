package app

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sort"
	"time"

	"golang.org/x/sync/errgroup"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// ImportRequest is an import of one or more files of one format. The files are
// taken in their order, in one transaction.
type ImportRequest struct {
	Format   string // a key of interchange's formats: ogp, canada-nap, us-nap, jsonl, table
	Inputs   []interchange.Input
	Map      []byte // the mapping of format table
	DryRun   bool   // say what would happen, change nothing
	Strict   bool   // take nothing when any record is refused or undecided
	Progress func(stage string, done, total int)
}

// ImportReport says what an import did, or would do. Rows counts source records;
// Created to Undecided count commitments; Refused counts records that could not be read.
type ImportReport struct {
	Format    string
	Rows      int
	Created   int
	Updated   int
	Unchanged int
	Undecided int
	Refused   int
	Vanished  int // known commitments that a later table no longer holds: marked, kept
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
	for _, p := range sources {
		report.Rows += p.Records
		report.Refused += len(p.Refused)
		report.Warnings = append(report.Warnings, p.Refused...)
		report.Warnings = append(report.Warnings, p.Warnings...)
		if err := d.take(ctx, p, &report, req.Progress); err != nil {
			return report, err
		}
	}
	sort.SliceStable(report.Warnings, func(i, j int) bool { return report.Warnings[i].Row < report.Warnings[j].Row })
	if req.DryRun || (req.Strict && report.Refused+report.Undecided > 0) {
		return report, nil
	}
	changes, err := prepare(ctx, d.changes(), req.Progress)
	if err != nil {
		return report, err
	}
	report.Taken = true
	if len(changes) == 0 {
		return report, nil
	}
	total := len(changes)
	err = a.write(ctx, actor, civic.MayImport, d.size, changes, func(done int) { req.Progress("write", done, total) })
	if err != nil {
		report.Taken = false
	}
	return report, err
}

// prepare does the costly part of writing (encoding, search words, derived
// columns) for all changes, on all processors, before the write lock is taken.
func prepare(ctx context.Context, changes []change, progress func(string, int, int)) ([]pending, error) {
	out := make([]pending, len(changes))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 64
	for from := 0; from < len(changes); from += batch {
		to := min(from+batch, len(changes))
		progress("prepare", from, len(changes))
		group.Go(func() error {
			for i := from; i < to; i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				c := changes[i]
				p, err := store.Prepare(c.subject)
				if err != nil {
					return fmt.Errorf("prepare %s %s: %w", c.subject.SubjectKind(), c.subject.SubjectID(), err)
				}
				out[i] = pending{prepared: p, verb: c.verb, edition: c.edition, contacts: c.contacts}
			}
			return nil
		})
	}
	return out, group.Wait()
}
