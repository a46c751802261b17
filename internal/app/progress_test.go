package app

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

func TestTheRollUpFollowsTheRecord(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx := context.Background()
		same := func(when string) *civic.PlanProgress {
			t.Helper()
			got, err := l.Progress(ctx, "republic-1")
			if err != nil {
				t.Fatal(err)
			}
			fresh := New(l.store, Options{Now: l.now})
			want, err := fresh.Progress(ctx, "republic-1")
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: followed and read anew are two things:\n%+v\n%+v", when, got.Counts, want.Counts)
			}
			return got
		}
		if p := same("at first"); p.Counts.Units[civic.StandsUnknown] != 4 || p.Counts.Reports[civic.OpenToReport] != 4 {
			t.Errorf("four things to report on, none reported: %+v", p.Counts)
		}
		id := l.save(l.contact(), l.on(1, "2026-1"))
		same("after a report")
		in := l.on(1, "2026-1")
		in.ID, in.Version, in.Status = id, 1, civic.SelfCompleted
		l.save(l.contact(), in)
		if p := same("after a correction"); p.Commitments[0].Standing != civic.Standing(civic.SelfCompleted) {
			t.Errorf("the first commitment is %s", p.Commitments[0].Standing)
		}
		dropped := l.c[1]
		dropped.Dropped, dropped.Amendments = true, []civic.Amendment{{On: "2026-06-10", Drops: true}}
		l.put(dropped)
		if p := same("after a commitment was dropped"); p.Commitments[1].Standing != civic.StandsOut {
			t.Errorf("the second commitment is %s", p.Commitments[1].Standing)
		}
		l.day = "2026-08-20"
		if p := same("after the due day"); p.Counts.Reports[civic.ReportMissing] != 2 {
			t.Errorf("two reports are missing: %+v", p.Counts)
		}
		moved := l.plan
		moved.Periods = append([]civic.Period(nil), moved.Periods...)
		moved.Periods[0].Due = "2026-09-30"
		l.put(moved)
		if p := same("after the due day was moved"); p.Counts.Reports[civic.ReportMissing] != 0 {
			t.Errorf("no report is missing any more: %+v", p.Counts)
		}
	})
}

func TestWhatIsDueIsForThoseWhoReport(t *testing.T) {
	l := newLiving(t, storetest.SQLite(t).Open(t))
	ctx := context.Background()
	count := func(who civic.Caller) (n int) {
		t.Helper()
		due, err := l.DueReports(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range due {
			n += len(d.Reports)
		}
		return n
	}
	for name, want := range map[*civic.Caller]int{{}: 0, ptr(l.contact()): 4, ptr(l.reporter(leadBody)): 1, ptr(l.reporter(helpBody)): 2} {
		if n := count(*name); n != want {
			t.Errorf("%v has %d reports to write, not %d", name.Grants, n, want)
		}
	}
	l.day = "2026-07-02"
	if n := count(l.contact()); n != 8 {
		t.Errorf("with the second period open there are %d", n)
	}
}

func ptr[T any](v T) *T { return &v }

// BenchmarkRollUpAfterOneReport measures a plan of the size of Canada's: 106
// indicators in 12 periods, every report filed, one corrected.
func BenchmarkRollUpAfterOneReport(b *testing.B) {
	ctx := context.Background()
	a := newTestApp(b)
	plan := civic.Plan{ID: "plan", Member: "member", Slug: "p", Number: "1", Stage: civic.Implementation}
	for i := range 12 {
		y, q := 2022+i/4, i%4
		plan.Periods = append(plan.Periods, civic.Period{Key: fmt.Sprint(i), Start: fmt.Sprintf("%d-%02d-01", y, 3*q+1), End: fmt.Sprintf("%d-%02d-28", y, 3*q+3), Due: fmt.Sprintf("%d-%02d-30", y, 3*q+3)})
	}
	c := civic.Commitment{ID: "c", Member: "member", Plans: []civic.PlanEntry{{Plan: "plan"}}}
	subjects := []civic.Subject{plan}
	var one civic.Report
	for m := range 106 {
		id := civic.MilestoneID(fmt.Sprint("m", m))
		c.Milestones = append(c.Milestones, civic.Milestone{ID: id, Code: fmt.Sprint(m), Kind: "indicator"})
		for _, p := range plan.Periods {
			one = civic.Report{ID: civic.ReportID(fmt.Sprint("r", m, "-", p.Key)), Plan: "plan", Commitment: "c", Milestone: id, Period: p.Key, Status: civic.SelfLimited,
				Done: bothTexts("A draft was written and sent to every region for comments."), Challenges: bothTexts("The law is late.")}
			subjects = append(subjects, one)
		}
	}
	put := func(list ...civic.Subject) {
		err := a.store.Write(ctx, func(tx *store.Tx) error {
			for _, s := range list {
				p, err := store.Prepare(s)
				if err != nil {
					return err
				}
				if _, err := tx.Put(p, store.Entry{At: 1, Actor: civic.LocalOperator, Verb: verbReport}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	put(append(subjects, c)...)
	if _, err := a.Progress(ctx, "p"); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		one.Next = bothTexts(fmt.Sprint("Again, ", i))
		put(one)
		b.StartTimer()
		p, err := a.Progress(ctx, "p")
		if err != nil || p.Counts.Filed != 12*106 {
			b.Fatal(p, err)
		}
	}
}
