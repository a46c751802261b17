package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// permanently marks an address as another way of writing the lasting one.
const permanently = http.StatusPermanentRedirect

// plansPerPage is how many plans one page of the list shows.
const plansPerPage = 50

// plans lists the action plans, a page at a time: after is the last one of the
// page before.
func (s *Site) plans(c *call) error {
	items, err := s.App.Plans(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	l := pages.Plans{Page: c.layout("members", c.p.T("plans.title")), Count: c.p.N("count.plans", len(items))}
	l.Page.About = c.p.T("plans.lead")
	if after := c.query("after"); after != "" {
		i := slices.IndexFunc(items, func(p app.PlanItem) bool { return p.Slug == after })
		if i < 0 {
			return &civic.Error{Kind: civic.Invalid, Key: "query.cursor", Field: "after", Args: map[string]any{"value": after}}
		}
		items, l.First, l.Page.Hidden = items[i+1:], c.url("/plans"), true
	}
	if len(items) > plansPerPage {
		items = items[:plansPerPage]
		l.Next = c.url("/plans" + query("after", items[plansPerPage-1].Slug))
	}
	l.Rows, l.Axis, l.AxisEnds = w.planRows(c, items, true)
	return c.show(pages.PlansPage(l))
}

// plan shows one action plan.
func (s *Site) plan(c *call) error {
	ref := c.r.PathValue("plan")
	page, err := s.App.Plan(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Slug {
		return c.redirect(c.url("/plans/"+page.Slug), permanently)
	}
	w := words{c.p}
	member := w.Member(page.MemberCode, page.MemberName)
	name := w.planTitle(member, page.Plan)
	start, end := planTimes(page.Plan)
	p := pages.Plan{
		Page: c.layout("members", name), Name: name,
		Trail:  []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + page.MemberSlug), Text: member}},
		Period: w.period(start, end), Bar: bar(start, end, false),
		Chart: w.completionChart(c.p.T("plan.completion.caption"), page.Completion, page.Commitments, nil),
	}
	p.Page.About = c.p.T("unit.with_note", "text", name, "note", c.p.N("count.commitments", page.Commitments))
	if p.Progress, err = c.planNote(page.Plan); err != nil {
		return err
	}
	if page.Demo {
		p.Demo = c.p.T("commitment.demo.help")
	}
	if t := page.Title.Original(); t.Text != "" {
		title := phrase.Of(t)
		p.Title = &title
	}
	p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.member"), Link: &pages.Link{URL: c.url("/members/" + page.MemberSlug), Text: member}})
	if p.Period != "" {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.period"), Text: p.Period})
	}
	if page.Submitted > 0 {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.submitted"), Text: c.p.Plain(page.Submitted)})
	}
	if page.Length > 0 {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.length"), Text: c.p.N("unit.years", page.Length)})
	}
	p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.regime"), Text: c.p.Or("regime."+string(page.Regime), string(page.Regime))},
		pages.Fact{Term: c.p.T("label.commitments"), Link: &pages.Link{URL: c.listURL("plan", page.Slug), Text: c.p.N("count.commitments", page.Commitments)}})
	p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("process.title"), Link: &pages.Link{URL: c.url("/plans/" + page.Slug + "/process"), Text: c.p.T("process.link")}})
	if l, ok := outward(page.URL); ok {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.link"), Link: &l})
	}
	c.livingPlan(&p, page.Plan)
	p.Axis.Cover(p.Bar)
	for _, it := range page.Items {
		cm := it.Dossier.Commitment
		row := pages.PlanCommitment{
			URL: c.commitmentURL(it.Ref), Title: w.title(cm), Ref: cm.OGPID, Period: w.period(cm.Start, cm.End), NoPeriod: w.noPeriod(cm.Start, cm.End),
			Bar: bar(cm.Start, cm.End, true), Completion: w.completion(it.Completion),
		}
		for _, e := range cm.Plans {
			if e.Plan == page.ID {
				row.Number = w.inPlan(e.Number)
			}
		}
		if cm.Proposed || cm.Dropped {
			row.State = c.standingWord(cm)
		}
		p.Axis.Cover(row.Bar)
		p.Commitments = append(p.Commitments, row)
	}
	p.AxisEnds = w.ends(p.Axis)
	return c.show(pages.PlanPage(p))
}

// outward is a link to another site, when the address is one of the web.
func outward(address string) (pages.Link, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return pages.Link{}, false
	}
	return pages.Link{URL: address, Text: address}, true
}

func (c *call) commitmentURL(ref string) string { return c.url("/commitments/" + url.PathEscape(ref)) }

// query writes pairs of a name and a value as the end of an address; empty values are left out.
func query(pairs ...string) string {
	out := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		out += map[bool]string{true: "?", false: "&"}[out == ""] + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
	}
	return out
}

func year(y int) string { return strconv.Itoa(y) }
