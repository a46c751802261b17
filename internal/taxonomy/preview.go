package taxonomy

import (
	"slices"

	"avow/internal/civic"
)

// Carried is a commitment with what is said of its tags, and what the scope rule says
// of it ("" like ScopeUnknown). Tags are named as sources and people name them: each
// graph finds for itself what the names lead to.
type Carried struct {
	Commitment civic.CommitmentID
	Member     civic.MemberID
	Tags       []ID // given by the newest edition of OGP's table, another source or a person
	Rejected   []ID // rejected or taken away by a person
	Scope      Scope
}

// InForceOn adds the numbers of the tags in force on a commitment, perhaps more than
// once: those that a name leads to while no name leads there that a person rejected.
func (g *Graph) InForceOn(to []int32, c Carried) []int32 {
	from := len(to)
	to = g.numbers(to, c.Tags)
	if len(c.Rejected) == 0 {
		return to
	}
	off := g.numbers(nil, c.Rejected)
	return append(to[:from], slices.DeleteFunc(to[from:], func(n int32) bool { return slices.Contains(off, n) })...)
}

// Shift is how the counts of a tag change. A tag that is new or gone has a zero
// count on the other side.
type Shift struct {
	Tag           ID
	Before, After Count
}

// Effect is what one change touches.
type Effect struct {
	Change      Change
	Commitments int                  // that carry its tag or one below it, before or after
	Members     int                  // whose commitments these are
	Shifts      []Shift              // of every tag whose counts change, by ID
	Person      []civic.CommitmentID // that need a person's decision, in the order of carried
	Because     string               // message key: why they need one; "" when none does
}

// Why commitments need a person, as message keys.
const (
	KeySplitPerson    = "taxonomy.person.split"    // which of the parts is it
	KeyMergePerson    = "taxonomy.person.merge"    // one of the two tags was given and the other one rejected
	KeyRedefinePerson = "taxonomy.person.redefine" // does the new definition still fit
)

// Outlook is what a change set would do.
type Outlook struct {
	Before, After *Graph
	Effects       []Effect             // one for each change, in order
	Commitments   int                  // touched by any of them, each once
	Members       int                  // whose commitments these are
	Person        []civic.CommitmentID // in the order of carried, each once
	Shifts        []Shift              // of the whole, by ID
}

// Preview says what the changes would do to the commitments, change by change. It
// refuses what Apply refuses.
func Preview(g *Graph, changes []Change, carried []Carried) (Outlook, error) {
	after, changes, err := Resolve(g, changes)
	if err != nil {
		return Outlook{}, err
	}
	out := Outlook{Before: g, After: after}
	before, first := g, count(g, carried)
	was := first
	touched, person := make([]bool, len(carried)), make([]bool, len(carried))
	for _, c := range changes {
		next, err := Apply(before, []Change{c})
		if err != nil {
			return Outlook{}, err
		}
		e := Effect{Change: c}
		is := was
		if reshapes[c.Op] {
			is = count(next, carried)
			e.Shifts = shifts(before, next, was, is)
		}
		hit := touches(c, before, next, carried)
		for i, on := range hit {
			touched[i] = touched[i] || on
		}
		e.Commitments, e.Members = sums(hit, carried)
		e.Because, e.Person = needs(c, before, carried, person)
		out.Effects = append(out.Effects, e)
		before, was = next, is
	}
	out.Commitments, out.Members = sums(touched, carried)
	for i, on := range person {
		if on {
			out.Person = append(out.Person, carried[i].Commitment)
		}
	}
	out.Shifts = shifts(g, after, first, was)
	return out, nil
}

// reshapes are the operations after which commitments may count elsewhere. What
// was created may be what a dormant tag of an import waits for.
var reshapes = map[Op]bool{Create: true, Rename: true, Alias: true, AddParent: true, RemoveParent: true, Merge: true}

func count(g *Graph, carried []Carried) *Counter {
	c := g.NewCounter()
	var tags []int32
	for _, one := range carried {
		tags = g.InForceOn(tags[:0], one)
		c.Add(tags, one.Scope)
	}
	return c
}

// shifts lists the tags whose counts differ.
func shifts(a, b *Graph, was, is *Counter) (out []Shift) {
	i, k := 0, 0
	for i < len(a.tags) || k < len(b.tags) {
		var s Shift
		switch {
		case k == len(b.tags) || i < len(a.tags) && a.tags[i].ID < b.tags[k].ID:
			s = Shift{Tag: a.tags[i].ID, Before: was.counts[i]}
			i++
		case i == len(a.tags) || b.tags[k].ID < a.tags[i].ID:
			s = Shift{Tag: b.tags[k].ID, After: is.counts[k]}
			k++
		default:
			s = Shift{a.tags[i].ID, was.counts[i], is.counts[k]}
			i, k = i+1, k+1
		}
		if s.Before != s.After {
			out = append(out, s)
		}
	}
	return out
}

// touches says of each commitment whether it carries the change's tag or one below
// it, before or after.
func touches(c Change, before, after *Graph, carried []Carried) []bool {
	hit := make([]bool, len(carried))
	for _, g := range []*Graph{before, after} {
		n, ok := g.Number(string(c.Tag))
		if !ok {
			continue
		}
		below := make([]bool, len(g.tags))
		for _, m := range g.below[n] {
			below[m] = true
		}
		if c.Op == Merge && g != before {
			continue
		}
		var tags []int32
		for i, one := range carried {
			tags = g.InForceOn(tags[:0], one)
			hit[i] = hit[i] || slices.ContainsFunc(tags, func(n int32) bool { return below[n] })
		}
	}
	return hit
}

// sums counts what was hit, and its members.
func sums(hit []bool, carried []Carried) (commitments, members int) {
	seen := map[civic.MemberID]bool{}
	for i, on := range hit {
		if on {
			commitments++
			seen[carried[i].Member] = true
		}
	}
	return commitments, len(seen)
}

// needs lists the commitments that a person has to look at, and notes them.
func needs(c Change, g *Graph, carried []Carried, noted []bool) (because string, out []civic.CommitmentID) {
	has := func(one Carried, id ID) bool { return slices.Contains(g.InForceOn(nil, one), g.ids[id]) }
	lacks := func(one Carried, id ID) bool { return slices.Contains(g.numbers(nil, one.Rejected), g.ids[id]) }
	var ask func(Carried) bool
	switch c.Op {
	case Split:
		because, ask = KeySplitPerson, func(one Carried) bool { return has(one, c.Tag) }
	case Redefine:
		because, ask = KeyRedefinePerson, func(one Carried) bool { return has(one, c.Tag) }
	case Merge:
		into := c.Into[0]
		because, ask = KeyMergePerson, func(one Carried) bool {
			return has(one, c.Tag) && lacks(one, into) || has(one, into) && lacks(one, c.Tag)
		}
	default:
		return "", nil
	}
	for i, one := range carried {
		if ask(one) {
			noted[i] = true
			out = append(out, one.Commitment)
		}
	}
	if len(out) == 0 {
		because = ""
	}
	return because, out
}
