package web

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/pages"
)

// tags lists the tags as a hierarchy, or what a search among their names finds.
func (s *Site) tags(c *call) error {
	items, err := s.App.Tags(c.r.Context())
	if err != nil {
		return err
	}
	timeline, graph, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	q := c.query("q")
	if utf8.RuneCountInString(q) > search.Most {
		return &civic.Error{Kind: civic.Invalid, Key: "query.q_long", Field: "q", Args: map[string]any{"most": search.Most}}
	}
	l := pages.Tags{Page: c.layout("tags", c.p.T("tags.title")), Count: c.p.N("count.tags", len(items)),
		Search: search.Box{ID: "q", Action: c.url("/tags"), Label: c.p.T("tags.search"), Hint: c.p.T("tags.search.hint"), Button: c.p.T("search.button"), Q: q},
		After:  []pages.Link{{URL: c.url("/facets"), Text: c.p.T("facets.title")}, {URL: c.url("/taxonomy"), Text: c.p.T("taxonomy.page.title")}}}
	l.Page.About, l.Page.Search = c.p.T("tags.lead"), false
	if q != "" {
		l.Asked, l.Page.Hidden = true, true
		l.Page.Title = c.p.T("unit.with_note", "text", l.Page.Title, "note", q)
		l.Hits = c.tagHits(timeline, graph, items, q)
		l.Count = c.p.N("tags.found", len(l.Hits))
		l.After = append([]pages.Link{{URL: c.url("/tags"), Text: c.p.T("tags.all")}}, l.After...)
		return c.show(pages.TagsPage(l))
	}
	byCount := c.query("sort") == "commitments"
	l.Sorts = []pages.Link{{URL: c.url("/tags"), Text: c.p.T("tags.order.name"), Current: !byCount},
		{URL: c.url("/tags?sort=commitments"), Text: c.p.T("tags.order.commitments"), Current: byCount}}
	l.Roots, l.Strange = c.tagForest(items, byCount)
	return c.show(pages.TagsPage(l))
}

// tagForest puts the tags under their parents, and those that the taxonomy does not
// know beside them.
func (c *call) tagForest(items []app.TagItem, byCount bool) (roots, strange []pages.TagNode) {
	c.sortTags(items, byCount)
	below := map[taxonomy.ID][]app.TagItem{}
	for _, t := range items {
		for _, up := range t.Tag.Parents {
			below[up] = append(below[up], t)
		}
	}
	shown := map[string]bool{}
	for _, t := range items {
		switch {
		case t.Tag.ID == "":
			strange = append(strange, c.tagNode(t))
		case len(t.Tag.Parents) == 0:
			roots = append(roots, c.tagBranch(t, below, shown))
		}
	}
	return roots, strange
}

// tagBranch is a tag with those below it. What stands under several parents has its own
// children at the first place alone: the list grows with the ties, not with the ways.
func (c *call) tagBranch(t app.TagItem, below map[taxonomy.ID][]app.TagItem, shown map[string]bool) pages.TagNode {
	n := c.tagNode(t)
	if len(t.Tag.Parents) > 1 {
		n.Marks = append(n.Marks, c.p.N("tags.mark.parents", len(t.Tag.Parents)))
	}
	if shown[t.Slug] {
		return n
	}
	shown[t.Slug] = true
	for _, child := range below[t.Tag.ID] {
		n.Children = append(n.Children, c.tagBranch(child, below, shown))
	}
	return n
}

// sortTags sorts by name in the reader's language, or the most frequent first.
func (c *call) sortTags(items []app.TagItem, byCount bool) {
	coll := collate.New(language.Make(c.p.Code), collate.IgnoreCase)
	slices.SortStableFunc(items, func(a, b app.TagItem) int {
		by := coll.CompareString(a.Names.In(c.p.Code).Text, b.Names.In(c.p.Code).Text)
		if byCount {
			by = cmp.Or(b.Commitments-a.Commitments, by)
		}
		return by
	})
}

// tagNode is a tag with its counts and what is to be known of it.
func (c *call) tagNode(t app.TagItem) pages.TagNode {
	n := pages.TagNode{Tag: pages.TagName{URL: c.url("/tags/" + t.Slug), Name: c.tagPhrase(t.Names)}, Count: c.p.N("count.commitments", t.Commitments)}
	if t.Direct != t.Commitments {
		n.Count = c.p.N("tags.count", t.Direct, "all", n.Count)
	}
	n.Marks = c.tagMarks(t.Tag)
	return n
}

// tagMarks are the remarks on a tag in a list.
func (c *call) tagMarks(t taxonomy.Tag) (out []string) {
	if t.Deprecated != "" {
		out = append(out, c.p.T("tags.mark.deprecated"))
	}
	if t.Derived {
		out = append(out, c.p.T("tags.mark.derived"))
	}
	if t.Unverified {
		out = append(out, c.p.T("tags.mark.unverified"))
	}
	return out
}

// tagPhrase is a name in the reader's language, else in the one that there is, which
// is marked.
func (c *call) tagPhrase(names civic.Text) phrase.Text {
	p := phrase.Of(names.In(c.p.Code))
	if p.Lang == c.p.Code {
		p.Lang, p.Dir = "", ""
	}
	return p
}

// tagRef names a tag of a graph. It leads to the tag's page when the taxonomy of today
// has it.
func (c *call) tagRef(g, today *taxonomy.Graph, id taxonomy.ID) pages.TagName {
	t, ok := g.Tag(id)
	if !ok {
		if t, ok = today.Tag(id); !ok {
			return pages.TagName{Name: phrase.Text{Lang: civic.Undetermined, Dir: "ltr", Text: string(id)}}
		}
	}
	n := pages.TagName{Name: c.tagPhrase(t.Names)}
	if to := today.Resolve(string(id)); to != "" {
		n.URL = c.url("/tags/" + string(to))
	}
	return n
}

func (c *call) tagRefs(g, today *taxonomy.Graph, ids []taxonomy.ID) []pages.TagName {
	out := make([]pages.TagName, 0, len(ids))
	for _, id := range ids {
		out = append(out, c.tagRef(g, today, id))
	}
	return out
}
