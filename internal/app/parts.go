package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"avow/internal/civic"
	"avow/internal/store"
)

// partIndex counts what the rows of the index do not hold: which institutions
// lead and support, and what each edition says of each tag. Few pages need it, so
// it is made when first asked for, and then follows the record.
type partIndex struct {
	store *store.Store

	mu     sync.Mutex
	now    *partSums
	things dictionary[counted]
	of     map[string][]uint32 // numbers of what was counted of each commitment
}

// counted is something that a commitment has: an institution in a role, or a tag
// of an edition with or without an answer.
type counted struct {
	body    civic.InstitutionID
	role    civic.Role
	edition civic.Edition
	tag     string // the source's name
	unknown bool
}

// partSums never change once they are given out.
type partSums struct {
	head   store.Head
	bodies map[civic.InstitutionID]bodySum
	tags   map[string]map[civic.Edition]*tagSum // by slug
}

type bodySum struct{ leads, supports int }

type tagSum struct {
	name         string
	yes, unknown int
}

func (p *partSums) of(id civic.InstitutionID) bodySum { return p.bodies[id] }

// partsOf is the part of a commitment that is counted here.
type partsOf struct {
	Parts    []civic.Part
	Tags     []civic.EditionTags
	Proposed bool
}

func newPartIndex(st *store.Store) *partIndex { return &partIndex{store: st} }

// current returns the counts of the record as it is now.
func (x *partIndex) current(ctx context.Context) (*partSums, error) {
	head, err := x.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.now != nil && x.now.head == head {
		return x.now, nil
	}
	// While this request waited the record and the counts may have grown.
	if head, err = x.store.Head(ctx); err != nil {
		return nil, err
	}
	if x.now != nil && x.now.head == head {
		return x.now, nil
	}
	since := int64(-1)
	if x.now != nil && x.now.head.Origin == head.Origin && x.now.head.Size < head.Size {
		since = x.now.head.Size - 1
	} else {
		x.now, x.things, x.of = &partSums{}, newDictionary[counted](), map[string][]uint32{}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxRefresh)
	defer cancel()
	changed := map[string][]uint32{}
	next := x.now.copy(head)
	err = x.store.EachChanged(ctx, civic.KindCommitment, since, func(v store.Version) error {
		for _, n := range x.of[v.ID] {
			next.add(x.things.values[n], -1)
		}
		var has []uint32
		if !v.Erased {
			var c partsOf
			if err := decodeFields(v, map[string]any{"institutions": &c.Parts, "tags": &c.Tags, "proposed": &c.Proposed}); err != nil {
				return err
			}
			if !c.Proposed {
				has = x.count(c)
			}
		}
		for _, n := range has {
			next.add(x.things.values[n], 1)
		}
		changed[v.ID] = has
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count parts and tags: %w", err) // the old counts stay good
	}
	maps.Copy(x.of, changed)
	x.now = next
	return next, nil
}

// count lists what a commitment has, each thing once.
func (x *partIndex) count(c partsOf) []uint32 {
	var out []uint32
	has := func(t counted) {
		if n := uint32(x.things.number(t)); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, p := range c.Parts {
		if p.Institution != "" {
			has(counted{body: p.Institution, role: p.Role})
		}
	}
	for _, t := range c.Tags {
		for _, name := range t.Yes {
			has(counted{edition: t.Edition, tag: name})
		}
		for _, u := range t.Unknown {
			has(counted{edition: t.Edition, tag: u.Name, unknown: true})
		}
	}
	return slices.Clip(out)
}

func (p *partSums) copy(head store.Head) *partSums {
	next := &partSums{head: head, bodies: map[civic.InstitutionID]bodySum{}, tags: map[string]map[civic.Edition]*tagSum{}}
	maps.Copy(next.bodies, p.bodies)
	for slug, editions := range p.tags {
		next.tags[slug] = map[civic.Edition]*tagSum{}
		for e, n := range editions {
			copied := *n
			next.tags[slug][e] = &copied
		}
	}
	return next
}

// add counts a thing n times: 1, or -1 to take it back.
func (p *partSums) add(t counted, n int) {
	switch {
	case t.body != "":
		sum := p.bodies[t.body]
		if t.role == civic.Lead {
			sum.leads += n
		} else {
			sum.supports += n
		}
		p.bodies[t.body] = sum
	case t.unknown:
		p.tag(t.tag, t.edition).unknown += n
	default:
		p.tag(t.tag, t.edition).yes += n
	}
}

func (p *partSums) tag(name string, e civic.Edition) *tagSum {
	slug := TagSlug(name)
	if p.tags[slug] == nil {
		p.tags[slug] = map[civic.Edition]*tagSum{}
	}
	if p.tags[slug][e] == nil {
		p.tags[slug][e] = &tagSum{name: name}
	}
	return p.tags[slug][e]
}
