package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// What a workbook is made of and told with, by the names under which pages and
// programs hand it in: they do not know the formats themselves.
type (
	SheetWords = interchange.SheetWords // of one language
	SheetBook  = interchange.ReportBook
	SheetFault = interchange.CellFault
	SheetFile  = interchange.Input
)

// UploadedSheet is a file that lies in memory.
func UploadedSheet(name string, content []byte) SheetFile {
	return interchange.BytesInput(name, content)
}

// SheetFor returns the workbook of a plan's period in a language: a row for each
// report that the caller may file, with what is known filled in. period is the
// key of one of the plan's periods.
func (a *App) SheetFor(ctx context.Context, who civic.Caller, plan, period string, words interchange.SheetWords) (interchange.ReportBook, error) {
	desk, err := a.sheetDesk(ctx, who, plan, period)
	if err != nil {
		return interchange.ReportBook{}, err
	}
	book := interchange.ReportBook{
		Head: interchange.ReportHead{Format: interchange.ReportFormat, Plan: desk.plan.ID, Period: desk.period.Key, Record: desk.record,
			Languages: desk.languages, Lang: words.Lang},
		Plan: desk.name, Period: desk.period, Words: words, Rules: civic.ReportRules(),
	}
	for _, r := range desk.rows {
		if r.mine {
			book.Rows = append(book.Rows, r.ReportRow)
		}
	}
	return book, nil
}

// sheetDesk is what is known of the reports that a period expects.
type sheetDesk struct {
	plan      civic.Plan
	name      civic.Text
	period    civic.Period
	record    int64
	languages []string
	rows      []*sheetRow
}

// sheetRow is a row of the workbook with what only the server needs.
type sheetRow struct {
	interchange.ReportRow
	of      civic.Commitment
	steps   []*sheetRow // of a report on the commitment as a whole
	version int         // of Now
	entry   int64       // of Now in the record
	at      int64       // of that entry, microseconds
	mine    bool        // the caller may report on it
}

// sheetDesk reads what a period of a plan expects. It is refused to who may not
// report anywhere in the plan.
func (a *App) sheetDesk(ctx context.Context, who civic.Caller, ref, period string) (*sheetDesk, error) {
	head, err := a.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	id, err := a.store.FindPlan(ctx, ref)
	if err != nil {
		return nil, err
	}
	d := &sheetDesk{record: head.Size}
	if d.plan, _, err = read[civic.Plan](ctx, a, civic.KindPlan, string(id)); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(d.plan.Periods, func(p civic.Period) bool { return p.Key == period })
	if at < 0 {
		return nil, notFound("period", period)
	}
	d.period, d.languages = d.plan.Periods[at], sheetLanguages(d.plan)
	if d.name = d.plan.Title; len(d.name) == 0 {
		d.name = civic.Text{{Lang: civic.Undetermined, Text: d.plan.Slug}}
	}
	ids, err := a.store.CommitmentsOfPlans(ctx, []civic.PlanID{id})
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(ids))
	for i, c := range ids {
		texts[i] = string(c)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, texts)
	if err != nil {
		return nil, err
	}
	var refused error
	for _, id := range texts {
		c, err := decodeVersion[civic.Commitment](versions[id])
		if civic.KindOf(err) == civic.NotFound || err == nil && (c.Dropped || c.Proposed || c.Placeholder) {
			continue
		}
		if err != nil {
			return nil, err
		}
		asked := who.Ask(civic.MayReport, placeFor(c, d.plan.ID, speaksFor(who, c, d.plan.ID)))
		if asked != nil && (refused == nil || civic.KindOf(asked) == civic.Unproven) {
			refused = asked
		}
		d.add(c, asked == nil)
	}
	if !slices.ContainsFunc(d.rows, func(r *sheetRow) bool { return r.mine }) {
		return nil, cmp.Or(refused, who.Ask(civic.MayReport, placeOfPlan(d.plan)), error(notFound("sheet", ref)))
	}
	slices.SortStableFunc(d.rows, func(x, y *sheetRow) int {
		return cmp.Or(strings.Compare(naturalKey(x.Number), naturalKey(y.Number)), strings.Compare(string(x.Commitment), string(y.Commitment)))
	})
	return d, a.sheetReports(ctx, d)
}

// sheetLanguages are those of the plan's reports; a plan that sets none asks for
// the language in which it is written.
func sheetLanguages(p civic.Plan) []string {
	if len(p.Languages) > 0 {
		return p.Languages
	}
	if lang := p.Title.Original().Lang; lang != civic.Undetermined {
		return []string{lang}
	}
	return []string{"en"}
}

// add adds the rows of a commitment: one for each of its indicators, or one for
// the whole with its milestones below.
func (d *sheetDesk) add(c civic.Commitment, mine bool) {
	base := interchange.ReportRow{Commitment: c.ID, Title: c.Title, Due: c.End, Lead: sheetLead(c)}
	for _, e := range c.Plans {
		if e.Plan == d.plan.ID {
			base.Number = e.Number
		}
	}
	of := func(m civic.Milestone) *sheetRow {
		r := base
		r.Milestone, r.Code, r.Part, r.Due, r.DueIn = m.ID, m.Name(), m.Title, m.Due, m.DueIn
		r.Lead = cmp.Or(m.Lead, r.Lead)
		return &sheetRow{ReportRow: r, of: c, mine: mine}
	}
	units := civic.ReportedOn(c)
	for _, unit := range units {
		if m, ok := c.MilestoneBy(string(unit)); ok {
			d.rows = append(d.rows, of(m))
		}
	}
	if len(units) != 1 || units[0] != "" {
		return
	}
	whole := &sheetRow{ReportRow: base, of: c, mine: mine}
	d.rows = append(d.rows, whole)
	for _, m := range c.Milestones {
		step := of(m)
		step.Step = true
		whole.steps = append(whole.steps, step)
		d.rows = append(d.rows, step)
	}
}

// sheetLead names who answers for a commitment.
func sheetLead(c civic.Commitment) string {
	var names []string
	for _, p := range c.Parts {
		if p.Role == civic.Lead && p.Name != "" {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "; ")
}

// sheetReports lays what was reported beside the rows: for this period, and the
// newest of an earlier one.
func (a *App) sheetReports(ctx context.Context, d *sheetDesk) error {
	versions, err := a.store.Belonging(ctx, civic.KindReport, civic.OfPlan, string(d.plan.ID))
	if err != nil {
		return err
	}
	type key struct {
		c civic.CommitmentID
		m civic.MilestoneID
	}
	rows := map[key]*sheetRow{}
	for _, r := range d.rows {
		if !r.Step {
			rows[key{r.Commitment, r.Milestone}] = r
		}
	}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		report, err := decodeVersion[civic.Report](v)
		if err != nil {
			return err
		}
		r := rows[key{report.Commitment, report.Milestone}]
		switch {
		case r == nil:
		case report.Period == d.period.Key:
			r.set(report, v.Number, v.Entry, v.At)
		case d.earlier(report, r.Last):
			r.Last = &report
			for _, s := range r.steps {
				s.Last = &report
			}
		}
	}
	return nil
}

func (r *sheetRow) set(report civic.Report, version int, entry, at int64) {
	r.Now, r.version, r.entry, r.at = &report, version, entry, at
	for _, s := range r.steps {
		s.Now = &report
	}
}

// earlier reports whether a report is of a period before the sheet's, and newer
// than the one known so far.
func (d *sheetDesk) earlier(r civic.Report, known *civic.Report) bool {
	place := func(of civic.Report) int {
		return slices.IndexFunc(d.plan.Periods, func(p civic.Period) bool { return p.Key == of.Period })
	}
	now := slices.IndexFunc(d.plan.Periods, func(p civic.Period) bool { return p.Key == d.period.Key })
	if place(r) >= now {
		return false
	}
	return known == nil || cmp.Or(cmp.Compare(place(r), place(*known)), cmp.Compare(r.Order, known.Order)) >= 0
}
