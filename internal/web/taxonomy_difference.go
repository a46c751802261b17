package web

import (
	"strings"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// difference says how a tag differs between two versions.
func (c *call) difference(was, is, today *taxonomy.Graph, d taxonomy.Difference) pages.TagDifference {
	out := pages.TagDifference{Tag: c.tagRef(is, today, d.ID)}
	switch {
	case d.Was == nil:
		out.Whole = c.p.T("taxonomy.page.new")
	case d.Is == nil:
		out.Tag, out.Whole = c.tagRef(was, today, d.ID), c.p.T("taxonomy.page.gone")
	default:
		for _, f := range d.Fields {
			before, after := c.tagValue(was, *d.Was, f), c.tagValue(is, *d.Is, f)
			out.Fields = append(out.Fields, pages.FieldChange{Field: c.tagField(f), Before: before, After: after})
		}
	}
	return out
}

// tagValue is a field of a tag's JSON as a reader takes it.
func (c *call) tagValue(g *taxonomy.Graph, t taxonomy.Tag, field string) pages.Side {
	none := pages.Side{None: c.p.T("unit.none")}
	texts := func(list civic.Text) pages.Side {
		var out []string
		for _, p := range list {
			out = append(out, p.Text)
		}
		if len(out) == 0 {
			return none
		}
		return pages.Side{Text: strings.Join(out, " · "), Lang: civic.Undetermined, Dir: "auto"}
	}
	ids := func(list ...taxonomy.ID) pages.Side {
		var out civic.Text
		for _, id := range list {
			if tag, ok := g.Tag(id); ok {
				out = append(out, tag.Name(c.p.Code))
			}
		}
		return texts(out)
	}
	one := func(text string) pages.Side {
		if text == "" {
			return none
		}
		return pages.Side{Text: text}
	}
	yes := func(is bool) pages.Side {
		if is {
			return one(c.p.T("unit.yes"))
		}
		return one(c.p.T("unit.no"))
	}
	var keys []string
	switch field {
	case "names":
		return texts(t.Names)
	case "definition":
		if t.Definition.Blank() {
			return none
		}
		p := phrase.Of(t.Definition.In(c.p.Code))
		return pages.Side{Text: p.Text, Lang: p.Lang, Dir: p.Dir}
	case "source":
		return texts(civic.Text{{Text: t.Source}}[:min(1, len(t.Source))])
	case "aliases":
		return texts(t.Aliases)
	case "parents":
		return ids(t.Parents...)
	case "related":
		return ids(t.Related...)
	case "into":
		return ids(t.Into...)
	case "merged_into":
		return ids(t.MergedInto)
	case "deprecated":
		if t.Deprecated == "" {
			return none
		}
		return one(c.p.CivilDate(t.Deprecated))
	case "derived":
		return yes(t.Derived)
	case "unverified":
		return yes(t.Unverified)
	case "facets":
		for _, f := range t.Facets {
			keys = append(keys, c.p.T(f.Key()))
		}
	case "roles":
		for _, r := range t.Roles {
			keys = append(keys, c.p.T(r.Key()))
		}
	case "strands":
		for _, s := range t.Strands {
			keys = append(keys, c.p.T(s.Key())+": "+c.p.T(s.Key()+".help"))
		}
	case "editions":
		for _, s := range t.Spellings {
			keys = append(keys, words{c.p}.edition(s.Edition))
		}
	}
	return one(strings.Join(keys, " · "))
}
