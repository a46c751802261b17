package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/config"
	"avow/internal/htmlcheck"
	"avow/internal/store/storetest"
)

// writing are the methods with which a browser or a program could change something.
var writing = []string{"POST", "PUT", "PATCH", "DELETE"}

// sound checks that an answer which says no helps: a page in a language of ours,
// or a problem, guarded, not kept, without a word from inside the program.
func sound(t *testing.T, what string, res *http.Response) {
	t.Helper()
	guarded(t, what, res)
	text := body(t, res)
	if tag := res.Header.Get("ETag"); tag != "" || !strings.Contains("no-cache no-store", res.Header.Get("Cache-Control")) {
		t.Errorf("%s: an error may be kept: %q %q", what, tag, res.Header.Get("Cache-Control"))
	}
	for _, secret := range []string{"sql", "goroutine", ".go:", "/tmp/", "panic", "⟦"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s: the answer holds %q: %.300s", what, secret, text)
		}
	}
	switch kind := res.Header.Get("Content-Type"); kind {
	case "application/problem+json":
		var p struct {
			Type, Title, Detail, Code string
			Status                    int
		}
		if err := json.Unmarshal([]byte(text), &p); err != nil || p.Status != res.StatusCode || p.Title == "" || p.Detail == "" || p.Code == "" {
			t.Errorf("%s: %v: %.300s", what, err, text)
		}
	case "text/html; charset=utf-8":
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range htmlcheck.Problems(root) {
			t.Errorf("%s: %s", what, problem)
		}
	default:
		t.Errorf("%s: an error of the type %q", what, kind)
	}
}

func TestNoMethodButReadingIsTakenAtAnyAddress(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		before := g.everything(t)
		for _, s := range g.samples(t) {
			for _, method := range append([]string{"PROPFIND", "TRACE", "get", "LINK"}, writing...) {
				what := method + " " + s.address
				if g.takes(method, s.address) {
					continue // the checks of actions ask it
				}
				res := g.ask(method, s.address)
				want := http.StatusMethodNotAllowed
				if s.row.Name == "elsewhere" {
					want = http.StatusNotFound
					if g.ask("GET", s.address).StatusCode == http.StatusNotFound && res.StatusCode == http.StatusMethodNotAllowed {
						want = http.StatusMethodNotAllowed // a page of a subject that is not here
					}
				}
				if res.StatusCode != want && method != strings.ToLower(method) {
					t.Errorf("%s answers %d, not %d", what, res.StatusCode, want)
				}
				if res.StatusCode < 400 {
					t.Errorf("%s answers %d", what, res.StatusCode)
				}
				if allow := res.Header.Get("Allow"); res.StatusCode == http.StatusMethodNotAllowed && !strings.HasPrefix(allow, "GET, HEAD") {
					t.Errorf("%s does not say what is allowed: %q", what, allow)
				}
				sound(t, what, res)
			}
		}
		if after := g.everything(t); len(after) != len(before) || after["table ledger"] != before["table ledger"] {
			t.Error("a refused request left something behind")
		}
	})
}

// takes reports whether a row takes something in at an address with a method.
func (g gate) takes(method, address string) bool {
	path := strings.Split(strings.Split(address, "?")[0], "/")
	return slices.ContainsFunc(g.rows, func(r Row) bool {
		pattern := strings.Split(r.Pattern, "/")
		if r.Method != strings.ToUpper(method) || !r.writes() || len(pattern) != len(path) {
			return false
		}
		for i, part := range pattern {
			if !strings.HasPrefix(part, "{") && part != path[i] {
				return false
			}
		}
		return true
	})
}

func TestWhatAnotherSiteSendsIsRefusedAtEveryAddress(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{})
	foreign := [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://elsewhere.example"},
		{"Origin", "null"},
	}
	for _, s := range g.samples(t) {
		for _, method := range writing {
			for _, header := range foreign {
				what := method + " " + s.address + " with " + strings.Join(header, ": ")
				res := g.ask(method, s.address, header...)
				if res.StatusCode != http.StatusForbidden {
					t.Errorf("%s answers %d", what, res.StatusCode)
				}
				sound(t, what, res)
			}
		}
		if strings.HasPrefix(s.address, "/api/") {
			res := g.ask("GET", s.address, "Origin", "https://elsewhere.example")
			if res.Header.Get("Access-Control-Allow-Origin") != "*" || res.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s cannot be read from another site, or with its credentials: %v", s.address, res.Header)
			}
		} else if res := g.ask("GET", s.address, "Origin", "https://elsewhere.example"); res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s opens a page to scripts of another site", s.address)
		}
	}
}

// wrong are requests that are mistaken, with their status.
var wrong = map[string]int{
	"/nothing": 404, "/nothing/": 404, "/{lang}/nothing": 404, "/{lang}/commitments/XX9999": 404, "/{lang}/members/nobody": 404,
	"/{lang}/plans/none-1": 404, "/{lang}/tags/none": 404, "/assets/nothing.css": 404, "/assets/": 404, "/assets/../go.mod": 404,
	"/{lang}/commitments?region=atlantis": 400, "/{lang}/commitments?year=abc": 400, "/{lang}/commitments?cursor=xyz": 400,
	"/{lang}/commitments?completion=sideways": 400, "/{lang}/commitments/%00": 404, "/{lang}/commitments/%ff": 404,
	"/api": 404, "/api/": 404, "/api/v2/commitments": 404, "/api/v1/commitments/XX9999": 404, "/api/v1/commitments?limit=0": 400,
	"/api/v1/commitments?q=%00": 400, "/api/v1/exports/commitments.pdf": 404, "/healthz/": 404, "/.well-known/nothing": 404,
	"/{lang}/commitments?q=" + strings.Repeat("x", 9000): 414, "/api/v1/commitments?q=" + strings.Repeat("x", 9000): 414,
}

func TestEveryMistakeIsAnsweredWithAPageOrAProblemThatHelps(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		for pattern, want := range wrong {
			for _, l := range g.words.Languages() {
				address := strings.ReplaceAll(pattern, "{lang}", l.Code)
				res := g.ask("GET", address)
				if res.StatusCode != want {
					// The mux cleans a path before anything else sees it.
					if res.StatusCode == http.StatusTemporaryRedirect && strings.Contains(address, "..") {
						continue
					}
					t.Errorf("%.80s answers %d, not %d", address, res.StatusCode, want)
				}
				if strings.Contains(pattern, "{lang}") && res.Header.Get("Content-Language") != l.Code {
					t.Errorf("%.80s answers in %q", address, res.Header.Get("Content-Language"))
				}
				sound(t, address[:min(len(address), 80)], res)
				if !strings.Contains(pattern, "{lang}") {
					break
				}
			}
		}
	})
}

func TestABodyThatIsTooLargeIsNotRead(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{MaxBody: 1000})
	for _, address := range []string{"/en/members", "/api/v1/members"} {
		req := httptest.NewRequest("POST", address, bytes.NewReader(make([]byte, 2000)))
		rec := httptest.NewRecorder()
		g.ServeHTTP(rec, req)
		if rec.Code != http.StatusMethodNotAllowed && rec.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s answers %d", address, rec.Code)
		}
	}
}

func TestWithoutItsDatabaseEveryAddressSaysSoAndTellsNothingElse(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		samples := g.samples(t)
		if err := g.keeper.store.Close(); err != nil {
			t.Fatal(err)
		}
		for _, s := range samples {
			res := g.ask("GET", s.address)
			guarded(t, s.address, res)
			if res.StatusCode < 500 {
				// Files of ours and addresses that lead on need no database.
				alone := []string{"sign-in-provider", "sign-in-back", "root", "language", "asset", "favicon", "robots", "elsewhere", "healthz"}
				if !slices.Contains(alone, s.row.Name) {
					t.Errorf("%s answers %d without a database", s.address, res.StatusCode)
				}
				continue
			}
			if s.row.Room != "operator" {
				sound(t, s.address, res)
			}
		}
		if err := g.keeper.store.Close(); err != nil {
			t.Logf("closed twice: %v", err)
		}
	})
}
