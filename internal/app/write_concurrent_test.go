package app

import (
	"context"
	"errors"
	"sync"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

func TestAnImportLooksAgainWhenTheRecordGrewMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		two(t, a)
		size := recordSize(t, a)
		other := in2017("Water", "What is promised about: Water")
		other["Lead Institution"] = "Water Board; Ministry of Roads"
		times := 0
		req := ogpRequest(ogpTable(t, interchange.OGP2017, other, in2017("Schools", "New")))
		req.Progress = func(stage string, _, _ int) {
			if stage == "match" {
				if times++; times <= importTries-1 {
					if err := a.CorrectLanguage(ctx, civic.LocalOperator, firstID(t, a), "sw"); err != nil && times == 1 {
						t.Error(err)
					}
					record(t, a, "create", "t", civic.Member{ID: civic.MemberID(testID('z', times)), Slug: "m" + itoa(times), Name: "M"})
				}
			}
		}
		report := mustImport(t, a, req)
		if !report.Taken || report.Created != 1 || report.Updated != 1 || times != importTries {
			t.Errorf("after %d looks: %+v", times, report)
		}
		// Every institution that a commitment names is there, and once.
		page, err := a.Commitment(ctx, firstID(t, a))
		if err != nil || len(page.Dossier.Institutions) != 2 {
			t.Errorf("institutions %v, %v", page.Dossier.Institutions, err)
		}
		if page.Dossier.Commitment.Title[0].Lang != "sw" {
			t.Error("the correction that came between is lost")
		}
		all, err := a.subjectIDs(ctx, civic.KindInstitution)
		if err != nil || len(all) != 4 { // of Water and Roads, then the Water Board and that of Schools
			t.Errorf("%d institutions, %v", len(all), err)
		}
		if n := recordSize(t, a) - size; n != int64(1+importTries-1+2+3) { // the correction, the members, two institutions, three commitments
			t.Errorf("%d entries", n)
		}
		times = -1000
		if report, err := a.Import(ctx, civic.LocalOperator, ogpRequest(ogpTable(t, interchange.OGP2017, other, in2017("Schools", "New")))); err != nil || report.Created+report.Updated > 0 {
			t.Errorf("again: %+v, %v", report, err)
		}
	})
}

func TestAnImportThatIsAlwaysOvertakenSaysSoAndWritesNothing(t *testing.T) {
	a := newTestApp(t)
	n := 0
	req := ogpRequest(ogpTable(t, interchange.OGP2015, in2015("Water")))
	req.Progress = func(stage string, _, _ int) {
		if stage == "match" {
			n++
			record(t, a, "create", "t", civic.Member{ID: civic.MemberID(testID('z', n)), Slug: "m" + itoa(n), Name: "M"})
		}
	}
	report, err := a.Import(context.Background(), civic.LocalOperator, req)
	if civic.KindOf(err) != civic.Conflict || report.Taken || recordSize(t, a) != int64(n) || n != importTries {
		t.Errorf("after %d looks: %+v, %v", n, report, err)
	}
}

func TestManyWhoWriteAtOnceEachLeaveTheirEntry(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		two(t, a)
		size := recordSize(t, a)
		id := firstID(t, a)
		var wg sync.WaitGroup
		var mu sync.Mutex
		done := 0
		for i := range 4 {
			wg.Go(func() {
				var err error
				if i%2 == 0 {
					err = a.CorrectRating(ctx, civic.LocalOperator, id, RatingChange{Edition: interchange.OGP2015, Product: "progress_report", Variable: "completion", Value: []string{"limited", "", "complete"}[i]})
				} else {
					_, err = a.Import(ctx, civic.LocalOperator, ogpRequest(ogpTable(t, interchange.OGP2015, in2015("School "+itoa(i)), in2015("Water"), in2015("Roads"))))
				}
				mu.Lock()
				defer mu.Unlock()
				switch civic.KindOf(err) {
				case civic.Conflict: // overtaken too often: nothing was written
				default:
					done++
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := recordSize(t, a) - size; n == 0 || done == 0 {
			t.Errorf("%d entries of %d changes", n, done)
		}
		if report, err := a.store.Verify(ctx, store.VerifyOptions{}); err != nil || !report.OK() {
			t.Errorf("the record does not fit: %v %v", report.Problems, err)
		}
	})
}

func TestAnImportThatIsStoppedLeavesNothing(t *testing.T) {
	for _, stage := range []string{"read", "match", "prepare", "write"} {
		t.Run("while it is at "+stage, func(t *testing.T) {
			each(t, func(t *testing.T, a *App) {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				req := ogpRequest(ogpTable(t, interchange.OGP2015, in2015("Water"), in2015("Roads")))
				seen := false
				req.Progress = func(at string, _, _ int) {
					if at == stage {
						seen = true
						cancel()
					}
				}
				report, err := a.Import(ctx, civic.LocalOperator, req)
				if !errors.Is(err, context.Canceled) || report.Taken || recordSize(t, a) != 0 || !seen {
					t.Errorf("%+v, %v, %d entries", report, err, recordSize(t, a))
				}
				if report := mustImport(t, a, ogpRequest(req.Inputs...)); report.Created != 2 {
					t.Errorf("afterwards: %+v", countsOf(report))
				}
			})
		})
	}
}

func TestWhatFollowsAChangeDoesNotUndoIt(t *testing.T) {
	broken := errors.New("no room for the checkpoint")
	a := New(openStore(t), Options{Now: newTestApp(t).now, AfterCommit: func(ctx context.Context) error { return errors.Join(ctx.Err(), broken) }})
	report, err := a.Import(context.Background(), civic.LocalOperator, ogpRequest(ogpTable(t, interchange.OGP2015, in2015("Water"))))
	if !errors.Is(err, broken) || !report.Taken || report.Created != 1 || recordSize(t, a) == 0 {
		t.Errorf("%+v, %v", report, err)
	}
}
