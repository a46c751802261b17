package app

import (
	"context"

	"avow/internal/taxonomy"
)

// CoverageFilter chooses the commitments that are counted: of a member (the table's code
// or our slug), and with a tag or one below it (any of its names). Empty is all.
type CoverageFilter struct {
	Member, Tag string
}

// Coverage is how the commitments spread over digital government: every value, also
// those that no commitment has. A commitment counts once for each of its values.
type Coverage struct {
	Commitments int // that were looked at
	Answered    int // of them a person said something
	Members     int
	Facets      []Covered // in the order of taxonomy.Facets
	Roles       []Covered
	Strands     []Covered
	Scopes      []Covered
}

// Covered counts the commitments of one value.
type Covered struct {
	Value       string
	Commitments int
	Members     int // whose commitments these are
	Said        int // by a person's word
	Proposed    int // from their tags alone
}

// Coverage counts, from the index.
func (a *App) Coverage(ctx context.Context, f CoverageFilter) (Coverage, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return Coverage{}, err
	}
	sel, err := a.selectBy(ctx, s, CommitmentFilter{Member: f.Member, Tag: f.Tag})
	if err != nil {
		return Coverage{}, err
	}
	var out Coverage
	facets, roles := newCover(taxonomy.Facets, s), newCover(taxonomy.Roles, s)
	strands, scopes := newCover(taxonomy.Strands, s), newCover(taxonomy.Scopes, s)
	members := make([]bool, len(s.members))
	sel.each(func(_, i int, r *row, fails int) {
		if fails != 0 {
			return
		}
		f := s.frames[i]
		out.Commitments++
		if f.said {
			out.Answered++
		}
		if !members[r.member] {
			members[r.member] = true
			out.Members++
		}
		eachBit(f.facets, func(place int) { facets.add(place, r.member, f.said) })
		eachBit(uint16(f.roles), func(place int) { roles.add(place, r.member, f.said) })
		eachBit(uint16(f.strands), func(place int) { strands.add(place, r.member, f.said) })
		scopes.add(f.scope(), r.member, f.said)
	})
	out.Facets, out.Roles, out.Strands, out.Scopes = facets.rows, roles.rows, strands.rows, scopes.rows
	return out, nil
}

// cover counts the values of one list.
type cover struct {
	rows []Covered
	seen [][]bool // members, by value
}

func newCover[T ~string](values []T, s *snapshot) *cover {
	c := &cover{rows: make([]Covered, len(values)), seen: make([][]bool, len(values))}
	for i, v := range values {
		c.rows[i].Value, c.seen[i] = string(v), make([]bool, len(s.members))
	}
	return c
}

func (c *cover) add(place int, member int32, said bool) {
	row := &c.rows[place]
	row.Commitments++
	if said {
		row.Said++
	} else {
		row.Proposed++
	}
	if !c.seen[place][member] {
		c.seen[place][member] = true
		row.Members++
	}
}
