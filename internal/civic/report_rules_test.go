package civic

import (
	"slices"
	"strings"
	"testing"
)

// aReport is a report without fault, with its plan and commitment.
func aReport() (Report, Plan, Commitment) {
	plan := Plan{ID: "p", Stage: Implementation, Languages: []string{"en", "fr"}, End: When{Date: "2026-12"}, Periods: []Period{
		{Key: "2026-1", Start: "2026-01-01", End: "2026-06-30", Due: "2026-07-31"},
		{Key: "2026-2", Start: "2026-07-01", End: "2026-12-31", Due: "2027-01-31"},
	}}
	c := Commitment{ID: "c", Plans: []PlanEntry{{Plan: "p"}}, Start: When{Date: "2026-01"},
		Parts: []Part{{Role: Lead, Institution: "ministry"}, {Role: Supporting, Institution: "agency"}},
		Milestones: []Milestone{
			{ID: "m1", Code: "1.1", Kind: "milestone", Start: When{Date: "2026-03-01"}},
			{ID: "m2", Code: "1.2", Kind: "milestone"},
		}}
	both := func(s string) Text { return Text{{Lang: "en", Text: s}, {Lang: "fr", Text: s + " (fr)"}} }
	r := Report{Plan: "p", Commitment: "c", Institution: "ministry", Period: "2026-1", Status: SelfLimited,
		Done: both("A draft was written."), Challenges: both("The law is late."), Next: both("Publish it."),
		Evidence: []Evidence{{Title: both("The draft"), URL: "https://example.org/draft"}, {File: &File{SHA256: "ab"}}},
		Steps:    []MilestoneState{{Milestone: "m1", Status: SelfCompleted, DoneOn: "2026-04-02"}}}
	return r, plan, c
}

func TestAReportIsHeldAgainstEachRule(t *testing.T) {
	completed := Report{Status: SelfCompleted, Steps: []MilestoneState{{Milestone: "m2", Status: SelfCompleted}}}
	tests := []struct {
		sentence string
		spoil    func(r *Report, p *Plan, c *Commitment)
		today    string
		before   []Report
		want     string // FIELD RULE, several with blanks; "" for none
	}{
		{"a good report has no fault", func(*Report, *Plan, *Commitment) {}, "", nil, ""},
		{"without a status", func(r *Report, _ *Plan, _ *Commitment) { r.Status = "" }, "", nil, "status status"},
		{"an IRM word is no status of ours", func(r *Report, _ *Plan, _ *Commitment) { r.Status = "complete" }, "", nil, "status status"},
		{"nothing was said of what was done", func(r *Report, _ *Plan, _ *Commitment) { r.Done = Text{{Lang: "en", Text: " \n"}} }, "", nil, "done done"},
		{"limited without challenges", func(r *Report, _ *Plan, _ *Commitment) { r.Challenges = nil }, "", nil, "challenges challenges"},
		{"not started without challenges", func(r *Report, _ *Plan, _ *Commitment) { r.Status, r.Challenges = SelfNotStarted, nil }, "", nil, "challenges challenges"},
		{"substantial needs no challenges", func(r *Report, _ *Plan, _ *Commitment) { r.Status, r.Challenges = SelfSubstantial, nil }, "", nil, ""},
		{"back from completed without a word", func(r *Report, _ *Plan, _ *Commitment) { r.Status, r.Challenges = SelfSubstantial, nil }, "", []Report{completed}, "challenges back"},
		{"back from completed with its reason", func(r *Report, _ *Plan, _ *Commitment) { r.Status = SelfSubstantial }, "", []Report{completed}, ""},
		{"a milestone back from completed without a word", func(r *Report, _ *Plan, _ *Commitment) {
			r.Status, r.Challenges = SelfCompleted, nil
			r.Steps = []MilestoneState{{Milestone: "m2", Status: SelfLimited}}
		}, "", []Report{completed}, "challenges back"},
		{"one language of two", func(r *Report, _ *Plan, _ *Commitment) { r.Done = r.Done[:1] }, "", nil, "done.fr languages"},
		{"a language that the plan does not have", func(r *Report, _ *Plan, _ *Commitment) { r.Next = append(r.Next, Phrase{Lang: "de", Text: "x"}) }, "", nil, "next.de language"},
		{"the same language twice", func(r *Report, _ *Plan, _ *Commitment) { r.Next = append(r.Next, Phrase{Lang: "en", Text: "x"}) }, "", nil, "next.en language"},
		{"no text at all where none is needed", func(r *Report, _ *Plan, _ *Commitment) { r.Next = nil }, "", nil, ""},
		{"any language where the plan names none", func(r *Report, p *Plan, _ *Commitment) {
			p.Languages, r.Done = nil, Text{{Lang: "sw", Text: "Imeandikwa"}}
		}, "", nil, ""},
		{"an endless text", func(r *Report, _ *Plan, _ *Commitment) { r.Done[1].Text = strings.Repeat("é", MaxReportText+1) }, "", nil, "done.fr length"},
		{"a text of just the length", func(r *Report, _ *Plan, _ *Commitment) { r.Done[1].Text = strings.Repeat("é", MaxReportText) }, "", nil, ""},
		{"evidence without address and file", func(r *Report, _ *Plan, _ *Commitment) { r.Evidence[0].URL = "" }, "", nil, "evidence.0.url evidence"},
		{"evidence with a script as its address", func(r *Report, _ *Plan, _ *Commitment) { r.Evidence[0].URL = "javascript:alert(1)" }, "", nil, "evidence.0.url evidence"},
		{"evidence with a password in its address", func(r *Report, _ *Plan, _ *Commitment) { r.Evidence[0].URL = "https://a:b@example.org" }, "", nil, "evidence.0.url evidence"},
		{"evidence whose address is endless", func(r *Report, _ *Plan, _ *Commitment) {
			r.Evidence[0].URL = "https://example.org/" + strings.Repeat("x", MaxAddress)
		}, "", nil, "evidence.0.url length"},
		{"a title of evidence in one language of two", func(r *Report, _ *Plan, _ *Commitment) { r.Evidence[0].Title = r.Evidence[0].Title[1:] }, "", nil, "evidence.0.title.en languages"},
		{"more evidence than anybody reads", func(r *Report, _ *Plan, _ *Commitment) {
			r.Evidence = slices.Repeat(r.Evidence[:1], MaxEvidence+1)
		}, "", nil, "evidence many"},
		{"a period that the plan does not have", func(r *Report, _ *Plan, _ *Commitment) { r.Period = "2031-1" }, "", nil, "period period"},
		{"no period", func(r *Report, _ *Plan, _ *Commitment) { r.Period = "" }, "", nil, "period period"},
		{"a period to come", func(r *Report, _ *Plan, _ *Commitment) { r.Period = "2026-2" }, "", nil, "period begun"},
		{"on the first day of a period", func(r *Report, _ *Plan, _ *Commitment) { r.Period = "2026-2" }, "2026-07-01", nil, ""},
		{"a report that comes late is still taken", func(*Report, *Plan, *Commitment) {}, "2026-10-01", nil, ""},
		{"a plan that was only adopted", func(_ *Report, p *Plan, _ *Commitment) { p.Stage = AdoptedStage }, "", nil, "plan stage"},
		{"a plan that is not run here", func(_ *Report, p *Plan, _ *Commitment) { p.Stage = "" }, "", nil, "plan stage"},
		{"a new report after the end", func(r *Report, p *Plan, _ *Commitment) { p.Stage, r.Period = Ended, "2026-2" }, "2027-02-01", nil, "plan ended"},
		{"a correction of the last period after the end", func(r *Report, p *Plan, _ *Commitment) {
			p.Stage, r.Period, r.ID = Ended, "2026-2", "r"
		}, "2027-04-30", nil, ""},
		{"the same a day too late", func(r *Report, p *Plan, _ *Commitment) { p.Stage, r.Period, r.ID = Ended, "2026-2", "r" }, "2027-05-01", nil, "plan ended"},
		{"a correction of an older period after the end", func(r *Report, p *Plan, _ *Commitment) { p.Stage, r.ID = Ended, "r" }, "2027-01-01", nil, "plan ended"},
		{"a commitment of another plan", func(_ *Report, _ *Plan, c *Commitment) { c.Plans[0].Plan = "q" }, "", nil, "commitment plan"},
		{"a proposal", func(_ *Report, _ *Plan, c *Commitment) { c.Proposed = true }, "", nil, "commitment adopted"},
		{"a commitment that was dropped", func(_ *Report, _ *Plan, c *Commitment) { c.Dropped = true }, "", nil, "commitment dropped"},
		{"an institution that takes no part", func(r *Report, _ *Plan, _ *Commitment) { r.Institution = "bank" }, "", nil, "institution institution"},
		{"a milestone of something else", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].Milestone = "m9" }, "", nil, "milestones.m9.status milestone"},
		{"a milestone twice", func(r *Report, _ *Plan, _ *Commitment) { r.Steps = append(r.Steps, r.Steps[0]) }, "", nil, "milestones.1.1.status milestone"},
		{"a milestone without status", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].Status, r.Steps[0].DoneOn = "", "" }, "", nil, "milestones.1.1.status status"},
		{"done on a day that does not exist", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].DoneOn = "2026-02-30" }, "", nil, "milestones.1.1.done_on day"},
		{"done in a month", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].DoneOn = "2026-04" }, "", nil, "milestones.1.1.done_on day"},
		{"done and not completed", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].Status = SelfSubstantial }, "", nil, "milestones.1.1.done_on completed"},
		{"done tomorrow", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].DoneOn = "2026-06-16" }, "", nil, "milestones.1.1.done_on future"},
		{"done before the milestone began", func(r *Report, _ *Plan, _ *Commitment) { r.Steps[0].DoneOn = "2026-02-28" }, "", nil, "milestones.1.1.done_on early"},
		{"done before the commitment began, of a milestone without a start", func(r *Report, _ *Plan, _ *Commitment) {
			r.Steps[0] = MilestoneState{"m2", SelfCompleted, "2025-12-31"}
		}, "", nil, "milestones.1.2.done_on early"},
		{"done on the first day of the commitment", func(r *Report, _ *Plan, _ *Commitment) {
			r.Steps[0] = MilestoneState{"m2", SelfCompleted, "2026-01-01"}
		}, "", nil, ""},
		{"on an indicator that is none", func(r *Report, _ *Plan, _ *Commitment) { r.Milestone, r.Steps = "m1", nil }, "", nil, "milestone unit"},
		{"on the whole of a commitment with indicators", func(_ *Report, _ *Plan, c *Commitment) { c.Milestones[1].Kind = "indicator" }, "", nil, "milestone unit"},
		{"on an indicator of something else", func(r *Report, _ *Plan, c *Commitment) {
			c.Milestones[1].Kind, r.Milestone, r.Steps = "indicator", "m9", nil
		}, "", nil, "milestone milestone"},
		{"on an indicator", func(r *Report, _ *Plan, c *Commitment) {
			c.Milestones[1].Kind, r.Milestone, r.Steps = "indicator", "m2", nil
		}, "", nil, ""},
		{"an indicator's report speaks of another milestone", func(r *Report, _ *Plan, c *Commitment) {
			c.Milestones[1].Kind, r.Milestone = "indicator", "m2"
		}, "", nil, "milestones.1.1.status milestone"},
		{"several faults are told together", func(r *Report, _ *Plan, _ *Commitment) { r.Status, r.Done, r.Period = "", nil, "x" }, "", nil, "period period status status done done"},
	}
	ids := map[string]bool{}
	for _, tt := range tests {
		r, p, c := aReport()
		tt.spoil(&r, &p, &c)
		today := tt.today
		if today == "" {
			today = "2026-06-15"
		}
		var got []string
		for _, e := range CheckReport(r, p, c, today, tt.before...) {
			rule := strings.TrimPrefix(e.Key, "report.fault.")
			ids[rule] = true
			got = append(got, e.Field, rule)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.sentence, s, tt.want)
		}
	}
	for _, rule := range ReportRules() {
		if !ids[rule.ID] {
			t.Errorf("no case breaks the rule %s", rule.ID)
		}
		delete(ids, rule.ID)
	}
	if len(ids) > 0 {
		t.Errorf("faults without a rule that people can read: %v", ids)
	}
}

func FuzzCheckReport(f *testing.F) {
	f.Add("limited", "https://example.org", "2026-04-02", "2026-06-15", "en", "A draft.")
	f.Add("", "javascript:1", "2026-02-30", "", "", "")
	f.Add("completed", "http://[::1", "2026", "2026-13-45", "und", "\xff")
	f.Fuzz(func(t *testing.T, status, address, doneOn, today, lang, text string) {
		r, p, c := aReport()
		r.Status, r.Evidence[0].URL, r.Steps[0].DoneOn = SelfCompletion(status), address, doneOn
		r.Done = append(r.Done, Phrase{Lang: lang, Text: text})
		for _, e := range CheckReport(r, p, c, today, r) {
			if e.Field == "" || !strings.HasPrefix(e.Key, "report.fault.") {
				t.Errorf("a fault without field or rule: %v", e)
			}
		}
	})
}

func TestDaysAreCountedInTheCalendar(t *testing.T) {
	for got, want := range map[string]string{
		LastDay("2024"): "2024-12-31", LastDay("2024-02"): "2024-02-29", LastDay("2024-02-03"): "2024-02-03", LastDay("soon"): "",
		AddMonths("2024-12-31", 2): "2025-02-28", AddMonths("2026-12-31", 4): "2027-04-30", AddMonths("2026", 1): "2027-01-31", AddMonths("", 1): "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if d := DaysBetween("2024-02-28", "2024-03-01"); d != 2 {
		t.Errorf("two days lie between, not %d", d)
	}
	if d := DaysBetween("2024-03", "2024-03-01"); d != -30 {
		t.Errorf("a month stands for its last day: %d", d)
	}
}
