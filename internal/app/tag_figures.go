package app

import (
	"context"
	"maps"
	"slices"

	"avow/internal/taxonomy"
)

// TagFigures counts the commitments of today under two graphs, tag by tag and by ID:
// every tag that either graph has and that is not merged into another one. A tag that
// a graph does not have counts nothing there.
func (a *App) TagFigures(ctx context.Context, was, is *taxonomy.Graph) ([]taxonomy.Shift, error) {
	carried, err := a.Carried(ctx)
	if err != nil {
		return nil, err
	}
	all := map[taxonomy.ID]bool{}
	for _, g := range []*taxonomy.Graph{was, is} {
		for t := range g.All() {
			if t.MergedInto == "" {
				all[t.ID] = true
			}
		}
	}
	before, after := was.Roll(carried), is.Roll(carried)
	out := make([]taxonomy.Shift, 0, len(all))
	for _, id := range slices.Sorted(maps.Keys(all)) {
		out = append(out, taxonomy.Shift{Tag: id, Before: before[id], After: after[id]})
	}
	return out, nil
}
