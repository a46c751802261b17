package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/jobs"
	"avow/internal/mail"
	"avow/internal/store"
)

const (
	followers    = 10_000
	freshEntries = 500
)

// later is a clock ahead of the site's: what waits is not sent by it meanwhile.
func later() time.Time { return time.Now().AddDate(0, 0, 10) }

// follow measures the letters of a day: 10,000 who follow something are told of
// 500 changes, while the site answers. Composing is from the record to the text of
// the mail; the letters are laid down and not sent.
func (b *bench) follow(p place) error {
	s, err := b.serve(p, "large")
	if err != nil {
		return err
	}
	defer s.stop()
	refs, err := s.refs(1000)
	if err != nil {
		return err
	}
	var pages []string
	random := rand.New(rand.NewPCG(3, 4))
	for range requests {
		pages = append(pages, "/en/commitments/"+refs[random.IntN(len(refs))])
	}
	o := store.Options{URL: p.address}
	if p.address == "" {
		o = store.Options{Path: filepath.Join(p.dir, "large", "avow.db")}
	}
	st, err := store.Open(b.ctx, o)
	if err != nil {
		return err
	}
	defer st.Close()
	a := app.New(st, app.Options{Now: later})
	if err := b.subscribe(st, a, refs, random); err != nil {
		return err
	}
	if _, err := s.load(pages[:500]); err != nil { // it reads what is new
		return err
	}
	alone, err := s.load(pages)
	if err != nil {
		return err
	}
	before, err := memory(os.Getpid(), "VmRSS:")
	if err != nil {
		return err
	}
	peak := before
	var wait sync.WaitGroup
	var took time.Duration
	var composed int
	var failed error
	done := make(chan struct{})
	wait.Go(func() {
		defer close(done)
		began := time.Now()
		composed, failed = compose(b.ctx, a)
		took = time.Since(began)
	})
	var meanwhile []float64
	wait.Go(func() {
		for tick := time.NewTicker(20 * time.Millisecond); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
				if mb, err := memory(os.Getpid(), "VmRSS:"); err == nil {
					peak = max(peak, mb)
				}
			}
		}
	})
	for over := false; !over; {
		times, err := s.load(pages[:1000])
		if err != nil {
			return err
		}
		meanwhile = append(meanwhile, times...)
		select {
		case <-done:
			over = true
		default:
		}
	}
	wait.Wait()
	if failed != nil {
		return failed
	}
	if composed < followers*9/10 {
		return fmt.Errorf("only %d letters were made", composed)
	}
	b.tell("digest-letters"+p.suffix, float64(composed), "letters")
	b.report("digest-10000"+p.suffix, took.Seconds(), "s", 60, 15)
	b.report("digest-10000-memory"+p.suffix, max(0, peak-before), "MB", 200, 100)
	b.tell("digest-page-p99-alone"+p.suffix, percentile(alone, 0.99), "ms")
	b.tell("digest-page-p99-meanwhile"+p.suffix, percentile(meanwhile, 0.99), "ms")
	b.report("digest-page-p99-ratio"+p.suffix, percentile(meanwhile, 0.99)/percentile(alone, 0.99), "times", 1.5, 1.2)
	return nil
}

// subscribe makes the followers, yesterday, and the changes that they are told of.
func (b *bench) subscribe(st *store.Store, a *app.App, refs []string, random *rand.Rand) error {
	var changed []civic.Commitment
	for _, ref := range refs[:freshEntries] {
		page, err := a.Commitment(b.ctx, ref)
		if err != nil {
			return err
		}
		c := page.Dossier.Commitment
		c.URL = fmt.Sprintf("https://example.org/changed/%d", len(changed))
		changed = append(changed, c)
	}
	head, err := st.Head(b.ctx)
	if err != nil {
		return err
	}
	langs := []string{"en", "fr", "es", "ar"}
	err = st.House(b.ctx, func(h *store.House) error {
		for i := range followers {
			c := changed[random.IntN(len(changed))]
			f := store.Follow{ID: fmt.Sprintf("%026d", i), Mail: fmt.Sprintf("reader%d@example.org", i), Lang: langs[i%4], Asked: app.Daily,
				Kind: app.FollowCommitment, Target: string(c.ID), Secret: []byte(fmt.Sprint(i))}
			switch i % 5 {
			case 0:
				f.Kind, f.Target = app.FollowMember, string(c.Member)
			case 1:
				f.Kind, f.Target = app.FollowPlan, string(c.Plans[0].Plan)
			}
			if _, err := h.AskFollow(f); err != nil {
				return err
			}
			if err := h.ConfirmFollow(f.ID, 1, head.Size, "yesterday"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return st.Write(b.ctx, func(tx *store.Tx) error {
		for _, c := range changed {
			p, err := store.Prepare(c)
			if err != nil {
				return err
			}
			if _, err := tx.Put(p, store.Entry{At: time.Now().UnixMicro(), Actor: civic.LocalOperator, Verb: "update"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// compose makes the letters of the day and writes each as the mail that it will be.
func compose(ctx context.Context, a *app.App) (n int, err error) {
	words, err := i18n.Load(i18n.Options{})
	if err != nil {
		return 0, err
	}
	if _, err = (jobs.Digest{App: a, Words: words, Address: "https://avow.example", Now: later}).Send(ctx, app.Daily); err != nil {
		return 0, err
	}
	for {
		leased, err := a.LeaseMails(ctx, 50) // as the relay does
		if err != nil || len(leased) == 0 {
			return n, err
		}
		for _, m := range leased {
			if m.Kind != "digest" || !json.Valid(m.Data) {
				continue
			}
			if _, err := mail.Compose(m.ID, m.To, m.Kind, words.For(m.Lang), m.Data, later()); err != nil {
				return n, err
			}
			n++
		}
	}
}
