package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// LostTag is a tag that a commitment had in an older edition of OGP's table, while
// the newest edition that holds the commitment has neither it nor what the crosswalk
// puts in its place.
type LostTag struct {
	Commitment civic.CommitmentID
	Ref        string      // OGP ID, or our ID when there is none
	Tag        taxonomy.ID // as the taxonomy of today names it
	From       civic.Edition
	To         civic.Edition
	Now        []taxonomy.ID // what it has in the newest edition
}

// EditionLoss counts what became of a tag between two editions.
type EditionLoss struct {
	Tag      taxonomy.ID
	From, To civic.Edition
	Carried  int // commitments of both editions that had it in the older one
	Kept     int // that have it, or what took its place, in the newer one
	Lost     []LostTag
}

// LostTags compares, for each commitment that several editions of OGP's table hold,
// the newest of them with the one before: which tags were lost with nothing in their
// place. The tags with most losses come first.
func (a *App) LostTags(ctx context.Context) ([]EditionLoss, error) {
	_, graph, err := a.tags.current(ctx)
	if err != nil {
		return nil, err
	}
	type key struct {
		tag      taxonomy.ID
		from, to civic.Edition
	}
	sums := map[key]*EditionLoss{}
	err = a.store.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		c := civic.Commitment{ID: civic.CommitmentID(v.ID)}
		if err := decodeFields(v, map[string]any{"tags": &c.Tags, "ogp_id": &c.OGPID}); err != nil {
			return err
		}
		old, now, ok := editionsCompared(c)
		if !ok {
			return nil
		}
		lost := lostOf(graph, c)
		for _, id := range resolved(graph, old.Yes) {
			k := key{id, old.Edition, now.Edition}
			if sums[k] == nil {
				sums[k] = &EditionLoss{Tag: id, From: old.Edition, To: now.Edition}
			}
			sums[k].Carried++
			if i := slices.IndexFunc(lost, func(l LostTag) bool { return l.Tag == id }); i >= 0 {
				sums[k].Lost = append(sums[k].Lost, lost[i])
			} else {
				sums[k].Kept++
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []EditionLoss
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b EditionLoss) int {
		return cmp.Or(cmp.Compare(len(b.Lost), len(a.Lost)), cmp.Compare(a.Tag, b.Tag), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out, nil
}

// resolved names tags as the taxonomy of today does, each once.
func resolved(g *taxonomy.Graph, names []string) []taxonomy.ID {
	var out []taxonomy.ID
	for _, name := range names {
		id := cmp.Or(g.Resolve(name), taxonomy.ID(civic.Slug(name)))
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// successorsOf are the tags that the crosswalks put in the place of a tag, edition
// by edition: equal, close, wider or narrower ones.
func successorsOf(g *taxonomy.Graph, id taxonomy.ID, from, to civic.Edition) []taxonomy.ID {
	now := []taxonomy.ID{id}
	editions := taxonomy.Editions()
	for i := slices.Index(editions, from); i >= 0 && i+1 < len(editions) && editions[i] != to; i++ {
		var next []taxonomy.ID
		for _, m := range taxonomy.Crosswalk(editions[i], editions[i+1]) {
			if slices.Contains(now, m.From) && m.Match != taxonomy.NoMatch {
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

// editionsCompared are the newest edition of OGP's table that has tags of a
// commitment, and the one before it.
func editionsCompared(c civic.Commitment) (old, now civic.EditionTags, ok bool) {
	editions := slices.DeleteFunc(slices.Clone(c.Tags), func(e civic.EditionTags) bool { return !e.Edition.OGP() })
	if len(editions) < 2 {
		return old, now, false
	}
	return editions[len(editions)-2], editions[len(editions)-1], true
}

// lostOf lists the tags that a commitment lost between its two newest editions of
// OGP's table with nothing in their place.
func lostOf(g *taxonomy.Graph, c civic.Commitment) []LostTag {
	old, now, ok := editionsCompared(c)
	if !ok {
		return nil
	}
	has := resolved(g, now.Yes)
	var out []LostTag
	for _, id := range resolved(g, old.Yes) {
		if !keeps(g, id, old.Edition, now.Edition, has) {
			out = append(out, LostTag{Commitment: c.ID, Ref: cmp.Or(c.OGPID, string(c.ID)), Tag: id, From: old.Edition, To: now.Edition, Now: has})
		}
	}
	return out
}

// keeps reports whether one of the tags is a tag of an older edition or took its place.
func keeps(g *taxonomy.Graph, id taxonomy.ID, from, to civic.Edition, has []taxonomy.ID) bool {
	return slices.Contains(has, id) ||
		slices.ContainsFunc(successorsOf(g, id, from, to), func(s taxonomy.ID) bool { return slices.Contains(has, s) })
}
