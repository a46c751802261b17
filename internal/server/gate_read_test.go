package server

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/web"
)

// guards are the headers of every answer, good or bad, letter by letter.
var guards = map[string]string{
	"Content-Security-Policy":    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":     "nosniff",
	"Referrer-Policy":            "same-origin",
	"Permissions-Policy":         "camera=(), geolocation=(), microphone=()",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Strict-Transport-Security":  "",
	"Set-Cookie":                 "",
	"Server":                     "",
}

func guarded(t *testing.T, what string, res *http.Response) {
	t.Helper()
	for name, want := range guards {
		got := strings.Join(res.Header.Values(name), "|")
		if name == "Content-Security-Policy" && strings.Contains(what, "/files/") && strings.Contains(got, "sandbox") && strings.HasPrefix(got, "default-src 'none'") {
			continue // what somebody sent is shut in further
		}
		if got != want {
			t.Errorf("%s: %s is %q, not %q", what, name, got, want)
		}
	}
	if res.Header.Get("X-Request-Id") == "" {
		t.Errorf("%s: nobody can quote this answer: it has no X-Request-Id", what)
	}
}

// expected is the status of a good answer of a row.
func expected(row Row) int {
	switch row.Name {
	case "root":
		return http.StatusFound
	case "language":
		return http.StatusPermanentRedirect
	case "sign-in-provider", "sign-in-back":
		return http.StatusSeeOther // no provider is set
	case "elsewhere":
		return http.StatusNotFound
	}
	return http.StatusOK
}

func TestReadingChangesNothing(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		ctx := context.Background()
		head, err := g.keeper.store.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		before := g.everything(t)
		if len(before) < 10 {
			t.Fatalf("only %d tables and files are compared", len(before))
		}
		for _, s := range g.samples(t) {
			for _, method := range []string{"GET", "HEAD"} {
				res := g.ask(method, s.address)
				if res.StatusCode != expected(s.row) {
					t.Errorf("%s %s answers %d", method, s.address, res.StatusCode)
				}
			}
		}
		after := g.everything(t)
		for name := range before {
			if before[name] != after[name] {
				t.Errorf("reading changed the %s", name)
			}
		}
		if !maps.Equal(before, after) && !t.Failed() {
			t.Error("reading made a table or a file")
		}
		if now, err := g.keeper.store.Head(ctx); err != nil || now != head {
			t.Errorf("reading changed the record: %v %v %v", head, now, err)
		}
	})
}

// small is what an answer may weigh when the reader holds the content already
// (bytes, headers included).
const small = 2 << 10

func TestWhatTheReaderHoldsIsNotSentAgain(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		wire := listen(t, g)
		most, asked := 0, 0
		for _, s := range g.samples(t) {
			res := g.ask("GET", s.address)
			tag := res.Header.Get("ETag")
			switch {
			case res.StatusCode >= 300 && res.StatusCode < 400: // an address elsewhere, no content
				if n := wire.weigh(t, s.address); n > small {
					t.Errorf("%s: the way on weighs %d bytes", s.address, n)
				}
				continue
			case s.row.Room == "operator" || res.StatusCode >= 400: // what is so now, and nothing to keep
				if tag != "" || !strings.Contains("no-store no-cache", res.Header.Get("Cache-Control")) {
					t.Errorf("%s may be kept: %q %q", s.address, tag, res.Header.Get("Cache-Control"))
				}
				continue
			case tag == "":
				t.Errorf("%s has no validator", s.address)
				continue
			}
			asked++
			if again := g.ask("GET", s.address, "If-None-Match", tag); again.StatusCode != http.StatusNotModified || again.Header.Get("ETag") != tag || body(t, again) != "" {
				t.Errorf("%s: asked again, the answer is %d", s.address, again.StatusCode)
			} else {
				guarded(t, s.address+", 304", again)
			}
			if other := g.ask("GET", s.address, "If-None-Match", `W/"other"`); other.StatusCode != http.StatusOK {
				t.Errorf("%s: with another validator the answer is %d", s.address, other.StatusCode)
			}
			n := wire.weigh(t, s.address, "If-None-Match: "+tag)
			if most = max(most, n); n > small {
				t.Errorf("%s: asked again, the answer weighs %d bytes", s.address, n)
			}
		}
		t.Logf("B4 %d addresses answer 304; the heaviest takes %d of %d bytes", asked, most, small)
	})
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	eachGate(t, func(t *testing.T, g gate) {
		for _, s := range g.samples(t) {
			res := g.ask("GET", s.address)
			guarded(t, s.address, res)
			if html := strings.HasPrefix(res.Header.Get("Content-Type"), "text/html"); html != s.row.Page && (res.StatusCode < 300 || res.StatusCode >= 400) {
				t.Errorf("%s is a page that its row does not call one, or the other way round: the browser checks go by the row", s.address)
			}
		}
	})
}

func TestBehindHTTPSBrowsersAreToldToStayThere(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example"})
	for _, address := range []string{"/en/", "/api/v1/members", "/en/nothing", "/healthz"} {
		if got := g.ask("GET", address).Header.Get("Strict-Transport-Security"); got != "max-age=31536000; includeSubDomains" {
			t.Errorf("%s: %q", address, got)
		}
	}
}

func TestEachLanguageAndAddressHasItsOwnValidator(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{})
	seen := map[string]string{}
	for _, s := range g.samples(t) {
		tag := g.ask("GET", s.address).Header.Get("ETag")
		if tag == "" || s.row.Name == "favicon" || s.row.Kind == web.KindFile {
			continue
		}
		if other, twice := seen[tag]; twice {
			t.Errorf("%s and %s have one validator", s.address, other)
		}
		seen[tag] = s.address
	}
	if want := len(web.Routes()); len(seen) < want {
		t.Errorf("only %d validators for %d rows", len(seen), want)
	}
}
