package taxonomy

import (
	"slices"

	"avow/internal/civic"
)

// Count is how many commitments a tag has: those that carry it, and those that
// carry it or a tag below it, each once.
type Count struct {
	Direct int `json:"direct"`
	Rolled int `json:"rolled_up"`
}

// Counter counts commitments by tag number, as many as there are, without making
// anything new for each. One goroutine uses it.
type Counter struct {
	g       *Graph
	counts  []Count
	carried []int // the last commitment that was counted directly, and
	rolled  []int // rolled up
	now     int
}

// NewCounter begins a count.
func (g *Graph) NewCounter() *Counter {
	n := len(g.tags)
	return &Counter{g: g, counts: make([]Count, n), carried: make([]int, n), rolled: make([]int, n)}
}

// Add counts one commitment with the numbers of the tags that it carries, as its scope
// lets it count. A tag that stands there twice counts once.
func (c *Counter) Add(tags []int32, scope Scope) {
	c.now++
	for _, n := range tags {
		counted := c.g.Counted(n, scope)
		if c.carried[n] == c.now || len(counted) == 0 {
			continue
		}
		c.carried[n] = c.now
		c.counts[n].Direct++
		for _, a := range counted {
			if c.rolled[a] != c.now {
				c.rolled[a] = c.now
				c.counts[a].Rolled++
			}
		}
	}
}

// Of is the count of a tag by its number.
func (c *Counter) Of(n int32) Count { return c.counts[n] }

// Roll counts commitments by the tags that they carry: every tag that has any.
// Names that lead to no tag are left out.
func (g *Graph) Roll(carried []Carried) map[ID]Count {
	c := count(g, carried)
	out := map[ID]Count{}
	for n, count := range c.counts {
		if count.Rolled > 0 {
			out[g.tags[n].ID] = count
		}
	}
	return out
}

// numbers adds the numbers of the tags that the names lead to.
func (g *Graph) numbers(to []int32, names []ID) []int32 {
	for _, name := range names {
		if n, ok := g.Number(string(name)); ok {
			to = append(to, n)
		}
	}
	return to
}

// RollUp returns what the tags say: themselves and every tag above them, each
// once, by ID. What was merged is what it was merged into.
func (g *Graph) RollUp(tags []ID) []ID {
	var all []int32
	for _, n := range g.numbers(nil, tags) {
		all = append(all, g.above[n]...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var out []ID
	for _, n := range all {
		out = append(out, g.tags[n].ID)
	}
	return out
}

// Implied returns the ancestors that the tags imply and that are not among them,
// by ID.
func (g *Graph) Implied(tags []ID) []ID {
	given := g.numbers(nil, tags)
	return slices.DeleteFunc(g.RollUp(tags), func(id ID) bool { return slices.Contains(given, g.ids[id]) })
}

// Contradiction is a tag that stands without one of its parents.
type Contradiction struct {
	Child, Parent ID
}

// Contradictions lists the tags that stand without a parent of theirs although the
// edition has a column for both: its answers speak against the graph. With edition
// "" every missing parent counts.
func (g *Graph) Contradictions(edition civic.Edition, tags []ID) (out []Contradiction) {
	asked := func(n int32) bool {
		_, ok := g.tags[n].In(edition)
		return ok || edition == ""
	}
	given := g.numbers(nil, tags)
	for _, n := range given {
		for _, p := range g.up[n] {
			if asked(n) && asked(p) && !slices.Contains(given, p) {
				out = append(out, Contradiction{g.tags[n].ID, g.tags[p].ID})
			}
		}
	}
	return out
}
