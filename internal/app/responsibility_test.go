package app

import (
	"context"
	"testing"
	"time"

	"avow/internal/civic"
)

func TestGapsOfResponsibilityAreListedFirst(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		two(t, a)
		day := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		a.now = func() time.Time { return day }
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, firstID(t, a))
		if err != nil {
			t.Fatal(err)
		}
		owner := c.Parts[0].Institution
		poc := person(t, a, "poc@example.org", civic.PointOfContact, civic.Scope{Member: c.Member})
		before := recordSize(t, a)
		pull, err := a.KeepTension(ctx, poc, civic.Tension{Member: c.Member, Topic: inEnglish("Open data against privacy"), Laws: []string{"Data Protection Act 2019", "  "}, Commitments: []civic.CommitmentID{c.ID}}, 0)
		if err != nil {
			t.Fatal(err)
		}
		tool, err := a.KeepTool(ctx, poc, civic.Tool{Member: c.Member, Name: "Portal"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if n := recordSize(t, a); n != before+2 {
			t.Errorf("%d entries", n-before)
		}
		kinds := func() (out []civic.GapKind) {
			r, err := a.Responsibility(ctx, "kenya")
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range r.Gaps {
				out = append(out, g.Kind)
			}
			return out
		}
		if got := kinds(); len(got) != 2 || got[0] != civic.NoOwner || got[1] != civic.NoMaintainer {
			t.Errorf("the gaps are %v", got)
		}
		if _, err := a.KeepTool(ctx, poc, civic.Tool{ID: tool, Name: "Portal", Maintainer: "Civic Lab", Kind: "civil_society", Until: "2027-05-22"}, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := a.KeepTension(ctx, poc, civic.Tension{ID: pull, Topic: inEnglish("Open data against privacy"), Laws: []string{"Data Protection Act 2019"}, Owner: owner}, 1); err != nil {
			t.Fatal(err)
		}
		if got := kinds(); len(got) != 1 || got[0] != civic.UpkeepEnds {
			t.Errorf("180 days before upkeep ends: %v", got)
		}
		day = day.AddDate(0, 0, -1)
		if got := kinds(); len(got) != 0 {
			t.Errorf("181 days before: %v", got)
		}
		_, err = a.KeepTool(ctx, poc, civic.Tool{ID: tool, Name: "Gateway"}, 1)
		refused(t, err, civic.Conflict, "a change of a version that is old")
		if err := a.ResolveTension(ctx, poc, pull, "", inEnglish("A law settles it.")); err != nil {
			t.Error(err)
		}
		refused(t, a.ResolveTension(ctx, poc, pull, "", inEnglish("Again.")), civic.Conflict, "resolving twice")
	})
}

func TestWhatIsKeptOfResponsibilityIsChecked(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		poc := person(t, a, "poc@example.org", civic.PointOfContact, civic.Scope{Member: r.Member})
		forum := person(t, a, "forum@example.org", civic.ForumMember, civic.Scope{Member: r.Member})
		_, err := a.KeepTool(ctx, forum, civic.Tool{Member: r.Member, Name: "Portal"}, 0)
		refused(t, err, civic.Forbidden, "a forum member keeps a tool")
		for says, tool := range map[string]civic.Tool{
			"without a name": {}, "a kind that is none": {Name: "x", Maintainer: "y", Kind: "wizard"}, "a day that is none": {Name: "x", Until: "soon"},
			"an address that runs": {Name: "x", URL: "javascript:alert(1)"}, "an owner of elsewhere": {Name: "x", Owner: "00000000000000000000000000"},
			"a commitment of elsewhere": {Name: "x", Commitments: []civic.CommitmentID{"00000000000000000000000000"}},
		} {
			tool.Member = r.Member
			_, err := a.KeepTool(ctx, poc, tool, 0)
			refused(t, err, civic.Invalid, says)
		}
		_, err = a.KeepTension(ctx, poc, civic.Tension{Member: r.Member, Topic: inEnglish("x")}, 0)
		refused(t, err, civic.Invalid, "a tension without laws")
	})
}
