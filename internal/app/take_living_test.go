package app

import (
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

func TestAnImportNeverOverwritesWhatIsRunHere(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		page, err := a.Plan(l.ctx, "kenya-1")
		l.must(err)
		l.must(a.AdoptImported(l.ctx, l.poc, page.ID, "2012-04-01", "Cabinet"))
		var c civic.Commitment
		for _, it := range page.Items {
			if it.Dossier.Commitment.Title.String() == "Water" {
				c = it.Dossier.Commitment
			}
		}
		before, _, err := a.Baseline(l.ctx, c.ID)
		l.must(err)
		said := in2017("Water", "What is promised about: Water")
		said["Start Date"] = "2012-03-04"
		said["Completion (progress report)"], said["_CompletionProgress"] = "b. Limited", "3"
		report := mustImport(t, a, ogpRequest(ogpTable(t, interchange.OGP2017, said)))
		if report.Undecided != 1 || report.Updated != 0 {
			t.Errorf("counted %+v", countsOf(report))
		}
		if !slices.ContainsFunc(report.Warnings, func(i interchange.Issue) bool { return i.Code == "living_differs" && i.Args["fields"] == "start" }) {
			t.Errorf("warnings are %v", report.Warnings)
		}
		now := l.newest(c.ID)
		if !now.Start.IsZero() && now.Start.Date == "2012-03-04" || now.Adopted == nil {
			t.Errorf("the import changed the promise: %+v", now.Start)
		}
		if len(now.Assessments) == 0 || !holds(now, interchange.OGP2017) {
			t.Error("the rating was not taken")
		}
		if after, _, _ := a.Baseline(l.ctx, c.ID); !sameSubject(before, after) {
			t.Error("the baseline changed")
		}
		if out := string(exportOGP(t, a, interchange.OGP2017, "csv")); !strings.Contains(out, "2012-03-04") {
			t.Error("the source's own row is lost")
		}
		// Lossless lines: what is run here comes back, and does not overwrite.
		lines := exportSubjects(t, a)
		same := mustImport(t, a, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("a.jsonl", lines)}})
		if same.Refused+same.Undecided+same.Updated != 0 {
			t.Errorf("its own lines: %+v %v", countsOf(same), same.Warnings)
		}
		other := strings.Replace(string(lines), `"text":"Water"`, `"text":"Watered down"`, 1)
		report = mustImport(t, a, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("a.jsonl", []byte(other))}})
		if report.Undecided != 1 || l.newest(c.ID).Title.String() != "Water" {
			t.Errorf("lines overwrote it: %+v", countsOf(report))
		}
	})
}

func TestALivingPlanComesThroughLosslessLines(t *testing.T) {
	l := newRun(t, newTestApp(t))
	plan, c := l.adopted()
	l.must(l.SetPeriods(l.ctx, l.poc, plan, civic.SuggestPeriods("2026-01-01", "2027-12-31"), nil))
	l.must(l.amend(c, map[string]string{"goals": "16 4", "partners.civil_society": "Mzalendo\nICJ", "causes.sw": "Sababu", "contact": "ogp@example.go.ke"}, l.amendment()))
	b := newTestApp(t)
	report := mustImport(t, b, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("a.jsonl", exportSubjects(t, l.App))}})
	if report.Refused+report.Undecided != 0 {
		t.Fatalf("%+v %v", countsOf(report), report.Warnings)
	}
	there, _, err := read[civic.Commitment](l.ctx, b, civic.KindCommitment, string(c))
	if err != nil || !sameSubject(there, l.newest(c)) {
		t.Errorf("the commitment came otherwise: %v\n%+v", err, there)
	}
	if _, ok, err := b.Baseline(l.ctx, c); ok || err != nil {
		t.Errorf("an amended text passes for the adopted one: %v %v", ok, err)
	}
}
