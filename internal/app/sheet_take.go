package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// SheetReport says what an upload of reports did, or would do. Rows of milestones
// that are reported on with their commitment count with its row.
type SheetReport struct {
	Plan      civic.PlanID            `json:"plan"`
	Period    string                  `json:"period"`
	Rows      int                     `json:"rows"` // rows of the file that stand for an expected report
	New       int                     `json:"new"`
	Changed   int                     `json:"changed"`
	Unchanged int                     `json:"unchanged"`
	Empty     int                     `json:"empty"`   // nothing filled in, or gone from the file: not reported
	Refused   int                     `json:"refused"` // rows that cannot be taken
	Lines     []SheetLine             `json:"lines"`
	Faults    []interchange.CellFault `json:"faults"` // each names its cell
	Notes     []interchange.CellFault `json:"notes"`  // told, and hold nothing back
	DryRun    bool                    `json:"dry_run"`
	Taken     bool                    `json:"taken"` // false after a dry run, and when faults held everything back
}

// SheetLine is one report of the file. Row is 0 when the file has none for it.
type SheetLine struct {
	Row    int                  `json:"row,omitempty"`
	Code   string               `json:"code"` // of the indicator, else the commitment's number
	Title  civic.Text           `json:"title"`
	Fate   SheetFate            `json:"fate"`
	Status civic.SelfCompletion `json:"status,omitempty"`
	Report civic.ReportID       `json:"report,omitempty"`
}

// SheetFate is what becomes of a row.
type SheetFate string

const (
	SheetNew       SheetFate = "new"
	SheetChanged   SheetFate = "changed"
	SheetUnchanged SheetFate = "unchanged"
	SheetEmpty     SheetFate = "empty"
	SheetRefused   SheetFate = "refused"
)

// TakeOptions say how an upload is taken. The zero value writes all of it or,
// when anything is at fault, nothing.
type TakeOptions struct {
	DryRun  bool
	Partial bool // take the good rows and leave the others
}

// TakeSheet reads a filled workbook or CSV and saves its reports in one
// transaction. said are the words of every language in which it may be filled in.
// The error is a *civic.Error when the file as a whole cannot be taken: not ours,
// of another plan or period, too large.
func (a *App) TakeSheet(ctx context.Context, who civic.Caller, plan, period string, in interchange.Input, said []interchange.SheetWords, o TakeOptions) (SheetReport, error) {
	desk, err := a.sheetDesk(ctx, who, plan, period)
	if err != nil {
		return SheetReport{}, err
	}
	book, err := interchange.ReadReports(in, desk.languages, said)
	if err != nil {
		return SheetReport{}, err
	}
	if err := a.fits(ctx, desk, book.Head, in.Name); err != nil {
		return SheetReport{}, err
	}
	t := &sheetTaking{app: a, desk: desk, book: book, said: said, report: SheetReport{Plan: desk.plan.ID, Period: desk.period.Key, DryRun: o.DryRun}}
	t.match()
	if err := t.read(ctx); err != nil {
		return SheetReport{}, err
	}
	return t.report, t.save(ctx, who, o)
}

// fits refuses a table of another plan or period, or of a newer program.
func (a *App) fits(ctx context.Context, d *sheetDesk, h interchange.ReportHead, file string) error {
	unfit := func(key string, args ...any) error {
		var e civic.Errors
		e.Add("file", key, append(args, "file", file)...)
		return e[0]
	}
	switch {
	case h.Format == 0:
		return nil
	case h.Format > interchange.ReportFormat:
		return unfit("sheet.newer_format", "version", h.Format, "known", interchange.ReportFormat)
	case h.Plan != d.plan.ID:
		other := string(h.Plan)
		if p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, other); err == nil {
			other = cmp.Or(p.Title.String(), p.Slug)
		}
		return unfit("sheet.other_plan", "other", other, "plan", d.name.String())
	case h.Period != d.period.Key:
		return unfit("sheet.other_period", "other", h.Period, "period", d.period.Key)
	}
	return nil
}

// sheetTaking is one upload on its way.
type sheetTaking struct {
	app    *App
	desk   *sheetDesk
	book   *interchange.FilledBook
	said   []interchange.SheetWords
	report SheetReport
	filled map[string]interchange.FilledRow // by the reference of the expected row
	ready  []readyReport
}

// readyReport is a row that was read: what is to be saved, and where it stands.
type readyReport struct {
	row   *sheetRow
	from  interchange.FilledRow
	steps map[string]interchange.FilledRow // by the milestone's name
	input ReportInput
	made  civic.Report
	line  int  // of SheetReport.Lines
	held  bool // a fault was told already: it is checked and never saved
}

func (t *sheetTaking) fault(f interchange.CellFault, key string, args ...any) {
	f.Key, f.Args = key, named(args)
	t.report.Faults = append(t.report.Faults, f)
}

func (t *sheetTaking) note(f interchange.CellFault, key string, args ...any) {
	f.Key, f.Args = key, named(args)
	t.report.Notes = append(t.report.Notes, f)
}

func named(args []any) map[string]any {
	out := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		out[args[i].(string)] = args[i+1]
	}
	return out
}

// match lays the rows of the file beside those that are expected. A row that
// nobody expects, or a second one for the same report, is told.
func (t *sheetTaking) match() {
	t.report.Faults, t.report.Notes = t.book.Faults, t.book.Notes
	if t.book.Head.Format == 0 {
		t.note(interchange.CellFault{Sheet: t.book.Sheet}, "sheet.note.no_head")
	}
	expected := map[string]*sheetRow{}
	for _, r := range t.desk.rows {
		expected[r.Ref()] = r
	}
	t.filled = map[string]interchange.FilledRow{}
	for _, row := range t.book.Rows {
		at := interchange.CellFault{Sheet: t.book.Sheet, Row: row.Row}
		before, twice := t.filled[row.Ref]
		switch {
		case twice:
			t.fault(at, "sheet.fault.row_twice", "first", before.Row)
			t.report.Refused++
		case expected[row.Ref] != nil:
			t.filled[row.Ref] = row
			t.known(row, expected[row.Ref])
		case t.book.Filled(row):
			t.fault(at, "sheet.fault.row_added")
			t.report.Refused++
		default:
			t.note(at, "sheet.note.row_unknown")
		}
	}
}

// known tells which of the cells that the program filled in were changed by hand.
func (t *sheetTaking) known(row interchange.FilledRow, of *sheetRow) {
	columns := interchange.ReportColumns(t.desk.languages)
	words := t.words()
	cells := of.Cells(columns, words)
	told := false
	for i, c := range columns {
		if i == 0 || !c.Known || row.Cells[c.Name] == cells[i] || !t.book.Has(c.Name) {
			continue
		}
		if !row.Intact {
			t.note(t.book.At(row.Row, c.Name), "sheet.note.known_changed", "heading", c.Heading(words), "value", cells[i])
			told = true
		} else if t.book.Head.Record < t.desk.record && c.Name != "last_status" && c.Name != "last_done" {
			t.note(t.book.At(row.Row, c.Name), "sheet.note.known_moved", "heading", c.Heading(words), "value", cells[i])
		}
	}
	if !row.Intact && !told && t.book.Head.Format > 0 {
		t.note(interchange.CellFault{Sheet: t.book.Sheet, Row: row.Row}, "sheet.note.known_touched")
	}
}

// words are those of the file's language.
func (t *sheetTaking) words() interchange.SheetWords {
	return t.said[max(0, slices.IndexFunc(t.said, func(w interchange.SheetWords) bool { return w.Lang == t.book.Head.Lang }))]
}

// read makes a report of each row that holds something.
func (t *sheetTaking) read(ctx context.Context) error {
	for _, r := range t.desk.rows {
		if r.Step {
			continue
		}
		row, own := t.filled[r.Ref()]
		found := own
		ready := readyReport{row: r, from: row, steps: map[string]interchange.FilledRow{}, line: len(t.report.Lines)}
		var steps []interchange.FilledRow
		var of []interchange.ReportRow
		some := t.book.Filled(row) || row.AnyBroken()
		for _, s := range r.steps {
			if step, ok := t.filled[s.Ref()]; ok {
				steps, of = append(steps, step), append(of, s.ReportRow)
				ready.steps[s.Code] = step
				some = some || t.book.Filled(step) || step.AnyBroken()
				found = true
			}
		}
		line := SheetLine{Row: row.Row, Code: cmp.Or(r.Code, r.Number), Title: r.Title, Fate: SheetEmpty}
		if len(r.Part) > 0 {
			line.Title = r.Part
		}
		if found {
			t.report.Rows++
		}
		if !some {
			t.empty(r, row, own)
			if found || r.mine {
				t.report.Empty++
				t.report.Lines = append(t.report.Lines, line)
			}
			continue
		}
		made, faults := t.book.ReportFrom(row, r.ReportRow, t.desk.languages, t.said, steps, of)
		t.report.Faults = append(t.report.Faults, faults...)
		ready.made, ready.held = made, len(faults) > 0 || row.AnyBroken()
		ready.input = ReportInput{Plan: string(t.desk.plan.ID), Commitment: string(r.Commitment), Milestone: string(r.Milestone), Period: t.desk.period.Key,
			Status: made.Status, Done: made.Done, Challenges: made.Challenges, Next: made.Next, Evidence: made.Evidence, Steps: made.Steps}
		if r.Now != nil {
			ready.input.ID, ready.input.Version = r.Now.ID, r.version
		}
		for _, s := range steps {
			ready.held = ready.held || s.AnyBroken() || t.misplaced(s)
		}
		line.Status = made.Status
		t.report.Lines = append(t.report.Lines, line)
		if err := t.meanwhile(ctx, &ready); err != nil {
			return err
		}
		if t.report.Lines[ready.line].Fate != SheetUnchanged {
			t.ready = append(t.ready, ready)
		}
	}
	return nil
}

// empty tells of a row without anything filled in. What is reported stays.
func (t *sheetTaking) empty(r *sheetRow, row interchange.FilledRow, found bool) {
	at := interchange.CellFault{Sheet: t.book.Sheet, Row: row.Row}
	code := cmp.Or(r.Code, r.Number)
	switch {
	case found && r.Now != nil:
		t.note(at, "sheet.note.emptied", "code", code)
	case !found && r.mine && r.Now == nil:
		t.note(interchange.CellFault{Sheet: t.book.Sheet}, "sheet.note.row_gone", "code", code)
	}
}

// misplaced tells of text on the row of a milestone, which has a status and a day alone.
func (t *sheetTaking) misplaced(step interchange.FilledRow) bool {
	found := false
	for _, c := range interchange.ReportColumns(t.desk.languages) {
		if !c.Known && c.Name != "status" && c.Name != "done_on" && step.Cells[c.Name] != "" {
			t.fault(t.book.At(step.Row, c.Name), "sheet.fault.step_text")
			found = true
		}
	}
	return found
}

// meanwhile looks at what happened since the workbook was made. A report that
// somebody else filed or corrected is never overwritten: a row that was left as it
// was then stays as it is now, another one is a conflict.
func (t *sheetTaking) meanwhile(ctx context.Context, ready *readyReport) error {
	r := ready.row
	if t.book.Head.Format == 0 || r.Now == nil || r.entry < t.book.Head.Record || sameReport(*r.Now, ready.made) {
		return nil
	}
	versions, err := t.app.store.Versions(ctx, civic.KindReport, string(r.Now.ID))
	if err != nil {
		return err
	}
	then := *r
	then.Now = nil
	for _, v := range versions {
		if v.Entry < t.book.Head.Record && !v.Erased {
			report, err := decodeVersion[civic.Report](v)
			if err != nil {
				return err
			}
			then.Now = &report
		}
	}
	columns := interchange.ReportColumns(t.desk.languages)
	var moved []string
	left := then.Now != nil
	for _, c := range columns {
		if c.Known {
			continue
		}
		was, is := then.Filled(c, then.Now, t.words()), r.Filled(c, r.Now, t.words())
		left = left && ready.from.Cells[c.Name] == was
		if was != is {
			moved = append(moved, c.Heading(t.words()))
		}
	}
	at := interchange.CellFault{Sheet: t.book.Sheet, Row: ready.from.Row}
	day := time.UnixMicro(r.at).UTC().Format(time.DateOnly)
	if left && len(ready.steps) == 0 {
		t.report.Lines[ready.line].Fate, t.report.Lines[ready.line].Report = SheetUnchanged, r.Now.ID
		t.report.Unchanged++
		t.note(at, "sheet.note.moved_on", "date", day, "columns", moved)
		return nil
	}
	t.fault(at, "sheet.fault.conflict", "date", day, "columns", moved)
	ready.held = true
	return nil
}

// sameReport compares what a row can say.
func sameReport(x, y civic.Report) bool {
	c := civic.CompareReports(x, y)
	return c.Same() && slices.Equal(x.Steps, y.Steps) && len(x.Evidence) == len(y.Evidence)
}
