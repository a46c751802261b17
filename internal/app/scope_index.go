package app

import (
	"math/bits"
	"slices"
	"strings"

	"avow/internal/taxonomy"
)

// frame is a commitment's place in digital government as the index counts it: bits in
// the order of taxonomy.Facets, Roles and Strands.
type frame struct {
	facets         uint16
	roles, strands uint8
	said           bool // by a person; else from the tags in force
}

func (f frame) with(o frame) frame {
	return frame{f.facets | o.facets, f.roles | o.roles, f.strands | o.strands, f.said || o.said}
}

// scope is the place in taxonomy.Scopes of what the scope rule says.
func (f frame) scope() int {
	if !f.said {
		return scopeUnknown
	}
	return scopeOfRoles[f.roles]
}

// scopeOfRoles answers the scope rule for every set of roles.
var scopeOfRoles = func() (out [1 << 4]int) {
	for set := range out {
		var roles []taxonomy.Role
		for i, r := range taxonomy.Roles {
			if set&(1<<i) != 0 {
				roles = append(roles, r)
			}
		}
		out[set] = slices.Index(taxonomy.Scopes, taxonomy.ScopeOf(roles))
	}
	return out
}()

var scopeUnknown = slices.Index(taxonomy.Scopes, taxonomy.ScopeUnknown)

// answered reads a word of the dictionary that tells of an answer; false when it is a tag.
func answered(word string) (f frame, ok bool) {
	f.said = true
	bit := func(place int) int { return 1 << (place + 1) >> 1 } // 0 for what the taxonomy does not know
	switch {
	case strings.HasPrefix(word, "@"):
		f.roles = uint8(bit(slices.Index(taxonomy.Roles, taxonomy.Role(word[1:]))))
	case strings.HasPrefix(word, "~"):
		f.strands = uint8(bit(slices.Index(taxonomy.Strands, taxonomy.Strand(word[1:]))))
	case strings.HasPrefix(word, "#"):
		f.facets = uint16(bit(slices.Index(taxonomy.Facets, taxonomy.Facet(word[1:]))))
	default:
		return frame{}, false
	}
	return f, true
}

// proposedBy is what a tag says of the commitments that carry it.
func proposedBy(t taxonomy.Tag) (f frame) {
	for i, v := range taxonomy.Facets {
		if slices.Contains(t.Facets, v) {
			f.facets |= 1 << i
		}
	}
	for i, v := range taxonomy.Roles {
		if slices.Contains(t.Roles, v) {
			f.roles |= 1 << i
		}
	}
	for i, v := range taxonomy.Strands {
		if slices.Contains(t.Strands, v) {
			f.strands |= 1 << i
		}
	}
	return f
}

// frameOf is what a person answered of a commitment, or what the tags in force propose.
func (s *snapshot) frameOf(r *row, on []int32) (f frame) {
	for _, t := range r.tags {
		f = f.with(s.tagWords[t].frame)
	}
	if f.said {
		return f
	}
	for _, t := range on {
		f = f.with(s.tagFrames[t])
	}
	return f
}

// eachBit calls use with the place of each bit that is set.
func eachBit(set uint16, use func(place int)) {
	for ; set != 0; set &= set - 1 {
		use(bits.TrailingZeros16(set))
	}
}
