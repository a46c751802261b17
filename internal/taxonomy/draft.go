package taxonomy

import (
	"maps"
	"slices"

	"avow/internal/civic"
)

// draft is a graph while operations are made on it. Its tags may still be those of
// the graph it began with: edit makes a copy before the first change, and lists are
// replaced and never written into.
type draft struct {
	date  string
	tags  map[ID]*Tag
	keys  map[string]ID // slugs of names, aliases and IDs, to the tag that they lead to
	exact map[string]ID // the same as they are written
	own   map[ID]bool   // copied already
	*faults
}

func newDraft(g *Graph) *draft {
	d := &draft{tags: map[ID]*Tag{}, keys: map[string]ID{}, exact: map[string]ID{}, own: map[ID]bool{}}
	if g == nil {
		return d
	}
	d.date = g.date
	for i := range g.tags {
		d.tags[g.tags[i].ID] = &g.tags[i]
	}
	for key, n := range g.keys {
		d.keys[key] = g.tags[n].ID
	}
	for name, n := range g.exact {
		d.exact[name] = g.tags[n].ID
	}
	return d
}

// edit is a tag that may be written to.
func (d *draft) edit(id ID) *Tag {
	if !d.own[id] {
		t := *d.tags[id]
		d.tags[id], d.own[id] = &t, true
	}
	return d.tags[id]
}

// find returns the tag that a name leads to.
func (d *draft) find(name string) (*Tag, bool) {
	id, ok := d.keys[name]
	if !ok {
		id, ok = d.keys[civic.Slug(name)]
	}
	if !ok {
		id, ok = joinedKeys(d.keys)[joinedUp(civic.Slug(name))]
	}
	return d.tags[id], ok
}

// ids are the tags in order.
func (d *draft) ids() []ID { return slices.Sorted(maps.Keys(d.tags)) }

// claim makes a name lead to a tag; false when it leads to another one.
func (d *draft) claim(field, name string, id ID) bool {
	key := civic.Slug(name)
	if other, taken := d.keys[key]; taken && other != id {
		d.add(field, KeyNameTaken, "value", name, "tag", d.tags[other].Names.String())
		return false
	}
	d.keys[key], d.exact[name] = id, id
	return true
}

// cycle finds a tag that is above itself, and the parent through which it is.
func (d *draft) cycle() (tag, parent ID, found bool) {
	const open, done = 1, 2
	state := make(map[ID]int8, len(d.tags))
	var visit func(id ID) bool
	visit = func(id ID) bool {
		state[id] = open
		for _, p := range d.tags[id].Parents {
			if state[p] == open {
				tag, parent = id, p
				return true
			}
			if state[p] == 0 && visit(p) {
				return true
			}
		}
		state[id] = done
		return false
	}
	for _, id := range d.ids() {
		if state[id] == 0 && visit(id) {
			return tag, parent, true
		}
	}
	return "", "", false
}

// ancestors are the tags above a tag and the tag itself.
func (d *draft) ancestors(id ID) map[ID]bool {
	seen := map[ID]bool{id: true}
	for next := []ID{id}; len(next) > 0; next = next[1:] {
		for _, p := range d.tags[next[0]].Parents {
			if !seen[p] {
				seen[p] = true
				next = append(next, p)
			}
		}
	}
	return seen
}

// relatedAbove finds two related tags of which one is above the other: SKOS keeps
// the two relations apart (integrity condition S27).
func (d *draft) relatedAbove() (low, high ID, found bool) {
	for _, id := range d.ids() {
		if len(d.tags[id].Related) == 0 {
			continue
		}
		above := d.ancestors(id)
		for _, r := range d.tags[id].Related {
			if above[r] {
				return id, r, true
			}
		}
	}
	return "", "", false
}

// with returns a sorted list that has the IDs as well.
func with(list []ID, more ...ID) []ID {
	out := append(slices.Clone(list), more...)
	slices.Sort(out)
	return slices.Compact(out)
}

// without returns the list without the IDs; nil when nothing is left.
func without(list []ID, less ...ID) []ID {
	var out []ID
	for _, id := range list {
		if !slices.Contains(less, id) {
			out = append(out, id)
		}
	}
	return out
}

// freeze makes the graph.
func (d *draft) freeze() *Graph {
	g := &Graph{date: d.date, ids: make(map[ID]int32, len(d.tags)), keys: make(map[string]int32, len(d.keys)), exact: make(map[string]int32, len(d.exact))}
	for n, id := range d.ids() {
		g.ids[id] = int32(n)
		g.tags = append(g.tags, *d.tags[id])
	}
	for key, id := range d.keys {
		g.keys[key] = g.ids[id]
	}
	for name, id := range d.exact {
		g.exact[name] = g.ids[id]
	}
	g.joined = joinedKeys(g.keys)
	g.link()
	return g
}
