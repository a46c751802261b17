package web

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/span"
	"avow/internal/web/ui/pages"
)

// memberOrders are the columns that the list can be sorted by; the first is usual.
var memberOrders = []string{"name", "region", "plans", "commitments", "years"}

// members lists the members, by region and in the order that is asked for.
func (s *Site) members(c *call) error {
	all, err := s.App.Members(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	region, order := c.query("region"), c.query("sort")
	if region != "" && !slices.Contains(civic.Regions, civic.Region(region)) {
		return &civic.Error{Kind: civic.Invalid, Key: "query.region", Field: "region", Args: map[string]any{"value": region}}
	}
	if !slices.Contains(memberOrders, order) {
		order = memberOrders[0]
	}
	m := pages.Members{Page: c.layout("members", c.p.T("members.title"))}
	m.Page.About = c.p.T("members.lead")
	count := map[string]int{}
	var shown []app.MemberItem
	for _, it := range all {
		count[string(it.Region)]++
		if region == "" || string(it.Region) == region {
			shown = append(shown, it)
		}
	}
	address := func(region, order string) string {
		return c.url("/members" + query("region", region, "sort", strings.TrimPrefix(order, memberOrders[0])))
	}
	m.Regions = append(m.Regions, pages.Link{URL: address("", order), Text: c.p.T("filter.any"), Count: c.p.Number(len(all)), Current: region == ""})
	for _, r := range civic.Regions {
		if n := count[string(r)]; n > 0 || region == string(r) {
			m.Regions = append(m.Regions, pages.Link{URL: address(string(r), order), Text: w.region(r), Count: c.p.Number(n), Current: region == string(r)})
		}
	}
	sortMembers(w, shown, order)
	heads := []string{"label.member", "label.region", "label.plans", "label.commitments", "label.years"}
	for i, key := range heads {
		col := pages.Column{Text: c.p.T(key), URL: address(region, memberOrders[i]), Number: i == 2 || i == 3}
		if memberOrders[i] == order {
			col.Sorted = "ascending"
			if i >= 2 {
				col.Sorted = "descending"
			}
		}
		m.Columns = append(m.Columns, col)
	}
	m.Count = c.p.N("count.members", len(shown))
	for _, it := range shown {
		m.Rows = append(m.Rows, pages.MemberRow{
			Member: pages.Link{URL: c.url("/members/" + it.Slug), Text: w.memberName(it.Member)}, Region: w.region(it.Region),
			Plans: c.p.Number(it.Plans), Commitments: c.p.Number(it.Commitments), Years: w.years(it.FirstYear, it.LastYear), Unknown: w.unknown(),
		})
	}
	return c.show(pages.MembersPage(m))
}

func sortMembers(w words, list []app.MemberItem, order string) {
	coll := collate.New(language.Make(w.Code), collate.IgnoreCase)
	var buf collate.Buffer
	keys := make(map[civic.MemberID][]byte, len(list))
	for _, m := range list {
		keys[m.ID] = coll.KeyFromString(&buf, w.memberName(m.Member))
	}
	slices.SortStableFunc(list, func(a, b app.MemberItem) int {
		by := 0
		switch order {
		case "region":
			by = strings.Compare(w.region(a.Region), w.region(b.Region))
		case "plans":
			by = b.Plans - a.Plans
		case "commitments":
			by = b.Commitments - a.Commitments
		case "years":
			by = b.LastYear - a.LastYear
		}
		return cmp.Or(by, slices.Compare(keys[a.ID], keys[b.ID]))
	})
}

// years is a stretch of years in words.
func (w words) years(from, to int) string {
	switch {
	case from == 0 && to == 0:
		return ""
	case from == to || to == 0:
		return w.Plain(from)
	}
	return w.T("unit.range", "from", w.Plain(from), "to", w.Plain(to))
}

// member shows one member.
func (s *Site) member(c *call) error {
	ref := c.r.PathValue("member")
	page, err := s.App.Member(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Slug {
		return c.redirect(c.url("/members/"+page.Slug), permanently)
	}
	w := words{c.p}
	name := w.memberName(page.Member)
	m := pages.Member{
		Page: c.layout("members", name), Name: name,
		Trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}},
		Facts: append(w.memberFacts(page.MemberItem), c.processFact(page.MemberItem)),
		All:   pages.Link{URL: c.listURL("member", page.Slug), Text: c.p.T("member.commitments.link", "member", name), Count: c.p.Number(page.Commitments)},
	}
	m.Page.About = c.p.T("unit.with_note", "text", name, "note", c.p.List([]string{c.p.N("count.plans", page.Plans), c.p.N("count.commitments", page.Commitments)}))
	if page.Demo {
		m.Demo = c.p.T("commitment.demo.help")
	}
	if m.Progress, err = c.memberNote(page.ID); err != nil {
		return err
	}
	m.Plans, m.Axis, m.AxisEnds = w.planRows(c, page.PlanItems, false)
	totals, all := map[string]int{}, 0
	for _, p := range page.PlanItems {
		all += p.Commitments
		for _, ch := range p.Completion {
			totals[ch.Value] += ch.Count
		}
	}
	var choices []app.Choice
	for v, n := range totals {
		choices = append(choices, app.Choice{Value: v, Count: n})
	}
	slices.SortFunc(choices, func(a, b app.Choice) int { return strings.Compare(a.Value, b.Value) })
	m.Chart = w.completionChart(c.p.N("chart.covers", all), choices, all, func(v string) string {
		return c.url("/commitments" + query("member", page.Slug, "completion", v))
	})
	for _, i := range page.Institutions {
		var parts []string
		if i.Leads > 0 {
			parts = append(parts, c.p.T("member.institution.leads", "count", i.Leads))
		}
		if i.Supports > 0 {
			parts = append(parts, c.p.T("member.institution.supports", "count", i.Supports))
		}
		if parts != nil { // names without a part in any commitment are earlier spellings
			m.Institutions = append(m.Institutions, pages.InstitutionRow{Name: phrase.Of(i.Name.In(c.p.Code)), Part: c.p.List(parts)})
		}
	}
	m.InstitutionCount = c.p.N("count.institutions", len(m.Institutions))
	m.Answers = pages.Link{URL: c.url("/members/" + page.Slug + "/responsibility"), Text: c.p.T("member.responsibility")}
	if m.Roles, err = c.roleRows(page.ID); err != nil {
		return err
	}
	return c.show(pages.MemberPage(m))
}

func sum(choices []app.Choice) int {
	n := 0
	for _, c := range choices {
		n += c.Count
	}
	return n
}

func (w words) memberFacts(m app.MemberItem) []pages.Fact {
	facts := []pages.Fact{{Term: w.T("label.region"), Text: w.region(m.Region)}, {Term: w.T("label.regime"), Text: w.Or("regime."+string(m.Regime), string(m.Regime))}}
	if m.Within != "" {
		facts = append(facts, pages.Fact{Term: w.T("label.within"), Text: cmp.Or(w.Country(m.Within), m.Within)})
	}
	if m.Status != "" {
		facts = append(facts, pages.Fact{Term: w.T("label.status"), Text: w.Or("status."+string(m.Status), string(m.Status))})
	}
	if m.Joined > 0 {
		facts = append(facts, pages.Fact{Term: w.T("label.joined"), Text: w.Plain(m.Joined)})
	}
	if m.Code != "" {
		facts = append(facts, pages.Fact{Term: w.T("label.code"), Text: m.Code})
	}
	if len(m.Aliases) > 0 {
		facts = append(facts, pages.Fact{Term: w.T("label.aliases"), Text: w.List(m.Aliases)})
	}
	return facts
}

// planRows makes the rows of a table of plans on a common axis.
func (w words) planRows(c *call, items []app.PlanItem, withMember bool) ([]pages.PlanRow, span.Axis, [2]string) {
	var axis span.Axis
	rows := make([]pages.PlanRow, 0, len(items))
	for _, p := range items {
		start, end := planTimes(p.Plan)
		row := pages.PlanRow{
			Plan: pages.Link{URL: c.url("/plans/" + p.Slug), Text: w.planName(p.Plan)}, Period: w.period(start, end), NoPeriod: w.noPeriod(start, end),
			Bar: bar(start, end, false), Commitments: w.Number(p.Commitments),
		}
		row.High, row.NotKnown = w.highCompletion(p.Completion, p.Commitments)
		if withMember {
			row.Plan.Text = w.planTitle(w.Member(p.MemberCode, p.MemberName), p.Plan)
		}
		axis.Cover(row.Bar)
		rows = append(rows, row)
	}
	return rows, axis, w.ends(axis)
}

func (w words) ends(a span.Axis) [2]string { return [2]string{w.Plain(a.From), w.Plain(a.To)} }
