package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// benchSize is the number of commitments of the benchmarks: 2,000, or AVOW_BENCH_COMMITMENTS.
func benchSize() int {
	if n, err := strconv.Atoi(os.Getenv("AVOW_BENCH_COMMITMENTS")); err == nil {
		return n
	}
	return 2_000
}

// prose makes commitments of 80 words with five milestones of twelve; words are
// drawn as in a language, the first of them most often.
func prose(r *rand.Rand, n int) civic.Commitment {
	zipf := rand.NewZipf(r, 1.1, 4, 30_000)
	words := func(n int) string {
		out := make([]string, n)
		for i := range out {
			out[i] = fmt.Sprintf("word%s", strconv.FormatUint(zipf.Uint64(), 36))
		}
		return strings.Join(out, " ")
	}
	c := Commitment(n, fmt.Sprintf("%c%c%04d", 'A'+n/10_000/26, 'A'+n/10_000%26, n%10_000), words(8), words(80))
	for i := range 5 {
		c.Milestones = append(c.Milestones, civic.Milestone{ID: civic.MilestoneID(ID(n*10 + i)), Kind: "milestone", Title: civic.Text{{Lang: "en", Text: words(12)}}})
	}
	c.Tags = []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"E-Government", "Access to Information"}}}
	return c
}

// load fills a database, preparing in two goroutines while one writes.
func load(b testing.TB, s *store.Store, size int) {
	type prepared struct {
		p   store.Prepared
		err error
	}
	const block = 200
	blocks := make(chan chan []prepared, 4)
	var wg sync.WaitGroup
	go func() {
		defer close(blocks)
		slots := make(chan struct{}, 2)
		for start := 0; start < size; start += block {
			out := make(chan []prepared, 1)
			blocks <- out
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				r := rand.New(rand.NewPCG(1, uint64(start)))
				var all []prepared
				for i := start; i < min(start+block, size); i++ {
					p, err := store.Prepare(prose(r, 100+i))
					all = append(all, prepared{p, err})
				}
				out <- all
			})
		}
	}()
	err := s.Write(context.Background(), func(tx *store.Tx) error {
		for out := range blocks {
			for _, one := range <-out {
				if one.err != nil {
					return one.err
				}
				if _, err := tx.Put(one.p, store.Entry{At: 1, Actor: civic.LocalOperator, Verb: "import"}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	wg.Wait()
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkLoadSearchAndVerify(b *testing.B) {
	ctx := context.Background()
	for name, database := range map[string]func(testing.TB) Database{"sqlite": SQLite, "postgres": Postgres} {
		b.Run(name, func(b *testing.B) {
			size := benchSize()
			for b.Loop() {
				s := database(b).Open(b)
				start := time.Now()
				load(b, s, size)
				b.ReportMetric(time.Since(start).Seconds(), "load-s")

				for _, q := range [][][]string{{{"word0"}}, {{"word0"}, {"word1"}}, {{"wordzz"}}} {
					var worst time.Duration
					var hits []int64
					for range 10 {
						start = time.Now()
						var err error
						if hits, err = s.Search(ctx, q, false); err != nil {
							b.Fatal(err)
						}
						worst = max(worst, time.Since(start))
					}
					b.Logf("search %v: %d hits, worst of 10 %v", q, len(hits), worst)
				}
				start = time.Now()
				n := 0
				if err := s.Facets(ctx, -1, func(store.FacetRow) error { n++; return nil }); err != nil {
					b.Fatal(err)
				}
				b.Logf("%d facets in %v", n, time.Since(start))
				start = time.Now()
				bytes := 0
				if err := s.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error { bytes += len(v.Body); return nil }); err != nil {
					b.Fatal(err)
				}
				b.Logf("%d bytes of newest versions in %v", bytes, time.Since(start))
				start = time.Now()
				report, err := s.Verify(ctx, store.VerifyOptions{})
				if err != nil || !report.OK() {
					b.Fatalf("verify: %v, %v", err, report.Problems)
				}
				b.ReportMetric(time.Since(start).Seconds(), "verify-s")
			}
		})
	}
}
