package web_test

import (
	"net/http"
	"strings"
	"testing"

	"avow/internal/htmlcheck"
	"avow/internal/web"
	"avow/internal/webtest"
)

// budget is what a cold visit may cost: page, stylesheet and icon, compressed,
// with headers (bytes).
const budget = 20_000

func TestEveryPageIsSoundInEveryLanguage(t *testing.T) {
	h := open(t, webtest.Demo(t))
	known := h.known(t)
	before, err := h.app.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rest := weight(h.get(known.Stylesheet, "Accept-Encoding", "gzip")) + weight(h.get(known.Icon, "Accept-Encoding", "gzip"))
	for _, r := range web.Routes() {
		if r.Kind != web.KindPage && r.Kind != web.KindError {
			continue
		}
		for _, l := range h.words.Languages() {
			for _, address := range r.Addresses(l.Code, known) {
				rec := h.get(address)
				page := htmlcheck.Read(t, rec.Body.Bytes())
				page.IsSound()
				page.IsIn(l.Code, l.Dir)
				if strings.Contains(page.Text(), "⟦") {
					i := strings.Index(page.Text(), "⟦")
					t.Errorf("a text is not translated: %.80s", page.Text()[i:])
				}
				if strings.Contains(page.Text(), "{") && !strings.Contains(address, "/api") {
					t.Errorf("a word is not filled in: %.80s", page.Text()[strings.Index(page.Text(), "{"):])
				}
				if want := map[string]int{web.KindPage: 200, web.KindError: 404}[r.Kind]; rec.Code != want {
					t.Errorf("the answer is %d, not %d", rec.Code, want)
				}
				if n := weight(h.get(address, "Accept-Encoding", "gzip")) + rest; n > budget {
					t.Errorf("a cold visit costs %d bytes of %d", n, budget)
				}
				guarded(t, rec.Header())
				if t.Failed() {
					t.Fatalf("at %s", address)
				}
			}
		}
	}
	after, err := h.app.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Error("reading the pages changed the record")
	}
}

// weight is what an answer costs on the wire.
func weight(rec interface {
	Result() *http.Response
}) int {
	res := rec.Result()
	n := len("HTTP/1.1 200 OK\r\n\r\n")
	for k, values := range res.Header {
		for _, v := range values {
			n += len(k) + len(v) + len(": \r\n")
		}
	}
	buf := make([]byte, 4096)
	for {
		k, err := res.Body.Read(buf)
		n += k
		if err != nil {
			return n
		}
	}
}

// guarded checks the headers that let nobody else in.
func guarded(t *testing.T, h http.Header) {
	t.Helper()
	for k, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Cache-Control": "no-cache", "Set-Cookie": "",
	} {
		if got := h.Get(k); got != want {
			t.Errorf("%s is %q, not %q", k, got, want)
		}
	}
	if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "script") {
		t.Errorf("the policy is %q", csp)
	}
}

func TestAPageThatTheReaderHoldsIsNotSentAgain(t *testing.T) {
	a := webtest.Demo(t)
	h := open(t, a)
	known := h.known(t)
	for _, r := range web.Routes() {
		if r.Kind == web.KindError || r.Kind == web.KindRedirect || r.Kind == web.KindWork || r.Kind == web.KindAction || r.Permission != web.Everybody {
			continue
		}
		for _, address := range r.Addresses("en", known) {
			first := h.get(address)
			tag := first.Header().Get("ETag")
			if tag == "" {
				t.Errorf("%s has no validator", address)
				continue
			}
			again := h.get(address, "If-None-Match", tag)
			if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
				t.Errorf("%s: asked again, the answer is %d with %d bytes", address, again.Code, again.Body.Len())
			}
			if other := h.get(address+"?x=1", "If-None-Match", tag); r.Kind == web.KindPage && !strings.Contains(address, "?") && other.Code != 200 {
				t.Errorf("%s: another address has the same validator", address)
			}
		}
	}
	if en, fr := h.get("/en/about").Header().Get("ETag"), h.get("/fr/about").Header().Get("ETag"); en == fr {
		t.Error("two languages have one validator")
	}
}

func TestAnEmptySiteSaysSoOnEveryPage(t *testing.T) {
	h := open(t, webtest.App(t))
	for _, r := range web.Routes() {
		if r.Kind != web.KindPage {
			continue
		}
		for _, l := range h.words.Languages() {
			for _, address := range r.Addresses(l.Code, web.Known{}) {
				rec := h.get(address)
				htmlcheck.Read(t, rec.Body.Bytes()).IsSound()
				if rec.Code != 200 || t.Failed() {
					t.Fatalf("%s answers %d", address, rec.Code)
				}
			}
		}
	}
	htmlcheck.Read(t, h.get("/en/").Body.Bytes()).Says("avow import ogp")
}

func TestEachLinkOfThePagesLeadsSomewhere(t *testing.T) {
	h := open(t, webtest.Demo(t))
	todo, seen := []string{"/en/"}, map[string]bool{}
	for len(todo) > 0 && len(seen) < 400 {
		address := todo[0]
		todo = todo[1:]
		rec := h.get(address)
		if to := rec.Header().Get("Location"); rec.Code == 303 && strings.HasPrefix(to, "/en/sign-in?") {
			continue // what is for somebody signed in leads to the way in
		}
		if rec.Code != 200 {
			t.Errorf("%s answers %d", address, rec.Code)
		}
		if !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, link := range htmlcheck.Read(t, rec.Body.Bytes()).Links() {
			link, _, _ = strings.Cut(link, "#")
			link = strings.TrimPrefix(link, "https://avow.example")
			if !strings.HasPrefix(link, "/en/") && !strings.HasPrefix(link, "/assets/") || seen[link] {
				continue
			}
			seen[link] = true
			todo = append(todo, link)
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}
