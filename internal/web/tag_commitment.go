package web

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// tagsInForce says which tags are on a commitment and who says so, and which ones a
// person took away or rejected. Decisions on tags that the taxonomy does not have are
// left out: they count for nothing.
func (c *call) tagsInForce(g *taxonomy.Graph, cm civic.Commitment) (on, off []pages.TagOnIt) {
	coll := collate.New(language.Make(c.p.Code), collate.IgnoreCase)
	byName := func(a, b pages.TagOnIt) int { return coll.CompareString(a.Tag.Name.Text, b.Tag.Name.Text) }
	marks := cm.TagMarks()
	id := func(m civic.TagMark) taxonomy.ID {
		if id := g.Resolve(m.Slug); id != "" || m.Decided {
			return id
		}
		return taxonomy.ID(m.Slug)
	}
	seen := map[taxonomy.ID]bool{}
	for _, m := range marks {
		tag := id(m)
		if tag == "" || seen[tag] {
			continue
		}
		seen[tag] = true
		one := pages.TagOnIt{Tag: c.tagRef(g, g, tag)}
		if _, ok := g.Tag(tag); !ok {
			one.Tag = pages.TagName{URL: c.url("/tags/" + m.Slug), Name: c.tagPhrase(civic.Text{{Lang: "en", Text: sourceName(cm, m.Slug)}})}
		}
		taken := slices.ContainsFunc(marks, func(o civic.TagMark) bool { return o.Off && id(o) == tag })
		if i := slices.IndexFunc(cm.Decided, func(d civic.TagDecision) bool { return g.Resolve(d.Tag) == tag }); i >= 0 && cm.Decided[i].Verdict != civic.TagDeferred {
			one.By, one.Reason = c.decidedBy(cm.Decided[i])
		}
		if editions := c.editionsOf(g, cm, tag); len(editions) > 0 {
			one.By = append([]string{c.p.T("tag.by.source", "sources", c.p.List(editions))}, one.By...)
		}
		if !taken && !taxonomy.ScopeFor(cm).Open() && g.UnderOpen(tag) {
			one.By = append(one.By, c.p.T("scope.tag.out"))
		}
		if taken {
			off = append(off, one)
		} else {
			on = append(on, one)
		}
	}
	slices.SortStableFunc(on, byName)
	slices.SortStableFunc(off, byName)
	return on, off
}

// sourceName is how a source writes a tag.
func sourceName(cm civic.Commitment, slug string) string {
	for _, e := range slices.Backward(cm.Tags) {
		for _, name := range e.Yes {
			if civic.Slug(name) == slug {
				return name
			}
		}
	}
	return slug
}

// editionsOf names the sources that give a tag, under any of its names.
func (c *call) editionsOf(g *taxonomy.Graph, cm civic.Commitment, tag taxonomy.ID) (out []string) {
	for _, e := range cm.Tags {
		if slices.ContainsFunc(e.Yes, func(name string) bool { return g.Resolve(name) == tag || taxonomy.ID(civic.Slug(name)) == tag }) {
			out = append(out, words{c.p}.edition(e.Edition))
		}
	}
	return out
}

// decidedBy says who decided on a tag, what had proposed it, and why.
func (c *call) decidedBy(d civic.TagDecision) (by []string, reason *phrase.Text) {
	role := c.p.T("tag.by.operator")
	if d.By != "" {
		role = c.p.T("access." + string(d.By))
	}
	by = append(by, c.p.T("tag.by."+string(d.Verdict), "role", role, "date", c.p.CivilDate(d.On)))
	if from := c.proposedBy(d.Origin, d.Confidence, d.Words, d.Edition); from != "" {
		by = append(by, from)
	}
	if !d.Reason.Blank() {
		r := phrase.Of(d.Reason.In(c.p.Code))
		reason = &r
	}
	return by, reason
}

// proposedBy says what proposed a tag, "" for a person.
func (c *call) proposedBy(origin civic.TagOrigin, confidence int, words []string, edition civic.Edition) string {
	switch origin {
	case civic.FromModel:
		percent := c.p.Percent(confidence, 1000)
		if len(words) == 0 {
			return c.p.T("tag.from.model", "confidence", percent)
		}
		return c.p.T("tag.from.model.words", "confidence", percent, "words", strings.Join(words, " · "))
	case civic.FromEdition:
		return c.p.T("tag.from.edition", "source", c.editionWord(edition))
	case civic.FromGraph:
		return c.p.T("tag.from.graph")
	case civic.FromCluster:
		return c.p.T("tag.from.cluster")
	}
	return ""
}

func (c *call) editionWord(e civic.Edition) string {
	if e == "" {
		return c.p.T("unit.unknown")
	}
	return words{c.p}.edition(e)
}
