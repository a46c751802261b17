package web

import (
	"cmp"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/pages"
)

// tags lists the tags as the sources give them.
func (s *Site) tags(c *call) error {
	items, err := s.App.Tags(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	order := "name"
	if c.query("sort") == "commitments" {
		order = "commitments"
	}
	slices.SortStableFunc(items, func(a, b app.TagItem) int {
		by := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		if order == "commitments" {
			by = cmp.Or(b.Commitments-a.Commitments, by)
		}
		return by
	})
	l := pages.Tags{Page: c.layout("tags", c.p.T("tags.title")), Count: c.p.N("count.tags", len(items)), Columns: []pages.Column{
		{Text: c.p.T("label.tag"), URL: c.url("/tags")}, {Text: c.p.T("label.commitments"), URL: c.url("/tags?sort=commitments"), Number: true}, {Text: c.p.T("label.edition")},
	}}
	l.Page.About = c.p.T("tags.lead")
	if order == "name" {
		l.Columns[0].Sorted = "ascending"
	} else {
		l.Columns[1].Sorted = "descending"
	}
	for _, t := range items {
		row := pages.TagRow{Tag: pages.Link{URL: c.url("/tags/" + t.Slug), Text: t.Name, Lang: "en"}, Commitments: c.p.Number(t.Commitments)}
		for _, e := range t.Editions {
			row.Editions = append(row.Editions, w.edition(e.Edition))
		}
		l.Rows = append(l.Rows, row)
	}
	return c.show(pages.TagsPage(l))
}

// tag shows one tag with the names it has had.
func (s *Site) tag(c *call) error {
	ref := c.r.PathValue("tag")
	t, err := s.App.Tag(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != t.Slug {
		return c.redirect(c.url("/tags/"+t.Slug), permanently)
	}
	w := words{c.p}
	page := pages.Tag{
		Page: c.layout("tags", t.Name), Trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}}, Name: t.Name,
		Count: c.p.N("count.commitments", t.Commitments), Commitments: c.listURL("tag", t.Slug),
	}
	page.Page.About = c.p.T("unit.with_note", "text", t.Name, "note", page.Count)
	others, err := s.App.Tags(c.r.Context())
	if err != nil {
		return err
	}
	for _, e := range t.Editions {
		page.Editions = append(page.Editions, pages.TagEditionRow{Edition: w.edition(e.Edition), Name: e.Name, Yes: c.p.Number(e.Yes), Unknown: c.p.Number(e.Unknown)})
	}
	for _, e := range editionsWithout(t, others) {
		page.Editions = append(page.Editions, pages.TagEditionRow{Edition: w.edition(e), None: c.p.T("tag.not_in_edition")})
	}
	return c.show(pages.TagPage(page))
}

// editionsWithout are the tables of OGP known here that have tags, but not this one.
func editionsWithout(t app.TagItem, all []app.TagItem) []civic.Edition {
	var out []civic.Edition
	for _, other := range all {
		for _, e := range other.Editions {
			has := slices.ContainsFunc(t.Editions, func(own app.TagEdition) bool { return own.Edition == e.Edition })
			if !has && e.Edition.OGP() && !slices.Contains(out, e.Edition) {
				out = append(out, e.Edition)
			}
		}
	}
	slices.Sort(out)
	return out
}
