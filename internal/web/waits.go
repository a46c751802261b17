package web

import (
	"avow/internal/civic"
	"avow/internal/web/ui/pages"
)

// waits is what waits for who asks: reports that are missing or can be written now,
// and disputes. A second factor that is missing hides nothing: it is asked for later.
func (c *call) waits() ([]pages.Link, error) {
	if len(c.who.Grants) == 0 {
		return nil, nil
	}
	ctx := c.r.Context()
	var out []pages.Link
	if c.mayAnywhere(civic.MayReport) {
		due, err := c.site.App.DueReports(ctx, c.who)
		if err != nil && civic.KindOf(err) != civic.Unproven {
			return nil, err
		}
		missing, open, until := 0, 0, ""
		for _, period := range due {
			for _, r := range period.Reports {
				switch r.State {
				case civic.ReportMissing:
					missing++
				case civic.OpenToReport:
					open++
					if day := period.Period.LastDue(); until == "" || day < until {
						until = day
					}
				}
			}
		}
		at := c.url("/work/reports")
		if missing > 0 {
			out = append(out, pages.Link{URL: at, Text: c.p.N("work.waits.missing", missing), Count: c.p.T("work.waits.missing.help")})
		}
		if open > 0 {
			out = append(out, pages.Link{URL: at, Text: c.p.N("work.waits.open", open), Count: c.p.T("work.waits.open.help", "date", c.p.CivilDate(until))})
		}
	}
	if c.mayAnywhere(civic.MayAnswer) || c.mayAnywhere(civic.MaySettle) {
		disputes, err := c.site.App.OpenDisputes(ctx, c.who)
		if err != nil && civic.KindOf(err) != civic.Unproven {
			return nil, err
		}
		if n := len(disputes); n > 0 {
			out = append(out, pages.Link{URL: c.url("/work/disputes"), Text: c.p.N("work.waits.disputes", n)})
		}
	}
	return out, nil
}

// mayAnywhere reports whether the caller has a permission somewhere, with or
// without the second factor that it may need.
func (c *call) mayAnywhere(p civic.Permission) bool {
	err := c.who.AskAnywhere(p)
	return err == nil || civic.KindOf(err) == civic.Unproven
}
