package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// living is a plan in implementation with three commitments, and a clock that a
// test sets: the first is led by the ministry with the agency's support, the
// second led by the agency, the third has indicators.
type living struct {
	*App
	t    *testing.T
	day  string
	plan civic.Plan
	c    []civic.Commitment
}

func eachLiving(t *testing.T, run func(t *testing.T, l *living)) {
	t.Helper()
	storetest.EachStore(t, func(t *testing.T, s *store.Store) { run(t, newLiving(t, s)) })
}

func newLiving(t *testing.T, s *store.Store) *living {
	l := &living{t: t, day: "2026-06-15"}
	l.App = New(s, Options{Now: func() time.Time {
		at, err := time.Parse(time.DateOnly, l.day)
		if err != nil {
			t.Fatal(err)
		}
		return at.Add(12 * time.Hour)
	}})
	member := civic.Member{ID: "member0000000000000000000a", Name: "Republic", Slug: "republic", Code: "REP"}
	l.plan = civic.Plan{ID: "plan000000000000000000000a", Member: member.ID, Slug: "republic-1", Number: "1", Stage: civic.Implementation,
		Languages: []string{"en", "fr"}, Start: civic.When{Date: "2026"}, End: civic.When{Date: "2026-12-31"}, Periods: []civic.Period{
			{Key: "2026-1", Start: "2026-01-01", End: "2026-06-30", Due: "2026-07-31"},
			{Key: "2026-2", Start: "2026-07-01", End: "2026-12-31", Due: "2027-01-31"},
		}}
	for i := range 3 {
		c := civic.Commitment{ID: civic.CommitmentID(fmt.Sprintf("commitment000000000000000%d", i)), Member: member.ID,
			OGPID: fmt.Sprintf("RE000%d", i+1), Title: civic.Text{{Lang: "en", Text: fmt.Sprint("Promise ", i+1)}},
			Plans: []civic.PlanEntry{{Plan: l.plan.ID, Number: fmt.Sprint(i + 1)}}, Start: civic.When{Date: "2026"}}
		switch i {
		case 0:
			c.Parts = []civic.Part{{Role: civic.Supporting, Institution: helpBody}, {Role: civic.Lead, Institution: leadBody}}
			c.Milestones = []civic.Milestone{{ID: "m1", Code: "1.1", Kind: "milestone", Due: civic.When{Date: "2026-03"}}}
		case 1:
			c.Parts = []civic.Part{{Role: civic.Lead, Institution: helpBody}}
		case 2:
			c.Milestones = []civic.Milestone{{ID: "m30", Code: "3.1", Kind: "milestone"},
				{ID: "m31", Code: "3.1.1", Parent: "3.1", Kind: "indicator"}, {ID: "m32", Code: "3.1.2", Parent: "3.1", Kind: "indicator"}}
		}
		l.c = append(l.c, c)
	}
	l.put(member, civic.Institution{ID: leadBody, Member: member.ID, Name: civic.Text{{Lang: "en", Text: "Ministry"}}}, civic.Institution{ID: helpBody, Member: member.ID, Name: civic.Text{{Lang: "en", Text: "Agency"}}},
		l.plan, l.c[0], l.c[1], l.c[2])
	return l
}

const (
	leadBody civic.InstitutionID = "institution00000000000000m"
	helpBody civic.InstitutionID = "institution00000000000000a"
)

// put writes subjects into the record, as an import would.
func (l *living) put(subjects ...civic.Subject) {
	l.t.Helper()
	err := l.store.Write(context.Background(), func(tx *store.Tx) error {
		for _, s := range subjects {
			p, err := store.Prepare(s)
			if err != nil {
				return err
			}
			if _, err := tx.Put(p, store.Entry{At: l.now().UnixMicro(), Actor: civic.LocalOperator, Verb: verbCreate}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		l.t.Fatal(err)
	}
}

// reporter reports for an institution within the plan.
func (l *living) reporter(i civic.InstitutionID) civic.Caller {
	return civic.Caller{Actor: "account:r", Account: "r", Strong: true,
		Grants: []civic.Grant{{Role: civic.Reporter, Scope: civic.Scope{Member: l.plan.Member, Institution: i}}}}
}

func (l *living) contact() civic.Caller {
	return civic.Caller{Actor: "account:p", Account: "p", Strong: true,
		Grants: []civic.Grant{{Role: civic.PointOfContact, Scope: civic.Scope{Member: l.plan.Member}}}}
}

func bothTexts(s string) civic.Text {
	return civic.Text{{Lang: "en", Text: s}, {Lang: "fr", Text: s + " (fr)"}}
}

// on is a report without fault on commitment n.
func (l *living) on(n int, period string) ReportInput {
	return ReportInput{Plan: l.plan.Slug, Commitment: fmt.Sprintf("re000%d", n), Period: period, Status: civic.SelfLimited,
		Done: bothTexts("A draft was written."), Challenges: bothTexts("The law is late.")}
}

func (l *living) save(who civic.Caller, in ReportInput) civic.ReportID {
	l.t.Helper()
	id, err := l.SaveReport(context.Background(), who, in)
	if err != nil {
		l.t.Fatal(err)
	}
	return id
}

func (l *living) size() int64 {
	l.t.Helper()
	h, err := l.Head(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	return h.Size
}

func TestAReportIsFiledCorrectedAndTold(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx, before := context.Background(), l.size()
		in := l.on(1, "2026-1")
		in.Steps = []civic.MilestoneState{{Milestone: "1.1", Status: civic.SelfCompleted, DoneOn: "2026-04-01"}}
		id := l.save(l.reporter(leadBody), in)
		if l.size() != before+1 {
			t.Fatalf("a report is one entry, not %d", l.size()-before)
		}
		l.day = "2026-08-20"
		in.ID, in.Version, in.Status, in.Done = id, 1, civic.SelfSubstantial, bothTexts("The draft was adopted.")
		if l.save(l.contact(), in) != id {
			t.Fatal("a correction stays the same report")
		}
		if got := l.save(l.contact(), ReportInput{ID: id, Version: 2, Status: in.Status, Done: in.Done, Challenges: in.Challenges, Steps: in.Steps}); got != id || l.size() != before+2 {
			t.Fatal("a correction that changes nothing wrote an entry")
		}
		views, err := l.Reports(ctx, "RE0001")
		if err != nil || len(views) != 1 {
			t.Fatal(len(views), err)
		}
		v := views[0]
		if v.By.Name.String() != "Ministry" || v.Filed != "2026-06-15" || v.State != civic.ReportedInTime || v.Version != 2 || v.Steps[0].Milestone != "m1" {
			t.Errorf("by %q on %s, %s, version %d, %v", v.By.Name.String(), v.Filed, v.State, v.Version, v.Steps)
		}
		newest := v.Versions[0]
		if len(v.Versions) != 2 || !newest.Change.Status || newest.Change.Done[0].Added != 1 || newest.Verb != "correct_report" || newest.Actor != "account:p" {
			t.Errorf("the correction is not told: %+v", v.Versions)
		}
	})
}

func TestReportsAreRefusedAndNothingIsWritten(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		id := l.save(l.reporter(leadBody), l.on(1, "2026-1"))
		l.day = "2026-07-05"
		weak := l.reporter(leadBody)
		weak.Strong = false
		foreign := l.contact()
		foreign.Grants = []civic.Grant{{Role: civic.PointOfContact, Scope: civic.Scope{Member: "another"}}}
		in := func(change func(*ReportInput)) ReportInput {
			r := l.on(1, "2026-2")
			change(&r)
			return r
		}
		correction := func(version int) ReportInput {
			return in(func(r *ReportInput) { r.ID, r.Version, r.Status = id, version, civic.SelfSubstantial })
		}
		size := l.size()
		for _, tt := range []struct {
			sentence string
			who      civic.Caller
			in       ReportInput
			want     string
		}{
			{"nobody in particular", civic.Caller{}, l.on(1, "2026-2"), "unauthenticated"},
			{"a citizen", civic.Caller{Account: "c", Actor: "account:c"}, l.on(1, "2026-2"), "forbidden"},
			{"one factor", weak, l.on(1, "2026-2"), "unproven"},
			{"another government", foreign, l.on(1, "2026-2"), "forbidden"},
			{"another institution", l.reporter(helpBody), l.on(3, "2026-2"), "forbidden"},
			{"in the name of another institution", l.reporter(helpBody), in(func(r *ReportInput) { r.Institution = leadBody }), "forbidden"},
			{"another institution corrects", l.reporter(helpBody), correction(1), "forbidden"},
			{"a second one for the period", l.contact(), l.on(1, "2026-1"), "conflict"},
			{"a correction of an older version", l.contact(), correction(0), "conflict"},
			{"a report that does not exist", l.contact(), in(func(r *ReportInput) { r.ID = "nothing" }), "not_found"},
			{"a commitment that does not exist", l.contact(), in(func(r *ReportInput) { r.Commitment = "XX0001" }), "not_found"},
			{"a plan that does not exist", l.contact(), in(func(r *ReportInput) { r.Plan = "none" }), "not_found"},
			{"a fault of a field", l.contact(), in(func(r *ReportInput) { r.Challenges = nil }), "invalid"},
		} {
			if _, err := l.SaveReport(context.Background(), tt.who, tt.in); string(civic.KindOf(err)) != tt.want {
				t.Errorf("%s: %v, want %s", tt.sentence, err, tt.want)
			}
		}
		if l.size() != size {
			t.Error("a refused report was written")
		}
		var e *civic.Error
		if _, err := l.SaveReport(context.Background(), l.contact(), l.on(1, "2026-1")); !errors.As(err, &e) || e.Args["ref"] != string(id) {
			t.Errorf("the conflict does not name the report that is there: %v", err)
		}
	})
}

func TestAReporterSpeaksForTheInstitutionOfTheRole(t *testing.T) {
	l := newLiving(t, storetest.SQLite(t).Open(t))
	l.save(l.reporter(helpBody), l.on(1, "2026-1"))
	l.day = "2026-07-05"
	l.save(l.contact(), l.on(1, "2026-2"))
	views, err := l.Reports(context.Background(), "RE0001")
	if err != nil || views[0].Institution != leadBody || views[1].Institution != helpBody {
		t.Error("newest first: the contact reports for the lead, the reporter for the agency", err)
	}
}

func TestSeveralReportsAreSavedTogetherOrNot(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx := context.Background()
		bad := l.on(2, "2026-1")
		bad.Status = "done"
		in := []ReportInput{l.on(1, "2026-1"), bad, l.on(1, "2026-1")}
		size := l.size()
		try := func(mode ReportsMode) []ReportOutcome {
			out, err := l.SaveReports(ctx, l.contact(), in, mode)
			if err != nil {
				t.Fatal(err)
			}
			if out[0].Err != nil || civic.KindOf(out[1].Err) != civic.Invalid || civic.KindOf(out[2].Err) != civic.Conflict {
				t.Errorf("%+v: one good, one with a fault, one twice: %+v", mode, out)
			}
			return out
		}
		if out := try(ReportsMode{DryRun: true, Partly: true}); out[0].ID != "" || out[0].Verb != "report" || l.size() != size {
			t.Error("a dry run writes nothing and says what would be")
		}
		if try(ReportsMode{}); l.size() != size {
			t.Error("all or nothing wrote something")
		}
		if out := try(ReportsMode{Partly: true}); out[0].ID == "" || l.size() != size+1 {
			t.Errorf("the good one was not written: %+v", out)
		}
	})
}

func TestIndicatorsAreReportedOneByOne(t *testing.T) {
	l := newLiving(t, storetest.SQLite(t).Open(t))
	if _, err := l.SaveReport(context.Background(), l.contact(), l.on(3, "2026-1")); !strings.Contains(fmt.Sprint(err), "report.fault.unit") {
		t.Errorf("a commitment with indicators is not reported as a whole: %v", err)
	}
	for _, code := range []string{"3.1.1", "3.1.2"} {
		in := l.on(3, "2026-1")
		in.Milestone = code
		l.save(l.contact(), in)
	}
	p, err := l.Progress(context.Background(), "republic-1")
	if err != nil || p.Commitments[2].Counts.Units[civic.Standing(civic.SelfLimited)] != 2 {
		t.Error("both indicators are limited", err)
	}
	if m := p.Commitments[2].Milestones[0]; m.Standing != civic.Standing(civic.SelfLimited) {
		t.Errorf("the milestone above them is %s", m.Standing)
	}
}
