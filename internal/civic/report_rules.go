package civic

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of what a report may hold.
const (
	MaxReportText    = 10_000 // characters of a text in one language
	MaxEvidenceTitle = 300    // characters in one language
	MaxAddress       = 2_000  // bytes of an address
	MaxEvidence      = 20
	CorrectableFor   = 4 // months after the end of a plan in which its last period may be corrected
)

// A ReportRule is a rule on reports. The message of its key says it to people; a
// fault against it has the same ID: "report.fault.ID".
type ReportRule struct {
	ID  string // "challenges"
	Key string // "report.rule.challenges"
}

// reportRules lists the IDs in the order in which people read them.
var reportRules = []string{
	"stage", "ended", "plan", "adopted", "dropped", "unit", "milestone", "period", "begun", "institution",
	"status", "done", "challenges", "back", "languages", "language", "length",
	"evidence", "many", "day", "completed", "future", "early",
}

// ReportRules lists every rule that CheckReport holds, for the page, the
// documentation and the workbook.
func ReportRules() []ReportRule {
	out := make([]ReportRule, len(reportRules))
	for i, id := range reportRules {
		out[i] = ReportRule{ID: id, Key: "report.rule." + id}
	}
	return out
}

// CheckReport holds a report against the rules, on a day (YYYY-MM-DD). A report
// with an ID exists already: it is being corrected. before are reports of the same
// thing that it follows or corrects, so that going back from completed is noticed;
// who does not know them leaves them out.
//
// The faults name these fields: plan, commitment, milestone, period, institution,
// status, done, challenges, next, evidence, evidence.N.url, evidence.N.title (N
// from 0), milestones.CODE.status, milestones.CODE.done_on. A fault of one language
// of a text has the language behind it: done.fr.
func CheckReport(r Report, plan Plan, c Commitment, today string, before ...Report) Errors {
	k := check{r: r, plan: plan, c: c, today: today, before: before}
	k.place()
	k.when()
	k.said()
	k.evidence()
	k.steps()
	return k.faults
}

// check gathers the faults of one report.
type check struct {
	r      Report
	plan   Plan
	c      Commitment
	today  string
	before []Report
	faults Errors
}

func (k *check) against(field, rule string, args ...any) {
	k.faults.Add(field, "report.fault."+rule, args...)
}

// place: the commitment stands in the plan and the report is on something of it.
func (k *check) place() {
	in := k.r.Commitment == k.c.ID && k.r.Plan == k.plan.ID &&
		slices.ContainsFunc(k.c.Plans, func(e PlanEntry) bool { return e.Plan == k.plan.ID })
	switch {
	case !in:
		k.against("commitment", "plan")
	case k.c.Proposed:
		k.against("commitment", "adopted")
	case k.c.Dropped:
		k.against("commitment", "dropped")
	}
	units := ReportedOn(k.c)
	_, known := k.c.MilestoneBy(string(k.r.Milestone))
	switch {
	case k.r.Milestone != "" && !known:
		k.against("milestone", "milestone")
	case !slices.Contains(units, k.r.Milestone):
		k.against("milestone", "unit")
	}
	takesPart := func(p Part) bool { return p.Institution == k.r.Institution }
	if k.r.Institution != "" && !slices.ContainsFunc(k.c.Parts, takesPart) {
		k.against("institution", "institution")
	}
}

// when: the plan is under way and the period has begun.
func (k *check) when() {
	i := slices.IndexFunc(k.plan.Periods, func(p Period) bool { return p.Key == k.r.Period })
	switch {
	case k.plan.Stage == Ended:
		if k.r.ID == "" || i != len(k.plan.Periods)-1 || k.today > AddMonths(k.plan.LastDay(), CorrectableFor) {
			k.against("plan", "ended")
		}
	case k.plan.Stage != Implementation:
		k.against("plan", "stage")
	}
	switch {
	case i < 0:
		k.against("period", "period")
	case k.plan.Periods[i].Start > k.today:
		k.against("period", "begun", "date", k.plan.Periods[i].Start)
	}
}

// said: the status, and texts that go with it.
func (k *check) said() {
	if !slices.Contains(SelfCompletions, k.r.Status) {
		k.against("status", "status")
	}
	if k.r.Done.Blank() {
		k.against("done", "done")
	}
	if k.r.Challenges.Blank() {
		wasCompleted := slices.ContainsFunc(k.before, func(b Report) bool { return b.Status == SelfCompleted })
		switch {
		case k.r.Status == SelfNotStarted || k.r.Status == SelfLimited:
			k.against("challenges", "challenges")
		case k.r.Status == SelfSubstantial && wasCompleted:
			k.against("challenges", "back")
		}
	}
	k.text("done", k.r.Done, MaxReportText)
	k.text("challenges", k.r.Challenges, MaxReportText)
	k.text("next", k.r.Next, MaxReportText)
}

// text: in every language of the plan or in none, and not endless.
func (k *check) text(field string, t Text, most int) {
	seen := map[string]bool{}
	for _, p := range t {
		if strings.TrimSpace(p.Text) == "" {
			continue
		}
		of := len(k.plan.Languages) == 0 || slices.Contains(k.plan.Languages, p.Lang)
		if !of || p.Lang == "" || seen[p.Lang] {
			k.against(field+"."+p.Lang, "language")
		}
		seen[p.Lang] = true
		if n := utf8.RuneCountInString(p.Text); n > most {
			k.against(field+"."+p.Lang, "length", "count", n, "most", most)
		}
	}
	if len(seen) == 0 {
		return
	}
	for _, lang := range k.plan.Languages {
		if !seen[lang] {
			k.against(field+"."+lang, "languages")
		}
	}
}

// evidence: an address on the web or a file.
func (k *check) evidence() {
	if len(k.r.Evidence) > MaxEvidence {
		k.against("evidence", "many", "most", MaxEvidence)
	}
	for i, e := range k.r.Evidence {
		at := "evidence." + strconv.Itoa(i)
		switch {
		case e.URL == "" && e.File == nil, e.URL != "" && !WebAddress(e.URL):
			k.against(at+".url", "evidence")
		case len(e.URL) > MaxAddress:
			k.against(at+".url", "length", "count", len(e.URL), "most", MaxAddress)
		}
		k.text(at+".title", e.Title, MaxEvidenceTitle)
	}
}

// steps: what the report says of milestones.
func (k *check) steps() {
	seen := map[MilestoneID]bool{}
	for _, s := range k.r.Steps {
		m, ok := k.c.MilestoneBy(string(s.Milestone))
		at := "milestones." + cmp.Or(m.Name(), string(s.Milestone))
		if !ok || seen[m.ID] || k.r.Milestone != "" && m.ID != k.r.Milestone {
			k.against(at+".status", "milestone")
			continue
		}
		seen[m.ID] = true
		if !slices.Contains(SelfCompletions, s.Status) || k.r.Milestone != "" && s.Status != k.r.Status {
			k.against(at+".status", "status")
		}
		if s.Status != SelfCompleted && k.completedBefore(m.ID) && k.r.Challenges.Blank() &&
			!slices.ContainsFunc(k.faults, func(e *Error) bool { return e.Field == "challenges" }) {
			k.against("challenges", "back")
		}
		k.doneOn(at+".done_on", s, m)
	}
}

func (k *check) completedBefore(m MilestoneID) bool {
	return slices.ContainsFunc(k.before, func(b Report) bool {
		return slices.ContainsFunc(b.Steps, func(s MilestoneState) bool { return s.Milestone == m && s.Status == SelfCompleted })
	})
}

// doneOn: the day on which a milestone was done.
func (k *check) doneOn(field string, s MilestoneState, m Milestone) {
	if s.DoneOn == "" {
		return
	}
	start := cmp.Or(m.Start.Date, k.c.Start.Date)
	switch _, err := NewDate(s.DoneOn); {
	case err != nil || len(s.DoneOn) != len("2006-01-02"):
		k.against(field, "day")
	case s.Status != SelfCompleted:
		k.against(field, "completed")
	case s.DoneOn > k.today:
		k.against(field, "future")
	case s.DoneOn < start: // "2024" and "2024-03" stand before each of their days
		k.against(field, "early", "date", start)
	}
}

// WebAddress reports whether s is an address that everybody can open: http or
// https, with a host and without a password.
func WebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

// ReportedOn lists what a commitment's reports are on, one report each in a
// period: each of its indicators, or "" for the commitment as a whole where it has none.
func ReportedOn(c Commitment) []MilestoneID {
	var out []MilestoneID
	for _, m := range c.Milestones {
		if m.Kind == "indicator" {
			out = append(out, m.ID)
		}
	}
	if out == nil {
		return []MilestoneID{""}
	}
	return out
}

// MilestoneBy finds a milestone by its ID or its code.
func (c Commitment) MilestoneBy(ref string) (Milestone, bool) {
	i := slices.IndexFunc(c.Milestones, func(m Milestone) bool { return string(m.ID) == ref })
	if i < 0 {
		i = slices.IndexFunc(c.Milestones, func(m Milestone) bool { return m.Code == ref })
	}
	if ref == "" || i < 0 {
		return Milestone{}, false
	}
	return c.Milestones[i], true
}

// Name is what a form or a table calls the milestone: its code, else its ID.
func (m Milestone) Name() string { return cmp.Or(m.Code, string(m.ID)) }

// Blank reports whether there is no word in any language.
func (t Text) Blank() bool {
	return !slices.ContainsFunc(t, func(p Phrase) bool { return strings.TrimSpace(p.Text) != "" })
}
