package app

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

// benchSize is how many commitments the benchmarks read: AVOW_BENCH, or 60,000.
func benchSize() int {
	if n, err := strconv.Atoi(os.Getenv("AVOW_BENCH")); err == nil {
		return n
	}
	return 60_000
}

// bigWorld is an App with many commitments of five milestones each, built once.
func bigWorld(b *testing.B) *App {
	b.Helper()
	if theBigWorld == nil {
		dir, err := os.MkdirTemp("", "avow-bench")
		if err != nil {
			b.Fatal(err)
		}
		st, err := store.Open(context.Background(), store.Options{Path: dir + "/avow.db"})
		if err != nil {
			b.Fatal(err)
		}
		theBigWorld = New(st, Options{Now: nil})
		fill(b, theBigWorld, benchSize())
	}
	return theBigWorld
}

var theBigWorld *App

var syllables = strings.Fields("pu blic data re gis ter open con tract bud get trans par ent law par ti ci pa tion court land tax aid mi ni stry")

func fill(b *testing.B, a *App, n int) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))] }
	phrase := func(words int) string {
		var s strings.Builder
		for range words {
			s.WriteString(word())
			s.WriteByte(' ')
		}
		return s.String() + "government"
	}
	var subjects []civic.Subject
	const members, plansEach = 100, 6
	for m := range members {
		member := civic.Member{ID: civic.MemberID(testID('m', m)), Slug: fmt.Sprintf("member-%d", m), Code: fmt.Sprintf("M%02d", m), Name: fmt.Sprintf("Member %d", m),
			Region: civic.Regions[m%4], Regime: civic.National}
		subjects = append(subjects, member)
		for i := range 20 {
			subjects = append(subjects, civic.Institution{ID: civic.InstitutionID(testID('b', m*100+i)), Member: member.ID, Name: en(phrase(3))})
		}
		for p := range plansEach {
			subjects = append(subjects, civic.Plan{ID: civic.PlanID(testID('p', m*10+p)), Member: member.ID, Slug: fmt.Sprintf("member-%d-%d", m, p), Number: itoa(p + 1),
				Submitted: 2012 + 2*p, Regime: civic.National})
		}
	}
	tags := strings.Split("Open Data,Lobbying,Tax,Gender,Youth,Justice,Open Contracting,Right To Information,Digital Governance,Social Accountability", ",")
	values := []string{"not_started", "limited", "substantial", "complete"}
	for i := range n {
		m, p := r.IntN(members), r.IntN(plansEach)
		c := civic.Commitment{
			ID: civic.CommitmentID(testID('c', i)), OGPID: fmt.Sprintf("%c%c%04d", 'A'+i/10000%26, 'A'+i/10000/26, i%10000), Member: civic.MemberID(testID('m', m)),
			Plans: []civic.PlanEntry{{Plan: civic.PlanID(testID('p', m*10+p)), Number: itoa(i % 40)}}, Submitted: 2012 + 2*p, Title: en(phrase(6)), Text: en(phrase(120)),
			Parts:       []civic.Part{{Role: civic.Lead, Institution: civic.InstitutionID(testID('b', m*100+r.IntN(20))), Name: "Ministry"}},
			Tags:        []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{tags[r.IntN(10)], tags[r.IntN(10)]}}},
			Assessments: []civic.Assessment{completion("ogp-2024", "progress_report", values[r.IntN(4)], nil)},
			Sources:     []civic.Source{{Edition: "ogp-2024", Row: i + 2}},
		}
		for s := range 5 {
			c.Milestones = append(c.Milestones, civic.Milestone{ID: civic.MilestoneID(testID('s', i*5+s)), Code: itoa(s), Kind: "milestone", Title: en(phrase(8))})
		}
		subjects = append(subjects, c)
	}
	prepared := make([]store.Prepared, len(subjects))
	for i, s := range subjects {
		p, err := store.Prepare(s)
		if err != nil {
			b.Fatal(err)
		}
		prepared[i] = p
	}
	err := a.store.Write(context.Background(), func(tx *store.Tx) error {
		for _, p := range prepared {
			if _, err := tx.Put(p, store.Entry{At: noon.UnixMicro(), Actor: civic.LocalOperator, Verb: "create", Edition: "ogp-2024"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkTheIndexIsRead(b *testing.B) {
	a := bigWorld(b)
	for b.Loop() {
		before := heap()
		x := newFacetIndex(a.store, a.tags)
		s, err := x.current(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		b.ReportMetric(float64(len(s.rows)), "rows")
	}
}

// heap is the memory in use, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func BenchmarkAList(b *testing.B) {
	a := bigWorld(b)
	ctx := context.Background()
	for name, f := range map[string]CommitmentFilter{
		"all": {}, "one filter": {Tag: "tax"}, "many filters": {Region: "europe", Tag: "tax", Year: 2014, Completion: "limited"},
		"commonest word": {Q: "government"}, "a word and a filter": {Q: "public", Region: "europe"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := a.Commitments(ctx, f, 20, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("counting alone", func(b *testing.B) {
		s, err := a.index.current(ctx)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			sel, err := a.selectBy(ctx, s, CommitmentFilter{Region: "europe"})
			if err != nil {
				b.Fatal(err)
			}
			_, n := sel.page(20, nil)
			sel.facets(n)
		}
	})
}

func BenchmarkAListAfterAChange(b *testing.B) {
	a := bigWorld(b)
	ctx := context.Background()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		record(b, a, "update", "ogp-2024", civic.Commitment{ID: civic.CommitmentID(testID('c', 3)), Member: civic.MemberID(testID('m', i%100)), Title: en("Changed")})
		b.StartTimer()
		if _, err := a.Commitments(ctx, CommitmentFilter{}, 20, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkANewSearch(b *testing.B) {
	a := bigWorld(b)
	ctx := context.Background()
	for _, q := range []string{"government", "public data", "register"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				a.index.words = newWordCache(a.store)
				if _, err := a.Commitments(ctx, CommitmentFilter{Q: q}, 20, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkACommitmentPage(b *testing.B) {
	a := bigWorld(b)
	for i := 0; b.Loop(); i++ {
		if _, err := a.Commitment(context.Background(), testID('c', i*7919%benchSize())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	a := bigWorld(b)
	ctx := context.Background()
	for name, page := range map[string]func() error{
		"overview": func() error { _, err := a.Overview(ctx); return err },
		"members":  func() error { _, err := a.Members(ctx); return err },
		"plans":    func() error { _, err := a.Plans(ctx); return err },
		"member":   func() error { _, err := a.Member(ctx, "member-7"); return err },
		"plan":     func() error { _, err := a.Plan(ctx, "member-7-2"); return err },
		"tags":     func() error { _, err := a.Tags(ctx); return err },
		"tags after a restart": func() error {
			a.parts = newPartIndex(a.store)
			_, err := a.Tags(ctx)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := page(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAnExport(b *testing.B) {
	a := bigWorld(b)
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				if err := a.ExportCommitments(context.Background(), format, CommitmentFilter{}, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
