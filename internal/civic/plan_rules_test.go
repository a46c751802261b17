package civic

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func fieldsOf(e Errors) []string {
	var out []string
	for _, one := range e {
		out = append(out, one.Field+" "+one.Key)
	}
	return out
}

func TestAPlanMovesForwardOnlyAndBackFromConsultationWithAReason(t *testing.T) {
	allowed := map[Stage][]Stage{Drafting: {Consultation}, Consultation: {AdoptedStage, Drafting}, AdoptedStage: {Implementation}, Implementation: {Ended}, Ended: nil, "": nil}
	for from, next := range allowed {
		for _, to := range append([]Stage{""}, Stages...) {
			m := Move{To: to, On: "2026-06-01", By: "Cabinet", Reason: Text{{Lang: "en", Text: "why"}}}
			faults := CheckMove(Plan{Stage: from}, m, 3, "2026-06-01")
			if got, want := len(faults) == 0, slices.Contains(next, to); got != want {
				t.Errorf("from %q to %q: %v", from, to, fieldsOf(faults))
			}
		}
	}
}

func TestPeriodsOfEveryPlanThatAreSuggestedAreSound(t *testing.T) {
	for _, c := range []struct{ start, end, first, last string }{
		{"2026-01-01", "2027-12-31", "2026-1 2026-01-01 2026-06-30 2026-07-31", "2027-2 2027-07-01 2027-12-31 2028-01-31"},
		{"2025-09-15", "2026-08-31", "2025-2 2025-09-15 2025-12-31 2026-01-31", "2026-2 2026-07-01 2026-08-31 2026-09-30"},
	} {
		got := SuggestPeriods(c.start, c.end)
		line := func(p Period) string { return strings.Join([]string{p.Key, p.Start, p.End, p.Due}, " ") }
		if line(got[0]) != c.first || line(got[len(got)-1]) != c.last {
			t.Errorf("%s to %s: %s … %s", c.start, c.end, line(got[0]), line(got[len(got)-1]))
		}
	}
	sound := func(from, days uint16) bool {
		start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(from)%4000)
		end := start.AddDate(0, 0, int(days)%2500)
		p := Plan{Start: When{Date: start.Format(time.DateOnly)}, End: When{Date: end.Format(time.DateOnly)}}
		periods := SuggestPeriods(p.Start.Date, p.End.Date)
		faults := CheckPeriods(p, periods, nil)
		if len(faults) > 0 || periods[0].Start != p.Start.Date || periods[len(periods)-1].End != p.End.Date {
			t.Logf("%s to %s: %v", p.Start.Date, p.End.Date, fieldsOf(faults))
			return false
		}
		return true
	}
	if err := quick.Check(sound, nil); err != nil {
		t.Error(err)
	}
	if SuggestPeriods("2026", "2027-01-01") != nil {
		t.Error("a plan without days got periods")
	}
}

func TestWhatPeriodsMustNotBe(t *testing.T) {
	p := Plan{Start: When{Date: "2026-01-01"}, End: When{Date: "2027-12-31"}}
	for says, c := range map[string]struct {
		periods []Period
		want    []string
	}{
		"two keys alike": {[]Period{{Key: "a", Start: "2026-01-01", End: "2026-02-01", Due: "2026-02-01"}, {Key: "a", Start: "2026-03-01", End: "2026-04-01", Due: "2026-04-01"}},
			[]string{"period.1.key planrule.period_twice"}},
		"one within the other": {[]Period{{Key: "a", Start: "2026-01-01", End: "2026-03-01", Due: "2026-03-01"}, {Key: "b", Start: "2026-03-01", End: "2026-04-01", Due: "2026-04-01"}},
			[]string{"period.1.start planrule.period_overlaps"}},
		"before the plan, due before its end": {[]Period{{Key: "a", Start: "2025-12-31", End: "2026-03-01", Due: "2026-02-28"}},
			[]string{"period.0.due planrule.period_due", "period.0.start planrule.period_before_plan"}},
		"no days": {[]Period{{Key: "A b"}},
			[]string{"period.0.key planrule.period_key", "period.0.start planrule.date_missing", "period.0.end planrule.date_missing", "period.0.due planrule.date_missing"}},
		"after the plan": {[]Period{{Key: "a", Start: "2028-01-01", End: "2028-03-01", Due: "2028-03-01"}}, nil},
	} {
		if got := fieldsOf(CheckPeriods(p, c.periods, nil)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}

func TestTheSizeAndLengthOfAPlanAreHints(t *testing.T) {
	p := Plan{Regime: National, Start: When{Date: "2026-01-01"}, End: When{Date: "2028-12-31"}}
	for n, want := range map[int]int{4: 2, 5: 1, 15: 1, 16: 2, 0: 1} {
		if got := PlanHints(p, n); len(got) != want {
			t.Errorf("%d commitments in three years: %v", n, got)
		}
	}
	p.End = When{Date: "2027-12-31"}
	if got := PlanHints(p, 10); len(got) != 0 {
		t.Errorf("two years, ten commitments: %v", got)
	}
}

// sampleCommitment is one with nothing wrong.
func sampleCommitment() (Commitment, Plan, map[InstitutionID]Institution) {
	id := strings.Repeat("0", 25)
	c := Commitment{Member: "m", Title: Text{{Lang: "en", Text: "Open the budget"}}, Text: Text{{Lang: "en", Text: "We publish it."}},
		Start: When{Date: "2026-02-01"}, End: When{Date: "2027-06-30"}, Parts: []Part{{Role: Lead, Institution: "i"}}, Plans: []PlanEntry{{Plan: "p"}},
		Milestones: []Milestone{{ID: MilestoneID(id + "1"), Kind: "milestone", Title: Text{{Lang: "en", Text: "The register"}}, Due: When{Date: "2026-09-30"}}}}
	p := Plan{Start: When{Date: "2026-01-01"}, End: When{Date: "2027-12-31"}, Languages: []string{"en"}}
	return c, p, map[InstitutionID]Institution{"i": {ID: "i", Member: "m"}, "foreign": {ID: "foreign", Member: "other"}}
}

// Invariant 11: a commitment's time may exceed the plan's; milestones may not
// precede the commitment.
func TestTheDatesOfACommitment(t *testing.T) {
	day := func(n uint16) string {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)%2500).Format(time.DateOnly)
	}
	holds := func(start, end, due uint16) bool {
		c, p, bodies := sampleCommitment()
		c.Start.Date, c.End.Date, c.Milestones[0].Due.Date = day(start), day(end), day(due)
		faults := CheckCommitment(c, p, bodies)
		has := func(key string) bool { return slices.ContainsFunc(faults, func(e *Error) bool { return e.Key == key }) }
		return has("planrule.milestone_early") == (c.Milestones[0].Due.Date < c.Start.Date) &&
			has("planrule.end_before_start") == (c.End.Date < c.Start.Date) &&
			has("planrule.before_plan") == (c.End.Date >= c.Start.Date && c.End.Date < p.Start.Date)
	}
	if err := quick.Check(holds, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
	c, p, bodies := sampleCommitment()
	c.Start.Date, c.End.Date = "2025-01-01", "2029-01-01"
	if faults := CheckCommitment(c, p, bodies); len(faults) > 0 {
		t.Errorf("a commitment that exceeds its plan: %v", fieldsOf(faults))
	}
	c.Start.Date, c.Milestones[0].Due.Date = "2026-09", "2026" // as exact as they are known: these may agree
	if faults := CheckCommitment(c, p, bodies); len(faults) > 0 {
		t.Errorf("a month and a year that agree: %v", fieldsOf(faults))
	}
}

func TestWhatKeepsACommitmentFromBeingPublished(t *testing.T) {
	for says, c := range map[string]struct {
		change func(*Commitment)
		want   string
	}{
		"nothing":              {func(*Commitment) {}, ""},
		"no title":             {func(c *Commitment) { c.Title = nil }, "title.en planrule.text_missing"},
		"a title of a page":    {func(c *Commitment) { c.Title[0].Text = strings.Repeat("é", MaxLine+1) }, "title.en planrule.text_long"},
		"no lead":              {func(c *Commitment) { c.Parts[0].Role = Supporting }, "lead planrule.lead_missing"},
		"a foreign lead":       {func(c *Commitment) { c.Parts[0].Institution = "foreign" }, "lead planrule.institution_foreign"},
		"an unknown lead":      {func(c *Commitment) { c.Parts[0].Institution = "?" }, "lead planrule.institution_unknown"},
		"goal 18":              {func(c *Commitment) { c.Template = &Template{Goals: []int{18}} }, "goals planrule.goal"},
		"a partner of no kind": {func(c *Commitment) { c.Partners = []Partner{{Kind: "friend", Name: "x"}} }, "partners planrule.partner"},
		"a milestone without a title": {func(c *Commitment) { c.Milestones[0].Title = nil },
			"milestone." + strings.Repeat("0", 25) + "1.title.en planrule.text_missing"},
	} {
		commitment, p, bodies := sampleCommitment()
		c.change(&commitment)
		if got := strings.Join(fieldsOf(CheckCommitment(commitment, p, bodies)), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
}

// Whatever answers are given, the commitment holds them, and nothing else changes.
func TestAnswersComeBackAsTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"title.en", "title.fr", "text.ar", "problem.en", "budget.fr", "contact", "number", "url", "partners.civil_society", "theme.sw", "results.en"}
	for range 300 {
		c, _, _ := sampleCommitment()
		before := fmt.Sprint(c.Answers())
		change := map[string]string{}
		for range 1 + r.IntN(6) {
			change[names[r.IntN(len(names))]] = strings.Repeat("x", r.IntN(4)) + []string{"", "é", "<b>", "قلم"}[r.IntN(4)]
		}
		next, err := c.WithAnswers(change, []string{"fr", "en"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Answers() {
			if _, changed := change[f.Name]; !changed && next.Answer(f.Name) != f.Value {
				t.Errorf("%s changed by %v", f.Name, change)
			}
		}
		for name, value := range change {
			if next.Answer(name) != value {
				t.Errorf("%s is %q, not %q", name, next.Answer(name), value)
			}
		}
		if fmt.Sprint(c.Answers()) != before {
			t.Fatal("the commitment itself changed")
		}
	}
}

func FuzzAnAnswerIsTakenOrRefused(f *testing.F) {
	f.Add("title.en", "Open")
	f.Add("milestones", "00000000000000000000000001 00000000000000000000000002")
	f.Add("milestone.00000000000000000000000001.due", "2026-13-45")
	f.Add("goals", "3, 99, x")
	f.Add("start", "tomorrow")
	f.Add("ogp_id", "LT0001")
	f.Fuzz(func(t *testing.T, name, value string) {
		c, p, bodies := sampleCommitment()
		next, err := c.WithAnswers(map[string]string{name: value}, []string{"en"})
		if err != nil {
			if KindOf(err) != Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		if next.OGPID != "" {
			t.Error("an answer gave an OGP ID")
		}
		CheckCommitment(next, p, bodies)
		again, err := next.WithAnswers(map[string]string{name: next.Answer(name)}, []string{"en"})
		if err != nil || again.Answer(name) != next.Answer(name) {
			t.Errorf("%s: %q does not come back: %q %v", name, next.Answer(name), again.Answer(name), err)
		}
	})
}
