package app

import (
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

func TestWhatTheUnitedStatesTellOfTheirProgressBecomesTwoReportsOnEachSubCommitment(t *testing.T) {
	in := sharedFile(t, "us/nap5.json")
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		a := appOver(s)
		got := mustImport(t, a, ImportRequest{Format: "us-nap", Inputs: []interchange.Input{in}})
		if got.Reports != (ReportCounts{New: 86}) || got.Created != 36 {
			t.Fatalf("%+v", got)
		}
		id, err := a.store.FindPlan(t.Context(), "united-states-5")
		if err != nil {
			t.Fatal(err)
		}
		reports, err := belonging[civic.Report](t.Context(), a, civic.KindReport, civic.OfPlan, string(id))
		if err != nil {
			t.Fatal(err)
		}
		first, later, statuses := map[civic.MilestoneID]civic.Report{}, map[civic.MilestoneID]civic.Report{}, map[string]int{}
		for _, r := range reports {
			if r.Edition != "us-nap5" || r.Period != "" || strings.ContainsAny(r.Done.String(), "<>") || strings.Contains(r.Done.String(), "](") {
				t.Errorf("%+v", r)
			}
			for _, e := range r.Evidence {
				if e.URL != "" && !civic.WebAddress(e.URL) || e.URL == "" && len(e.Title) == 0 {
					t.Errorf("evidence %+v", e)
				}
			}
			switch {
			case r.Dated.Date == "2023-08" && r.NoStatus != nil && r.NoStatus.Kind == civic.NotReported && r.Status == "" && r.Words == "":
				first[r.Milestone] = r
			case r.Dated.Missing != nil && r.Dated.Missing.Kind == civic.NotSpecified && r.Order == 2:
				later[r.Milestone] = r
				statuses[string(r.Status)+"|"+r.Words]++
			default:
				t.Errorf("neither of August 2023 nor undated: %+v", r)
			}
		}
		if len(first) != 43 || len(later) != 43 || statuses["|In Progress"] != 21 || statuses["completed|"] != 21 || statuses["not_started|"] != 1 {
			t.Errorf("%d and %d reports, %v", len(first), len(later), statuses)
		}
		c, _, err := read[civic.Commitment](t.Context(), a, civic.KindCommitment, string(reports[0].Commitment))
		if err != nil {
			t.Fatal(err)
		}
		m, _ := c.MilestoneBy("US0113.2")
		change := civic.CompareReports(first[m.ID], later[m.ID])
		if !change.Status || change.Done[0].Added != 1 || change.Done[0].Removed != 1 || len(change.NewEvidence) != 2 ||
			change.NewEvidence[1].URL != "" || change.NewEvidence[1].Title.String() != "The new performance.gov page https:https://www.performance.gov/participation" {
			t.Errorf("%+v", change)
		}
		told := 0
		for _, w := range got.Warnings {
			if w.Code == "link_malformed" {
				told++
			}
		}
		if told != 3 {
			t.Errorf("%d malformed links told", told)
		}
		if m.Cells == nil {
			t.Error("the fields as they stand in the source are gone")
		}
		size := recordSize(t, a)
		again := mustImport(t, a, ImportRequest{Format: "us-nap", Inputs: []interchange.Input{in}})
		if recordSize(t, a) != size || again.Reports != (ReportCounts{Unchanged: 86}) {
			t.Errorf("read again: %+v", again)
		}
	})
}
