package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

func TestWhatIsWrittenComesBack(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		if entry := Put(t, s, m, i, p, c); entry != 3 {
			t.Fatalf("the last entry is %d, want 3", entry)
		}
		for _, sub := range []civic.Subject{m, i, p, c} {
			v, err := s.Newest(ctx, sub.SubjectKind(), sub.SubjectID())
			if err != nil {
				t.Fatal(err)
			}
			want, _ := civic.Encode(sub)
			if string(v.Body) != string(want) {
				t.Errorf("%s came back as %s, want %s", sub.SubjectKind(), v.Body, want)
			}
			if v.Number != 1 || v.Actor != civic.LocalOperator || v.Verb != "import" || v.Edition != "ogp-2017" || v.Kind != sub.SubjectKind() || v.At == 0 || v.Erased {
				t.Errorf("%s has version %+v", sub.SubjectKind(), v)
			}
		}
		h, err := s.Head(ctx)
		if err != nil || h.Size != 4 || h.Newest != 1_700_000_000_000_003 {
			t.Errorf("head is %+v, %v", h, err)
		}
		c.Title = civic.Text{{Lang: "en", Text: "Open the courts"}}
		Put(t, s, c)
		versions, err := s.Versions(ctx, civic.KindCommitment, string(c.ID))
		if err != nil || len(versions) != 2 || versions[0].Number != 1 || versions[1].Number != 2 || versions[1].Entry != 4 {
			t.Fatalf("versions are %+v, %v", versions, err)
		}
		var rows []store.FacetRow
		if err := s.Facets(ctx, 3, func(f store.FacetRow) error { rows = append(rows, f); return nil }); err != nil {
			t.Fatal(err)
		}
		if len(rows) != 1 || rows[0].Ord != 3 || rows[0].Entry != 4 || rows[0].Title != "Open the courts" || rows[0].Year != 2012 ||
			!slices.Equal(rows[0].Tags, []string{"access-to-justice", "e-government"}) || !slices.Equal(rows[0].Numbers, []string{"2.1"}) ||
			!slices.Equal(rows[0].Plans, []civic.PlanID{p.ID}) || rows[0].Milestones != 1 || rows[0].Lang != "en" {
			t.Errorf("facets are %+v", rows)
		}
	})
}

func TestAChangeThatLogsNothingIsNotCommitted(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		err := s.Write(ctx, func(tx *store.Tx) error { return nil })
		if !errors.Is(err, store.ErrNothingLogged) {
			t.Errorf("a change without an entry gave %v", err)
		}
		if err := s.Write(ctx, func(*store.Tx) error { return store.ErrNothing }); err != nil {
			t.Errorf("a change that found nothing to do gave %v", err)
		}
	})
}

func TestAFailedChangeLeavesNothing(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		Put(t, s, m, i, p)
		before, _ := s.Head(ctx)
		boom := errors.New("boom")
		err := s.Write(ctx, func(tx *store.Tx) error {
			if _, err := PutIn(tx, c); err != nil {
				return err
			}
			if tx.Size() != 4 {
				t.Errorf("the transaction sees %d entries", tx.Size())
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("the change's error came back as %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.Write(ctx, func(tx *store.Tx) error {
				if _, err := PutIn(tx, c); err != nil {
					return err
				}
				panic("boom")
			})
		}()
		stopped, stop := context.WithCancel(ctx)
		err = s.Write(stopped, func(tx *store.Tx) error {
			stop()
			_, err := PutIn(tx, c)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a stopped change gave %v", err)
		}
		after, err := s.Head(ctx)
		if err != nil || after != before {
			t.Errorf("the head went from %+v to %+v, %v", before, after, err)
		}
		if _, err := s.Newest(ctx, civic.KindCommitment, string(c.ID)); civic.KindOf(err) != civic.NotFound {
			t.Errorf("the commitment is there: %v", err)
		}
		Put(t, s, c)
		if r, err := s.Verify(ctx, store.VerifyOptions{}); err != nil || !r.OK() || r.Entries != 4 {
			t.Errorf("the report is %+v, %v", r, err)
		}
	})
}

func TestWhatAnotherSubjectHasIsTaken(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		m, i, p, c := Sample()
		Put(t, s, m, i, p, c, Commitment(20, "", "No OGP ID", ""), Commitment(21, "", "No OGP ID either", ""))
		slug, code, plan := m, m, p
		slug.ID, slug.Code = civic.MemberID(ID(30)), "XYZ"
		slug.Slug = "NORTH-Macedonia"
		code.ID, code.Slug = civic.MemberID(ID(31)), "elsewhere"
		plan.ID, plan.SourceID = civic.PlanID(ID(32)), ""
		other := i
		other.ID = civic.InstitutionID(c.ID)
		for field, sub := range map[string]civic.Subject{
			"slug": slug, "code": code, "ogp_id": Commitment(33, "MK0001", "The same OGP ID", ""), "id": other,
		} {
			for _, swallow := range []bool{false, true} {
				err := s.Write(context.Background(), func(tx *store.Tx) error {
					_, err := PutIn(tx, sub)
					if swallow {
						return nil
					}
					return err
				})
				var e *civic.Error
				if !errors.As(err, &e) || e.Kind != civic.Conflict || e.Key != store.KeyTaken || e.Field != field {
					t.Errorf("%s taken (swallowed: %v) gave %v", field, swallow, err)
				}
			}
		}
		if err := s.Write(context.Background(), func(tx *store.Tx) error { _, err := PutIn(tx, plan); return err }); civic.KindOf(err) != civic.Conflict {
			t.Errorf("a plan's slug taken gave %v", err)
		}
		moved := c
		moved.OGPID = "MK0002"
		Put(t, s, moved, Commitment(34, "MK0001", "Free again", ""))
	})
}

func TestWritersTakeTurnsAndReadersDoNotWait(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx := context.Background()
		one, two := db.Open(t), db.Open(t) // as two processes would
		m, i, p, c := Sample()
		Put(t, one, m, i, p, c)
		var writers sync.WaitGroup
		for w := range 4 {
			s := []*store.Store{one, two}[w%2]
			writers.Go(func() {
				for n := range 5 {
					changed := c
					changed.Title = civic.Text{{Lang: "en", Text: fmt.Sprintf("Writer %d, change %d", w, n)}}
					if err := s.Write(ctx, func(tx *store.Tx) error { _, err := PutIn(tx, changed); return err }); err != nil {
						t.Errorf("writer %d: %v", w, err)
					}
				}
			})
		}
		writers.Wait()
		err := one.Write(ctx, func(tx *store.Tx) error {
			if _, err := PutIn(tx, Commitment(50, "MK0050", "Seen only when committed", "")); err != nil {
				return err
			}
			if h, err := two.Head(ctx); err != nil || h.Size != 24 {
				t.Errorf("another reader sees %+v, %v", h, err)
			}
			if h, err := one.Head(ctx); err != nil || h.Size != 24 {
				t.Errorf("the same store's readers see %+v, %v", h, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := two.Verify(ctx, store.VerifyOptions{}); err != nil || !r.OK() || r.Entries != 25 {
			t.Errorf("the report is %+v, %v", r, err)
		}
	})
}

func TestAWriteThatWaitsTooLongIsToldToRetry(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		db.Options.Patience = 20 * time.Millisecond
		one, two := db.Open(t), db.Open(t)
		m, _, _, _ := Sample()
		err := one.Write(context.Background(), func(tx *store.Tx) error {
			for _, s := range []*store.Store{one, two} {
				err := s.Write(context.Background(), func(*store.Tx) error { return nil })
				if keyOf(err) != store.KeyLocked || civic.KindOf(err) != civic.Unavailable {
					t.Errorf("a second writer got %v", err)
				}
			}
			_, err := PutIn(tx, m)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTextsThatADatabaseCannotKeepAreRefused(t *testing.T) {
	for text, key := range map[string]string{"a\x00b": store.KeyNUL, "a\xffb": store.KeyNotUTF8} {
		if _, err := store.Prepare(Commitment(1, "", "title", text)); keyOf(err) != key || civic.KindOf(err) != civic.Invalid {
			t.Errorf("%q gave %v", text, err)
		}
	}
	for _, text := range []string{`a\u0000b`, `a\\u0000`, `\ufffd`, "a\ufffdb", `\`, "\u2028", "\U0001F600", "\u202e\u200f", "الشَّفافِيَّة"} {
		if _, err := store.Prepare(Commitment(1, "", "title", text)); err != nil {
			t.Errorf("%q gave %v", text, err)
		}
	}
}
