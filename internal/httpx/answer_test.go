package httpx

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTextIsCompressedForWhoeverTakesIt(t *testing.T) {
	long := strings.Repeat("commitment ", 200)
	for _, c := range []struct {
		accept, kind, body string
		want               bool
	}{
		{"gzip, deflate, br", "text/html; charset=utf-8", long, true},
		{"gzip", "application/problem+json", long, true},
		{"*", "application/json", long, true},
		{"gzip;q=0", "text/html", long, false},
		{"gzip; q=0.0, *;q=1", "text/html", long, false},
		{"", "text/html", long, false},
		{"br", "text/html", long, false},
		{"gzip", "image/png", long, false},
		{"gzip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", long, false},
		{"gzip", "text/html", "short", false},
	} {
		h := Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if err := Send(w, 200, c.kind, func(out io.Writer) error { _, err := io.WriteString(out, c.body); return err }); err != nil {
				t.Error(err)
			}
		}))
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", c.accept)
		rec := ask(h, r)
		if got := rec.Header().Get("Content-Encoding") == "gzip"; got != c.want {
			t.Errorf("%q %s: compressed %v", c.accept, c.kind, got)
		}
		body, err := io.ReadAll(rec.Body)
		if c.want {
			z, zerr := gzip.NewReader(strings.NewReader(string(body)))
			if zerr != nil {
				t.Fatal(zerr)
			}
			body, err = io.ReadAll(z)
		}
		if err != nil || string(body) != c.body {
			t.Errorf("%q %s: the body differs: %v", c.accept, c.kind, err)
		}
		if rec.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Vary: %v", rec.Header())
		}
	}
}

func TestAStreamIsSentAsItIsFlushed(t *testing.T) {
	flushed := make(chan struct{})
	server := httptest.NewServer(Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		_, _ = io.WriteString(w, "first row\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-flushed
		_, _ = io.WriteString(w, "second row\n")
	})))
	defer server.Close()
	res, err := http.Get(server.URL) // the client asks for gzip by itself
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	first := make([]byte, len("first row\n"))
	if _, err := io.ReadFull(res.Body, first); err != nil || string(first) != "first row\n" {
		t.Errorf("%q %v", first, err)
	}
	close(flushed)
	if rest, err := io.ReadAll(res.Body); err != nil || string(rest) != "second row\n" {
		t.Errorf("%q %v", rest, err)
	}
}

func TestAnErrorWhileRenderingSendsNothing(t *testing.T) {
	rec := httptest.NewRecorder()
	broken := errors.New("broken")
	err := Send(rec, 200, "text/html", func(w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return broken
	})
	if !errors.Is(err, broken) || rec.Body.Len() > 0 || len(rec.Header()) > 0 {
		t.Errorf("%v %q %v", err, rec.Body, rec.Header())
	}
}

func TestAValidatorTellsItsPartsApart(t *testing.T) {
	if ETag("a", "bc") == ETag("ab", "c") || ETag("a") == ETag("a", "") {
		t.Error("different parts give one validator")
	}
	if got, want := ETag("x", "y"), `W/"cFWTcwLjDp22KcsL"`; got != want {
		t.Errorf("the validator is %s; that of other processes and builds is %s", got, want)
	}
}

func TestWhatTheClientHoldsIsNotSentAgain(t *testing.T) {
	tag := ETag("state")
	for header, want := range map[string]bool{
		tag: true, "*": true, strings.TrimPrefix(tag, "W/"): true, `"other", ` + tag: true, `"other"`: false, "": false, `W/"`: false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", header)
		rec := httptest.NewRecorder()
		if got := Fresh(rec, r, tag); got != want || want && rec.Code != 304 {
			t.Errorf("%q: %v, %d", header, got, rec.Code)
		}
		if rec.Header().Get("ETag") != tag || rec.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%v", rec.Header())
		}
	}
}

func TestAssetsAreNamedByTheirContentAndKeptForEver(t *testing.T) {
	dir := fstest.MapFS{"a.css": {Data: []byte("/* note */\np > a  {\n  color: red;\n}\n")}, "i.svg": {Data: []byte("<svg/>")}, "notes.md": {Data: []byte("x")}}
	a, err := NewAssets(dir, "/assets/")
	if err != nil {
		t.Fatal(err)
	}
	url := a.URL("a.css")
	if !strings.HasPrefix(url, "/assets/a.") || !strings.HasSuffix(url, ".css") || url == "/assets/a.css" {
		t.Errorf("address %q", url)
	}
	name := strings.TrimPrefix(url, "/assets/")
	rec := httptest.NewRecorder()
	if !a.Serve(rec, httptest.NewRequest(http.MethodGet, url, nil), name) || rec.Body.String() != "p > a{color:red}" {
		t.Errorf("%d %q", rec.Code, rec.Body)
	}
	if c := rec.Header().Get("Cache-Control"); !strings.Contains(c, "immutable") {
		t.Errorf("cache: %q", c)
	}
	r := httptest.NewRequest(http.MethodGet, url, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	rec = httptest.NewRecorder()
	a.Serve(rec, r, name)
	z, err := gzip.NewReader(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || string(body) != "p > a{color:red}" {
		t.Errorf("%q %v", body, err)
	}
	r.Header.Set("If-None-Match", rec.Header().Get("ETag"))
	rec = httptest.NewRecorder()
	if a.Serve(rec, r, name); rec.Code != 304 {
		t.Errorf("asked again: %d", rec.Code)
	}
	for _, gone := range []string{"a.css", "notes.md", "", "../a.css"} {
		if a.Serve(httptest.NewRecorder(), r, gone) {
			t.Errorf("%q is served", gone)
		}
	}
	if a.URL("notes.md") != "" {
		t.Error("a file of unknown kind has an address")
	}
	changed, err := NewAssets(fstest.MapFS{"a.css": {Data: []byte("p{}")}}, "/assets/")
	if err != nil || changed.URL("a.css") == url {
		t.Errorf("another content has the same name: %v", err)
	}
}

func FuzzAcceptsGzip(f *testing.F) {
	for _, s := range []string{"gzip", "gzip;q=0", "br, *;q=0.1", ";;q=,", "x-gzip ; Q=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if AcceptsGzip(header) && !strings.Contains(strings.ToLower(header), "gzip") && !strings.Contains(header, "*") {
			t.Errorf("%q is taken for yes", header)
		}
	})
}
