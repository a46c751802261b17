package storetest

import (
	"context"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

func TestASubjectMayGetSeveralVersionsInOneChange(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx, s := context.Background(), db.Open(t)
		change := taxonomy.Change{ID: taxonomy.ChangeID(ID(1)), Set: "water", Tag: "water", Parents: []taxonomy.ID{"environment"}}
		err := s.Write(ctx, func(tx *store.Tx) error {
			for _, state := range []taxonomy.State{taxonomy.Applied, taxonomy.Undone, taxonomy.Applied, taxonomy.Undone} {
				change.State = state
				if _, err := PutIn(tx, change); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.Belonging(ctx, civic.KindTagChange, taxonomy.OfTag, "environment")
		if err != nil || len(found) != 1 || found[0].Number != 4 {
			t.Errorf("%v, %v", found, err)
		}
		if report, err := s.Verify(ctx, store.VerifyOptions{}); err != nil || !report.OK() {
			t.Errorf("%v %v", report.Problems, err)
		}
	})
}

func TestEachSizeOfTheRecordHasTheRootItHadThen(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx, s := context.Background(), db.Open(t)
		m, i, p, c := Sample()
		var roots [][32]byte
		for _, sub := range []civic.Subject{m, i, p, c} {
			Put(t, s, sub)
			h, err := s.Head(ctx)
			if err != nil {
				t.Fatal(err)
			}
			roots = append(roots, h.Root)
		}
		for n, want := range roots {
			if got, err := s.RootAt(ctx, int64(n+1)); err != nil || got != want {
				t.Errorf("at %d: %v, %v", n+1, got, err)
			}
		}
		for _, n := range []int64{-1, 0, 5} {
			if _, err := s.RootAt(ctx, n); civic.KindOf(err) != civic.NotFound {
				t.Errorf("at %d: %v", n, err)
			}
		}
	})
}

func TestStoriesOfATargetComeWithFurtherEntries(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx, s := context.Background(), db.Open(t)
		m, i, p, c := Sample()
		Put(t, s, m, i, p, c, taxonomy.Change{ID: taxonomy.ChangeID(ID(400)), Tag: "water"}, taxonomy.Change{ID: taxonomy.ChangeID(ID(401)), Tag: "aid"})
		for _, x := range []struct {
			also  []int64
			below int64
			limit int
			want  []int64
		}{{nil, 9, 9, []int64{4}}, {[]int64{0, 3}, 9, 9, []int64{4, 3, 0}}, {[]int64{0, 3}, 4, 9, []int64{3, 0}}, {[]int64{0, 3}, 9, 2, []int64{4, 3}}} {
			told, err := s.StoriesOf(ctx, taxonomy.OfTag, "water", x.also, x.below, x.limit)
			if err != nil || len(told) != len(x.want) {
				t.Errorf("%+v: %d, %v", x, len(told), err)
				continue
			}
			for k := range told {
				if told[k].Entry != x.want[k] {
					t.Errorf("%+v: entry %d at %d", x, told[k].Entry, k)
				}
			}
		}
	})
}
