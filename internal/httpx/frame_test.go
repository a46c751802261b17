package httpx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
)

func plainFail(w http.ResponseWriter, _ *http.Request, err error) {
	key, _ := MessageKey(err)
	w.WriteHeader(Status(err))
	_, _ = io.WriteString(w, key)
}

func ask(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func TestEveryAnswerCarriesTheHeadersThatLetNobodyElseIn(t *testing.T) {
	h := Frame{Fail: plainFail, HSTS: true}.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	got := ask(h, httptest.NewRequest(http.MethodGet, "/", nil)).Header()
	for _, k := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security", "X-Request-Id"} {
		if got.Get(k) == "" {
			t.Errorf("%s is missing", k)
		}
	}
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(got.Get("Content-Security-Policy"), part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
}

func TestALogLineHasTheFixedKeysAndNothingAboutThePerson(t *testing.T) {
	var out bytes.Buffer
	mux := http.NewServeMux()
	mux.HandleFunc("GET /en/commitments/{id}", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("x") })
	h := Frame{Fail: plainFail, Log: slog.New(slog.NewJSONHandler(&out, nil))}.Wrap(mux)
	for _, path := range []string{"/en/commitments/LT0031?q=secret-words", "/panic", "/nothing?token=secret"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = "203.0.113.7:4711"
		r.Header.Set("User-Agent", "Spy/1.0")
		r.Header.Set("Cookie", "session=secret")
		ask(h, r)
	}
	ask(h, httptest.NewRequest("SECRET", "/", nil))
	for _, leak := range []string{"secret", "SECRET", "203.0.113.7", "Spy", "LT0031"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("the log tells %q", leak)
		}
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		for k := range m {
			if !slices.Contains(append([]string{"time", "level", "msg"}, LogKeys...), k) {
				t.Errorf("the key %q is not on the list", k)
			}
		}
		if m["msg"] != "request" || m["id"] == "" {
			t.Errorf("line %s", line)
		}
	}
	if !strings.Contains(lines[0], `"route":"GET /en/commitments/{id}"`) {
		t.Errorf("the route is not told: %s", lines[0])
	}
}

func TestAPanicBecomesAnErrorAndTheHalfWrittenBodyIsForgotten(t *testing.T) {
	h := Frame{Fail: plainFail}.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", "x")
		w.Header().Set("Content-Type", "text/csv")
		panic("no")
	}))
	rec := ask(h, httptest.NewRequest(http.MethodGet, "/", nil))
	if rec.Code != 500 || rec.Body.String() != "error.internal" || rec.Header().Get("ETag") != "" || rec.Header().Get("Content-Type") == "text/csv" {
		t.Errorf("%d %q %v", rec.Code, rec.Body, rec.Header())
	}
}

func TestAPanicInTheMiddleOfAStreamBreaksTheConnection(t *testing.T) {
	server := httptest.NewServer(Frame{Fail: plainFail}.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("row\n", 5000))
		panic("no")
	})))
	defer server.Close()
	res, err := http.Get(server.URL)
	if err != nil {
		return // broken before the headers: as good
	}
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); err == nil {
		t.Error("half a stream looks whole")
	}
}

func TestRequestsOverTheLimitsAreRefused(t *testing.T) {
	h := Frame{Fail: plainFail, MaxURL: 100, MaxBody: 10}.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			plainFail(w, r, fmt.Errorf("read the body: %w", err))
		}
	}))
	if rec := ask(h, httptest.NewRequest(http.MethodGet, "/?q="+strings.Repeat("x", 200), nil)); rec.Code != 414 || rec.Body.String() != "error.url_too_long" {
		t.Errorf("a long address: %d %s", rec.Code, rec.Body)
	}
	if rec := ask(h, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 11)))); rec.Code != 413 {
		t.Errorf("a long body: %d", rec.Code)
	}
	if rec := ask(h, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("short"))); rec.Code != 200 {
		t.Errorf("a short body: %d", rec.Code)
	}
}

func TestOneRequestTooManyIsToldToComeBack(t *testing.T) {
	inside, leave := make(chan struct{}), make(chan struct{})
	h := Frame{Fail: plainFail, MaxInFlight: 1}.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		inside <- struct{}{}
		<-leave
	}))
	done := make(chan struct{})
	go func() { ask(h, httptest.NewRequest(http.MethodGet, "/", nil)); close(done) }()
	<-inside
	rec := ask(h, httptest.NewRequest(http.MethodGet, "/", nil))
	if rec.Code != 503 || rec.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
	close(leave)
	<-done
	go func() { <-inside }()
	if rec := ask(h, httptest.NewRequest(http.MethodGet, "/", nil)); rec.Code != 200 {
		t.Errorf("the place is not free again: %d", rec.Code)
	}
}

func TestOtherSitesCannotMakeABrowserWriteHere(t *testing.T) {
	h := Frame{Fail: plainFail}.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if rec := ask(h, r); rec.Code != 403 {
		t.Errorf("%d", rec.Code)
	}
	r = httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if rec := ask(h, r); rec.Code != 200 {
		t.Errorf("a link from elsewhere: %d", rec.Code)
	}
}

func TestExportsHaveNoDeadlineAndPagesHaveOne(t *testing.T) {
	var has bool
	h := Frame{Fail: plainFail, Deadline: time.Minute}.Wrap(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, has = r.Context().Deadline() }))
	for _, page := range []string{"/en/", "/en/members/x%2Fexports%2Fy", "/en/exports/", "/api/v1/commitments/exports%2Fx"} {
		if ask(h, httptest.NewRequest(http.MethodGet, page, nil)); !has {
			t.Errorf("%s has no deadline", page)
		}
	}
	ask(h, httptest.NewRequest(http.MethodGet, "/api/v1/exports/commitments.csv", nil))
	if has {
		t.Error("an export has a deadline")
	}
}

func TestEachKindOfErrorHasItsStatus(t *testing.T) {
	for kind, want := range map[civic.ErrorKind]int{
		civic.NotFound: 404, civic.Invalid: 400, civic.Forbidden: 403, civic.Conflict: 409, civic.Unavailable: 503, civic.TooLarge: 413, "": 500,
	} {
		if got := Status(fmt.Errorf("show: %w", &civic.Error{Kind: kind})); got != want {
			t.Errorf("%s: %d, not %d", kind, got, want)
		}
	}
	if got := Status(MethodNotAllowed("POST")); got != 405 {
		t.Errorf("method: %d", got)
	}
	if key, args := MessageKey(&civic.Error{Key: "a.b", Args: map[string]any{"X": 1}}); key != "a.b" || args["X"] != 1 {
		t.Errorf("%s %v", key, args)
	}
}
