package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/text"
)

func TestEverythingIsFoundUnderEachOfItsNames(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		second := civic.Member{ID: civic.MemberID(ID(60)), Slug: "mkd", Name: "A slug like a code", Regime: civic.Local}
		Put(t, s, m, i, p, c, second)
		for _, ref := range []string{"MKD", "mkd", "north-macedonia", "North-Macedonia", string(m.ID), " MKD "} {
			if id, err := s.FindMember(ctx, ref); err != nil || id != m.ID {
				t.Errorf("member %q is %s, %v", ref, id, err)
			}
		}
		for _, ref := range []string{"north-macedonia-1", "AP_MKD01", "ap_mkd01", string(p.ID)} {
			if id, err := s.FindPlan(ctx, ref); err != nil || id != p.ID {
				t.Errorf("plan %q is %s, %v", ref, id, err)
			}
		}
		for _, ref := range []string{"MK0001", "mk0001", string(c.ID), strings.ToUpper(string(c.ID))} {
			if id, err := s.FindCommitment(ctx, ref); err != nil || id != c.ID {
				t.Errorf("commitment %q is %s, %v", ref, id, err)
			}
		}
		for _, ref := range []string{"", "nobody", "XX0001", string(i.ID), "a\x00b", "\xff", "'; DROP TABLE log; --"} {
			_, member := s.FindMember(ctx, ref)
			_, plan := s.FindPlan(ctx, ref)
			_, commitment := s.FindCommitment(ctx, ref)
			for _, err := range []error{member, plan, commitment} {
				if civic.KindOf(err) != civic.NotFound {
					t.Errorf("%q gave %v", ref, err)
				}
			}
		}
		if ids, err := s.IDsByOGP(ctx, []string{"MK0001", "MK0002", ""}); err != nil || len(ids) != 1 || ids["MK0001"] != c.ID {
			t.Errorf("by OGP ID: %v, %v", ids, err)
		}
		if ids, err := s.CommitmentsOfPlans(ctx, []civic.PlanID{p.ID, "x"}); err != nil || !slices.Equal(ids, []civic.CommitmentID{c.ID}) {
			t.Errorf("by plan: %v, %v", ids, err)
		}
		some, err := s.NewestOf(ctx, civic.KindMember, []string{string(m.ID), string(second.ID), "x", string(c.ID)})
		if err != nil || len(some) != 2 || some[string(m.ID)].Number != 1 {
			t.Errorf("several members: %v, %v", some, err)
		}
	})
}

func TestListsKeepTheOrderOfCreation(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		Put(t, s, m, i, p)
		var want []string
		for _, n := range []int{70, 9, 71, 8} { // not the order of the IDs
			Put(t, s, Commitment(n, "", fmt.Sprintf("Commitment %d", n), ""))
			want = append(want, ID(n))
		}
		c.ID = civic.CommitmentID(ID(9))
		Put(t, s, c)
		var got []string
		collect := func(v store.Version) error { got = append(got, v.ID); return nil }
		if err := s.EachNewest(ctx, civic.KindCommitment, collect); err != nil || !slices.Equal(got, want) {
			t.Errorf("the order is %v, %v", got, err)
		}
		got = nil
		if err := s.EachChanged(ctx, civic.KindCommitment, 4, collect); err != nil || !slices.Equal(got, []string{ID(9), ID(71), ID(8)}) {
			t.Errorf("changed since entry 4: %v, %v", got, err)
		}
		var entries []int64
		if err := s.Facets(ctx, -1, func(f store.FacetRow) error { entries = append(entries, f.Entry); return nil }); err != nil || !slices.Equal(entries, []int64{3, 5, 6, 7}) {
			t.Errorf("facets come as entries %v, %v", entries, err)
		}
		stop := fmt.Errorf("enough")
		if err := s.Facets(ctx, -1, func(store.FacetRow) error { return stop }); err != stop {
			t.Errorf("the callback's error came back as %v", err)
		}
	})
}

// cases reads the document and query pairs of package text.
func cases(t *testing.T) (pairs [][3]string) {
	t.Helper()
	files, err := filepath.Glob("../../text/testdata/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			if parts := strings.Split(line, "\t"); len(parts) >= 3 && parts[0] != "language" {
				pairs = append(pairs, [3]string(parts[:3]))
			}
		}
	}
	return pairs
}

func TestSearchFindsWhatTheTokensSayAndNothingElse(t *testing.T) {
	pairs := cases(t)
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var subjects []civic.Subject
		var indexed []map[string]bool
		for n, p := range pairs {
			c := Commitment(100+n, "", "", "")
			c.Plans = nil
			c.Title = civic.Text{{Lang: p[0], Text: p[1]}}
			if n%2 == 1 {
				c.Title, c.Text = civic.Text{{Lang: "en", Text: "Zebra"}}, c.Title
			}
			subjects = append(subjects, c)
			tokens := map[string]bool{}
			for _, phrase := range append(c.Title, c.Text...) {
				for _, token := range text.Tokens(phrase.Text, phrase.Lang) {
					tokens[token] = true
				}
			}
			indexed = append(indexed, tokens)
		}
		Put(t, s, subjects...)
		for _, p := range pairs {
			words := text.Query(p[2])
			var want, titles []int64
			for n, tokens := range indexed {
				all := len(words) > 0
				for _, variants := range words {
					all = all && slices.ContainsFunc(variants, func(v string) bool { return tokens[v] })
				}
				if all {
					want = append(want, int64(n))
					if n%2 == 0 {
						titles = append(titles, int64(n))
					}
				}
			}
			for titleOnly, want := range map[bool][]int64{false: want, true: titles} {
				if got, err := s.Search(ctx, words, titleOnly); err != nil || !slices.Equal(got, want) {
					t.Errorf("%s: %q (titles only: %v) finds %v, want %v, %v", p[0], p[2], titleOnly, got, want, err)
				}
			}
		}
	})
}

func TestSearchTakesAnyWords(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		Put(t, s, m, i, p, c)
		for _, hostile := range []string{`"`, `'`, `a" OR "b`, `title:x`, `a'|'b`, `*`, `NEAR`, `a\`, "a b", "a\x00b", "\xff", strings.Repeat("x", 5000), "", "A"} {
			if hits, err := s.Search(ctx, [][]string{{hostile}}, false); err != nil || len(hits) != 0 {
				t.Errorf("%q finds %v, %v", hostile, hits, err)
			}
			if hits, err := s.Search(ctx, [][]string{{hostile, "portal"}}, false); err != nil || !slices.Equal(hits, []int64{3}) {
				t.Errorf("%q or portal finds %v, %v", hostile, hits, err)
			}
		}
		for _, q := range []string{"and", "or", "not", "near", "null", "portal justice 2017"} {
			if _, err := s.Search(ctx, text.Query(q), true); err != nil {
				t.Errorf("%q: %v", q, err)
			}
		}
		many := make([][]string, text.MaxQueryWords)
		for i := range many {
			for n := range text.MaxVariants {
				many[i] = append(many[i], fmt.Sprintf("w%dv%d", i, n))
			}
			many[i][0] = "portal"
		}
		if hits, err := s.Search(ctx, many, false); err != nil || !slices.Equal(hits, []int64{3}) {
			t.Errorf("the longest query finds %v, %v", hits, err)
		}
		if hits, err := s.Search(ctx, nil, false); err != nil || hits != nil {
			t.Errorf("no words find %v, %v", hits, err)
		}
	})
}

func TestSearchFollowsAChange(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		Put(t, s, m, i, p, c)
		c.Milestones[0].Title = civic.Text{{Lang: "en", Text: "Kiosk opens"}}
		Put(t, s, c)
		for word, want := range map[string]int{"portal": 0, "kiosk": 1, "mk0001": 1} {
			if hits, err := s.Search(ctx, text.Query(word), false); err != nil || len(hits) != want {
				t.Errorf("%s finds %v, %v", word, hits, err)
			}
		}
	})
}

func TestATextOfAnyLengthCanBeIndexed(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		var b strings.Builder
		for n := range 100_000 {
			fmt.Fprintf(&b, "w%d ", n*7919)
		}
		c := Commitment(1, "MK0001", strings.Repeat("long", 2000), b.String()+strings.Repeat("x", 100_000))
		Put(t, s, c)
		if r, err := s.Verify(context.Background(), store.VerifyOptions{}); err != nil || !r.OK() {
			t.Errorf("the report is %+v, %v", r, err)
		}
	})
}
