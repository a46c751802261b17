package web

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// taxonomyVersion shows a version: what it changed and why, the figures before and
// after, and its tags; with ?from= the difference from another version.
func (s *Site) taxonomyVersion(c *call) error {
	timeline, today, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	v, graph, err := version(timeline, c.r.PathValue("version"))
	if err != nil {
		return err
	}
	from, base := taxonomy.Version{}, taxonomy.Empty()
	if value := c.query("from"); value != "" {
		from, base, err = version(timeline, value)
	} else if v.Number > 1 {
		from, base, err = timeline.Version(v.Number - 1)
	}
	if err != nil {
		return err
	}
	if c.query("from") != "" && from.Number == v.Number { // there is nothing to compare
		return c.goOn("/taxonomy/" + strconv.Itoa(v.Number))
	}
	name := c.versionName(v)
	p := pages.TaxonomyVersion{Page: c.layout("tags", c.p.T("unit.with_note", "text", name.Text, "note", c.p.T("taxonomy.page.version", "number", v.Number))), Name: name,
		Trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}, {URL: c.url("/taxonomy"), Text: c.p.T("taxonomy.page.title")}},
		Facts: c.versionFacts(v), Action: c.url("/taxonomy/" + strconv.Itoa(v.Number))}
	p.Page.About = name.Text
	for _, ch := range v.Changes {
		p.Changes = append(p.Changes, c.changeRow(base, graph, today, ch))
	}
	for _, other := range timeline.Versions() {
		if other.Number != v.Number {
			p.Others = append(p.Others, pages.Option{Value: strconv.Itoa(other.Number), Selected: other.Number == from.Number, Lang: c.versionName(other).Lang,
				Text: c.p.T("unit.with_note", "text", c.versionName(other).Text, "note", c.p.T("taxonomy.page.version", "number", other.Number))})
		}
	}
	if c.query("from") != "" {
		p.Page.Hidden = true
		was := c.versionLink(from)
		p.From = &was
		for _, d := range taxonomy.Diff(base, graph) {
			p.Differences = append(p.Differences, c.difference(base, graph, today, d))
		}
	}
	if from.Number > 0 {
		if p.Before = c.p.T("taxonomy.page.version", "number", from.Number); v.Number > 0 {
			p.After = c.p.T("taxonomy.page.version", "number", v.Number)
		}
		shifts, err := s.App.TagFigures(c.r.Context(), base, graph)
		if err != nil {
			return err
		}
		p.Figures = c.figures(base, graph, today, shifts)
	}
	if p.From == nil && v.Step == taxonomy.StepApply {
		did, err := s.App.WhatTagsDid(c.r.Context(), base, v.Changes)
		if err != nil {
			return err
		}
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("taxonomy.page.touches"), Text: c.touches(did)})
	}
	if p.From == nil && v.Step == taxonomy.StepEdition && from.Step == taxonomy.StepEdition {
		p.Crosswalk = c.p.T("taxonomy.page.crosswalk", "source", words{c.p}.edition(from.Edition))
		for _, m := range taxonomy.Crosswalk(from.Edition, v.Edition) {
			p.Mappings = append(p.Mappings, c.mappingRow(base, graph, today, m))
		}
	}
	if p.From == nil {
		p.Tags, p.Count = c.graphTree(graph, today), c.p.N("count.tags", living(graph))
	}
	return c.show(pages.TaxonomyVersionPage(p))
}

// version reads a version by its number in an address.
func version(timeline *taxonomy.Timeline, value string) (taxonomy.Version, *taxonomy.Graph, error) {
	n, err := strconv.Atoi(value)
	if err != nil || strconv.Itoa(n) != value {
		return taxonomy.Version{}, nil, &civic.Error{Kind: civic.NotFound, Key: taxonomy.KeyUnknownVersion, Args: map[string]any{"value": value}}
	}
	return timeline.Version(n)
}

func (c *call) versionFacts(v taxonomy.Version) []pages.Fact {
	out := []pages.Fact{{Term: c.p.T("taxonomy.page.step"), Text: c.p.T(v.Step.Key())}, {Term: c.p.T("taxonomy.page.from"), Text: c.p.CivilDate(v.Effective)}}
	in := pages.Fact{Term: c.p.T("taxonomy.page.in_force"), Text: c.p.T("unit.no")}
	if v.InForce {
		in.Text = c.p.T("unit.yes")
	}
	out = append(out, in)
	if v.About.Source != "" && v.Step != taxonomy.StepEdition {
		out = append(out, pages.Fact{Term: c.p.T("label.source"), Phrase: &phrase.Text{Lang: civic.Undetermined, Dir: "auto", Text: v.About.Source}})
	}
	if !v.Why.Blank() {
		why := phrase.Of(v.Why.In(c.p.Code))
		out = append(out, pages.Fact{Term: c.p.T("taxonomy.page.why"), Phrase: &why})
	}
	if len(v.About.Settings) > 0 {
		settings := pages.Fact{Term: c.p.T("taxonomy.page.settings")}
		for _, name := range slices.Sorted(maps.Keys(v.About.Settings)) {
			settings.More = append(settings.More, c.decided(v.Set, name, v.About.Settings[name]))
		}
		out = append(out, settings)
	}
	return out
}

// decided says how a setting was decided: in the words of the set where it is part
// of the program, else by its names.
func (c *call) decided(set, name, value string) pages.Fact {
	own, err := taxonomy.ShippedSet(set)
	at := slices.IndexFunc(own.Settings, func(o taxonomy.Setting) bool { return o.Name == name })
	if err != nil || at < 0 {
		return pages.Fact{Phrase: &phrase.Text{Lang: civic.Undetermined, Dir: "ltr", Text: name + ": " + value}}
	}
	title, label := c.settingPhrase(own.Settings[at].Title, name), value
	for _, v := range own.Settings[at].Values {
		if v.Name == value {
			label = c.settingPhrase(v.Title, value).Text
		}
	}
	return pages.Fact{Text: c.p.T("unit.labelled", "label", title.Text, "value", label)}
}

// changeRow says what one operation did, with the reason.
func (c *call) changeRow(before, after, today *taxonomy.Graph, ch taxonomy.Change) pages.ChangeRow {
	g := after
	if _, ok := g.Tag(ch.Tag); !ok {
		g = before
	}
	row := pages.ChangeRow{Op: c.p.T(ch.Op.Key()), Tag: c.tagRef(g, today, ch.Tag)}
	if !ch.Reason.Blank() {
		row.Reason = phrase.Of(ch.Reason.In(c.p.Code))
	}
	if !ch.Names.Blank() && ch.Op == taxonomy.Rename {
		row.To = append(row.To, pages.TagName{Name: c.tagPhrase(ch.Names)})
	}
	for _, a := range ch.Aliases {
		row.To = append(row.To, pages.TagName{Name: phrase.Of(a)})
	}
	if !ch.Definition.Blank() {
		row.To = append(row.To, pages.TagName{Name: c.tagPhrase(ch.Definition)})
	}
	for _, ids := range [][]taxonomy.ID{ch.Parents, ch.Related, ch.Into} {
		row.To = append(row.To, c.tagRefs(g, today, ids)...)
	}
	return row
}

// figures sets the counts of the tags that stand at the top, of those that were changed
// and of those whose counts differ side by side.
func (c *call) figures(was, is, today *taxonomy.Graph, shifts []taxonomy.Shift) []pages.FigureRow {
	changed := map[taxonomy.ID]bool{}
	for _, d := range taxonomy.Diff(was, is) {
		switch {
		case d.Is == nil: // its count went with it
		case d.Was == nil:
			changed[d.ID] = len(d.Is.Spellings) == 0 // a change made it, and no edition
		default:
			changed[d.ID] = !slices.Equal(d.Fields, []string{"editions"})
		}
	}
	return c.figureRows(was, is, today, slices.DeleteFunc(slices.Clone(shifts), func(s taxonomy.Shift) bool {
		tag, ok := is.Tag(s.Tag)
		if !ok {
			tag, _ = was.Tag(s.Tag)
		}
		return s.Before == s.After && !changed[s.Tag] && (len(tag.Parents) > 0 || s.After.Rolled == 0)
	}))
}

// figureRows sets counts side by side: those that differ first, then the most frequent.
func (c *call) figureRows(was, is, today *taxonomy.Graph, shifts []taxonomy.Shift) (out []pages.FigureRow) {
	shifts = slices.Clone(shifts)
	slices.SortStableFunc(shifts, func(a, b taxonomy.Shift) int {
		if differs := a.Before != a.After; differs != (b.Before != b.After) {
			if differs {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(max(b.Before.Rolled, b.After.Rolled), max(a.Before.Rolled, a.After.Rolled)))
	})
	count := func(g *taxonomy.Graph, id taxonomy.ID, n int) string {
		if _, ok := g.Tag(id); !ok {
			return ""
		}
		return c.p.Number(n)
	}
	for _, s := range shifts {
		g := is
		if _, ok := g.Tag(s.Tag); !ok {
			g = was
		}
		out = append(out, pages.FigureRow{Tag: c.tagRef(g, today, s.Tag), Before: count(was, s.Tag, s.Before.Rolled), After: count(is, s.Tag, s.After.Rolled),
			DirectBefore: count(was, s.Tag, s.Before.Direct), DirectAfter: count(is, s.Tag, s.After.Direct), Same: s.Before == s.After})
	}
	return out
}

// mappingRow is what became of a tag from one edition to the next, and how that is known.
func (c *call) mappingRow(was, is, today *taxonomy.Graph, m taxonomy.Mapping) pages.MappingRow {
	row := pages.MappingRow{From: c.tagRef(was, today, m.From), Match: c.p.T(m.Match.Key()), Basis: c.p.T(m.Basis.Key())}
	if m.To == "" {
		row.None = c.p.T("unit.none")
	} else {
		row.To = c.tagRef(is, today, m.To)
	}
	if m.Overlap > 0 {
		row.Basis = c.p.T("unit.with_note", "text", row.Basis, "note", c.p.T("taxonomy.page.overlap", "percent", c.p.Percent(m.Overlap, 100)))
	}
	return row
}

// graphTree is the hierarchy of a version.
func (c *call) graphTree(g, today *taxonomy.Graph) (out []pages.TagNode) {
	shown := map[taxonomy.ID]bool{}
	var branch func(id taxonomy.ID) pages.TagNode
	branch = func(id taxonomy.ID) pages.TagNode {
		t, _ := g.Tag(id)
		n := pages.TagNode{Tag: c.tagRef(g, today, id), Marks: c.tagMarks(t)}
		if shown[id] {
			return n
		}
		shown[id] = true
		for _, child := range g.Children(id) {
			n.Children = append(n.Children, branch(child))
		}
		return n
	}
	for _, id := range g.Roots() {
		out = append(out, branch(id))
	}
	return out
}

// living is how many tags of a graph are not merged into others.
func living(g *taxonomy.Graph) (n int) {
	for t := range g.All() {
		if t.MergedInto == "" {
			n++
		}
	}
	return n
}
