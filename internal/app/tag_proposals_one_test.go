package app

import (
	"context"
	"slices"
	"testing"

	"avow/internal/civic"
)

// bare is a commitment that OGP has given no ID yet.
func bare(n int, title string, tags ...string) civic.Commitment {
	return civic.Commitment{ID: civic.CommitmentID(testID('c', n)), Member: lithuania.ID, Plans: []civic.PlanEntry{{Plan: lithuania4.ID, Number: itoa(n)}},
		Title: en(title), Text: en(title + "."), Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: tags}}}
}

func TestACommitmentWithoutAnOGPIDHasItsProposals(t *testing.T) {
	a := reading(t, lithuania, lithuania4,
		bare(1, "A register of lobbyists and of their meetings with members of parliament", "Lobbying"),
		bare(2, "A register of lobbyists and of their meetings with members of parliament", "Open Data"))
	ctx := context.Background()
	got, err := a.ProposalsFor(ctx, testID('c', 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range got {
		if p.Item.Ref != testID('c', 1) {
			t.Errorf("%s is proposed for %s", p.Tag.ID, p.Item.Ref)
		}
	}
	if !slices.ContainsFunc(got, func(p Proposal) bool {
		return p.Tag.ID == "anti-corruption-and-integrity" && p.Origin == civic.FromGraph
	}) {
		t.Errorf("what its tag implies is not proposed: %+v", got)
	}
	if _, err := a.ProposalsFor(ctx, "NOBODY0001"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a commitment that is not there: %v", err)
	}
}

func TestEveryProposalIsReachedPageByPageAndNoneTwice(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2024)
		for _, q := range []string{"law"} {
			f := ProposalFilter{CommitmentFilter: CommitmentFilter{Q: q}}
			seen := map[string]bool{}
			pages, total := 0, 0
			for cursor := ""; ; {
				page, err := a.Proposals(ctx, f, cursor)
				if err != nil {
					t.Fatal(err)
				}
				if len(page.Items) > MostProposals {
					t.Errorf("a page holds %d proposals", len(page.Items))
				}
				for _, p := range page.Items {
					if key := p.Item.Ref + " " + string(p.Tag.ID); seen[key] {
						t.Errorf("%s is proposed twice", key)
					} else {
						seen[key] = true
					}
				}
				pages, total = pages+1, page.Total
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			want := 0
			for cursor := ""; ; {
				list, err := a.Commitments(ctx, f.CommitmentFilter, 50, cursor)
				if err != nil {
					t.Fatal(err)
				}
				for _, item := range list.Items {
					one, err := a.ProposalsFor(ctx, item.Ref)
					if err != nil {
						t.Fatal(err)
					}
					want += len(one)
				}
				if cursor = list.Next; cursor == "" {
					break
				}
			}
			if len(seen) != want || pages < 2 || total == 0 {
				t.Errorf("%q: %d of %d proposals on %d pages of %d commitments", q, len(seen), want, pages, total)
			}
		}
	})
}
