package taxonomy

import (
	"slices"

	"avow/internal/civic"
)

// apply makes one change and returns it with every tag named by its ID. After an
// error the draft is of no use any more.
func (d *draft) apply(c Change, place int) (Change, error) {
	d.faults = &faults{place: place}
	if c.Effective != "" && c.Effective < d.date {
		d.add("effective", KeyDateBefore, "date", c.Effective, "before", d.date)
		return c, d.found
	}
	d.date = max(d.date, c.Effective)
	if c = d.resolve(c); len(d.found) == 0 {
		d.perform(c)
	}
	if len(d.found) == 0 && moves[c.Op] {
		if tag, parent, ok := d.cycle(); ok {
			d.circle(c, tag, parent)
		} else if low, high, ok := d.relatedAbove(); ok {
			d.add(relation(c.Op), KeyRelatedAbove, "tag", d.name(low), "other", d.name(high))
		}
	}
	return c, d.found.Or()
}

// circle tells of a circle in the words of the change that closed it. tag and parent are
// two tags on it.
func (d *draft) circle(c Change, tag, parent ID) {
	if c.Op == Merge {
		d.add("into", KeyMergeCycle, "tag", d.name(c.Tag), "other", d.name(c.Into[0]))
		return
	}
	for _, p := range c.Parents {
		if d.ancestors(p)[c.Tag] {
			tag, parent = c.Tag, p
			break
		}
	}
	d.add(relation(c.Op), KeyCycle, "tag", d.name(tag), "other", d.name(parent))
}

// moves are the operations that may break the order of the graph.
var moves = map[Op]bool{Create: true, AddParent: true, Relate: true, Merge: true}

// relation is the field of an operation that names other tags.
func relation(op Op) string {
	switch op {
	case Relate, Unrelate:
		return "related"
	case Merge, Split, Deprecate:
		return "into"
	}
	return "parents"
}

// name is what a tag is called, for messages.
func (d *draft) name(id ID) string { return d.tags[id].Names.String() }

// resolve names every tag of a change by its ID.
func (d *draft) resolve(c Change) Change {
	if c.Op == Create {
		c.Tag = ID(civic.Slug(c.Names.String()))
	} else if t, ok := d.find(string(c.Tag)); ok {
		c.Tag = t.ID
	} else {
		d.add("tag", KeyUnknownTag, "value", string(c.Tag))
	}
	c.Parents = d.all("parents", c.Parents)
	c.Related = d.all("related", c.Related)
	c.Into = d.all("into", c.Into)
	c.Facets, c.Roles, c.Strands = inOrder(c.Facets, Facets), inOrder(c.Roles, Roles), inOrder(c.Strands, Strands)
	return c
}

func (d *draft) all(field string, names []ID) (out []ID) {
	for _, name := range names {
		t, ok := d.find(string(name))
		switch {
		case !ok:
			d.add(field, KeyUnknownTag, "value", string(name))
		case slices.Contains(out, t.ID):
			d.add(field, KeyTwice, "value", string(name))
		default:
			out = append(out, t.ID)
		}
	}
	return out
}

func (d *draft) perform(c Change) {
	switch c.Op {
	case Create:
		d.create(c)
	case Rename:
		d.rename(c)
	case Redefine:
		t := d.edit(c.Tag)
		if slices.Equal(t.Definition, c.Definition) && t.Source == c.Source {
			d.add("definition", KeyNothing, "tag", d.name(c.Tag))
		}
		t.Definition, t.Source = c.Definition, c.Source
	case AddParent:
		d.link(c, "parents", c.Parents, d.tags[c.Tag].Parents)
		t := d.edit(c.Tag)
		t.Parents = with(t.Parents, c.Parents...)
	case RemoveParent:
		d.unlink(c, "parents", c.Parents, d.tags[c.Tag].Parents)
		t := d.edit(c.Tag)
		t.Parents = without(t.Parents, c.Parents...)
	case Relate:
		d.link(c, "related", c.Related, d.tags[c.Tag].Related)
		d.relate(c.Tag, c.Related)
	case Unrelate:
		d.unlink(c, "related", c.Related, d.tags[c.Tag].Related)
		d.unrelate(c.Tag, c.Related)
	case Alias:
		for _, p := range c.Aliases {
			if d.keys[civic.Slug(p.Text)] == c.Tag {
				d.add("aliases", KeyNothing, "tag", d.name(c.Tag))
			} else if d.claim("aliases", p.Text, c.Tag) {
				t := d.edit(c.Tag)
				t.Aliases = append(slices.Clone(t.Aliases), p)
			}
		}
	case Describe:
		t := d.edit(c.Tag)
		if slices.Equal(t.Facets, c.Facets) && slices.Equal(t.Roles, c.Roles) && slices.Equal(t.Strands, c.Strands) {
			d.add("", KeyNothing, "tag", d.name(c.Tag))
		}
		t.Facets, t.Roles, t.Strands = c.Facets, c.Roles, c.Strands
	case Deprecate, Split:
		d.retire(c)
	case Merge:
		d.merge(c)
	}
}

func (d *draft) create(c Change) {
	if !d.claimAll(c.Tag, c.Names) {
		return
	}
	t := &Tag{ID: c.Tag, Names: c.Names, Definition: c.Definition, Source: c.Source, Unverified: c.Unverified,
		Facets: c.Facets, Roles: c.Roles, Strands: c.Strands, Parents: with(nil, c.Parents...)}
	if len(c.Parents) == 0 {
		t.Parents = nil
	}
	d.tags[c.Tag], d.own[c.Tag] = t, true
	d.link(c, "parents", c.Parents, nil)
	for _, p := range c.Aliases {
		if key := civic.Slug(p.Text); d.keys[key] != c.Tag && d.claim("aliases", p.Text, c.Tag) {
			t.Aliases = append(t.Aliases, p)
		}
	}
	d.link(c, "related", c.Related, nil)
	d.relate(c.Tag, c.Related)
}

// claimAll makes the names of a new tag lead to it.
func (d *draft) claimAll(id ID, names civic.Text) bool {
	if other, taken := d.keys[string(id)]; taken {
		d.add("names", KeyNameTaken, "value", names.String(), "tag", d.name(other))
		return false
	}
	for _, p := range names {
		if !d.claim("names", p.Text, id) {
			return false
		}
	}
	return d.claim("names", string(id), id)
}

func (d *draft) rename(c Change) {
	t := d.edit(c.Tag)
	if slices.Equal(t.Names, c.Names) {
		d.add("names", KeyNothing, "tag", d.name(c.Tag))
		return
	}
	now := map[string]bool{}
	for _, p := range c.Names {
		if !d.claim("names", p.Text, c.Tag) {
			return
		}
		now[civic.Slug(p.Text)] = true
	}
	var aliases civic.Text
	for _, p := range append(slices.Clone(t.Aliases), t.Names...) {
		if key := civic.Slug(p.Text); !now[key] {
			now[key] = true
			aliases = append(aliases, p)
		}
	}
	t.Names, t.Aliases = c.Names, aliases
}

// link refuses relations of a tag to itself, to what is deprecated, and those that
// it has.
func (d *draft) link(c Change, field string, to, has []ID) {
	for _, id := range to {
		switch {
		case id == c.Tag:
			d.add(field, KeyItself, "tag", d.name(c.Tag))
		case d.tags[id].Deprecated != "":
			d.add(field, KeyDeprecated, "tag", d.name(id))
		case slices.Contains(has, id):
			d.add(field, KeyNothing, "tag", d.name(c.Tag))
		}
	}
}

func (d *draft) unlink(c Change, field string, from, has []ID) {
	for _, id := range from {
		if !slices.Contains(has, id) {
			d.add(field, KeyNotThere, "tag", d.name(c.Tag), "other", d.name(id))
		}
	}
}

func (d *draft) relate(id ID, to []ID) {
	for _, other := range to {
		t, o := d.edit(id), d.edit(other)
		t.Related, o.Related = with(t.Related, other), with(o.Related, id)
	}
}

func (d *draft) unrelate(id ID, from []ID) {
	for _, other := range from {
		t, o := d.edit(id), d.edit(other)
		t.Related, o.Related = without(t.Related, other), without(o.Related, id)
	}
}

// retire deprecates a tag. It keeps its parents, so that what carries it still
// counts above it.
func (d *draft) retire(c Change) {
	t := d.edit(c.Tag)
	if t.Deprecated != "" {
		d.add("tag", KeyDeprecated, "tag", d.name(c.Tag))
	}
	d.link(c, "into", c.Into, nil)
	t.Deprecated, t.Into = max(c.Effective, d.date), c.Into
	if t.Deprecated == "" {
		d.add("effective", KeyDay, "value", "")
	}
}

// merge makes a tag lead to another one, which takes its names, its children and
// its relations, but not its parents.
func (d *draft) merge(c Change) {
	d.link(c, "into", c.Into, nil)
	if len(d.found) > 0 {
		return
	}
	from, into := c.Tag, c.Into[0]
	d.unrelate(from, []ID{into})
	x, y := d.edit(from), d.edit(into)
	y.Aliases = slices.Clone(y.Aliases)
	for _, p := range append(slices.Clone(x.Aliases), x.Names...) {
		if !slices.ContainsFunc(y.Aliases, func(q civic.Phrase) bool { return civic.Slug(q.Text) == civic.Slug(p.Text) }) {
			y.Aliases = append(y.Aliases, p)
		}
	}
	for _, names := range []map[string]ID{d.keys, d.exact} {
		for name, id := range names {
			if id == from {
				names[name] = into
			}
		}
	}
	for _, id := range d.ids() {
		t := d.tags[id]
		if slices.Contains(t.Parents, from) {
			t = d.edit(id)
			if t.Parents = without(t.Parents, from); id != into {
				t.Parents = with(t.Parents, into)
			}
		}
		if t.MergedInto == from {
			d.edit(id).MergedInto = into
		}
	}
	d.relate(into, x.Related)
	d.unrelate(from, x.Related)
	x.Aliases, x.Parents, x.Related, x.Into, x.MergedInto = nil, nil, nil, nil, into
}
