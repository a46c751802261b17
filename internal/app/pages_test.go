package app

import (
	"context"
	"slices"
	"sync"
	"testing"

	"avow/internal/civic"
)

func TestACommitmentIsFoundByItsOGPIDInAnyCaseAndByOurs(t *testing.T) {
	a := reading(t, smallWorld()...)
	for _, ref := range []string{"LT0031", "lt0031", testID('c', 1)} {
		p, err := a.Commitment(context.Background(), ref)
		if err != nil || p.Ref != "LT0031" {
			t.Errorf("%s: %s, %v", ref, p.Ref, err)
		}
	}
	for _, ref := range []string{"LT9999", testID('c', 99), "", "x", "lithuania"} {
		if _, err := a.Commitment(context.Background(), ref); civic.KindOf(err) != civic.NotFound {
			t.Errorf("%q: %v, want not found", ref, err)
		}
	}
}

func TestRatingsOfTwoEditionsStandSideBySide(t *testing.T) {
	c := state("ogp-2015", func(c *civic.Commitment) {
		c.Sources = append(c.Sources, civic.Source{Edition: "ogp-2017"})
		c.Assessments = append(c.Assessments, completion("ogp-2017", "progress_report", "limited", nil), completion("ogp-2017", "end_of_term_report", "complete", nil))
	})
	var got []string
	for _, r := range ratingViews(c) {
		mark := ""
		if r.Current {
			mark = "*"
		}
		got = append(got, string(r.Product)+" "+r.Variable+" "+string(r.Edition)+" "+ratingValue(r.Rating)+mark)
	}
	want := []string{
		"progress_report completion ogp-2017 limited*", "progress_report completion ogp-2015 missing:not_reported:NR",
		"progress_report specificity ogp-2015 high*", "end_of_term_report completion ogp-2017 complete*",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAMemberHasItsPlansOldestFirstAndItsInstitutions(t *testing.T) {
	a := reading(t, smallWorld()...)
	for _, ref := range []string{"LTU", "ltu", "lithuania", string(lithuania.ID)} {
		p, err := a.Member(context.Background(), ref)
		if err != nil {
			t.Fatal(err)
		}
		if p.Plans != 2 || p.Commitments != 4 || p.FirstYear != 2018 || p.LastYear != 2021 {
			t.Errorf("%s: counts are %+v", ref, p.MemberItem)
		}
		if len(p.PlanItems) != 2 || p.PlanItems[0].Slug != "lithuania-4" || p.PlanItems[0].Commitments != 4 || p.PlanItems[1].Commitments != 1 {
			t.Errorf("%s: plans are %+v", ref, p.PlanItems)
		}
		if len(p.Institutions) != 2 || p.Institutions[0].Supports != 1 || p.Institutions[1].Leads != 1 {
			t.Errorf("%s: institutions are %+v", ref, p.Institutions)
		}
	}
	if _, err := a.Member(context.Background(), "utopia"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a member that is not here: %v", err)
	}
	all, err := a.Members(context.Background())
	if err != nil || len(all) != 3 || all[0].Slug != "buenos-aires" || all[2].Slug != "lithuania" {
		t.Errorf("members are %+v, %v", all, err)
	}
}

func TestAPlanListsItsCommitmentsAsPeopleCount(t *testing.T) {
	a := reading(t, smallWorld()...)
	for _, ref := range []string{"lithuania-4", "LITHUANIA-4", "ap_ltu04", string(lithuania4.ID)} {
		p, err := a.Plan(context.Background(), ref)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range p.Items {
			got = append(got, i.Ref)
		}
		if want := []string{"LT0032", testID('c', 3), "LT0040", "LT0031"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", ref, got, want)
		}
		if p.MemberSlug != "lithuania" || p.MemberCode != "LTU" || p.Commitments != 4 {
			t.Errorf("%s: %+v", ref, p.PlanItem)
		}
		if want := []Choice{{Value: "substantial", Count: 1}, {Value: "not_reported", Count: 1}, {Value: NeverAssessed, Count: 2}}; !slices.Equal(p.Completion, want) {
			t.Errorf("%s: completion is %+v", ref, p.Completion)
		}
	}
	plans, err := a.Plans(context.Background())
	if err != nil || len(plans) != 3 || plans[0].Slug != "lithuania-5" || plans[1].Slug != "kenya-3" {
		t.Errorf("plans are %+v, %v", plans, err)
	}
}

func TestTagsSayWhichEditionsHaveThem(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	tags, err := a.Tags(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, g := range tags {
		if len(g.Editions) > 0 {
			slugs = append(slugs, g.Slug)
		}
	}
	if want := []string{"lobbying", "open-contracting", "open-data", "tax"}; !slices.Equal(slugs, want) {
		t.Errorf("tags are %v", slugs)
	}
	tax, err := a.Tag(ctx, "tax")
	if err != nil || tax.Commitments != 0 || len(tax.Editions) != 1 || tax.Editions[0] != (TagEdition{"ogp-2024", "Tax", 0, 1}) {
		t.Errorf("tax is %+v, %v", tax, err)
	}
	if _, err := a.Tag(ctx, "no-such-tag"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("a tag that is not here: %v", err)
	}
}

func TestCountsFollowTheRecord(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	before, err := a.Tag(ctx, "open-data")
	if err != nil || before.Commitments != 2 || before.Editions[0].Yes != 2 {
		t.Fatalf("open data is %+v, %v", before, err)
	}
	record(t, a, "update", "ogp-2024",
		civic.Commitment{ID: civic.CommitmentID(testID('c', 4)), OGPID: "LT0040", Member: lithuania.ID, Submitted: 2021, Plans: []civic.PlanEntry{{Plan: lithuania5.ID, Number: "1"}}, Title: en("Changed")},
		civic.Commitment{ID: civic.CommitmentID(testID('c', 8)), Member: lithuania.ID, Title: en("Added"), Tags: []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"Open Data"}}},
			Parts: []civic.Part{{Role: civic.Lead, Institution: ministry.ID}}},
	)
	after, err := a.Tag(ctx, "open-data")
	if err != nil {
		t.Fatal(err)
	}
	if want := []TagEdition{{"ogp-2017", "Open Data", 1, 0}, {"ogp-2024", "Open Data", 1, 0}}; after.Commitments != 2 || !slices.Equal(after.Editions, want) {
		t.Errorf("open data is %+v", after)
	}
	m, err := a.Member(ctx, "lithuania")
	if err != nil || m.Commitments != 5 || m.PlanItems[0].Commitments != 3 || m.Institutions[0].Leads != 1 {
		t.Errorf("Lithuania is %+v, %v", m, err)
	}
	fresh := New(a.store, Options{Now: a.now})
	want, err := fresh.Commitments(ctx, CommitmentFilter{}, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Commitments(ctx, CommitmentFilter{}, 0, "")
	if err != nil || !slices.Equal(refsOf(got), refsOf(want)) {
		t.Errorf("the index that followed lists %v, a new one %v (%v)", refsOf(got), refsOf(want), err)
	}
}

func TestTheOverviewCountsWhatIsHere(t *testing.T) {
	a := reading(t, smallWorld()...)
	o, err := a.Overview(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if o.Members != 3 || o.Plans != 3 || o.Commitments != 6 || o.Institutions != 2 || o.Milestones != 1 || o.Entries != 14 || !o.Demo || o.Newest != noon.UnixMicro() || len(o.Root) != 44 {
		t.Errorf("overview is %+v", o)
	}
	if want := []Choice{{Value: "2018", Count: 4}, {Value: "2020", Count: 1}, {Value: "2021", Count: 1}}; !slices.Equal(o.ByYear, want) {
		t.Errorf("by year: %+v", o.ByYear)
	}
	if want := []Choice{{Value: "limited", Count: 1}, {Value: "substantial", Count: 1}, {Value: "not_reported", Count: 1}, {Value: NeverAssessed, Count: 3}}; !slices.Equal(o.ByCompletion, want) {
		t.Errorf("by completion: %+v", o.ByCompletion)
	}
}

func TestAnEmptyRecordIsAnEmptyAnswer(t *testing.T) {
	a := reading(t)
	ctx := context.Background()
	l, err := a.Commitments(ctx, CommitmentFilter{Q: "anything"}, 0, "")
	if err != nil || l.Total != 0 || len(l.Items) != 0 {
		t.Errorf("list is %+v, %v", l, err)
	}
	if o, err := a.Overview(ctx); err != nil || o.Commitments != 0 || o.Demo {
		t.Errorf("overview is %+v, %v", o, err)
	}
	if m, err := a.Members(ctx); err != nil || len(m) != 0 {
		t.Errorf("members are %v, %v", m, err)
	}
	tags, err := a.Tags(ctx)
	if err != nil || len(tags) == 0 {
		t.Errorf("%d tags, %v", len(tags), err)
	}
	for _, g := range tags {
		if g.Commitments != 0 || len(g.Editions) != 0 {
			t.Errorf("%s has %d commitments in %d editions", g.Slug, g.Commitments, len(g.Editions))
		}
	}
}

func TestReadersSeeOneStateWhileTheRecordGrows(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for seen := 0; ; {
				l, err := a.Commitments(ctx, CommitmentFilter{Q: "added"}, 100, "")
				if err != nil || l.Total != len(l.Items) || l.Total < seen {
					t.Errorf("%d of %d after %d, %v", len(l.Items), l.Total, seen, err)
					return
				}
				seen = l.Total
				if tag, err := a.Tag(ctx, "aid"); err == nil && tag.Commitments < seen {
					t.Errorf("%d tagged after %d were listed", tag.Commitments, seen)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range 10 {
		record(t, a, "create", "ogp-2024", civic.Commitment{ID: civic.CommitmentID(testID('c', 100+i)), Member: kenya.ID, Title: en("Added"),
			Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Aid"}}}})
	}
	close(done)
	readers.Wait()
	if l, err := a.Commitments(ctx, CommitmentFilter{Q: "added"}, 1, ""); err != nil || l.Total != 10 {
		t.Errorf("%d in the end, %v", l.Total, err)
	}
}
