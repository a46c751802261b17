package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// tag shows one tag: what it means and meant, where it stands, and what the editions
// of the source say.
func (s *Site) tag(c *call) error {
	ref := c.r.PathValue("tag")
	t, err := s.App.Tag(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != t.Slug {
		return c.redirect(c.url("/tags/"+t.Slug), permanently)
	}
	timeline, graph, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	name := c.tagPhrase(t.Names)
	page := pages.Tag{
		Page: c.layout("tags", name.Text), Trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}}, Name: name,
		Count: c.p.N("count.commitments", t.Commitments), Commitments: c.listURL("tag", t.Slug),
		After: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("tags.all")}, {URL: c.url("/facets"), Text: c.p.T("facets.title")}, {URL: c.url("/taxonomy"), Text: c.p.T("taxonomy.page.title")}},
	}
	page.Page.About = c.p.T("unit.with_note", "text", name.Text, "note", page.Count)
	if t.Direct != t.Commitments {
		page.Direct = c.p.N("tag.direct", t.Direct)
	}
	if t.Tag.ID != "" {
		page.Notes = c.tagNotes(graph, t.Tag)
		page.Definition = c.tagDefinition(t.Tag)
		page.Ties = c.tagTies(timeline, graph, t.Tag)
		page.States = c.tagStates(timeline, t.Tag.ID)
	} else {
		page.Notes = []pages.TagNote{{Text: c.p.T("tags.strange.help")}}
	}
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

// tagNotes are what a reader should know before anything else.
func (c *call) tagNotes(g *taxonomy.Graph, t taxonomy.Tag) (out []pages.TagNote) {
	if t.Deprecated != "" {
		n := pages.TagNote{Text: c.p.T("tag.note.deprecated", "date", c.p.CivilDate(t.Deprecated))}
		if len(t.Into) > 0 {
			n.Text = c.p.T("tag.note.into", "date", c.p.CivilDate(t.Deprecated))
			n.Tags = c.tagRefs(g, g, t.Into)
		}
		out = append(out, n)
	}
	if t.Derived {
		out = append(out, pages.TagNote{Text: c.p.T("tag.note.derived")})
	}
	if t.Unverified {
		out = append(out, pages.TagNote{Text: c.p.T("tag.note.unverified")})
	}
	return out
}

func (c *call) tagDefinition(t taxonomy.Tag) *pages.TagDefinition {
	if t.Definition.Blank() {
		return nil
	}
	return &pages.TagDefinition{Text: phrase.Of(t.Definition.In(c.p.Code)), Source: t.Source}
}

// tagTies are the tag's other names, its place in the graph and what it is about.
func (c *call) tagTies(timeline *taxonomy.Timeline, g *taxonomy.Graph, t taxonomy.Tag) []pages.TagTies {
	none := c.p.T("unit.none")
	var out []pages.TagTies
	names := pages.TagTies{Term: c.p.T("tag.names")}
	for _, n := range t.Names {
		if n.Lang != t.Names.In(c.p.Code).Lang {
			names.Words = append(names.Words, pages.TagWord{Text: phrase.Of(n), Help: c.p.LanguageName(n.Lang)})
		}
	}
	aliases := pages.TagTies{Term: c.p.T("tag.aliases")}
	former := formerNames(timeline, t)
	for _, n := range t.Aliases {
		word := pages.TagWord{Text: phrase.Of(n)}
		if until := former[n.Text]; until != "" {
			word.Help = c.p.T("tag.former", "date", c.p.CivilDate(until))
		}
		aliases.Words = append(aliases.Words, word)
	}
	for _, one := range []pages.TagTies{names, aliases} {
		if len(one.Words) > 0 {
			out = append(out, one)
		}
	}
	out = append(out, pages.TagTies{Term: c.p.T("tag.parents"), Tags: c.tagRefs(g, g, t.Parents), None: none},
		pages.TagTies{Term: c.p.T("tag.children"), Tags: c.tagRefs(g, g, g.Children(t.ID)), None: none})
	if len(t.Related) > 0 {
		out = append(out, pages.TagTies{Term: c.p.T("tag.related"), Tags: c.tagRefs(g, g, t.Related)})
	}
	return append(out, c.tagAbout(t)...)
}

// tagAbout are the facets, the government's roles and the strands of a tag, each with
// what it means.
func (c *call) tagAbout(t taxonomy.Tag) (out []pages.TagTies) {
	facets, roles, strands := pages.TagTies{Term: c.p.T("tag.facets")}, pages.TagTies{Term: c.p.T("tag.roles")}, pages.TagTies{Term: c.p.T("tag.strands")}
	for _, f := range t.Facets {
		facets.Words = append(facets.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(f.Key())}})
	}
	for _, r := range t.Roles {
		roles.Words = append(roles.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(r.Key())}, Help: c.p.T(r.Key() + ".help")})
	}
	if len(t.Roles) > 0 {
		roles.Words = append(roles.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(taxonomy.ScopeOf(t.Roles).Key())}})
	}
	for _, s := range t.Strands {
		strands.Words = append(strands.Words, pages.TagWord{Text: phrase.Text{Text: c.p.T(s.Key())}, Help: c.p.T(s.Key() + ".help")})
	}
	for _, one := range []pages.TagTies{facets, roles, strands} {
		if len(one.Words) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// tagStates tell what the tag was through time, the newest first.
func (c *call) tagStates(timeline *taxonomy.Timeline, id taxonomy.ID) (out []pages.TagState) {
	var was *taxonomy.Tag
	for _, s := range timeline.History(id) {
		state := pages.TagState{When: c.p.T("unit.from", "from", c.p.CivilDate(s.From)), Name: c.tagPhrase(s.Tag.Names),
			Version: c.versionLink(s.Version)}
		if s.Until != "" {
			state.When = c.p.T("unit.range", "from", c.p.CivilDate(s.From), "to", c.p.CivilDate(s.Until))
		}
		if was == nil || !slices.Equal(was.Definition, s.Tag.Definition) || was.Source != s.Tag.Source {
			if state.Definition = c.tagDefinition(s.Tag); state.Definition == nil {
				state.None = c.p.T("tag.definition.none")
			}
		}
		if was != nil {
			var fields []string
			for _, f := range taxonomy.FieldsApart(*was, s.Tag) {
				fields = append(fields, c.tagField(f))
			}
			state.Changed = c.p.T("tag.history.changed", "fields", c.p.List(fields))
		}
		was = &s.Tag
		out = append(out, state)
	}
	slices.Reverse(out)
	return out
}

// tagField names a field of a tag's JSON.
func (c *call) tagField(name string) string { return c.p.Or("taxonomy.field."+name, name) }

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
