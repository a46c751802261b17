package app

import (
	"context"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// TestWhatACommitmentSaysThatItHoldsIsWhatCounts adds the answers of lists up again:
// whoever recounts gets the figures of the tags.
func TestWhatACommitmentSaysThatItHoldsIsWhatCounts(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		takeTable(t, a, table2017)
		takeTable(t, a, table2024)
		ctx := context.Background()
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		choices := []TagChoice{{Commitment: "AL0002", Tag: "digital-government", Verdict: civic.TagAccepted},
			{Commitment: "AL0003", Tag: "open-source", Verdict: civic.TagAccepted}}
		if err := a.DecideTags(ctx, civic.Operator(), choices); err != nil {
			t.Fatal(err)
		}
		_, graph, err := a.Taxonomy(ctx)
		if err != nil {
			t.Fatal(err)
		}
		direct, rolled := map[taxonomy.ID]int{}, map[taxonomy.ID]int{}
		for cursor, first := "", true; first || cursor != ""; first = false {
			list, err := a.Commitments(ctx, CommitmentFilter{}, 200, cursor)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range list.Items {
				held := item.Held()
				up := map[taxonomy.ID]bool{}
				for _, id := range held {
					direct[id]++
					up[id] = true
					for _, parent := range graph.Ancestors(id) {
						up[parent] = true
					}
				}
				for id := range up {
					rolled[id]++
				}
			}
			cursor = list.Next
		}
		tags, err := a.Tags(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range tags {
			id := taxonomy.ID(tag.Slug)
			if tag.Direct != direct[id] || tag.Commitments != rolled[id] {
				t.Errorf("%s: %d and %d rolled up, recounted %d and %d", id, tag.Direct, tag.Commitments, direct[id], rolled[id])
			}
		}
		if direct["open-source"] != 1 || rolled["open-digital"] == 0 {
			t.Errorf("open source %d, open digital %d", direct["open-source"], rolled["open-digital"])
		}
	})
}
