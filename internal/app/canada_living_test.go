package app

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/storetest"

	"github.com/xuri/excelize/v2"
)

// canadian is a Canadian plan that was taken over, with a clock that a test sets.
type canadian struct {
	*App
	plan civic.Plan
	day  *string
}

func eachCanadian(t *testing.T, name, slug, adopted, today string, run func(t *testing.T, c canadian)) {
	t.Helper()
	sharedFile(t, "canada/"+name+".json")
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		day := today
		a := New(s, Options{Now: func() time.Time {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			return at.Add(15 * time.Hour)
		}})
		in := sharedFile(t, "canada/"+name+".json")
		mustImport(t, a, ImportRequest{Format: "canada-nap", Inputs: []interchange.Input{in}})
		periods, err := interchange.CanadaPeriods(in)
		if err != nil {
			t.Fatal(err)
		}
		id, err := a.store.FindPlan(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.AdoptImported(t.Context(), civic.Operator(), id, adopted, "Government of Canada"); err != nil {
			t.Fatal(err)
		}
		if err := a.SetPeriods(t.Context(), civic.Operator(), id, periods, nil); err != nil {
			t.Fatal(err)
		}
		plan, _, err := read[civic.Plan](t.Context(), a, civic.KindPlan, string(id))
		if err != nil {
			t.Fatal(err)
		}
		run(t, canadian{a, plan, &day})
	})
}

func TestAHundredReportsOnTheCanadianPlanComeBackWithTwentyMistakesNamed(t *testing.T) {
	eachCanadian(t, "nap5-2022-2024", "canada-5", "2022-09-21", "2023-04-10", func(t *testing.T, c canadian) {
		if p := c.plan; len(p.Periods) != 12 || p.Periods[4].Key != "2023-03" || p.Periods[4].Start != "2023-01-01" ||
			p.Periods[4].End != "2023-03-31" || p.Periods[4].Due != "2023-03-31" || !slices.Equal(p.Languages, []string{"en", "fr"}) {
			t.Fatalf("periods %v, languages %v", p.Periods, p.Languages)
		}
		row := func(i int) string { return strconv.Itoa(i + 2) } // of the ith indicator
		good := func(f *excelize.File, s string, i int) {
			status := []any{"Achevé", "Substantial", "limited", "not_started"}[i%4]
			cells := map[string]any{"J": status, "K": fmt.Sprintf("- Progress %d was made.\n- More follows.", i), "L": fmt.Sprintf("- Un progrès %d.\n- La suite vient.", i),
				"Q": fmt.Sprintf("Page %d | Page %d | https://open.canada.ca/%d", i, i, i)}
			if i%4 == 0 {
				cells["J"], cells["R"] = wordsOf("fr").Say("report.status.completed"), "2023-02-14"
			}
			if i%4 > 1 {
				cells["M"], cells["N"] = "=Money (-5 %)", "+ d’argent"
			}
			fillRow(t, f, s, row(i), cells)
		}
		// One indicator was reported as completed before.
		first := sheetOf(t, c.App, "canada-5", "2022-12", "en", func(f *excelize.File, s string) { good(f, s, 84) })
		if r := takeSheet(t, c.App, "canada-5", "2022-12", first, TakeOptions{}); r.New != 1 {
			t.Fatalf("%+v", r)
		}
		long, lines := strings.Repeat("é", 10_001), strings.Repeat("https://open.canada.ca/x\n", 21)
		mistakes := []struct {
			cells map[string]any
			want  string // column and key
		}{
			{map[string]any{"J": "In progress"}, "J sheet.fault.status"},
			{map[string]any{"J": nil, "M": nil, "N": nil}, "J report.fault.status"},
			{map[string]any{"J": "Limited", "M": nil, "N": nil}, "M report.fault.challenges"},
			{map[string]any{"J": "not_started", "R": nil, "M": nil, "N": nil}, "M report.fault.challenges"},
			{map[string]any{"J": "Substantial", "M": nil, "N": nil, "R": nil}, "M report.fault.back"}, // indicator 84
			{map[string]any{"K": nil, "L": " "}, "K report.fault.done"},
			{map[string]any{"L": nil}, "L report.fault.languages"},
			{map[string]any{"M": nil, "N": "Seulement en français"}, "M report.fault.languages"},
			{map[string]any{"O": "Only English"}, "P report.fault.languages"},
			{map[string]any{"Q": "Still being drafted"}, "Q report.fault.evidence"},
			{map[string]any{"Q": "One title | https://open.canada.ca"}, "Q report.fault.languages"},
			{map[string]any{"Q": lines}, "Q report.fault.many"},
			{map[string]any{"L": "=A1"}, "L sheet.fault.formula"},
			{map[string]any{"J": "#N/A"}, "J sheet.fault.error_value"},
			{map[string]any{"J": "Substantial", "R": "2023-02-14"}, "R report.fault.completed"},
			{map[string]any{"J": "Completed", "R": "2023-04-11"}, "R report.fault.future"},
			{map[string]any{"J": "Completed", "R": "2023-02-30"}, "R report.fault.day"},
			{map[string]any{"K": long}, "K report.fault.length"},
		}
		want := map[string]string{}
		in := sheetOf(t, c.App, "canada-5", "2023-03", "fr", func(f *excelize.File, s string) {
			for i := range 98 {
				good(f, s, i)
			}
			for k, m := range mistakes {
				fillRow(t, f, s, row(80+k), m.cells)
				if m.cells["L"] == "=A1" {
					if err := f.SetCellFormula(s, "L"+row(80+k), "A1"); err != nil {
						t.Fatal(err)
					}
				}
				column, key, _ := strings.Cut(m.want, " ")
				want[column+row(80+k)] = key
			}
			// Behind the 106 indicators: a row copied from the first, and one of somebody's own.
			ref, _ := f.GetCellValue(s, "A2")
			fillRow(t, f, s, "108", map[string]any{"A": ref, "J": "Substantial", "K": "Twice", "L": "Deux fois"})
			fillRow(t, f, s, "109", map[string]any{"B": "C09", "J": "Substantial", "K": "Of my own", "L": "À moi"})
			want["row 108"], want["row 109"] = "sheet.fault.row_twice", "sheet.fault.row_added"
		})
		size := recordSize(t, c.App)
		rehearsed := takeSheet(t, c.App, "canada-5", "2023-03", in, TakeOptions{DryRun: true, Partial: true})
		if recordSize(t, c.App) != size {
			t.Error("the rehearsal wrote something")
		}
		real := takeSheet(t, c.App, "canada-5", "2023-03", in, TakeOptions{Partial: true})
		for name, r := range map[string]SheetReport{"rehearsed": rehearsed, "real": real} {
			got := map[string]string{}
			for _, f := range r.Faults {
				place := f.Cell
				if place == "" {
					place = fmt.Sprint("row ", f.Row)
				}
				got[place] = f.Key
			}
			if !maps.Equal(got, want) || len(r.Faults) != 20 {
				t.Errorf("%s: %d faults\n%v\n%v", name, len(r.Faults), got, want)
			}
			if r.New != 80 || r.Refused != 20 || r.Empty != 8 || r.Rows != 106 {
				t.Errorf("%s: new %d, refused %d, empty %d, rows %d", name, r.New, r.Refused, r.Empty, r.Rows)
			}
		}
		if got := recordSize(t, c.App); got != size+80 {
			t.Errorf("%d entries, want 80", got-size)
		}
		c.periodsAndLateness(t)
	})
}

// periodsAndLateness: the 80 reports are ten days late, the others of their period
// are missing since then, and what ended before the plan was adopted is not asked for.
func (c canadian) periodsAndLateness(t *testing.T) {
	t.Helper()
	progress, err := c.Progress(t.Context(), "canada-5")
	if err != nil {
		t.Fatal(err)
	}
	got := progress.Counts.Reports
	want := map[civic.ExpectationState]int{
		civic.NotExpected:   2 * 106,            // 2022-03 and 2022-06
		civic.ReportMissing: 106 + 105 + 26,     // 2022-09, 2022-12, 2023-03
		civic.ReportedLate:  1 + 80,             // 2022-12 and 2023-03
		civic.OpenToReport:  106,                // 2023-06
		civic.NotYetOpen:    106 * (12 - 5 - 1), // the others
	}
	for state, n := range want {
		if got[state] != n {
			t.Errorf("%s: %d, want %d (%v)", state, got[state], n, got)
		}
	}
	reports, err := belonging[civic.Report](t.Context(), c.App, civic.KindReport, civic.OfPlan, string(c.plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		com, _, err := read[civic.Commitment](t.Context(), c.App, civic.KindCommitment, string(r.Commitment))
		if err != nil {
			t.Fatal(err)
		}
		if r.Period != "2023-03" {
			continue
		}
		e := civic.Expect(c.plan, com, r.Milestone, c.plan.Periods[4], &civic.Filed{Report: r, On: "2023-04-10"}, "2023-04-10")
		if e.State != civic.ReportedLate || e.Days != 10 {
			t.Fatalf("%+v", e)
		}
	}
}

// definition is a Canadian tracker with the rules of its table under fields.
type definition struct {
	Fields []struct {
		ID         string                     `json:"datastore_id"`
		Obligation string                     `json:"obligation"`
		Choices    map[string]json.RawMessage `json:"choices"`
	} `json:"fields"`
	Commitments map[string]json.RawMessage `json:"commitments"`
	Milestones  map[string]json.RawMessage `json:"milestones"`
	Indicators  map[string]json.RawMessage `json:"indicators"`
	Example     map[string]string          `json:"example_record"`
}

func readDefinition(t *testing.T, name string) (d definition) {
	t.Helper()
	f, err := sharedFile(t, name).Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// refuses returns the columns for which their definition refuses a row.
func (d definition) refuses(row map[string]string) []string {
	var out []string
	for _, f := range d.Fields {
		value := strings.TrimSpace(row[f.ID])
		_, chosen := f.Choices[value]
		lists := map[string]map[string]json.RawMessage{"commitments": d.Commitments, "milestones": d.Milestones, "indicators": d.Indicators}
		_, listed := lists[f.ID][value]
		switch {
		case value == "" && f.Obligation == "Mandatory", value != "" && len(f.Choices) > 0 && !chosen, value != "" && lists[f.ID] != nil && !listed:
			out = append(out, f.ID)
		}
	}
	slices.Sort(out)
	return out
}

// columnsAtFault names the columns of the table in which our rules see a fault.
func columnsAtFault(faults civic.Errors) []string {
	names := map[string][]string{"period": {"reporting_period"}, "milestone": {"indicators"}, "status": {"status"}, "done": {"progress_en", "progress_fr"},
		"done.en": {"progress_en"}, "done.fr": {"progress_fr"}, "challenges": {"challenges_en", "challenges_fr"},
		"challenges.en": {"challenges_en"}, "challenges.fr": {"challenges_fr"}, "evidence.0.url": {"evidence_en", "evidence_fr"},
		"evidence.0.title.en": {"evidence_en"}, "evidence.0.title.fr": {"evidence_fr"}}
	var out []string
	for _, f := range faults {
		for _, name := range names[f.Field] {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		if names[f.Field] == nil {
			out = append(out, "?"+f.Field)
		}
	}
	slices.Sort(out)
	return out
}

// Each indicator of both plans, with the published example's texts, in each
// period, changed in one way at a time: what their definition refuses, our rules
// refuse in the same columns, and nothing else but what stands here with its reason.
func TestOurRulesAreThoseOfTheCanadianDefinitions(t *testing.T) {
	both := []string{"challenges_en", "challenges_fr"}
	proof := []string{"evidence_en", "evidence_fr"}
	variants := []struct {
		name   string
		change map[string]string
		ours   []string // columns that only our rules refuse
		reason string
	}{
		{"as published", nil, proof, "evidence is an address or a file here; words without one belong to what was done"},
		{"an address as evidence", map[string]string{"evidence_en": "https://open.canada.ca", "evidence_fr": "https://open.canada.ca"}, nil, ""},
		{"no evidence", map[string]string{"evidence_en": "", "evidence_fr": ""}, nil, ""},
		{"evidence in one language", map[string]string{"evidence_en": "See https://open.canada.ca", "evidence_fr": ""}, proof, "words without an address of their own, and in one language; the web form of the source refuses the second too, the definition does not say so"},
		{"NIL", map[string]string{"progress_en": "NIL", "progress_fr": "NUL", "evidence_en": "", "evidence_fr": ""}, nil, ""},
		{"no status", map[string]string{"status": ""}, nil, ""},
		{"a status of another table", map[string]string{"status": "IP"}, nil, ""},
		{"not started, with challenges", map[string]string{"status": "NS"}, nil, ""},
		{"limited, with challenges", map[string]string{"status": "LP"}, nil, ""},
		{"complete, without challenges", map[string]string{"status": "C", "challenges_en": "", "challenges_fr": ""}, nil, ""},
		{"substantial, without challenges", map[string]string{"status": "SP", "challenges_en": "", "challenges_fr": ""}, nil, ""},
		{"not started, without challenges", map[string]string{"status": "NS", "challenges_en": "", "challenges_fr": ""}, both, "optional in the definition; the form and the database of the source require it, and so do we"},
		{"limited, without challenges", map[string]string{"status": "LP", "challenges_en": "", "challenges_fr": ""}, both, "the same"},
		{"challenges in one language", map[string]string{"challenges_fr": ""}, []string{"challenges_fr"}, "both languages or neither: the definition does not say so, the source's forms do for evidence"},
		{"no progress", map[string]string{"progress_en": "", "progress_fr": ""}, nil, ""},
		{"progress in English alone", map[string]string{"progress_fr": "  "}, nil, ""},
		{"progress in French alone", map[string]string{"progress_en": ""}, nil, ""},
		{"no period", map[string]string{"reporting_period": ""}, nil, ""},
		{"a period that is none", map[string]string{"reporting_period": "2021-07"}, nil, ""},
		{"everything empty", map[string]string{"status": "", "progress_en": "", "progress_fr": "", "challenges_en": "", "challenges_fr": "", "evidence_en": "", "evidence_fr": ""}, nil, ""},
	}
	codes := map[string]civic.SelfCompletion{"NS": civic.SelfNotStarted, "LP": civic.SelfLimited, "SP": civic.SelfSubstantial, "C": civic.SelfCompleted}
	for name, slug := range map[string]string{"nap4-2018-2020": "canada-4", "nap5-2022-2024": "canada-5"} {
		eachCanadian(t, name, slug, "2022-01-01", "2026-01-01", func(t *testing.T, c canadian) {
			d := readDefinition(t, "canada/"+name+".json")
			commitments, err := c.commitmentsOf(t.Context(), c.plan.ID)
			if err != nil {
				t.Fatal(err)
			}
			byNumber := map[string]civic.Commitment{}
			for _, com := range commitments {
				byNumber[numberIn(com, c.plan.ID)] = com
			}
			rows := 0
			for code := range d.Indicators {
				parts := strings.Split(code, ".")
				com := byNumber[parts[0]]
				m, _ := com.MilestoneBy(code)
				for _, v := range variants {
					row := maps.Clone(d.Example)
					row["commitments"], row["milestones"], row["indicators"] = parts[0], parts[0]+"."+parts[1], code
					if v.name != "as published" && v.change["evidence_en"] == "" {
						row["evidence_en"], row["evidence_fr"] = "https://open.canada.ca", "https://open.canada.ca"
					}
					maps.Copy(row, v.change)
					r := civic.Report{Plan: c.plan.ID, Commitment: com.ID, Milestone: m.ID, Period: row["reporting_period"], Status: codes[row["status"]],
						Done: bilingualText(row["progress_en"], row["progress_fr"]), Challenges: bilingualText(row["challenges_en"], row["challenges_fr"])}
					if words := bilingualText(row["evidence_en"], row["evidence_fr"]); len(words) == 2 && words[0].Text == words[1].Text {
						r.Evidence = []civic.Evidence{{URL: words[0].Text}}
					} else if len(words) > 0 {
						r.Evidence = []civic.Evidence{{Title: words}}
					}
					theirs, ours := d.refuses(row), columnsAtFault(civic.CheckReport(r, c.plan, com, "2026-01-01"))
					want := slices.Concat(theirs, v.ours)
					slices.Sort(want)
					if !slices.Equal(ours, slices.Compact(want)) {
						t.Fatalf("%s %s: theirs %v, ours %v, expected beyond theirs %v: %s", code, v.name, theirs, ours, v.ours, v.reason)
					}
					if rows++; len(v.ours) > 0 && v.reason == "" {
						t.Errorf("%s: a difference without a reason", v.name)
					}
				}
			}
			if rows != len(d.Indicators)*len(variants) || len(d.Indicators) < 100 {
				t.Errorf("%d rows", rows)
			}
		})
	}
}

func bilingualText(en, fr string) civic.Text {
	return tidy(civic.Text{{Lang: "en", Text: en}, {Lang: "fr", Text: fr}})
}

// progressTable is the table of progress that the definition describes, with a row
// for each indicator in some periods.
func progressTable(t *testing.T, d definition, periods []string, change func(i int, row map[string]string)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	columns := []string{"reporting_period", "commitments", "milestones", "indicators", "status", "progress_en", "progress_fr", "evidence_en", "evidence_fr",
		"challenges_en", "challenges_fr", "record_created", "user_modified", "owner_org", "owner_org_title"}
	_ = w.Write(columns)
	i := 0
	for _, period := range periods {
		for _, code := range slices.Sorted(maps.Keys(d.Indicators)) {
			row := maps.Clone(d.Example)
			parts := strings.Split(code, ".")
			row["reporting_period"], row["commitments"], row["milestones"], row["indicators"] = period, parts[0], parts[0]+"."+parts[1], code
			row["user_modified"] = "somebody@example.org"
			change(i, row)
			cells := make([]string, len(columns))
			for k, c := range columns {
				cells[k] = row[c]
			}
			_ = w.Write(cells)
			i++
		}
	}
	w.Flush()
	return b.Bytes()
}

func TestTheCanadianTableOfProgressBecomesReportsAndASecondReadingChangesNothing(t *testing.T) {
	eachCanadian(t, "nap5-2022-2024", "canada-5", "2022-09-21", "2023-07-01", func(t *testing.T, c canadian) {
		d := readDefinition(t, "canada/nap5-2022-2024.json")
		filed := sheetOf(t, c.App, "canada-5", "2023-03", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "2", map[string]any{"J": "Completed", "K": "Filed here.", "L": "Déposé ici."})
		})
		takeSheet(t, c.App, "canada-5", "2023-03", filed, TakeOptions{})
		change := func(i int, row map[string]string) {
			row["status"] = []string{"NS", "LP", "SP", "C"}[i%4]
			switch i {
			case 5:
				row["status"] = "Paused"
			case 6:
				row["commitments"], row["milestones"], row["indicators"] = "C01", "C01.1", "C01.1.99"
			case 7:
				row["milestones"] = "C01.9"
			case 8:
				row["evidence_en"], row["evidence_fr"] = "See https://a.example/x and https:https://b.example", "Voir https://a.example/x"
			}
		}
		in := interchange.BytesInput("nap5-2022-2024-progress.csv", progressTable(t, d, []string{"2022-12", "2023-03"}, change))
		r := mustImport(t, c.App, ImportRequest{Format: "canada-progress", Inputs: []interchange.Input{in}})
		if r.Rows != 212 || r.Reports != (ReportCounts{New: 209, Unchanged: 1}) || r.Refused != 2 || r.Created+r.Updated+r.Vanished != 0 {
			t.Fatalf("%+v", r)
		}
		var codes []string
		for _, w := range r.Warnings {
			codes = append(codes, w.Code)
		}
		slices.Sort(codes)
		if want := []string{"link_malformed", "parent_other", "report_kept", "report_milestone_unknown", "status_unknown"}; !slices.Equal(codes, want) {
			t.Errorf("told %v", codes)
		}
		reports, err := belonging[civic.Report](t.Context(), c.App, civic.KindReport, civic.OfPlan, string(c.plan.ID))
		if err != nil {
			t.Fatal(err)
		}
		off := 0
		for _, r := range reports {
			if r.Edition == "" {
				continue
			}
			if len(r.Done) != 2 || len(r.Challenges) != 2 || r.Evidence[0].Title.In("fr").Lang != "fr" || r.Dated.Date != r.Period || r.Edition != "canada-nap5-2022-2024" || r.Milestone == "" {
				t.Fatalf("%+v", r)
			}
			if r.Words != "" && r.Status == "" {
				off++
			}
		}
		if len(reports) != 210 || off != 1 {
			t.Errorf("%d reports, %d with the source's own word", len(reports), off)
		}
		size := recordSize(t, c.App)
		again := mustImport(t, c.App, ImportRequest{Format: "canada-progress", Inputs: []interchange.Input{in}})
		if recordSize(t, c.App) != size || again.Reports != (ReportCounts{Unchanged: 210}) {
			t.Errorf("again: %+v", again.Reports)
		}
		// The tracker's own file still changes nothing beside the reports.
		mustImport(t, c.App, ImportRequest{Format: "canada-nap", Inputs: []interchange.Input{sharedFile(t, "canada/nap5-2022-2024.json")}})
		if recordSize(t, c.App) != size {
			t.Error("the tracker read again changed something")
		}
	})
}
