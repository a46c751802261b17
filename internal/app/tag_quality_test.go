package app

import (
	"context"
	"slices"
	"testing"

	"avow/internal/civic"
)

func TestTheQualityReportFindsWhatIsMisfiledAndCountsDecisions(t *testing.T) {
	entry := []civic.PlanEntry{{Plan: lithuania4.ID, Number: "1"}}
	plain := func(n int, title string, edition civic.Edition, tags ...string) civic.Commitment {
		return civic.Commitment{ID: civic.CommitmentID(testID('c', n)), Member: lithuania.ID, Plans: entry, Title: en(title), Text: en(title + "."),
			Tags: []civic.EditionTags{{Edition: edition, Yes: tags}}}
	}
	a := reading(t, lithuania, lithuania4,
		plain(1, "The parliament consults citizens on draft laws through public hearings and open committee meetings", "ogp-2024", "Digital Governance"),
		plain(2, "Rules for algorithms of private platforms", "ogp-2024", "Digital Governance", "Open Data"),
		plain(3, "A register", "ogp-2024", "Lobbying"))
	ctx := context.Background()
	q, err := a.TagQuality(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if q.Under.ID != "digital-governance" || q.Looked != 1 || len(q.Misfiled) != 1 || q.Misfiled[0].Item.Dossier.Commitment.ID != civic.CommitmentID(testID('c', 1)) {
		t.Errorf("under %s %d were looked at, misfiled are %+v", q.Under.ID, q.Looked, q.Misfiled)
	}
	if i := slices.IndexFunc(q.Contradictions, func(c Contradiction) bool { return c.Child == "lobbying" }); i < 0 || len(q.Contradictions[i].Commitments) != 1 {
		t.Errorf("contradictions are %+v", q.Contradictions)
	}
	choice := func(n int, tag string, v civic.TagVerdict, o civic.TagOrigin) TagChoice {
		return TagChoice{Commitment: testID('c', n), Tag: tag, Verdict: v, Origin: o, Model: "m", Confidence: 600, Reason: en("Because.")}
	}
	err = a.DecideTags(ctx, civic.Operator(), []TagChoice{
		choice(1, "Open Parliaments", civic.TagAccepted, civic.FromModel), choice(2, "Open Parliaments", civic.TagRejected, civic.FromModel),
		choice(3, "Open Parliaments", civic.TagAccepted, civic.FromPerson)})
	if err != nil {
		t.Fatal(err)
	}
	if q, err = a.TagQuality(ctx, "digital governance"); err != nil {
		t.Fatal(err)
	}
	if want := (DecidedTag{Tag: "open-parliaments", Accepted: 1, Rejected: 1, Others: 1, Precision: 0.5, Recall: 0.5}); len(q.Decided) != 1 || q.Decided[0] != want {
		t.Errorf("decided are %+v, want %+v", q.Decided, want)
	}
	if want := (DecidedProposal{"m", "2026-03", 1, 1}); len(q.Drift) != 1 || q.Drift[0] != want {
		t.Errorf("drift is %+v, want %+v", q.Drift, want)
	}
	if _, err := a.TagQuality(ctx, "no such tag"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a tag that is not there: %v", err)
	}
}

func TestMembersThatTagUnlikeTheOthersAreToldFirst(t *testing.T) {
	subjects := []civic.Subject{lithuania, kenya, lithuania4, kenya3}
	for i := range 24 {
		c := civic.Commitment{ID: civic.CommitmentID(testID('c', i)), Member: lithuania.ID, Plans: []civic.PlanEntry{{Plan: lithuania4.ID}}, Title: en("A"),
			Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Data"}}}}
		if i%2 == 1 {
			c.Member, c.Plans[0].Plan, c.Tags[0].Yes = kenya.ID, kenya3.ID, []string{"Justice"}
		}
		subjects = append(subjects, c)
	}
	q, err := reading(t, subjects...).TagQuality(context.Background(), "")
	if err != nil || len(q.Members) != 2 {
		t.Fatalf("%d members, %v", len(q.Members), err)
	}
	// Nothing in common: the distance is 1, and each gives its own tag more than the other.
	if m := q.Members[0]; m.Distance < 0.999 || m.Commitments != 12 || m.More == m.Less || m.More == "" {
		t.Errorf("%+v", m)
	}
}
