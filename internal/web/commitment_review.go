package web

import (
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/pages"
)

// assessments groups ratings by report and source, and sets apart those that an
// older edition of the source tells of a report that a newer one tells too.
func (c *call) assessments(ratings []app.RatingView) (current, older []pages.Assessment) {
	type group struct {
		product civic.Product
		edition civic.Edition
		unit    string
	}
	var order []group
	by := map[group][]app.RatingView{}
	for _, r := range ratings {
		g := group{r.Product, r.Edition, r.Unit}
		if by[g] == nil {
			order = append(order, g)
		}
		by[g] = append(by[g], r)
	}
	newest := map[civic.Product]civic.Edition{}
	for i, g := range order {
		if newest[g.product] == "" {
			newest[g.product] = g.edition // the newest source comes first
		}
		a := c.assessment("review-"+strconv.Itoa(i+1), by[g])
		if g.edition == newest[g.product] || undated(g.edition) {
			current = append(current, a)
		} else {
			older = append(older, a)
		}
	}
	return current, older
}

// undated tells editions of which nothing says which came first.
func undated(e civic.Edition) bool { return strings.HasPrefix(string(e), "ogp-site") }

func (c *call) assessment(id string, list []app.RatingView) pages.Assessment {
	w := words{c.p}
	first := list[0]
	a := pages.Assessment{ID: id, Title: w.product(first.Product), Source: c.sourceLine(first.Edition)}
	switch {
	case first.Year > 0:
		a.Title = c.p.T("unit.with_year", "name", a.Title, "year", c.p.Plain(first.Year))
	case first.NoYear != nil:
		year := c.p.T("unit.labelled", "label", c.p.T("label.year"), "value", w.missing(*first.NoYear).Text)
		if first.NoYear.Code != "" {
			year = c.p.T("unit.with_note", "text", year, "note", first.NoYear.Code)
		}
		a.Title = c.p.T("unit.with_year", "name", a.Title, "year", year)
	}
	if first.Unit != "" {
		a.Unit = c.p.Or("commitment.review.unit."+first.Unit, first.Unit)
	}
	for _, given := range []bool{true, false} { // what is missing comes after what is known
		for _, r := range list {
			if (r.Missing == nil) != given {
				continue
			}
			a.Ratings = append(a.Ratings, pages.Rating{Variable: w.variable(r.Variable), Value: w.rating(r.Rating), Scale: w.scaleVersion(r.Scale), Newer: !r.Current})
		}
	}
	return a
}

// standing says how far the commitment is, by voice: what the government
// reports, and what each report of independent review found. Never merged.
func (c *call) standing(cm civic.Commitment, reports []app.ReportView, ratings []app.RatingView) ([]pages.Status, error) {
	w := words{c.p}
	self, err := c.reported(cm, reports)
	if err != nil {
		return nil, err
	}
	out := []pages.Status{self}
	seen := false
	for i := len(ratings) - 1; i >= 0; i-- {
		r := ratings[i]
		if r.Variable != "completion" || !r.Current {
			continue
		}
		seen = true
		by := w.product(r.Product)
		if r.Year > 0 {
			by = c.p.T("unit.with_year", "name", by, "year", c.p.Plain(r.Year))
		}
		out = append(out, pages.Status{
			Voice: voice.Reviewer, Word: c.p.T(voice.Reviewer.Key()), Values: []value.Value{w.rating(r.Rating)}, By: by, Source: c.sourceLine(r.Edition), Link: "#review",
		})
	}
	if !seen {
		out = append(out, pages.Status{Voice: voice.Reviewer, Word: c.p.T(voice.Reviewer.Key()), Values: []value.Value{w.completion(unassessed)}, By: c.p.T("commitment.progress.none")})
	}
	return out, nil
}

// statusColumn is the column of a government's tracker that says how far a
// milestone is, in the government's own words.
const statusColumn = "commitment_status"

func statusOf(m civic.Milestone) string {
	for _, cell := range m.Cells {
		if cell.Column == statusColumn {
			return strings.TrimSpace(cell.Value)
		}
	}
	return ""
}

// reported is what the government says: its newest report, else of the milestones in its tracker: its
// words and how many milestones each is said of. They are mapped to no scale.
func (c *call) reported(cm civic.Commitment, reports []app.ReportView) (pages.Status, error) {
	w := words{c.p}
	if len(reports) > 0 {
		return c.selfReported(cm, reports)
	}
	out := pages.Status{Voice: voice.Government, Word: c.p.T(voice.Government.Key())}
	said := map[string]int{}
	var order []string
	for _, m := range cm.Milestones {
		status := statusOf(m)
		if status != "" && said[status] == 0 {
			order = append(order, status)
		}
		said[status]++
	}
	if order == nil {
		out.Values, out.By = []value.Value{w.unknown()}, c.p.T("commitment.progress.none_reported")
		return out, nil
	}
	for _, status := range order {
		parts := c.p.T("unit.of", "part", said[status], "whole", len(cm.Milestones))
		out.Values = append(out.Values, value.Value{Text: status, Lang: "en", Note: c.p.T("unit.labelled", "label", c.p.T("label.milestones"), "value", parts)})
	}
	out.By = c.p.T("commitment.progress.tracker")
	if len(cm.Sources) > 0 {
		out.Source = c.sourceLine(cm.Sources[0].Edition)
	}
	return out, nil
}

// sourceLine names a source: "Source: OGP table of 2017".
func (c *call) sourceLine(e civic.Edition) string {
	return c.p.T("unit.labelled", "label", c.p.T("label.source"), "value", words{c.p}.edition(e))
}
