package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/text"
	"avow/internal/web/ui/pages"
)

// How well a name fits what was asked for, the best first.
const (
	isName = iota + 1
	beginsName
	hasName
)

// tagNamed is the tag that has the words looked for as one of its names, nil when none has.
func (c *call) tagNamed(q string) (*pages.TagName, error) {
	if q == "" {
		return nil, nil
	}
	t, err := c.site.App.Tag(c.r.Context(), q)
	switch {
	case civic.KindOf(err) == civic.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &pages.TagName{URL: c.url("/tags/" + t.Slug), Name: c.tagPhrase(t.Names), Note: c.p.N("count.commitments", t.Commitments)}, nil
}

// tagHit is a tag that was found by one of its names.
type tagHit struct {
	item app.TagItem
	fit  int
	why  []string
}

// tagHits finds tags by any of their names in any language, by other names and by
// former ones, and says which it was where the name in sight does not show it.
func (c *call) tagHits(timeline *taxonomy.Timeline, g *taxonomy.Graph, items []app.TagItem, q string) []pages.TagHit {
	c.sortTags(items, true)
	var found []tagHit
	for _, t := range items {
		if hit, ok := c.tagFits(timeline, t, nameKey(q)); ok {
			found = append(found, hit)
		}
	}
	slices.SortStableFunc(found, func(a, b tagHit) int { return cmp.Compare(a.fit, b.fit) })
	out := make([]pages.TagHit, 0, len(found))
	for _, f := range found {
		out = append(out, pages.TagHit{TagNode: c.tagNode(f.item), Why: f.why, Under: c.tagRefs(g, g, f.item.Tag.Parents)})
	}
	return out
}

// tagFits reports whether a name of the tag holds what is looked for.
func (c *call) tagFits(timeline *taxonomy.Timeline, t app.TagItem, key string) (tagHit, bool) {
	hit := tagHit{item: t, fit: hasName + 1}
	if key == "" {
		return hit, false
	}
	try := func(name civic.Phrase, why func() string) {
		fit := fitOf(nameKey(name.Text), key)
		if fit == 0 || fit > hit.fit || fit == hit.fit && hit.why == nil {
			return
		}
		if fit < hit.fit {
			hit.why = nil
		}
		hit.fit = fit
		if why != nil {
			hit.why = append(hit.why, why())
		}
	}
	try(t.Names.In(c.p.Code), nil)
	for _, n := range t.Names {
		if n.Lang != t.Names.In(c.p.Code).Lang {
			try(n, func() string {
				return c.p.T("tags.why.name", "name", n.Text, "language", c.p.LanguageName(n.Lang))
			})
		}
	}
	var former map[string]string
	for _, n := range t.Tag.Aliases {
		try(n, func() string {
			if former == nil {
				former = formerNames(timeline, t.Tag)
			}
			if until := former[n.Text]; until != "" {
				return c.p.T("tags.why.former", "name", n.Text, "date", c.p.CivilDate(until))
			}
			return c.p.T("tags.why.alias", "name", n.Text)
		})
	}
	for _, e := range t.Editions {
		if fitOf(nameKey(e.Name), key) == hit.fit {
			continue // another name says so already
		}
		try(civic.Phrase{Lang: "en", Text: e.Name}, func() string {
			return c.p.T("tags.why.edition", "name", e.Name, "source", words{c.p}.edition(e.Edition))
		})
	}
	return hit, hit.fit <= hasName
}

// fitOf says how well a name fits; 0 when it does not hold what is looked for.
func fitOf(name, key string) int {
	switch {
	case name == key:
		return isName
	case strings.HasPrefix(name, key):
		return beginsName
	case strings.Contains(name, key):
		return hasName
	}
	return 0
}

// nameKey reduces a name to its letters and digits: case, accents and punctuation do
// not matter.
func nameKey(name string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }), " ")
}

// formerNames are the names that a tag had once, with the day until which it had them.
func formerNames(timeline *taxonomy.Timeline, t taxonomy.Tag) map[string]string {
	out := map[string]string{}
	for _, s := range timeline.History(t.ID) {
		for _, n := range s.Tag.Names {
			if s.Until != "" && !slices.Contains(t.Names, n) {
				out[n.Text] = s.Until
			}
		}
	}
	return out
}
