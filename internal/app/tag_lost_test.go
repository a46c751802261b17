package app

import (
	"context"
	"slices"
	"testing"

	"avow/internal/civic"
)

// Domain 3.1: digital commitments dropped out of sight by a change of tags without a
// migration. Of the 65 commitments of 2024 that an import finds among those of 2017,
// ten were filed under e-Government; none has a digital tag in 2024.
func TestTheEditionReportFindsTheDigitalCommitmentsThatDroppedOutOfSight(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2017)
		takeTable(t, a, table2024)
		losses, err := a.LostTags(ctx)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(losses, func(l EditionLoss) bool { return l.Tag == "e-government" })
		if i < 0 {
			t.Fatalf("nothing is said of e-government among %d tags", len(losses))
		}
		if l := losses[i]; l.Carried != 10 || l.Kept != 0 || len(l.Lost) != 10 || l.From != "ogp-2017" || l.To != "ogp-2024" {
			t.Errorf("e-government: %d carried, %d kept, %d lost between %s and %s", l.Carried, l.Kept, len(l.Lost), l.From, l.To)
		}
		if count(t, a, "e-government").Editions == nil {
			t.Error("no edition has e-government")
		}
		before := count(t, a, "e-government").Commitments
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		page, err := a.Proposals(ctx, ProposalFilter{Origin: civic.FromEdition, Proposed: "Digital government"}, "")
		if err != nil {
			t.Fatal(err)
		}
		var choices []TagChoice
		for {
			for _, p := range page.Items {
				if p.Tag.ID != "e-government" || p.Edition != "ogp-2017" {
					t.Errorf("%s is proposed %s from %s", p.Item.Ref, p.Tag.ID, p.Edition)
				}
				choices = append(choices, TagChoice{Commitment: p.Item.Ref, Tag: string(p.Tag.ID), Verdict: civic.TagAccepted, Origin: p.Origin, Edition: p.Edition})
			}
			if page.Next == "" {
				break
			}
			if page, err = a.Proposals(ctx, ProposalFilter{Origin: civic.FromEdition, Proposed: "Digital government"}, page.Next); err != nil {
				t.Fatal(err)
			}
		}
		if len(choices) != len(losses[i].Lost) {
			t.Errorf("%d are proposed, %d were lost", len(choices), len(losses[i].Lost))
		}
		if err := a.DecideTags(ctx, civic.Operator(), choices); err != nil {
			t.Fatal(err)
		}
		if now := count(t, a, "Digital government").Direct; now != before+len(choices) {
			t.Errorf("digital government counts %d after %d and %d that came back", now, before, len(choices))
		}
		for _, ref := range []string{"AL0002", "AL0003", "AM0022", "AM0023", "DO0002", "RO0021", "UK0051"} {
			if !slices.ContainsFunc(choices, func(c TagChoice) bool { return c.Commitment == ref }) {
				t.Errorf("%s was not found", ref)
			}
		}
	})
}
