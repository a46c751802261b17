package taxonomy

import (
	"cmp"
	"slices"

	"avow/internal/civic"
)

// Held lists the tags in force on a commitment, by ID: those of the newest edition of
// OGP's table that holds it, of other sources and of people's decisions, without what a
// person took away. A source's name that leads to no tag is given by its slug; a
// decision on a tag that is not there counts for nothing.
func (g *Graph) Held(c civic.Commitment) []ID {
	var on, off []ID
	for _, m := range c.TagMarks() {
		id := g.Resolve(m.Slug)
		switch {
		case id == "" && m.Decided:
		case m.Off:
			off = append(off, id)
		default:
			on = append(on, cmp.Or(id, ID(m.Slug)))
		}
	}
	slices.Sort(on)
	return slices.DeleteFunc(slices.Compact(on), func(id ID) bool { return slices.Contains(off, id) })
}

// InForce reports whether a tag is among those in force on a commitment.
func (g *Graph) InForce(c civic.Commitment, tag ID) bool { return slices.Contains(g.Held(c), tag) }

// Named gives the tags that names lead to, each once. A name that leads to none is
// given by its slug.
func (g *Graph) Named(names []string) []ID {
	var out []ID
	for _, name := range names {
		id := cmp.Or(g.Resolve(name), ID(civic.Slug(name)))
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// Compared are the newest edition of OGP's table that has tags of a commitment, and the
// one before it; false when there are not two.
func Compared(c civic.Commitment) (old, now civic.EditionTags, ok bool) {
	editions := slices.DeleteFunc(slices.Clone(c.Tags), func(e civic.EditionTags) bool { return !e.Edition.OGP() })
	if len(editions) < 2 {
		return old, now, false
	}
	return editions[len(editions)-2], editions[len(editions)-1], true
}

// Lost lists the tags that a commitment had in the older of the editions compared, while
// the newer one has neither them nor what the crosswalks put in their place (domain 3.1).
func (g *Graph) Lost(c civic.Commitment) []ID {
	old, now, ok := Compared(c)
	if !ok {
		return nil
	}
	has := g.Named(now.Yes)
	return slices.DeleteFunc(g.Named(old.Yes), func(id ID) bool {
		return slices.Contains(has, id) ||
			slices.ContainsFunc(g.successors(id, old.Edition, now.Edition), func(s ID) bool { return slices.Contains(has, s) })
	})
}

// successors are the tags that the crosswalks put in the place of a tag, edition by
// edition: equal, close, wider or narrower ones.
func (g *Graph) successors(id ID, from, to civic.Edition) []ID {
	now := []ID{id}
	editions := Editions()
	for i := slices.Index(editions, from); i >= 0 && i+1 < len(editions) && editions[i] != to; i++ {
		var next []ID
		for _, m := range Crosswalk(editions[i], editions[i+1]) {
			if slices.Contains(now, m.From) && m.Match != NoMatch {
				next = append(next, m.To)
			}
		}
		now = next
	}
	for i, id := range now {
		now[i] = cmp.Or(g.Resolve(string(id)), id)
	}
	return now
}
