package app

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

func TestAnIndexNeverGoesBackWhoeverWaitedForIt(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	old, err := a.index.current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	record(t, a, "update", "t", lithuania)
	a.index.mu.Lock()
	got := make(chan *snapshot)
	go func() {
		s, _ := a.index.current(ctx) // reads the head, then waits
		got <- s
	}()
	for range 200 { // gives it the time for that
		runtime.Gosched()
		if _, err := a.store.Head(ctx); err != nil {
			t.Fatal(err)
		}
	}
	record(t, a, "update", "t", kenya)
	head, err := a.store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	next, err := a.index.refresh(ctx, old, head, old.graph)
	if err != nil {
		t.Fatal(err)
	}
	a.index.now.Store(next)
	a.index.mu.Unlock()
	if s := <-got; s != next || a.index.now.Load() != next {
		t.Errorf("a snapshot of %d entries stands in the place of one of %d", a.index.now.Load().head.Size, next.head.Size)
	}
}

// leaving is the context of a client that goes away when its context has been
// looked at some times.
type leaving struct {
	context.Context
	cancel context.CancelFunc
	looks  atomic.Int32
}

func leavingAfter(looks int) *leaving {
	l := &leaving{}
	l.Context, l.cancel = context.WithCancel(context.Background())
	l.looks.Store(int32(looks))
	return l
}

func (l *leaving) Done() <-chan struct{} {
	if l.looks.Add(-1) < 0 {
		l.cancel()
	}
	return l.Context.Done()
}

func TestAClientThatGoesAwayTakesNeitherTheIndexNorTheCountsWithIt(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	first, err := a.index.current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.parts.current(ctx); err != nil {
		t.Fatal(err)
	}
	kept := first.rows[0]
	var answered, refused int
	for looks := range 24 {
		record(t, a, "update", "t", lithuania)
		gone := leavingAfter(looks)
		if _, err := a.index.current(gone); err != nil {
			refused++
		} else {
			answered++
		}
		if s := a.index.now.Load(); s == nil || !slices.Contains(s.rows, kept) {
			t.Fatalf("after %d looks: the index was thrown away", looks)
		}
		_, _ = a.parts.current(leavingAfter(looks))
		if a.parts.now == nil || len(a.parts.of) == 0 {
			t.Fatalf("after %d looks: the counts were thrown away", looks)
		}
	}
	if answered == 0 || refused == 0 {
		t.Errorf("%d clients answered and %d refused: the test has not met both", answered, refused)
	}
	got, err := a.parts.current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want, err := newPartIndex(a.store).current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.bodies, want.bodies) || !reflect.DeepEqual(got.tags, want.tags) {
		t.Errorf("counts %v %v, want %v %v", got.bodies, got.tags, want.bodies, want.tags)
	}
}

func TestAnotherDatabaseOfTheSameSizeAnswersWithItsOwnCommitments(t *testing.T) {
	world := func(first, second string) []civic.Subject {
		return []civic.Subject{
			lithuania, lithuania4,
			civic.Commitment{ID: civic.CommitmentID(testID('c', 1)), OGPID: "LT0001", Member: lithuania.ID, Submitted: 2018, Title: en(first)},
			civic.Commitment{ID: civic.CommitmentID(testID('c', 2)), OGPID: "LT0002", Member: lithuania.ID, Submitted: 2018, Title: en(second)},
		}
	}
	a, b := reading(t, world("Budget", "Courts")...), reading(t, world("Courts", "Budget")...)
	ctx := context.Background()
	for i, want := range []string{"LT0001", "LT0002"} {
		l, err := a.Commitments(ctx, CommitmentFilter{Q: "budget"}, 0, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := refsOf(l); !slices.Equal(got, []string{want}) {
			t.Errorf("database %d: %v, want %s", i+1, got, want)
		}
		a.store, a.index.store, a.index.words.store, a.parts.store = b.store, b.store, b.store, b.store
	}
}

func TestMoreTagsThanSixteenBitsCountStayApart(t *testing.T) {
	x := newFacetIndex(openStore(t), nil)
	for i := range 1 << 16 {
		name := testID('t', i)
		x.tags.number(name)
		x.langs.number(name)
		x.completions.number(name)
	}
	r := x.row(store.FacetRow{Tags: []string{"one more"}, Lang: "en", Completion: "limited"})
	if got, want := [3]uint32{r.tags[0], r.lang, r.completion}, [3]uint32{1 << 16, 1 << 16, 1 << 16}; got != want {
		t.Errorf("numbers %v, want %v", got, want)
	}
}

func TestAYearOutOfBoundsIsToldAsAYearAndNotAsACount(t *testing.T) {
	a := reading(t)
	for year, told := range map[int]string{FirstYear - 1: "1999", 1995: "1995", LastYear + 1: "2101"} {
		_, err := a.Commitments(context.Background(), CommitmentFilter{Year: year}, 0, "")
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != "query.year" || e.Args["value"] != told {
			t.Errorf("%d: %v, want the year as the text %s", year, err, told)
		}
	}
	for _, year := range []int{FirstYear, LastYear} {
		if _, err := a.Commitments(context.Background(), CommitmentFilter{Year: year}, 0, ""); err != nil {
			t.Errorf("%d: %v", year, err)
		}
	}
}
