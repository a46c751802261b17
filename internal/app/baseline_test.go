package app

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// Whatever happens to a commitment after its adoption, the adopted text is the
// same for ever.
func TestTheBaselineNeverChanges(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan, c := l.adopted()
		adopted, ok, err := a.Baseline(l.ctx, c)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		want, err := civic.Encode(adopted)
		l.must(err)
		m := string(adopted.Milestones[0].ID)
		r := rand.New(rand.NewPCG(7, 11))
		dates := []string{"2026-08-31", "2026-12-31", "2027-03-31", "2026-09-30"}
		steps := []func(n int){
			func(n int) { l.must(l.amend(c, map[string]string{"title.en": fmt.Sprint("Title ", n)}, l.amendment())) },
			func(n int) {
				if err := l.amend(c, map[string]string{"milestone." + m + ".due": dates[n%len(dates)]}, l.amendment()); err != nil {
					d, err := l.DraftOf(l.ctx, l.poc, c) // the date is that one already
					l.must(err)
					l.must(l.DiscardDraft(l.ctx, l.poc, d.ID, d.Revision))
				}
			},
			func(n int) {
				l.must(l.amend(c, map[string]string{"milestones": m + " new", "milestone.new.title.en": fmt.Sprint("Step ", n)}, l.amendment()))
			},
			func(n int) {
				lines := bytes.ReplaceAll(exportSubjects(t, a), []byte("Open the budget"), []byte(fmt.Sprint("Imported ", n)))
				mustImport(t, a, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("a.jsonl", lines)}})
			},
			func(n int) { _ = l.AssignID(l.ctx, l.su, c, fmt.Sprintf("KE%04d", n)) },
			func(n int) {
				_, err := l.ApplyBulk(l.ctx, l.poc, plan, []BulkPick{{Commitment: c}}, BulkChange{"theme", fmt.Sprint("Theme ", n)}, l.amendment())
				l.must(err)
			},
			func(n int) {
				in := l.input()
				in.Title = english(fmt.Sprint("Plan ", n))
				l.must(l.AmendPlan(l.ctx, l.poc, plan, in, l.amendment()))
			},
		}
		for n := range 24 {
			steps[r.IntN(len(steps))](n)
			now, ok, err := a.Baseline(l.ctx, c)
			if err != nil || !ok {
				t.Fatal(n, ok, err)
			}
			if got, err := civic.Encode(now); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("after step %d the baseline is %s", n, got)
			}
		}
		d, err := a.Difference(l.ctx, c)
		l.must(err)
		if len(d.Amendments) != len(l.newest(c).Amendments) || len(d.Amendments) == 0 {
			t.Errorf("%d of %d amendments are told", len(d.Amendments), len(l.newest(c).Amendments))
		}
	})
}

func TestAChangeOfManyCommitmentsTellsEveryRowFirst(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan := l.open()
		var ids []civic.CommitmentID
		for i := range 4 {
			ids = append(ids, l.write(plan, fmt.Sprint("Promise ", i)).Content.ID)
		}
		l.move(plan, civic.Consultation)
		_, err := l.PublishDrafts(l.ctx, l.poc, plan)
		l.must(err)
		l.move(plan, civic.AdoptedStage)
		found, err := a.FindInPlan(l.ctx, plan, "promise 2")
		if err != nil || len(found) != 1 || found[0].Commitment != ids[2] {
			t.Errorf("found %+v: %v", found, err)
		}
		drop, err := l.DraftOf(l.ctx, l.poc, ids[3])
		l.must(err)
		in := l.amendment()
		in.Drops = true
		l.must(l.Amend(l.ctx, l.poc, drop.ID, in))

		size := recordSize(t, a)
		change := BulkChange{"shift", "-300"} // before the commitment begins
		rows, err := a.PreviewBulk(l.ctx, l.poc, plan, ids, change)
		l.must(err)
		for i, want := range []string{"planrule.milestone_early", "planrule.milestone_early", "planrule.milestone_early", "planrule.dropped"} {
			if got := planFaults(rows[i].Fault); len(got) != 1 || !bytes.HasSuffix([]byte(got[0]), []byte(want)) {
				t.Errorf("row %d: %q, want %s", i, got, want)
			}
		}
		change.Value = "30"
		rows, err = a.PreviewBulk(l.ctx, l.poc, plan, ids, change)
		l.must(err)
		if len(rows[0].Changes) != 1 || rows[0].Changes[0] != (FactChange{Field: "milestone.1.due", Before: "2026-09-30", After: "2026-10-30"}) {
			t.Errorf("the preview says %+v", rows[0].Changes)
		}
		if recordSize(t, a) != size {
			t.Error("a preview wrote")
		}
		// One of them changes before the person decides.
		l.must(l.amend(ids[1], map[string]string{"title.en": "Another"}, l.amendment()))
		size = recordSize(t, a)
		picks := []BulkPick{rows[0].BulkPick, rows[1].BulkPick, rows[2].BulkPick}
		if _, err := a.ApplyBulk(l.ctx, l.poc, plan, picks, change, AmendmentInput{}); civic.KindOf(err) != civic.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if recordSize(t, a) != size {
			t.Error("something was written without a reason")
		}
		done, err := a.ApplyBulk(l.ctx, l.poc, plan, picks, change, l.amendment())
		l.must(err)
		if done[0].Fault != nil || civic.KindOf(done[1].Fault) != civic.Conflict || done[2].Fault != nil {
			t.Errorf("rows are %+v", done)
		}
		if got := verbsFrom(t, a, size); !slices.Equal(got, []string{"commitment amend", "commitment amend"}) {
			t.Errorf("entries %q", got)
		}
		for i, want := range []string{"2026-10-30", "2026-09-30", "2026-10-30"} {
			if got := l.newest(ids[i]).Milestones[0].Due.Date; got != want {
				t.Errorf("commitment %d is due %s, want %s", i, got, want)
			}
		}
	})
}

func TestOfTwoAmendmentsAtOnceNoneIsLost(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan, c := l.adopted()
		var group sync.WaitGroup
		for n := range 6 {
			group.Go(func() {
				for range 40 {
					_, err := l.ApplyBulk(l.ctx, l.poc, plan, []BulkPick{{Commitment: c}}, BulkChange{"theme", fmt.Sprint("Theme ", n)}, l.amendment())
					if err == nil {
						return
					}
					if civic.KindOf(err) != civic.Unavailable {
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		if n := len(l.newest(c).Amendments); n != 6 {
			t.Errorf("%d of 6 amendments are there", n)
		}
	})
}
