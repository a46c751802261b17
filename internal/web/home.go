package web

import (
	"net/url"

	"avow/internal/civic"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/pages"
)

// home answers what is here, how far it is, and that nobody can rewrite it.
func (s *Site) home(c *call) error {
	o, err := s.App.Overview(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	h := pages.Home{
		Page: c.layout("home", c.p.T("home.title")), Search: c.searchBox("q", ""), Empty: o.Commitments == 0,
		Numbers: []pages.Link{
			{URL: c.url("/commitments"), Text: c.p.T("label.commitments"), Count: c.p.Number(o.Commitments)},
			{URL: c.url("/members"), Text: c.p.T("label.members"), Count: c.p.Number(o.Members)},
			{URL: c.url("/plans"), Text: c.p.T("label.plans"), Count: c.p.Number(o.Plans)},
			{Text: c.p.T("label.institutions"), Count: c.p.Number(o.Institutions)},
			{Text: c.p.T("label.milestones"), Count: c.p.Number(o.Milestones)},
		},
		Chart:  w.completionChart(c.p.N("chart.covers", o.Commitments), o.ByCompletion, o.Commitments, func(v string) string { return c.listURL("completion", v) }),
		Record: c.recordFacts(),
	}
	h.Page.Search, h.Page.About = false, c.p.T("home.lead")
	if o.Demo {
		h.Demo = c.p.T("site.demo")
	}
	for _, r := range o.ByRegion {
		l := pages.Link{Text: w.region(civic.Region(r.Value)), Count: c.p.Number(r.Count)}
		if r.Value != "" { // no filter finds what has no region
			l.URL = c.listURL("region", r.Value)
		}
		h.Regions = append(h.Regions, l)
	}
	return c.show(pages.HomePage(h))
}

// listURL is the address of the list of commitments with one filter.
func (c *call) listURL(name, value string) string {
	return c.url("/commitments?" + url.Values{name: {value}}.Encode())
}

func (c *call) searchBox(id, q string) search.Box {
	return search.Box{ID: id, Action: c.url("/commitments"), Label: c.p.T("search.label"), Hint: c.p.T("search.hint"), Button: c.p.T("search.button"), Q: q}
}
