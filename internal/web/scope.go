package web

import (
	"net/url"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// facets shows how the commitments spread over digital government: every facet of the
// paper's Graph 1, also an empty one, then what governments do, the strands of Graph 2
// and the scope rule.
func (s *Site) facets(c *call) error {
	f := app.CoverageFilter{Member: c.query("member")}
	cover, err := s.App.Coverage(c.r.Context(), f)
	if err != nil {
		return err
	}
	members, err := s.App.Members(c.r.Context())
	if err != nil {
		return err
	}
	p := pages.Facets{Page: c.layout("tags", c.p.T("facets.title")), Trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}},
		Action: c.url("/facets"), Members: c.memberOptions(members, f.Member),
		Count: c.p.T("facets.looked", "commitments", c.p.N("count.commitments", cover.Commitments), "members", c.p.N("count.members", cover.Members), "answered", cover.Answered),
		After: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("tags.all")}, {URL: c.url("/taxonomy"), Text: c.p.T("taxonomy.page.title")},
			{URL: "/api/v1/taxonomy/facets" + query("member", f.Member), Text: c.p.T("facets.json")}}}
	p.Page.About = c.p.T("facets.lead")
	backbone := slices.IndexFunc(cover.Facets, func(v app.Covered) bool { return taxonomy.Facet(v.Value).Backbone() })
	last := len(cover.Facets) - 1
	facet := func(v string) string { return taxonomy.Facet(v).Key() }
	p.Covers = []pages.Cover{
		c.cover("eight", "facet", cover.Facets[:backbone], f, facet),
		c.cover("backbone", "facet", cover.Facets[backbone:last], f, facet),
		c.cover("civic", "facet", cover.Facets[last:], f, facet),
		c.cover("roles", "", cover.Roles, f, func(v string) string { return taxonomy.Role(v).Key() }),
		c.cover("strands", "", cover.Strands, f, func(v string) string { return taxonomy.Strand(v).Key() }),
		c.cover("scope", "scope", cover.Scopes, f, func(v string) string { return taxonomy.Scope(v).Key() }),
	}
	return c.show(pages.FacetsPage(p))
}

// cover is one table. filter names the filter of lists that its values are, "" for none.
func (c *call) cover(id, filter string, rows []app.Covered, f app.CoverageFilter, key func(value string) string) pages.Cover {
	out := pages.Cover{ID: id, Title: c.p.T("facets." + id + ".title"), Lead: c.p.T("facets." + id + ".lead"), Head: c.p.T("facets." + id + ".head")}
	for _, r := range rows {
		row := pages.CoverRow{Name: c.p.T(key(r.Value)), Help: c.p.T(key(r.Value) + ".help")}
		if filter == "scope" {
			row.Name, row.Help = c.p.T(key(r.Value)+".name"), c.p.T(key(r.Value))
		}
		if r.Commitments == 0 {
			row.None = c.p.T("facets.none")
		} else {
			row.Commitments, row.Members, row.Said, row.Proposed = c.p.Number(r.Commitments), c.p.Number(r.Members), c.p.Number(r.Said), c.p.Number(r.Proposed)
			if filter != "" {
				row.URL = c.url("/commitments" + query(filter, r.Value, "member", f.Member))
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// memberOptions offers the members by name, and all of them.
func (c *call) memberOptions(members []app.MemberItem, chosen string) []pages.Option {
	var out []pages.Option
	for _, m := range members {
		out = append(out, pages.Option{Value: m.Slug, Text: words{c.p}.memberName(m.Member), Selected: m.Slug == chosen})
	}
	coll := collate.New(language.Make(c.p.Code), collate.IgnoreCase)
	slices.SortStableFunc(out, func(a, b pages.Option) int { return coll.CompareString(a.Text, b.Text) })
	return append([]pages.Option{{Text: c.p.T("filter.any")}}, out...)
}

// digital says where a commitment stands in digital government, and who says so.
func (c *call) digital(f taxonomy.Frame, a *civic.ScopeAnswer) *pages.Digital {
	out := &pages.Digital{By: c.p.T("scope.by.tags")}
	if !f.Said && len(f.Facets)+len(f.Roles)+len(f.Strands) == 0 {
		out.By = c.p.T("scope.by.nobody")
		return out
	}
	none := c.p.T("scope.none")
	facets, roles := pages.TagTies{Term: c.p.T("tag.facets"), None: none}, pages.TagTies{Term: c.p.T("tag.roles"), None: none}
	strands := pages.TagTies{Term: c.p.T("tag.strands"), None: none}
	for _, v := range f.Facets {
		facets.Words = append(facets.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(v.Key())}})
	}
	for _, v := range f.Roles {
		roles.Words = append(roles.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(v.Key())}, Help: c.p.T(v.Key() + ".help")})
	}
	for _, v := range f.Strands {
		strands.Words = append(strands.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(v.Key())}, Help: c.p.T(v.Key() + ".help")})
	}
	scope := pages.TagTies{Term: c.p.T("filter.scope"), Words: []pages.TagWord{{Text: phrase.Text{Text: c.p.T(f.Scope().Key())}}}}
	out.Ties = []pages.TagTies{facets, roles, strands, scope}
	if a != nil {
		role := c.p.T("tag.by.operator")
		if a.By != "" {
			role = c.p.T("access." + string(a.By))
		}
		out.By = c.p.T("scope.by.person", "role", role, "date", c.p.CivilDate(a.On))
		if !a.Reason.Blank() {
			r := phrase.Of(a.Reason.In(c.p.Code))
			out.Reason = &r
		}
	}
	return out
}

// scope asks where one commitment stands in digital government.
func (s *Site) scope(c *call) error { return s.scopeForm(c, nil, nil) }

func (s *Site) scopeForm(c *call, f *sent, faults []components.Fault) error {
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	cm := page.Dossier.Commitment
	if err := c.who.Ask(civic.MayTag, placeOfTags(cm)); err != nil {
		return err
	}
	frame := page.Frame()
	a := c.kept(nil, []string{c.p.Code})
	if f != nil {
		a = c.typed(f, faults, []string{c.p.Code})
	}
	ticks(a, f, "roles", taxonomy.Roles, frame.Roles)
	ticks(a, f, "strands", taxonomy.Strands, frame.Strands)
	ticks(a, f, "facets", taxonomy.Facets, frame.Facets)
	a.text("reason", "scopework.reason", 3, civic.MaxLine, true)
	lead := c.p.T("scopework.lead")
	if !frame.Said {
		lead += " " + c.p.T("scopework.proposed")
	}
	keep := c.asks(c.p.T("scopework.title"), lead, "/work/scope/"+url.PathEscape(page.Ref), c.p.T("scopework.send"), a)
	keep.Trail = []pages.Link{{URL: c.url("/work/tags"), Text: c.p.T("tagwork.tags")}, {URL: c.url("/work/tags/" + url.PathEscape(page.Ref)), Text: c.p.T("tagwork.decide")}}
	if c.query("done") != "" {
		keep.Saved = c.p.T("scopework.done")
	}
	title := phrase.Of(cm.Title.Original())
	if title.Text == "" {
		title = phrase.Text{Text: c.p.T("commitment.title.none")}
	}
	p := pages.ScopeForm{Keep: keep, Commitment: pages.TagName{URL: c.commitmentURL(page.Ref), Name: title, Note: cm.OGPID}, Now: *c.digital(frame, cm.Scoped)}
	if len(faults) > 0 {
		return c.again(pages.ScopeFormPage(p))
	}
	return c.show(pages.ScopeFormPage(p))
}

// ticks asks for any number of values, each with what it means: those that were sent, or
// those of the answer and the tags.
func ticks[T interface {
	~string
	Key() string
}](a *asking, f *sent, name string, all, now []T) {
	pick := components.Choices{Name: name, Legend: a.c.p.T("scopework." + name), Hint: a.c.p.T("scopework." + name + ".hint"), Many: true, Fault: components.Of(a.faults, name)}
	for _, v := range all {
		one := components.Choice{Value: string(v), Label: a.c.p.T(v.Key()), Hint: a.c.p.T(v.Key() + ".help"), Chosen: slices.Contains(now, v)}
		if f != nil {
			one.Chosen = slices.Contains(f.all(name), string(v))
		}
		pick.Items = append(pick.Items, one)
	}
	a.out = append(a.out, pages.KeepQuestion{Pick: &pick})
}

// scopeSend writes the answer.
func (s *Site) scopeSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	ref := c.r.PathValue("commitment")
	err = s.App.AnswerScope(c.r.Context(), c.who, ref, app.ScopeChoice{Roles: f.all("roles"), Strands: f.all("strands"), Facets: f.all("facets"), Reason: textOf(f, "reason", []string{c.p.Code})})
	if faults, ok := c.faults(err); ok {
		return s.scopeForm(c, f, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/scope/" + url.PathEscape(ref) + "?done=1")
}
