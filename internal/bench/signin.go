package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"avow/internal/app"
	"avow/internal/i18n"
	"avow/internal/store"
	"avow/internal/web"
)

const (
	signInPairs = 2000
	signInP     = 0.01 // below it the two kinds of address could be told apart
)

// signInTiming asks for a sign-in mail with an address that has an account and
// with one that has none, 2,000 times each in pairs of random order, and tests
// whether the times differ (Wilcoxon's signed ranks). It is the one part that
// does not run the built program: an hour's worth of mails to one address would be
// refused by the throttle, so the site gets a clock of its own.
func (b *bench) signInTiming() error {
	st, err := store.Open(b.ctx, store.Options{Path: filepath.Join(b.dir, "sign-in.db")})
	if err != nil {
		return err
	}
	defer st.Close()
	clock := time.Now()
	a := app.New(st, app.Options{Now: func() time.Time { return clock }})
	words, err := i18n.Load(i18n.Options{})
	if err != nil {
		return err
	}
	site, err := web.New(web.Options{App: a, Words: words, BaseURL: "https://avow.example"})
	if err != nil {
		return err
	}
	for i := range signInPairs {
		if _, err := a.OpenAccount(b.ctx, address("known", i), "Known", i18n.English); err != nil {
			return err
		}
	}
	ask := func(mail string) (time.Duration, []byte, error) {
		clock = clock.Add(time.Minute)
		body := strings.NewReader(url.Values{"mail": {mail}}.Encode())
		req := httptest.NewRequest(http.MethodPost, "/en/sign-in", body)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		rec := httptest.NewRecorder()
		began := time.Now()
		site.ServeHTTP(rec, req)
		took := time.Since(began)
		if rec.Code != http.StatusSeeOther {
			return 0, nil, fmt.Errorf("asking to sign in gave %d", rec.Code)
		}
		return took, append([]byte(rec.Header().Get("Location")), rec.Body.Bytes()...), nil
	}
	random := rand.New(rand.NewPCG(3, 4))
	differences := make([]float64, 0, signInPairs)
	var answers [2][]byte
	for i := range signInPairs {
		var times [2]time.Duration
		first := random.IntN(2)
		for _, kind := range []int{first, 1 - first} {
			if times[kind], answers[kind], err = ask(address([]string{"known", "other"}[kind], i)); err != nil {
				return err
			}
		}
		if !bytes.Equal(answers[0], answers[1]) {
			return fmt.Errorf("the answers differ: %q and %q", answers[0], answers[1])
		}
		differences = append(differences, float64(times[0]-times[1]))
	}
	p, verdict := signedRanks(differences), "pass"
	if p < signInP {
		verdict, b.failed = "fail", true
	}
	fmt.Printf("signin_timing %.3g p %s at least %g (pairs: %d)\n", p, verdict, signInP, signInPairs)
	return nil
}

func address(kind string, i int) string { return fmt.Sprintf("%s-%d@example.org", kind, i) }

// signedRanks returns how likely differences as far from zero are when nothing
// lies behind them: Wilcoxon's signed-rank test, two-sided, by the normal
// approximation, which is good for so many pairs.
func signedRanks(differences []float64) float64 {
	d := slices.DeleteFunc(slices.Clone(differences), func(v float64) bool { return v == 0 })
	slices.SortFunc(d, func(a, b float64) int {
		switch a, b := math.Abs(a), math.Abs(b); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	n, positive := float64(len(d)), 0.0
	for i := 0; i < len(d); {
		j := i
		for j < len(d) && math.Abs(d[j]) == math.Abs(d[i]) {
			j++
		}
		for k := i; k < j; k++ {
			if d[k] > 0 {
				positive += float64(i+j+1) / 2 // equal ones share their ranks
			}
		}
		i = j
	}
	if n == 0 {
		return 1
	}
	z := (positive - n*(n+1)/4) / math.Sqrt(n*(n+1)*(2*n+1)/24)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}
