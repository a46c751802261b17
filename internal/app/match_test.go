package app

import (
	"context"
	"slices"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// draft is a row of plan 1 of Kenya, as an edition tells it.
func draft(row int, title, text string, change ...func(*interchange.Draft)) interchange.Draft {
	d := interchange.Draft{
		Row: row, Member: interchange.MemberRef{Name: "Kenya"}, Plan: interchange.PlanRef{Number: "1"},
		Commitment: civic.Commitment{
			Title: civic.Text{{Lang: "en", Text: title, Guessed: true}}, Text: civic.Text{{Lang: "en", Text: text, Guessed: true}},
			Sources: []civic.Source{{Row: row}},
		},
	}
	for _, c := range change {
		c(&d)
	}
	return d
}

func ogpID(id string) func(*interchange.Draft) {
	return func(d *interchange.Draft) { d.Commitment.OGPID = id }
}

func number(n string) func(*interchange.Draft) {
	return func(d *interchange.Draft) { d.Number = n }
}

func key(k string) func(*interchange.Draft) {
	return func(d *interchange.Draft) { d.Commitment.Sources[0].Key = k }
}

func of(member, plan string) func(*interchange.Draft) {
	return func(d *interchange.Draft) { d.Member.Name, d.Plan.Number = member, plan }
}

func with(change func(*civic.Commitment)) func(*interchange.Draft) {
	return func(d *interchange.Draft) { change(&d.Commitment) }
}

// source is what a file of one edition says.
func source(edition civic.Edition, drafts ...interchange.Draft) interchange.Parsed {
	p := interchange.Parsed{Format: "ogp", Edition: edition, Records: len(drafts)}
	for _, d := range drafts {
		c := &d.Commitment
		c.Sources = slices.Clone(c.Sources)
		c.Sources[0].Edition = edition
		c.Tags, c.Assessments = slices.Clone(c.Tags), slices.Clone(c.Assessments)
		for i := range c.Tags {
			c.Tags[i].Edition = edition
		}
		for i := range c.Assessments {
			c.Assessments[i].Edition = edition
		}
		p.Drafts = append(p.Drafts, d)
	}
	return p
}

// takeAll imports what was read of one or more files, in one go.
func takeAll(t *testing.T, a *App, sources ...interchange.Parsed) ImportReport {
	t.Helper()
	req := ImportRequest{Format: sources[0].Format, Progress: func(string, int, int) {}}
	for i := range sources {
		req.Inputs = append(req.Inputs, interchange.Input{Name: "file" + itoa(i+1) + ".csv"})
	}
	report, err := a.importOnce(context.Background(), civic.LocalOperator, req, slices.Clone(sources))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// codes lists the issues of a report as "row code".
func codes(r ImportReport) []string {
	var out []string
	for _, w := range r.Warnings {
		out = append(out, itoa(w.Row)+" "+w.Code)
	}
	return out
}

const (
	registerText = "The government will publish a register of beneficial owners as open data, updated each month."
	nearlyText   = "The government will publish a register of beneficial owners as open data, updated every month."
)

func TestWhichKnownCommitmentARowIs(t *testing.T) {
	for _, c := range []struct {
		says  string
		known []interchange.Draft
		rows  []interchange.Draft
		want  tally
		codes []string
	}{
		{"the same words are the same commitment", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, " A  register", "The government will publish a register<br/>of beneficial owners as open data, updated each month.")}, tally{unchanged: 1}, nil},
		{"the same words in capitals are the same commitment, written otherwise", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A REGISTER", registerText)}, tally{updated: 1}, nil},
		{"the same OGP ID is the same commitment, whatever its words", []interchange.Draft{draft(2, "A register", registerText, ogpID("KE0001"))},
			[]interchange.Draft{draft(5, "Roads", "All roads.", ogpID("KE0001"))}, tally{updated: 1}, nil},
		{"two OGP IDs are two commitments, whatever their words", []interchange.Draft{draft(2, "A register", registerText, ogpID("KE0001"))},
			[]interchange.Draft{draft(5, "A register", registerText, ogpID("KE0002"))}, tally{created: 1, vanished: 1}, []string{"0 vanished"}},
		{"an OGP ID comes to the words that had none", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText, ogpID("KE0002"))}, tally{unchanged: 1}, nil},
		{"an OGP ID under another member waits for a person, and leaves no member or plan behind", []interchange.Draft{draft(2, "A register", registerText, ogpID("KE0001"))},
			[]interchange.Draft{draft(5, "A register", registerText, ogpID("KE0001"), of("Ghana", "1"))}, tally{undecided: 1}, []string{"5 other_member"}},
		{"an OGP ID in two rows", []interchange.Draft{draft(2, "A register", registerText, ogpID("KE0001"))},
			[]interchange.Draft{draft(5, "A register", registerText, ogpID("KE0001")), draft(6, "A register", registerText, ogpID("KE0001"))}, tally{unchanged: 1, undecided: 1}, []string{"6 same_twice"}},
		{"two rows that nothing tells apart: the first stands for both", nil,
			[]interchange.Draft{draft(5, "A register", registerText), draft(6, "A register", registerText)}, tally{created: 1, undecided: 1}, []string{"6 same_twice"}},
		{"two rows that only their IDs tell apart fit one commitment: a person decides", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText, ogpID("KE0001")), draft(6, "A register", registerText, ogpID("KE0002"))}, tally{undecided: 2}, []string{"5 ambiguous", "6 ambiguous"}},
		{"one row fits two commitments", []interchange.Draft{draft(2, "A register", registerText, ogpID("KE0001")), draft(3, "A register", registerText, ogpID("KE0002"))},
			[]interchange.Draft{draft(5, "A register", registerText)}, tally{undecided: 1}, []string{"5 ambiguous"}},
		{"a number before the title is no part of it", []interchange.Draft{draft(2, "3. A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText)}, tally{updated: 1}, nil},
		{"titles that begin with two numbers are two commitments", []interchange.Draft{draft(2, "3. A register", registerText)},
			[]interchange.Draft{draft(5, "4. A register", registerText)}, tally{created: 1, vanished: 1}, []string{"0 vanished"}},
		{"the numbered title goes to its own row first", []interchange.Draft{draft(2, "3. A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText), draft(6, "3. A register", registerText)}, tally{created: 1, unchanged: 1}, nil},
		{"nearly the same words wait for a person", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", nearlyText)}, tally{undecided: 1}, []string{"5 near_match"}},
		{"the same title with another text waits for a person", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", "Roads, all of them.")}, tally{undecided: 1}, []string{"5 near_match"}},
		{"the same number says nothing", []interchange.Draft{draft(2, "A register", registerText, number("1"))},
			[]interchange.Draft{draft(5, "Roads", "All roads.", number("1"))}, tally{created: 1, vanished: 1}, []string{"0 vanished"}},
		{"the same words in another plan are another commitment", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText, of("Kenya", "2"))}, tally{created: 1}, nil},
		{"the same words of another member are another commitment", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "A register", registerText, of("Ghana", "1"))}, tally{created: 1}, nil},
		{"a member's other name is the same member", []interchange.Draft{draft(2, "A register", registerText, of("South Korea", "1"))},
			[]interchange.Draft{draft(5, "A register", registerText, of("Republic of Korea", "1"))}, tally{unchanged: 1}, nil},
		{"something else is new", []interchange.Draft{draft(2, "A register", registerText)},
			[]interchange.Draft{draft(5, "Roads", "All roads."), draft(6, "A register", registerText)}, tally{created: 1, unchanged: 1}, nil},
		{"the empty text of two untitled rows is nothing in common", nil,
			[]interchange.Draft{draft(5, "One", ""), draft(6, "Two", "")}, tally{created: 2}, nil},
	} {
		t.Run(c.says, func(t *testing.T) {
			a := newTestApp(t)
			if c.known != nil {
				if r := takeAll(t, a, source(interchange.OGP2015, c.known...)); r.Created != len(c.known) {
					t.Fatalf("%+v %v", countsOf(r), codes(r))
				}
			}
			c.want.rows = len(c.rows)
			members, plans := subjectsOf(t, a, civic.KindMember), subjectsOf(t, a, civic.KindPlan)
			report := takeAll(t, a, source(interchange.OGP2017, c.rows...))
			if got := countsOf(report); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if got := codes(report); !slices.Equal(got, c.codes) {
				t.Errorf("issues %v, want %v", got, c.codes)
			}
			if report.Created == 0 && (subjectsOf(t, a, civic.KindMember) != members || subjectsOf(t, a, civic.KindPlan) != plans) {
				t.Error("a member or plan was made for nothing")
			}
			size := recordSize(t, a)
			again := takeAll(t, a, source(interchange.OGP2017, c.rows...))
			if again.Created+again.Updated+again.Vanished > 0 || again.Undecided != c.want.undecided || recordSize(t, a) != size {
				t.Errorf("the second run: %+v, %d entries", countsOf(again), recordSize(t, a)-size)
			}
		})
	}
}

func subjectsOf(t *testing.T, a *App, kind civic.Kind) int {
	t.Helper()
	ids, err := a.subjectIDs(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

func TestASourcesOwnKeyHoldsWithinItsEditionAndPlan(t *testing.T) {
	a := newTestApp(t)
	takeAll(t, a, source("table-x", draft(2, "A register", registerText, key("C01")), draft(3, "Roads", "All roads.", key("C02"))))
	report := takeAll(t, a, source("table-x", draft(2, "Quite another title", "And text.", key("C01"))))
	if got := countsOf(report); got != (tally{rows: 1, updated: 1, vanished: 1}) {
		t.Errorf("the same key in the same edition: %+v %v", got, codes(report))
	}
	report = takeAll(t, a, source("table-y", draft(2, "Water", "All water.", key("C01"))))
	if got := countsOf(report); got != (tally{rows: 1, created: 1}) {
		t.Errorf("the same key in another edition: %+v", got)
	}
	report = takeAll(t, a, source("table-x", draft(2, "Schools", "All schools.", key("C01"), of("Kenya", "2"))))
	if got := countsOf(report); got != (tally{rows: 1, created: 1}) {
		t.Errorf("the same key in another plan: %+v", got)
	}
}
