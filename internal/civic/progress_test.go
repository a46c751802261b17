package civic

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAnExpectationSaysWhatBecameOfTheReport(t *testing.T) {
	_, plan, c := aReport()
	filed := func(on string) *Filed { return &Filed{Report: Report{ID: "r", Status: SelfLimited}, On: on} }
	tests := []struct {
		sentence string
		spoil    func(p *Plan, c *Commitment)
		filed    *Filed
		today    string
		want     ExpectationState
		days     int
	}{
		{"before its period begins", nil, nil, "2025-12-31", NotYetOpen, 0},
		{"in its period", nil, nil, "2026-01-01", OpenToReport, 0},
		{"after its period, on the due day", nil, nil, "2026-07-31", OpenToReport, 0},
		{"the day after", nil, nil, "2026-08-01", ReportMissing, 1},
		{"filed on the due day", nil, filed("2026-07-31"), "2027-01-01", ReportedInTime, 0},
		{"filed nine days later", nil, filed("2026-08-09"), "2027-01-01", ReportedLate, 9},
		{"filed nobody knows when", nil, filed(""), "2027-01-01", ReportedUndated, 0},
		{"of a plan that is not in implementation yet", func(p *Plan, _ *Commitment) { p.Stage = AdoptedStage }, nil, "2026-08-01", NotYetOpen, 0},
		{"of a plan that has ended", func(p *Plan, _ *Commitment) { p.Stage = Ended }, nil, "2026-08-01", ReportMissing, 1},
		{"the commitment begins after the period", func(_ *Plan, c *Commitment) { c.Start.Date = "2026-07" }, nil, "2026-08-01", NotExpected, 0},
		{"it begins on the last day of the period", func(_ *Plan, c *Commitment) { c.Start.Date = "2026-06-30" }, nil, "2026-08-01", ReportMissing, 1},
		{"it was adopted after the period", func(_ *Plan, c *Commitment) { c.Adopted = &Adoption{On: "2026-07-01"} }, nil, "2026-08-01", NotExpected, 0},
		{"it was dropped in the period", func(_ *Plan, c *Commitment) {
			c.Dropped, c.Amendments = true, []Amendment{{On: "2026-05-01", Drops: true}}
		}, nil, "2026-08-01", NotExpected, 0},
		{"it was dropped after the period", func(_ *Plan, c *Commitment) {
			c.Dropped, c.Amendments = true, []Amendment{{On: "2026-07-02", Drops: true}}
		}, nil, "2026-08-01", ReportMissing, 1},
		{"it is a proposal", func(_ *Plan, c *Commitment) { c.Proposed = true }, nil, "2026-08-01", NotExpected, 0},
	}
	for _, tt := range tests {
		p, c := plan, c
		if tt.spoil != nil {
			tt.spoil(&p, &c)
		}
		e := Expect(p, c, "", p.Periods[0], tt.filed, tt.today)
		if e.State != tt.want || e.Days != tt.days {
			t.Errorf("%s: %s by %d days, want %s by %d", tt.sentence, e.State, e.Days, tt.want, tt.days)
		}
	}
}

func TestAnOldReportDoesNotStandInForAMissingOne(t *testing.T) {
	_, plan, c := aReport()
	first := Filed{Report{ID: "r1", Plan: "p", Commitment: "c", Period: "2026-1", Status: SelfCompleted}, "2026-07-01"}
	at := func(today string, filed ...Filed) UnitProgress {
		return RollUp(plan, []Commitment{c}, nil, filed, today).Commitments[0].Units[0]
	}
	if u := at("2026-09-01", first); u.Standing != Standing(SelfCompleted) || u.Stale {
		t.Errorf("while nothing further is due the newest report stands: %s, stale %v", u.Standing, u.Stale)
	}
	if u := at("2027-02-01", first); u.Standing != StandsMissing || !u.Stale || u.Newest.ID != "r1" {
		t.Errorf("the report of the second period is missing, what was said before is stale: %s, stale %v", u.Standing, u.Stale)
	}
	if u := at("2026-09-01"); u.Standing != StandsMissing || u.Stale || u.Newest != nil {
		t.Errorf("nothing was ever reported: %s, stale %v", u.Standing, u.Stale)
	}
	if u := at("2026-02-01"); u.Standing != StandsUnknown {
		t.Errorf("nothing was due: %s", u.Standing)
	}
	words := Filed{Report: Report{ID: "r0", Plan: "p", Commitment: "c", Words: "Mostly there"}}
	if u := at("2026-02-01", words); u.Standing != StandsOffScale {
		t.Errorf("a word outside the scale is told as one: %s", u.Standing)
	}
}

func TestMilestonesAreDoneLateAndMoved(t *testing.T) {
	_, plan, c := aReport()
	c.Milestones = []Milestone{
		{ID: "m1", Code: "1.1", Kind: "milestone", Due: When{Date: "2026-03"}},
		{ID: "m2", Code: "1.2", Kind: "milestone", Due: When{Date: "2026-09-30"}},
		{ID: "m3", Code: "1.3", Kind: "milestone", Due: When{Words: "ongoing"}},
		{ID: "m4", Code: "1.4", Kind: "milestone", Due: When{Date: "2026-04-30"}},
	}
	base := c
	base.Milestones = slices.Clone(c.Milestones)
	base.Milestones[1].Due.Date = "2026-06-30"
	r := Filed{Report{ID: "r1", Plan: "p", Commitment: "c", Period: "2026-1", Status: SelfLimited, Steps: []MilestoneState{
		{"m1", SelfCompleted, "2026-04-10"}, {"m3", SelfCompleted, ""}, {"m4", SelfLimited, ""}}}, "2026-07-01"}
	got := RollUp(plan, []Commitment{c}, map[CommitmentID]Commitment{"c": base}, []Filed{r}, "2026-07-10").Commitments[0].Milestones
	say := func(m MilestoneProgress) string {
		return fmt.Sprint(m.Standing, " ", m.Due, " ", m.DoneOn, " late ", m.Late, " from ", m.MovedFrom.Date, " by ", m.Moved)
	}
	for i, want := range []string{
		"completed 2026-03-31 2026-04-10 late 10 from  by 0",
		"unknown 2026-09-30  late 0 from 2026-06-30 by 92",
		"completed   late 0 from  by 0",
		"limited 2026-04-30  late 71 from  by 0",
	} {
		if s := say(got[i]); s != want {
			t.Errorf("milestone %d: %s, want %s", i+1, s, want)
		}
	}
}

// drawn is a plan with reports at random, and a day on which it is looked at.
func drawn(r *rand.Rand) (Plan, []Commitment, []Filed, string) {
	plan := Plan{ID: "p", Stage: []Stage{Implementation, Implementation, Ended}[r.IntN(3)]}
	for i := range 1 + r.IntN(6) {
		plan.Periods = append(plan.Periods, Period{Key: fmt.Sprint(i), Start: fmt.Sprintf("20%02d-01-01", 20+i), End: fmt.Sprintf("20%02d-12-31", 20+i), Due: fmt.Sprintf("20%02d-02-01", 21+i)})
	}
	var commitments []Commitment
	var filed []Filed
	for i := range 1 + r.IntN(4) {
		c := Commitment{ID: CommitmentID(fmt.Sprint("c", i)), Start: When{Date: fmt.Sprintf("20%02d", 19+r.IntN(4))}}
		for k := range r.IntN(4) {
			c.Milestones = append(c.Milestones, Milestone{ID: MilestoneID(fmt.Sprint("m", k)), Kind: []string{"indicator", "milestone"}[r.IntN(2)]})
		}
		if r.IntN(5) == 0 {
			c.Dropped, c.Amendments = true, []Amendment{{On: fmt.Sprintf("20%02d-06-01", 20+r.IntN(6)), Drops: true}}
		}
		for _, unit := range ReportedOn(c) {
			for _, p := range append(plan.Periods, Period{}) {
				if r.IntN(3) > 0 {
					status := append([]SelfCompletion{""}, SelfCompletions...)[r.IntN(5)]
					filed = append(filed, Filed{Report{ID: ReportID(fmt.Sprint("r", len(filed))), Plan: "p", Commitment: c.ID, Milestone: unit, Period: p.Key, Status: status}, "2022-01-15"})
				}
			}
		}
		commitments = append(commitments, c)
	}
	return plan, commitments, filed, fmt.Sprintf("20%02d-03-01", 20+r.IntN(8))
}

func TestNotReportingNeverImprovesARollUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		plan, commitments, filed, today := drawn(r)
		if len(filed) == 0 {
			continue
		}
		with := RollUp(plan, commitments, nil, slices.Clone(filed), today)
		gone := r.IntN(len(filed))
		without := RollUp(plan, commitments, nil, slices.Delete(slices.Clone(filed), gone, gone+1), today)
		if without.Counts.Compare(with.Counts) >= 0 {
			t.Fatalf("on %s the plan stands as high or higher without %+v:\n%+v\n%+v", today, filed[gone], with.Counts, without.Counts)
		}
		if with.Counts.Compare(without.Counts) != 1 || with.Counts.Compare(with.Counts) != 0 {
			t.Fatal("the order of roll-ups is none")
		}
		if filed[gone].Period == "" {
			continue
		}
		// Of a period whose due day has passed, nothing that is reported on is said
		// to be further than with the report.
		at := slices.IndexFunc(plan.Periods, func(p Period) bool { return p.Key == filed[gone].Period })
		due := func(u UnitProgress) bool {
			return u.Commitment == filed[gone].Commitment && u.Milestone == filed[gone].Milestone && u.Expected[at].State == ReportMissing
		}
		if !slices.ContainsFunc(without.Commitments, func(c CommitmentProgress) bool { return slices.ContainsFunc(c.Units, due) }) {
			continue // it was not due, or came although nobody asked
		}
		for i, c := range with.Commitments {
			if w := without.Commitments[i].Standing; w.Rank() > c.Standing.Rank() {
				t.Fatalf("on %s commitment %s rose from %s to %s without %+v", today, c.Commitment.ID, c.Standing, w, filed[gone])
			}
			for k, u := range c.Units {
				if w := without.Commitments[i].Units[k]; w.Standing.Rank() > u.Standing.Rank() {
					t.Fatalf("on %s unit %s of %s rose from %s to %s without %+v", today, u.Milestone, u.Commitment, u.Standing, w.Standing, filed[gone])
				}
			}
		}
	}
}

func TestARollUpLeavesNothingOut(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		plan, commitments, filed, today := drawn(r)
		p := RollUp(plan, commitments, nil, filed, today)
		units := 0
		for _, c := range commitments {
			units += len(ReportedOn(c))
		}
		states := 0
		for _, n := range p.Counts.Reports {
			states += n
		}
		if p.Counts.Units.Sum() != units || p.ByStanding.Sum() != len(commitments) || states != units*len(plan.Periods) || p.Counts.Filed != len(filed) {
			t.Fatalf("%d units, %d commitments, %d periods, %d reports: counted %+v, %v", units, len(commitments), len(plan.Periods), len(filed), p.Counts, p.ByStanding)
		}
	}
}
