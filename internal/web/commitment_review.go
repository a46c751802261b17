package web

import (
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/pages"
)

// assessments groups ratings by report and source, and sets apart those that a
// newer edition of the source tells anew.
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
	for i, g := range order {
		a, fresh := c.assessment("review-"+strconv.Itoa(i+1), by[g])
		if fresh {
			current = append(current, a)
		} else {
			older = append(older, a)
		}
	}
	return current, older
}

func (c *call) assessment(id string, list []app.RatingView) (a pages.Assessment, fresh bool) {
	w := words{c.p}
	first := list[0]
	a = pages.Assessment{ID: id, Title: w.product(first.Product), Source: c.sourceLine(first.Edition)}
	switch {
	case first.Year > 0:
		a.Title += ", " + c.p.Plain(first.Year)
	case first.NoYear != nil:
		a.Title += ", " + c.p.T("label.year") + ": " + w.missing(*first.NoYear).Text
		if first.NoYear.Code != "" {
			a.Title += " (" + first.NoYear.Code + ")"
		}
	}
	if first.Unit != "" {
		a.Unit = c.p.Or("commitment.review.unit."+first.Unit, first.Unit)
	}
	for _, given := range []bool{true, false} { // what is missing comes after what is known
		for _, r := range list {
			if (r.Missing == nil) != given {
				continue
			}
			fresh = fresh || r.Current
			a.Ratings = append(a.Ratings, pages.Rating{Variable: w.variable(r.Variable), Value: w.rating(r.Rating), Scale: w.scaleVersion(r.Scale), Newer: !r.Current})
		}
	}
	return a, fresh
}

// standing says how far the commitment is, by voice: what the government
// reports, and what each report of independent review found. Never merged.
func (c *call) standing(ratings []app.RatingView) []pages.Status {
	w := words{c.p}
	none := w.completion("")
	none.Text = c.p.T("missing.not_reported")
	out := []pages.Status{{Voice: voice.Government, Word: c.p.T(voice.Government.Key()), Value: none, By: c.p.T("commitment.progress.none_reported")}}
	seen := false
	for i := len(ratings) - 1; i >= 0; i-- {
		r := ratings[i]
		if r.Variable != "completion" || !r.Current {
			continue
		}
		seen = true
		by := w.product(r.Product)
		if r.Year > 0 {
			by += ", " + c.p.Plain(r.Year)
		}
		out = append(out, pages.Status{
			Voice: voice.Reviewer, Word: c.p.T(voice.Reviewer.Key()), Value: w.rating(r.Rating), By: by, Source: c.sourceLine(r.Edition), Link: "#review",
		})
	}
	if !seen {
		out = append(out, pages.Status{Voice: voice.Reviewer, Word: c.p.T(voice.Reviewer.Key()), Value: w.completion(""), By: c.p.T("commitment.progress.none")})
	}
	return out
}

// sourceLine names a source: "Source: OGP table of 2017".
func (c *call) sourceLine(e civic.Edition) string {
	return c.p.T("label.source") + ": " + words{c.p}.edition(e)
}
