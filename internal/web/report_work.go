package web

import (
	"net/url"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// workReports lists what the caller may report, by plan and period.
func (s *Site) workReports(c *call) error {
	due, err := s.App.DueReports(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	w := words{c.p}
	out := pages.WorkReports{Page: c.layout("", c.p.T("work.reports.title"))}
	switch c.query("done") {
	case "sent":
		out.Saved = c.p.T("work.reports.sent")
	case "dropped":
		out.Saved = c.p.T("work.reports.dropped")
	}
	for i, period := range due {
		g := pages.WorkGroup{
			ID: "period-" + strconv.Itoa(i+1), Heading: c.p.T("work.reports.period", "period", w.periodName(period.Period), "plan", w.planTitle(w.memberName(period.Member), period.Plan)),
			When: c.p.T("work.reports.when", "dates", w.periodDates(period.Period), "due", c.p.CivilDate(period.Period.LastDue())),
		}
		sum := map[civic.ExpectationState]int{}
		for _, d := range period.Reports {
			sum[d.State]++
			g.Rows = append(g.Rows, c.workRow(period, d))
		}
		g.Sum = w.reportTally(civic.Counts{Reports: sum})
		g.Links = append(g.Links, pages.Link{URL: c.url("/work/plans/" + period.Plan.Slug + "/periods/" + period.Period.Key + "/workbook"),
			Text: c.p.T("unit.with_note", "text", c.p.T("sheet.title"), "note", w.periodName(period.Period))})
		out.Groups = append(out.Groups, g)
	}
	return c.show(pages.WorkReportsPage(out))
}

func (c *call) workRow(period app.DuePeriod, d app.DueReport) pages.WorkRow {
	w := words{c.p}
	row := pages.WorkRow{Code: w.inPlan(d.Commitment.NumberIn(period.Plan.ID)), Title: w.title(d.Commitment), State: w.state(d.State, d.Days), Status: w.unknown()}
	unit := app.WholeCommitment
	if d.Unit.ID != "" {
		row.Code, row.Title, unit = d.Unit.Name(), phrase.Of(d.Unit.Title.In(c.p.Code)), d.Unit.Name()
	}
	row.Action = pages.Link{URL: c.reportStep(period.Plan.Slug, period.Period.Key, d.Ref, unit, "progress"), Text: c.p.T("work.reports.write")}
	if d.Report != "" {
		row.Status, row.Action.Text = w.selfStatus(d.Status), c.p.T("work.reports.correct")
	}
	return row
}

// reportStep is the address of a step of writing a report.
func (c *call) reportStep(plan, period, commitment, unit, step string) string {
	return c.url(reportPath(plan, period, commitment, unit, step))
}

func reportPath(plan, period, commitment, unit, step string) string {
	return "/work/reports/" + url.PathEscape(plan) + "/" + url.PathEscape(period) + "/" + url.PathEscape(commitment) + "/" + url.PathEscape(unit) + "/" + step
}
