package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// EditionLoss counts what became of a tag between two editions.
type EditionLoss struct {
	Tag      taxonomy.ID
	From, To civic.Edition
	Carried  int      // commitments of both editions that had it in the older one
	Kept     int      // that have it, or what took its place, in the newer one
	Lost     []string // OGP IDs, or our IDs, of those that have neither
}

// lostTags makes the report of LostTags.
func (a *App) lostTags(ctx context.Context, graph *taxonomy.Graph) ([]EditionLoss, error) {
	type key struct {
		tag      taxonomy.ID
		from, to civic.Edition
	}
	sums := map[key]*EditionLoss{}
	err := a.store.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		var c civic.Commitment
		if err := decodeFields(v, map[string]any{"tags": &c.Tags, "ogp_id": &c.OGPID}); err != nil {
			return err
		}
		old, now, ok := taxonomy.Compared(c)
		if !ok {
			return nil
		}
		lost := graph.Lost(c)
		for _, id := range graph.Named(old.Yes) {
			k := key{id, old.Edition, now.Edition}
			if sums[k] == nil {
				sums[k] = &EditionLoss{Tag: id, From: old.Edition, To: now.Edition}
			}
			sums[k].Carried++
			if slices.Contains(lost, id) {
				sums[k].Lost = append(sums[k].Lost, cmp.Or(c.OGPID, v.ID))
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
