package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/pages"
)

// periodsInGrid is how many periods stand side by side.
const periodsInGrid = 6

// planProgress shows a plan's roll-up.
func (s *Site) planProgress(c *call) error {
	ref := c.r.PathValue("plan")
	page, err := s.App.Plan(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Slug {
		return c.redirect(c.url("/plans/"+page.Slug+"/progress"), permanently)
	}
	p, err := s.App.Progress(c.r.Context(), page.Slug)
	if err != nil {
		return err
	}
	w := words{c.p}
	member := w.Member(page.MemberCode, page.MemberName)
	name := w.planTitle(member, page.Plan)
	out := pages.PlanProgress{
		Page: c.layout("members", c.p.T("progress.of", "name", name)), Heading: c.p.T("progress.of", "name", name), Lead: c.p.T("progress.lead"),
		Trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + page.MemberSlug), Text: member},
			{URL: c.url("/plans/" + page.Slug), Text: w.planName(page.Plan)}},
		AsOf: c.p.T("progress.as_of", "date", c.p.CivilDate(p.Today)), UnitsHead: c.unitsHead(p),
		Units: w.tally(p.Counts.Units), Reports: w.reportTally(p.Counts), Grids: c.grids(p), Milestones: c.milestoneLines(p),
		Links: []pages.Link{{URL: "/api/v1/exports/reports.csv" + query("plan", page.Slug), Text: c.p.T("reports.csv")},
			{URL: "/api/v1/plans/" + page.Slug + "/progress", Text: c.p.T("progress.json")}},
	}
	for _, rule := range civic.ReportRules() {
		out.Rules = append(out.Rules, c.p.T(rule.Key))
	}
	return c.show(pages.PlanProgressPage(out))
}

// unitsHead says what is counted: commitments, or indicators where there are any.
func (c *call) unitsHead(p *civic.PlanProgress) string {
	n := p.Counts.Units.Sum()
	if n > len(p.Commitments) {
		return c.p.T("progress.covers_indicators", "units", c.p.N("count.indicators", n), "commitments", c.p.N("count.commitments", len(p.Commitments)))
	}
	return c.p.N("progress.covers", n)
}

// tally lists every standing that was counted, the furthest first and what is
// missing, unknown or does not apply after it.
func (w words) tally(t civic.Tally) []pages.Counted {
	var out []pages.Counted
	add := func(s civic.Standing) {
		if t[s] > 0 {
			out = append(out, pages.Counted{Value: w.stands(s), Count: w.Number(t[s])})
		}
	}
	for _, s := range slices.Backward(civic.SelfCompletions) {
		add(civic.Standing(s))
	}
	for _, s := range []civic.Standing{civic.StandsOffScale, civic.StandsMissing, civic.StandsUnknown, civic.StandsOut} {
		add(s)
	}
	return out
}

// reportTally lists what became of the reports of all periods.
func (w words) reportTally(c civic.Counts) []pages.Counted {
	var out []pages.Counted
	for _, s := range []civic.ExpectationState{civic.ReportedInTime, civic.ReportedLate, civic.ReportedUndated, civic.ReportMissing,
		civic.OpenToReport, civic.NotYetOpen, civic.NotExpected} {
		if n := c.Reports[s]; n > 0 {
			v := w.state(s, 0)
			v.Text = w.T("report.state." + string(s))
			out = append(out, pages.Counted{Value: v, Count: w.Number(n)})
		}
	}
	return out
}

// grids divides the periods into tables of a few, the newest first; older ones are folded.
func (c *call) grids(p *civic.PlanProgress) []pages.Grid {
	var out []pages.Grid
	for to := len(p.Plan.Periods); to > 0; to -= periodsInGrid {
		from := max(0, to-periodsInGrid)
		out = append(out, c.grid(p, from, to, len(out) > 0))
	}
	return out
}

func (c *call) grid(p *civic.PlanProgress, from, to int, folded bool) pages.Grid {
	w := words{c.p}
	g := pages.Grid{Folded: folded, Caption: c.p.T("unit.range", "from", w.periodName(p.Plan.Periods[from]), "to", w.periodName(p.Plan.Periods[to-1]))}
	for _, period := range p.Plan.Periods[from:to] {
		g.Periods = append(g.Periods, w.periodName(period))
	}
	for _, one := range p.Commitments {
		cm := one.Commitment
		row := pages.GridRow{Code: w.inPlan(cm.NumberIn(p.Plan.ID)), Title: w.title(cm), URL: c.commitmentURL(refOf(cm)) + "/reports", Now: w.stands(one.Standing)}
		if len(one.Units) == 1 && one.Units[0].Milestone == "" {
			row.Now = c.nowOf(p, one.Units[0])
			row.Cells = c.cells(one.Units[0], from, to)
			g.Rows = append(g.Rows, row)
			continue
		}
		row.Head = true
		row.Now.Note = c.p.T("progress.lowest")
		g.Rows = append(g.Rows, row)
		for _, u := range one.Units {
			m, _ := cm.MilestoneBy(string(u.Milestone))
			g.Rows = append(g.Rows, pages.GridRow{Code: m.Code, Title: phrase.Of(m.Title.In(c.p.Code)), Now: c.nowOf(p, u), Cells: c.cells(u, from, to)})
		}
	}
	return g
}

// nowOf says how far something is; a stale word is told as one, beside the fact
// that the newest report is missing.
func (c *call) nowOf(p *civic.PlanProgress, u civic.UnitProgress) value.Value {
	w := words{c.p}
	v := w.stands(u.Standing)
	switch {
	case u.Newest == nil:
	case u.Stale:
		v.Note = c.p.T("progress.stale", "status", w.reportStatus(u.Newest.Report).Text, "age", c.age(p, u.Newest))
	default:
		v.Note = c.age(p, u.Newest)
	}
	return v
}

// age says how old a report is.
func (c *call) age(p *civic.PlanProgress, f *civic.Filed) string {
	if f.On == "" {
		return c.p.T("progress.undated")
	}
	return c.p.N("progress.days_old", max(0, civic.DaysBetween(f.On, p.Today)))
}

func (c *call) cells(u civic.UnitProgress, from, to int) []pages.GridCell {
	w := words{c.p}
	out := make([]pages.GridCell, 0, to-from)
	for _, e := range u.Expected[from:to] {
		cell := pages.GridCell{Value: w.state(e.State, e.Days)}
		if e.Report != "" {
			if e.State == civic.ReportedLate {
				cell.Note = cell.Value.Text
			}
			cell.Value = w.selfStatus(e.Status)
			if e.Status == "" {
				cell.Value = w.stands(civic.StandsOffScale)
			}
		}
		out = append(out, cell)
	}
	return out
}

// milestoneLines lists the milestones that are late or were moved.
func (c *call) milestoneLines(p *civic.PlanProgress) []pages.MilestoneLine {
	w := words{c.p}
	var out []pages.MilestoneLine
	for _, one := range p.Commitments {
		for _, m := range one.Milestones {
			if m.Late == 0 && !m.MovedFrom.Decided() {
				continue
			}
			line := pages.MilestoneLine{Code: m.Milestone.Code, Title: phrase.Of(m.Milestone.Title.In(c.p.Code)),
				URL: c.commitmentURL(refOf(one.Commitment)) + "/reports", Due: w.when(m.Milestone.Due), Status: w.stands(m.Standing)}
			var what []string
			switch {
			case m.Late > 0 && m.Done():
				what = append(what, c.p.N("progress.done_late", m.Late))
			case m.Late > 0:
				what = append(what, c.p.N("progress.overdue", m.Late))
			}
			if m.MovedFrom.Decided() {
				line.Was = c.p.CivilDate(m.MovedFrom.Date)
				key := "progress.moved_back"
				if m.Moved < 0 {
					key = "progress.moved_forward"
				}
				what = append(what, c.p.N(key, max(m.Moved, -m.Moved)))
			}
			line.What = c.p.List(what)
			out = append(out, line)
		}
	}
	return out
}

// refOf is the last part of a commitment's address.
func refOf(cm civic.Commitment) string {
	if cm.OGPID != "" {
		return cm.OGPID
	}
	return string(cm.ID)
}

// planNote is the short section on a plan's page; nil when nothing is reported here.
func (c *call) planNote(p civic.Plan) (*pages.ProgressNote, error) {
	if len(p.Periods) == 0 {
		return nil, nil
	}
	progress, err := c.site.App.Progress(c.r.Context(), string(p.ID))
	if err != nil {
		return nil, err
	}
	return c.progressNote(progress.Counts, pages.Link{URL: c.url("/plans/" + p.Slug + "/progress"), Text: c.p.T("progress.link")}), nil
}

// memberNote is the short section on a member's page: the sum of its plans.
func (c *call) memberNote(m civic.MemberID) (*pages.ProgressNote, error) {
	plans, sum, err := c.site.App.MemberProgress(c.r.Context(), m)
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	link := pages.Link{URL: c.url("/plans/" + plans[0].Plan.Slug + "/progress"), Text: c.p.T("progress.link_newest", "plan", words{c.p}.planName(plans[0].Plan))}
	return c.progressNote(sum, link), nil
}

func (c *call) progressNote(sum civic.Counts, link pages.Link) *pages.ProgressNote {
	n := &pages.ProgressNote{Tally: words{c.p}.tally(sum.Units), Link: link}
	var late []string
	if k := sum.Reports[civic.ReportMissing]; k > 0 {
		late = append(late, c.p.N("progress.n_missing", k))
	}
	if k := sum.Reports[civic.ReportedLate]; k > 0 {
		late = append(late, c.p.N("progress.n_late", k))
	}
	n.Late = c.p.List(late)
	return n
}

// selfReported is what the government says in its newest report on a commitment,
// newestOfEach are the statuses of the newest reports of a source without periods:
// that of the commitment, or each status with the number of milestones it is said of.
func (c *call) newestOfEach(cm civic.Commitment, views []app.ReportView) (out []value.Value) {
	w := words{c.p}
	if views[0].Milestone == "" {
		return []value.Value{w.reportStatus(views[0].Report)}
	}
	seen, at, said := map[civic.MilestoneID]bool{}, map[string]int{}, []int(nil)
	for _, v := range views {
		if seen[v.Milestone] {
			continue
		}
		seen[v.Milestone] = true
		status := w.reportStatus(v.Report)
		i, known := at[status.Text]
		if !known {
			i = len(out)
			at[status.Text] = i
			out, said = append(out, status), append(said, 0)
		}
		said[i]++
	}
	for i := range out {
		parts := c.p.T("unit.of", "part", said[i], "whole", len(cm.Milestones))
		note := c.p.T("unit.labelled", "label", c.p.T("label.milestones"), "value", parts)
		if out[i].Note != "" {
			note = c.p.T("unit.with_note", "text", note, "note", out[i].Note)
		}
		out[i].Note = note
	}
	return out
}

// with its age; where the report that was due last did not come, that comes first.
func (c *call) selfReported(cm civic.Commitment, views []app.ReportView) (pages.Status, error) {
	w := words{c.p}
	newest := views[0]
	out := pages.Status{Voice: voice.Government, Word: c.p.T(voice.Government.Key()), Link: c.commitmentURL(refOf(cm)) + "/reports", By: c.reportBy(newest)}
	if newest.Of.Key == "" {
		out.Values = c.newestOfEach(cm, views)
		return out, nil
	}
	out.Source = w.periodName(newest.Of)
	p, err := c.site.App.Progress(c.r.Context(), string(newest.Plan))
	if err != nil {
		return out, err
	}
	for _, one := range p.Commitments {
		switch {
		case one.Commitment.ID != cm.ID:
		case newest.Milestone == "" && len(one.Units) == 1:
			out.Values = []value.Value{c.nowOf(p, one.Units[0])}
		default:
			for _, n := range w.tally(one.Counts.Units) {
				n.Value.Note = c.p.T("unit.labelled", "label", c.p.T("label.indicators"), "value", n.Count)
				out.Values = append(out.Values, n.Value)
			}
		}
	}
	return out, nil
}
