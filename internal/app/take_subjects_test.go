package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// lines writes subjects as a file of lossless lines.
func lines(t *testing.T, subjects ...civic.Subject) interchange.Input {
	t.Helper()
	var b strings.Builder
	w := interchange.NewJSONLWriter(&b)
	for _, s := range subjects {
		body, err := civic.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Body(s.SubjectKind(), body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return interchange.BytesInput("subjects.jsonl", []byte(b.String()))
}

func takeLines(t *testing.T, a *App, subjects ...civic.Subject) ImportReport {
	t.Helper()
	return mustImport(t, a, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{lines(t, subjects...)}})
}

// foreign is the small world under IDs of another record.
func foreign() []civic.Subject {
	m, i, p := lithuania, tender, lithuania4
	m.ID, i.ID, p.ID = civic.MemberID(testID('x', 1)), civic.InstitutionID(testID('x', 2)), civic.PlanID(testID('x', 3))
	i.Member, p.Member = m.ID, m.ID
	c := civic.Commitment{
		ID: civic.CommitmentID(testID('x', 4)), OGPID: "LT0031", Member: m.ID, Plans: []civic.PlanEntry{{Plan: p.ID, Number: "10"}}, Title: en("Publish procurement data, now"),
		Parts: []civic.Part{{Role: civic.Lead, Institution: i.ID, Name: "Public Procurement Office"}},
	}
	return []civic.Subject{m, i, p, c}
}

func TestSubjectsOfAnotherRecordTakeTheIDsOfTheKnownOnes(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		if r := takeLines(t, a, smallWorld()...); r.Created != 6 || r.Refused > 0 {
			t.Fatalf("%+v %v", countsOf(r), r.Warnings)
		}
		before := [3]int{subjectsOf(t, a, civic.KindMember), subjectsOf(t, a, civic.KindInstitution), subjectsOf(t, a, civic.KindPlan)}
		size := recordSize(t, a)
		if r := takeLines(t, a, foreign()...); countsOf(r) != (tally{rows: 4, updated: 1}) {
			t.Errorf("%+v %v", countsOf(r), r.Warnings)
		}
		if after := [3]int{subjectsOf(t, a, civic.KindMember), subjectsOf(t, a, civic.KindInstitution), subjectsOf(t, a, civic.KindPlan)}; after != before {
			t.Errorf("%v members, institutions and plans became %v", before, after)
		}
		page, err := a.Commitment(context.Background(), "LT0031")
		if err != nil || string(page.Dossier.Commitment.ID) != testID('c', 1) || page.Dossier.Member.ID != lithuania.ID ||
			page.Dossier.Plans[0].ID != lithuania4.ID || page.Dossier.Commitment.Parts[0].Institution != tender.ID || page.Dossier.Commitment.Title.String() != "Publish procurement data, now" {
			t.Errorf("%+v, %v", page.Dossier, err)
		}
		if n := recordSize(t, a) - size; n != 1 {
			t.Errorf("%d entries for one change", n)
		}
		size = recordSize(t, a)
		if r := takeLines(t, a, foreign()...); r.Unchanged != 1 || recordSize(t, a) != size {
			t.Errorf("again: %+v, %d entries", countsOf(r), recordSize(t, a)-size)
		}
	})
}

func TestASubjectThatRefersToNobodyIsRefused(t *testing.T) {
	world := foreign()
	m, i, p, c := world[0], world[1], world[2], world[3].(civic.Commitment)
	without := func(change func(*civic.Commitment)) civic.Commitment { x := c; change(&x); return x }
	for _, x := range []struct {
		says    string
		file    []civic.Subject
		refused int
		line    int
		missing string
	}{
		{"a plan without its member", []civic.Subject{p}, 1, 2, testID('x', 1)},
		{"an institution without its member", []civic.Subject{i}, 1, 2, testID('x', 1)},
		{"a commitment without its member", []civic.Subject{without(func(c *civic.Commitment) { c.Plans, c.Parts = nil, nil })}, 1, 2, testID('x', 1)},
		{"a commitment without its plan", []civic.Subject{m, i, c}, 1, 4, testID('x', 3)},
		{"a commitment without its institution", []civic.Subject{m, p, c}, 1, 4, testID('x', 2)},
		{"nothing missing", world, 0, 0, ""},
	} {
		t.Run(x.says, func(t *testing.T) {
			a := newTestApp(t)
			r := takeLines(t, a, x.file...)
			if r.Refused != x.refused {
				t.Fatalf("%+v %v", countsOf(r), r.Warnings)
			}
			if x.refused > 0 && (r.Warnings[0].Code != "unknown_reference" || r.Warnings[0].Row != x.line || r.Warnings[0].Args["id"] != x.missing) {
				t.Errorf("%+v", r.Warnings[0])
			}
		})
	}
}

func TestACommitmentThatIsTwoKnownOnesWaitsForAPerson(t *testing.T) {
	a := reading(t, smallWorld()...)
	c := smallWorld()[8].(civic.Commitment)
	c.OGPID = "LT0032" // that of another
	size := recordSize(t, a)
	if r := takeLines(t, a, c); r.Undecided != 1 || r.Warnings[0].Code != "ambiguous" || recordSize(t, a) != size {
		t.Errorf("%+v %v", countsOf(r), r.Warnings)
	}
}

func TestSlugsThatTwoSubjectsWantAreToldApart(t *testing.T) {
	a := newTestApp(t)
	takeAll(t, a, source(interchange.OGP2015, draft(2, "Water", "", of("Old Town", "1")), draft(3, "Roads", "", of("Old Town 1", "2"))))
	takeAll(t, a, source(interchange.OGP2015, draft(2, "Water", "", of("Old-Town", "1")), draft(3, "Roads", "", of("Old Town", "1-2"))))
	takeAll(t, a, source("table-x", draft(2, "Schools", "", of("Old Town 1", "02"))))
	var members, plans []string
	ms, err := a.Members(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		members = append(members, m.Member.Slug)
	}
	ps, err := a.Plans(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		plans = append(plans, p.Plan.Slug)
	}
	slices.Sort(members)
	slices.Sort(plans)
	if !slices.Equal(members, []string{"old-town", "old-town-1"}) || !slices.Equal(plans, []string{"old-town-1", "old-town-1-02", "old-town-1-2", "old-town-1-2-2"}) {
		t.Errorf("members %v, plans %v", members, plans)
	}
	// Lines from elsewhere bring a plan whose slug another plan has.
	p := civic.Plan{ID: civic.PlanID(testID('x', 9)), Member: ms[0].Member.ID, Slug: "old-town-1", Number: "77", Regime: civic.National}
	if r, err := a.Import(context.Background(), civic.LocalOperator, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{lines(t, ms[0].Member, p)}}); err != nil || r.Refused+r.Undecided > 0 {
		t.Errorf("%+v, %v", countsOf(r), err)
	}
}

func TestAPlanThatASourceTellsOtherwiseIsToldOnceAndStays(t *testing.T) {
	a := newTestApp(t)
	year := func(y int) func(*interchange.Draft) {
		return func(d *interchange.Draft) { d.Plan.Submitted, d.Plan.EndYear = y, y+2 }
	}
	takeAll(t, a, source(interchange.OGP2017, draft(2, "Water", "", year(2014))))
	r := takeAll(t, a, source(interchange.OGP2024, draft(2, "Water", "", year(2014)), draft(3, "Roads", "", year(2015)), draft(4, "Schools", "", year(2015)), draft(5, "Forests", "", year(2016))))
	var got []string
	for _, w := range r.Warnings {
		got = append(got, strings.Join([]string{itoa(w.Row), w.Code, w.Args["field"].(string), itoa(w.Args["known"].(int)), itoa(w.Args["said"].(int)), itoa(w.Args["count"].(int))}, " "))
	}
	want := []string{"3 plan_differs submitted 2014 2015 2", "3 plan_differs end_year 2016 2017 2", "5 plan_differs submitted 2014 2016 1", "5 plan_differs end_year 2016 2018 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if p, err := a.Plans(context.Background()); err != nil || p[0].Plan.Submitted != 2014 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestACodeThatBelongsToAnotherNameIsToldAndTheCodeCounts(t *testing.T) {
	a := newTestApp(t)
	r := takeAll(t, a, source(interchange.OGP2024, draft(2, "Water", "", func(d *interchange.Draft) { d.Member = interchange.MemberRef{Name: "Ghana", Code: "KEN"} })))
	if !slices.Equal(codes(r), []string{"2 member_clash"}) {
		t.Errorf("%v", codes(r))
	}
	if m, err := a.Members(context.Background()); err != nil || len(m) != 1 || m[0].Member.Slug != "kenya" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestOneRatingChangedInTheLinesIsOneCellOfTheTable(t *testing.T) {
	a, _ := held(t, "sqlite", table2024)
	before := rows(t, exportOGP(t, a, interchange.OGP2024, "csv"))
	text := string(exportSubjects(t, a))
	at := strings.Index(text, `"ogp_id":"AL0003"`)
	old := `"variable":"completion","scale":"completion/2017","value":"limited"`
	place := strings.Index(text[at:], old)
	if at < 0 || place < 0 {
		t.Fatalf("no such rating in %.3000s", text[max(at, 0):])
	}
	place += at
	text = text[:place] + strings.Replace(old, "limited", "complete", 1) + text[place+len(old):]
	if r := mustImport(t, a, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("edited.jsonl", []byte(text))}}); r.Updated != 1 || r.Created > 0 || r.Refused > 0 {
		t.Fatalf("%+v %v", countsOf(r), r.Warnings)
	}
	after := rows(t, exportOGP(t, a, interchange.OGP2024, "csv"))
	var changed []string
	for i := range before {
		for j := range before[i] {
			if before[i][j] != after[i][j] {
				changed = append(changed, before[i][0]+" "+before[0][j]+": "+before[i][j]+" > "+after[i][j])
			}
		}
	}
	if want := "AL0003 Completion (Progress Report): Limited > Complete, AL0003 _CompletionProgress: 3 > 5"; strings.Join(changed, ", ") != want {
		t.Errorf("changed %v", changed)
	}
}
