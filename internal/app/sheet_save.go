package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// save holds the rows against the rules and writes those that may be written, in
// one transaction. What a dry run says is what a real run then does.
func (t *sheetTaking) save(ctx context.Context, who civic.Caller, o TakeOptions) error {
	var inputs []ReportInput
	var of []*readyReport
	broken := false // something of the file cannot be taken
	for i := range t.ready {
		r := &t.ready[i]
		if !r.held {
			inputs, of = append(inputs, r.input), append(of, r)
			continue
		}
		broken = true
		t.refuse(r)
		t.rules(r, civic.CheckReport(compose(r.input, t.desk.plan, r.row.of), t.desk.plan, r.row.of, t.app.today(), t.before(r)...))
	}
	broken = broken || t.report.Refused > 0
	mode := ReportsMode{Partly: o.Partial, DryRun: o.DryRun || broken && !o.Partial}
	outcomes, err := t.app.SaveReports(ctx, who, inputs, mode)
	if err != nil && !errors.Is(err, errAfterCommit) {
		return err
	}
	for i, out := range outcomes {
		t.outcome(of[i], out)
	}
	t.report.Taken = !mode.DryRun && (t.report.Refused == 0 || o.Partial)
	if !t.report.Taken {
		for i := range t.report.Lines { // a report that was not written has no address
			if t.report.Lines[i].Fate == SheetNew {
				t.report.Lines[i].Report = ""
			}
		}
	}
	t.sort()
	return err
}

// before are the reports that CheckReport compares a row's with.
func (t *sheetTaking) before(r *readyReport) []civic.Report {
	var out []civic.Report
	for _, known := range []*civic.Report{r.row.Now, r.row.Last} {
		if known != nil {
			out = append(out, *known)
		}
	}
	return out
}

func (t *sheetTaking) refuse(r *readyReport) {
	t.report.Lines[r.line].Fate = SheetRefused
	t.report.Refused++
}

// outcome counts what became of a row and names the cells that were at fault.
func (t *sheetTaking) outcome(r *readyReport, out ReportOutcome) {
	line := &t.report.Lines[r.line]
	line.Report = out.ID
	var several civic.Errors
	var one *civic.Error
	switch {
	case out.Err == nil && out.Verb == "":
		line.Fate = SheetUnchanged
		t.report.Unchanged++
	case out.Err == nil && out.Verb == verbReport:
		line.Fate = SheetNew
		t.report.New++
	case out.Err == nil:
		line.Fate = SheetChanged
		t.report.Changed++
	case errors.As(out.Err, &several):
		t.refuse(r)
		t.rules(r, several)
	case errors.As(out.Err, &one):
		t.refuse(r)
		t.rules(r, civic.Errors{one})
	default:
		t.refuse(r)
		t.fault(interchange.CellFault{Sheet: t.book.Sheet, Row: r.from.Row}, "error.internal")
	}
}

// rules tells faults of a report's fields at their cells. A cell that could not be
// read is not told a second time, and neither is what follows from it; a line of
// evidence has one fault.
func (t *sheetTaking) rules(r *readyReport, faults civic.Errors) {
	type place struct {
		cell, key string
		row, line int
	}
	told := map[place]bool{}
	unreadable := map[string]bool{}
	for _, f := range t.report.Faults {
		told[place{f.Cell, f.Key, f.Row, f.Line}] = true
		if f.Cell != "" && strings.HasPrefix(f.Key, "sheet.") {
			unreadable[f.Cell] = true
		}
	}
	for _, e := range faults {
		at := t.cell(r, e.Field)
		at.Key, at.Args = e.Key, e.Args
		p := place{at.Cell, at.Key, at.Row, at.Line}
		if at.Line > 0 {
			p.key = "" // of a line
		}
		follows := at.Column == "done_on" && at.Key == "report.fault.completed" && unreadable[t.book.At(at.Row, "status").Cell]
		if !told[p] && !unreadable[at.Cell] && !follows {
			told[p] = true
			t.report.Faults = append(t.report.Faults, at)
		}
	}
}

// cell finds the cell of a report's field, as civic.CheckReport names it.
func (t *sheetTaking) cell(r *readyReport, field string) interchange.CellFault {
	row, column, line := r.from.Row, field, 0
	parts := strings.Split(field, ".")
	first := t.desk.languages[0]
	switch parts[0] {
	case "done", "challenges", "next":
		if len(parts) == 1 || !slices.Contains(t.desk.languages, parts[1]) {
			column = parts[0] + "." + first
		}
	case "evidence":
		column = "evidence"
		if len(parts) > 1 {
			n, _ := strconv.Atoi(parts[1])
			line = interchange.EvidenceLineAt(r.from.Cells["evidence"], n)
		}
	case "milestones":
		column = parts[len(parts)-1]
		name := strings.Join(parts[1:len(parts)-1], ".")
		if step, ok := r.steps[name]; ok {
			row = step.Row
		}
	case "status":
	case "institution":
		column = "lead"
	case "milestone":
		column = "code"
	default:
		column = "number"
	}
	f := t.book.At(row, column)
	f.Field, f.Line = field, line
	return f
}

// sort puts what is told in the order of the file.
func (t *sheetTaking) sort() {
	order := func(x, y interchange.CellFault) int {
		if x.Row != y.Row {
			return x.Row - y.Row
		}
		if len(x.Cell) != len(y.Cell) {
			return len(x.Cell) - len(y.Cell)
		}
		return strings.Compare(x.Cell, y.Cell)
	}
	slices.SortStableFunc(t.report.Faults, order)
	slices.SortStableFunc(t.report.Notes, order)
}
