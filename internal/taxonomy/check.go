package taxonomy

import (
	"fmt"
	"slices"

	"avow/internal/civic"
)

// Check looks whether a graph keeps the invariants of this package and says the
// first thing that does not hold. A graph of Apply always does; the tests hold it
// against this, which looks at the tags alone and at no index but what names lead to.
func (g *Graph) Check() error {
	leads := map[string]ID{}
	for i, t := range g.tags {
		if i > 0 && g.tags[i-1].ID >= t.ID {
			return fmt.Errorf("%s stands behind %s", t.ID, g.tags[i-1].ID)
		}
		if err := g.checkTag(t); err != nil {
			return fmt.Errorf("%s: %w", t.ID, err)
		}
		owner := t.ID
		if t.MergedInto != "" {
			owner = t.MergedInto
		}
		keys := []string{string(t.ID)}
		for _, p := range append(slices.Clone(t.Names), t.Aliases...) {
			keys = append(keys, civic.Slug(p.Text))
		}
		for _, key := range keys {
			if other, ok := leads[key]; ok && other != owner {
				return fmt.Errorf("the name %q leads to %s and to %s", key, other, owner)
			}
			leads[key] = owner
			if found, ok := g.Find(key); !ok || found.ID != owner {
				return fmt.Errorf("the name %q leads to %q instead of %s", key, found.ID, owner)
			}
		}
	}
	if len(leads) != len(g.keys) {
		return fmt.Errorf("%d names lead to a tag, of %d that tags have", len(g.keys), len(leads))
	}
	return g.checkAbove()
}

func (g *Graph) checkTag(t Tag) error {
	if t.Names.Blank() {
		return fmt.Errorf("it has no name")
	}
	for _, list := range [][]ID{t.Parents, t.Related} {
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			return fmt.Errorf("%v is not in order", list)
		}
	}
	for _, id := range slices.Concat(t.Parents, t.Related) {
		if other, ok := g.Tag(id); !ok || other.MergedInto != "" {
			return fmt.Errorf("it names %s, which is not there", id)
		}
	}
	for _, id := range t.Into {
		if _, ok := g.Tag(id); !ok {
			return fmt.Errorf("it leads to %s, which is not there", id)
		}
	}
	for _, id := range t.Related {
		if other, _ := g.Tag(id); !slices.Contains(other.Related, t.ID) {
			return fmt.Errorf("it is related to %s, which is not related to it", id)
		}
	}
	if t.MergedInto == "" {
		return nil
	}
	if into, ok := g.Tag(t.MergedInto); !ok || into.MergedInto != "" {
		return fmt.Errorf("it was merged into %s, which is not there", t.MergedInto)
	}
	if len(t.Parents)+len(t.Related)+len(t.Aliases) > 0 {
		return fmt.Errorf("it was merged and still has parents, relations or aliases")
	}
	return nil
}

// checkAbove walks up from every tag by way of the parents' IDs.
func (g *Graph) checkAbove() error {
	for n, t := range g.tags {
		seen := map[ID]bool{}
		for next := slices.Clone(t.Parents); len(next) > 0; next = next[1:] {
			if next[0] == t.ID {
				return fmt.Errorf("%s is above itself", t.ID)
			}
			if !seen[next[0]] {
				seen[next[0]] = true
				parent, _ := g.Tag(next[0])
				next = append(next, parent.Parents...)
			}
		}
		above := g.above[n]
		if len(above) != len(seen)+1 || above[0] != int32(n) {
			return fmt.Errorf("%s has %d ancestors, its index %d", t.ID, len(seen), len(above)-1)
		}
		for _, a := range above[1:] {
			if !seen[g.tags[a].ID] {
				return fmt.Errorf("%s is not above %s", g.tags[a].ID, t.ID)
			}
			if !slices.Contains(g.below[a], int32(n)) {
				return fmt.Errorf("%s is not below %s", t.ID, g.tags[a].ID)
			}
		}
		for _, r := range t.Related {
			if seen[r] {
				return fmt.Errorf("%s is related to %s, which is above it", t.ID, r)
			}
		}
	}
	return nil
}
