package review

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"avow/internal/civic"
)

// lived is a member that keeps everything: each test takes something away.
func lived(on string) Facts {
	plan := &civic.Plan{ID: "plan", Stage: civic.Implementation, Start: civic.When{Date: "2026-01-01"}, End: civic.When{Date: "2027-12-31"},
		Adopted: &civic.Adoption{On: "2025-12-15"}}
	return Facts{
		On: on, Regime: civic.National, Since: "2025-06-01", Plan: plan, Running: plan,
		Forum: &civic.Forum{ID: "forum", Government: 5, Civil: 5, Rules: "rules", Website: "https://ogp.example"},
		Documents: []civic.Document{
			{ID: "rules", Kind: "forum_rules", Dated: "2025-06-10"}, {ID: "timeline", Kind: "timeline", Plan: "plan", Dated: "2025-07-01"},
			{ID: "d1", Kind: "evidence", Plan: "plan", Commitment: "c", Dated: "2026-03-01"}, {ID: "d2", Kind: "report", Plan: "plan", Dated: "2026-08-01"},
		},
		Meetings: []civic.Meeting{
			{ID: "m1", Kind: "forum", On: "2026-03-14", Civil: 3}, {ID: "m2", Kind: "forum", On: "2026-09-14", Civil: 3},
			{ID: "r1", Kind: "results", Plan: "plan", On: "2026-04-01", Civil: 9}, {ID: "r2", Kind: "results", Plan: "plan", On: "2026-10-01", Civil: 9},
		},
		Steps: []civic.Step{
			{ID: "start", Kind: "co_creation_start", Plan: "plan", Start: "2025-08-15", Announced: "2025-08-01"},
			{ID: "out", Kind: "outreach", Plan: "plan", Start: "2025-08-20"},
			{ID: "in", Kind: "input", Plan: "plan", Start: "2025-09-01", End: "2025-09-14"},
		},
		Contributions: []civic.Contribution{
			{ID: "a", Month: "2025-09", Way: civic.Way{Channel: civic.Web}, Decision: "adopted", Answered: "2025-11-01"},
			{ID: "b", Month: "2025-09", Way: civic.Way{Channel: civic.Paper}, Decision: "not", Answered: "2025-12-01"},
		},
	}
}

func standingOf(t *testing.T, f Facts, id string) Requirement {
	t.Helper()
	for _, r := range Assess(f, RuleSet{}).Requirements {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("there is no requirement %s on %s", id, f.On)
	return Requirement{}
}

func TestAMemberThatKeepsEverythingMeetsEverything(t *testing.T) {
	s := Assess(lived("2026-11-23"), RuleSet{})
	if s.Rules.Key != "co-creation-2022" || s.Grace || len(s.Requirements) != 8 {
		t.Fatalf("the standing is %+v", s)
	}
	for _, r := range s.Requirements {
		if r.Result != Met || r.Reason == "" {
			t.Errorf("%s is %s: %s %v", r.ID, r.Result, r.Reason, r.Args)
		}
		if r.ID != "3.1" && r.ID != "4.1" && len(r.Evidence) == 0 {
			t.Errorf("%s has no evidence", r.ID)
		}
	}
}

func TestARequirementStandsAsItsFactsSay(t *testing.T) {
	for _, c := range []struct {
		name, id, on string
		change       func(*Facts)
		want         Result
		reason, by   string
	}{
		{"a meeting on the last day of six months is in time", "1.1", "2027-03-14", func(*Facts) {}, Met, "", "2027-03-14"},
		{"one day later the next meeting is late", "1.1", "2027-03-15", func(*Facts) {}, NotMet, "requirement.reason.meeting_late", "2027-03-14"},
		{"six months after 31 August end on 28 February", "1.1", "2027-02-28", func(f *Facts) {
			f.Meetings = []civic.Meeting{{ID: "m", Kind: "forum", On: "2026-08-31"}}
		}, Met, "", "2027-02-28"},
		{"a cancelled meeting does not count", "1.1", "2026-11-23", func(f *Facts) { f.Meetings[1].Cancelled = true }, NotMet, "requirement.reason.meeting_late", "2026-09-14"},
		{"a withdrawn meeting does not count", "1.1", "2026-11-23", func(f *Facts) { f.Meetings[1].Withdrawn = "typo" }, NotMet, "requirement.reason.meeting_late", ""},
		{"a meeting still to come does not count", "1.1", "2026-09-13", func(f *Facts) { f.Meetings = f.Meetings[1:] }, NotMet, "requirement.reason.no_meeting", ""},
		{"a meeting on results is none of the forum", "1.1", "2026-11-23", func(f *Facts) { f.Meetings = f.Meetings[2:] }, NotMet, "requirement.reason.no_meeting", ""},
		{"no meeting is not a fault while there is time", "1.1", "2025-12-01", func(f *Facts) { f.Meetings = nil }, CannotTell, "requirement.reason.no_meeting", "2025-12-01"},
		{"no meeting is one after it", "1.1", "2025-12-02", func(f *Facts) { f.Meetings = nil }, NotMet, "requirement.reason.no_meeting", ""},
		{"a forum without civil society is none", "1.1", "2026-11-23", func(f *Facts) { f.Forum.Civil = 0 }, NotMet, "requirement.reason.one_sided", ""},
		{"rules that are not published", "1.1", "2026-11-23", func(f *Facts) { f.Forum.Rules = "gone" }, NotMet, "requirement.reason.rules_missing", ""},
		{"rules that were withdrawn", "1.1", "2026-11-23", func(f *Facts) { f.Documents[0].Withdrawn = "old" }, NotMet, "requirement.reason.rules_missing", ""},

		{"no website after its time", "2.1", "2026-11-23", func(f *Facts) { f.Forum.Website = "" }, NotMet, "requirement.reason.no_website", ""},
		{"no website while there is time", "2.1", "2025-07-01", func(f *Facts) { f.Forum = nil }, CannotTell, "requirement.reason.no_website", "2025-12-01"},

		{"two updates in twelve months, on their last day", "2.2", "2027-03-01", func(*Facts) {}, Met, "", "2027-03-01"},
		{"one day later it is one", "2.2", "2027-03-02", func(*Facts) {}, NotMet, "requirement.reason.updates_few", "2027-03-01"},
		{"two documents of one day are one update", "2.2", "2026-11-23", func(f *Facts) { f.Documents[2].Dated = "2026-08-01" }, NotMet, "requirement.reason.updates_few", ""},
		{"a withdrawn document is no update", "2.2", "2026-11-23", func(f *Facts) { f.Documents[3].Withdrawn = "wrong" }, NotMet, "requirement.reason.updates_few", ""},
		{"without documents of co-creation", "2.2", "2026-11-23", func(f *Facts) { f.Documents[1].Kind = "letter" }, NotMet, "requirement.reason.cocreation_none", ""},
		{"without documents of implementation while there is time", "2.2", "2026-02-01", func(f *Facts) { f.Documents = f.Documents[:2] }, CannotTell, "requirement.reason.implementation_none", "2026-06-10"},
		{"a repository elsewhere is not looked at", "2.2", "2026-11-23", func(f *Facts) {
			f.Documents, f.Forum.Repository = nil, "https://elsewhere.example"
		}, CannotTell, "requirement.reason.elsewhere", ""},

		{"fourteen days before is in time", "3.1", "2026-11-23", func(*Facts) {}, Met, "requirement.reason.announced", ""},
		{"thirteen days before is late", "3.1", "2026-11-23", func(f *Facts) { f.Steps[0].Announced = "2025-08-02" }, NotMet, "requirement.reason.announced_late", ""},
		{"before the announcement was made, in time", "3.1", "2025-07-31", func(*Facts) {}, CannotTell, "requirement.reason.not_announced", "2025-08-01"},
		{"on the last day for it, still open", "3.1", "2025-08-01", func(f *Facts) { f.Steps[0].Announced = "2025-08-05" }, CannotTell, "requirement.reason.not_announced", "2025-08-01"},
		{"one day later it is late", "3.1", "2025-08-02", func(f *Facts) { f.Steps[0].Announced = "2025-08-05" }, NotMet, "requirement.reason.not_announced", ""},
		{"no start recorded, co-creation under way", "3.1", "2025-09-01", func(f *Facts) { f.Steps = nil }, CannotTell, "requirement.reason.no_start", "2025-12-15"},
		{"no start recorded, the plan adopted", "3.1", "2025-12-16", func(f *Facts) { f.Steps = nil }, NotMet, "requirement.reason.no_start", ""},
		{"over before the record began", "3.1", "2026-11-23", func(f *Facts) { f.Steps, f.Since = nil, "2026-02-01" }, CannotTell, "requirement.reason.before_record", ""},

		{"no outreach", "3.2", "2026-11-23", func(f *Facts) { f.Steps = f.Steps[:1] }, NotMet, "requirement.reason.no_outreach", ""},
		{"outreach after adoption comes too late", "3.2", "2026-11-23", func(f *Facts) { f.Steps[1].Start = "2025-12-16" }, NotMet, "requirement.reason.no_outreach", ""},
		{"withdrawn outreach", "3.2", "2026-11-23", func(f *Facts) { f.Steps[1].Withdrawn = "never took place" }, NotMet, "requirement.reason.no_outreach", ""},

		{"fourteen days of input are enough", "3.3", "2026-11-23", func(*Facts) {}, Met, "requirement.reason.input", ""},
		{"thirteen are not", "3.3", "2026-11-23", func(f *Facts) { f.Steps[2].End = "2025-09-13" }, NotMet, "requirement.reason.input_short", ""},
		{"thirteen while there is time for more", "3.3", "2025-10-01", func(f *Facts) { f.Steps[2].End = "2025-09-13" }, CannotTell, "requirement.reason.input_short", "2025-12-15"},
		{"still running", "3.3", "2025-09-13", func(*Facts) {}, CannotTell, "requirement.reason.input_running", "2025-09-14"},
		{"done on its fourteenth day", "3.3", "2025-09-14", func(*Facts) {}, Met, "requirement.reason.input", ""},

		{"a paper contribution without an answer", "4.1", "2026-11-23", func(f *Facts) { f.Contributions[1].Decision = "" }, NotMet, "requirement.reason.unanswered", ""},
		{"answered after the day that is asked about", "4.1", "2025-11-15", func(*Facts) {}, CannotTell, "requirement.reason.unanswered", "2025-12-15"},
		{"hidden as an insult and not answered", "4.1", "2026-11-23", func(f *Facts) {
			f.Contributions[1].Decision, f.Contributions[1].Hidden = "", &civic.Hiding{Rule: "insult", On: "2025-10-01"}
		}, NotMet, "requirement.reason.unanswered", ""},
		{"spam needs no answer", "4.1", "2026-11-23", func(f *Facts) {
			f.Contributions[1].Decision, f.Contributions[1].Hidden = "", &civic.Hiding{Rule: "spam", On: "2025-10-01"}
		}, Met, "requirement.reason.answered", ""},
		{"nothing came in", "4.1", "2026-11-23", func(f *Facts) { f.Contributions = nil }, CannotTell, "requirement.reason.no_contributions", ""},

		{"two results meetings in twelve months, on the last day", "5.1", "2027-04-01", func(*Facts) {}, Met, "requirement.reason.results", "2027-04-01"},
		{"one day later it is one", "5.1", "2027-04-02", func(*Facts) {}, NotMet, "requirement.reason.results_few", ""},
		{"a results meeting without civil society does not count", "5.1", "2027-01-02", func(f *Facts) { f.Meetings[3].Civil = 0 }, NotMet, "requirement.reason.results_few", ""},
		{"in the first year there is time", "5.1", "2026-12-31", func(f *Facts) { f.Meetings = nil }, CannotTell, "requirement.reason.results_few", "2027-01-01"},
		{"its anniversary is the last day", "5.1", "2027-01-02", func(f *Facts) { f.Meetings = nil }, NotMet, "requirement.reason.results_few", ""},
		{"two meetings on one day are one", "5.1", "2027-01-02", func(f *Facts) { f.Meetings[3].On = "2026-04-01" }, NotMet, "requirement.reason.results_few", ""},
		{"no plan in implementation", "5.1", "2026-11-23", func(f *Facts) { f.Running = nil }, CannotTell, "requirement.reason.results_not_due", ""},
	} {
		f := lived(c.on)
		c.change(&f)
		r := standingOf(t, f, c.id)
		if r.Result != c.want || c.reason != "" && r.Reason != c.reason {
			t.Errorf("%s: %s is %s, %s %v; want %s, %s", c.name, c.id, r.Result, r.Reason, r.Args, c.want, c.reason)
		}
		if c.by != "" && (r.Next == nil || r.Next.By != c.by) {
			t.Errorf("%s: next is %+v; want by %s", c.name, r.Next, c.by)
		}
	}
}

func TestNothingRecordedSaysNothing(t *testing.T) {
	for _, f := range []Facts{{On: "2026-11-23", Regime: civic.National}, {On: "2026-11-23", Regime: civic.Local, Since: "2020-01-01"}, {On: "2019-05-05", Since: "2016-01-01"}} {
		s := Assess(f, RuleSet{})
		if len(s.Requirements) == 0 {
			t.Errorf("%+v: no requirement", f)
		}
		for _, r := range s.Requirements {
			if r.Result != CannotTell || r.Reason == "" {
				t.Errorf("%+v: %s is %s", f, r.ID, r.Result)
			}
		}
	}
}

func TestRulesAreThoseOfTheDay(t *testing.T) {
	for day, want := range map[string]string{"2015-12-31": "", "2016-01-01": "iap2-2016", "2017-12-31": "iap2-2016", "2018-01-01": "iap2-2018",
		"2021-12-31": "iap2-2018", "2022-01-01": "co-creation-2022", "2030-01-01": "co-creation-2022"} {
		if r, _ := RulesOn(day); r.Key != want {
			t.Errorf("%s: %q", day, r.Key)
		}
	}
	for day, want := range map[string]bool{"2022-01-01": true, "2023-12-31": true, "2024-01-01": false} {
		if got := Assess(Facts{On: day}, RuleSet{}).Grace; got != want {
			t.Errorf("grace on %s is %v", day, got)
		}
	}
}

func TestWhatLiesAfterTheDayNeverCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		on := fmt.Sprintf("202%d-%02d-%02d", 5+r.IntN(3), 1+r.IntN(12), 1+r.IntN(28))
		f := lived(on)
		before := Assess(f, RuleSet{})
		later := civic.AddMonths(on, 1+r.IntN(20))
		f.Meetings = append(f.Meetings, civic.Meeting{ID: "x", Kind: "forum", On: later}, civic.Meeting{ID: "y", Kind: "results", Plan: "plan", On: later, Civil: 2})
		f.Documents = append(f.Documents, civic.Document{ID: "z", Kind: "evidence", Plan: "plan", Dated: later})
		f.Contributions = append(f.Contributions, civic.Contribution{ID: "w", Month: later[:7]})
		if on[:7] == later[:7] {
			continue
		}
		after := Assess(f, RuleSet{})
		for i, q := range before.Requirements {
			if got := after.Requirements[i]; got.Result != q.Result || got.Reason != q.Reason || !slices.Equal(got.Evidence, q.Evidence) {
				t.Fatalf("on %s, with something on %s, %s is %s instead of %s", on, later, q.ID, got.Result, q.Result)
			}
		}
	}
}
