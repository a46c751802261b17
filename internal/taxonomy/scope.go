package taxonomy

import (
	"slices"

	"avow/internal/civic"
)

// Scope is what the scope rule says of open digital (domain 3.4).
type Scope string

const (
	ScopeIn      Scope = "in"      // governments are developers, users or targets of the technology
	ScopeBoth    Scope = "both"    // they regulate as well: open digital and digital governance overlap
	ScopeOut     Scope = "out"     // they are regulators of what others run and nothing else: digital governance
	ScopeUnknown Scope = "unknown" // nobody has said what the government does
)

// Scopes lists them.
var Scopes = []Scope{ScopeIn, ScopeBoth, ScopeOut, ScopeUnknown}

// ScopeOf decides by the government's roles.
func ScopeOf(roles []Role) Scope {
	regulates := slices.Contains(roles, Regulator)
	acts := slices.Contains(roles, Developer) || slices.Contains(roles, User) || slices.Contains(roles, Target)
	switch {
	case acts && regulates:
		return ScopeBoth
	case acts:
		return ScopeIn
	case regulates:
		return ScopeOut
	}
	return ScopeUnknown
}

// Open reports whether the commitment may be filed under open digital. What is not
// known is no reason against it.
func (s Scope) Open() bool { return s != ScopeOut }

// Key is the message key of the reason; with ".name" that of a short name.
func (s Scope) Key() string { return "taxonomy.scope." + string(s) }

// Open is the tag that the scope rule guards. When it is merged into another one the
// rule rests: what that one means is not known to it.
const Open ID = "open-digital"

// guard works out what the scope rule says of each tag.
func (g *Graph) guard() {
	g.aside, g.alone = g.above, make([]bool, len(g.tags))
	open, ok := g.ids[Open]
	if !ok || g.tags[open].MergedInto != "" {
		return
	}
	past := make([][]int32, len(g.up))
	for i, ups := range g.up {
		for _, p := range ups {
			if p != open && int32(i) != open {
				past[i] = append(past[i], p)
			}
		}
	}
	g.aside = reach(past)
	g.aside[open] = nil
	g.alone[open] = true
	for changed := true; changed; {
		changed = false
		for _, n := range g.below[open] {
			if !g.alone[n] && !slices.ContainsFunc(g.up[n], func(p int32) bool { return !g.alone[p] }) {
				g.alone[n], changed = true, true
			}
		}
	}
}

// Counted are the numbers of the tags for which a commitment counts that carries tag n:
// the tag first and all its ancestors. Out of scope no way leads to open digital or past
// it: a tag with two parents counts for the other one, and open digital itself for
// nothing. Do not change them.
func (g *Graph) Counted(n int32, scope Scope) []int32 {
	if scope.Open() {
		return g.above[n]
	}
	return g.aside[n]
}

// OpenAlone reports whether a tag is open digital or stands under it alone, so that it
// says nothing of a commitment that is out of its scope.
func (g *Graph) OpenAlone(id ID) bool {
	n, ok := g.ids[id]
	return ok && g.alone[n]
}

// Refuses reports whether the scope rule forbids giving a tag.
func (g *Graph) Refuses(scope Scope, id ID) bool { return !scope.Open() && g.OpenAlone(id) }

// UnderOpen reports whether a tag is open digital or stands below it, by any way.
func (g *Graph) UnderOpen(id ID) bool {
	open, ok := g.ids[Open]
	n, known := g.ids[id]
	return ok && known && g.tags[open].MergedInto == "" && slices.Contains(g.above[n], open)
}

// Frame is how a commitment stands in digital government: what a person answered, or
// what its tags propose.
type Frame struct {
	Facets  []Facet  // in the order of Facets
	Roles   []Role   // in the order of Roles
	Strands []Strand // in the order of Strands
	Said    bool     // by a person; else from the tags in force
}

// Scope is what the scope rule says. It acts on what a person said: the roles of tags
// propose, they do not decide.
func (f Frame) Scope() Scope {
	if !f.Said {
		return ScopeUnknown
	}
	return ScopeOf(f.Roles)
}

// FrameOf is what a commitment's answer says, or what the tags in force on it propose:
// all that any of them is about. What the answer names and the taxonomy does not know
// is left out.
func (g *Graph) FrameOf(c civic.Commitment) Frame {
	if c.Scoped != nil {
		return Answered(*c.Scoped)
	}
	var facets, roles, strands []string
	for _, id := range g.Held(c) {
		if t, ok := g.Tag(id); ok {
			facets, roles, strands = gather(facets, t.Facets), gather(roles, t.Roles), gather(strands, t.Strands)
		}
	}
	return Frame{among(Facets, facets), among(Roles, roles), among(Strands, strands), false}
}

// ScopeFor is what the scope rule says of a commitment.
func ScopeFor(c civic.Commitment) Scope {
	if c.Scoped == nil {
		return ScopeUnknown
	}
	return Answered(*c.Scoped).Scope()
}

// Answered is what an answer says.
func Answered(a civic.ScopeAnswer) Frame {
	return Frame{among(Facets, a.Facets), among(Roles, a.Roles), among(Strands, a.Strands), true}
}

func gather[T ~string](to []string, values []T) []string {
	for _, v := range values {
		to = append(to, string(v))
	}
	return to
}

// among are the values that are among those asked for, in the order of all.
func among[T ~string](all []T, asked []string) []T {
	var out []T
	for _, v := range all {
		if slices.Contains(asked, string(v)) {
			out = append(out, v)
		}
	}
	return out
}

// CheckAnswer refuses what the taxonomy does not know, with the field "roles",
// "strands" or "facets", and returns the answer with each value once, in order.
func CheckAnswer(a civic.ScopeAnswer) (civic.ScopeAnswer, error) {
	var e civic.Errors
	a.Roles = checked(&e, "roles", Roles, a.Roles)
	a.Strands = checked(&e, "strands", Strands, a.Strands)
	a.Facets = checked(&e, "facets", Facets, a.Facets)
	return a, e.Or()
}

func checked[T ~string](e *civic.Errors, field string, all []T, asked []string) []string {
	for _, v := range asked {
		if !slices.Contains(all, T(v)) {
			e.Add(field, "scope.fault."+field, "value", v)
			break
		}
	}
	return gather(nil, among(all, asked))
}
