package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

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
		cells := []civic.Cell{{Column: "Mail", Value: "x@example.org"}}
		err := s.Write(ctx, func(tx *store.Tx) error { return tx.PutContacts("x", "ogp-2017", cells) })
		if !errors.Is(err, store.ErrNothingLogged) {
			t.Errorf("a change without an entry gave %v", err)
		}
		if err := s.Write(ctx, func(*store.Tx) error { return store.ErrNothing }); err != nil {
			t.Errorf("a change that found nothing to do gave %v", err)
		}
	})
}
