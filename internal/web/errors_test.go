package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/htmlcheck"
	"avow/internal/httpx"
	"avow/internal/webtest"
)

func TestTheRequestScriptOfTheSiteHolds(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "e2e", "site.txt"))
	if err != nil {
		t.Fatal(err)
	}
	webtest.Run(t, open(t, webtest.Demo(t)), "site.txt", string(script))
}

func TestEveryKindOfErrorHasAPageInEveryLanguage(t *testing.T) {
	h := open(t, webtest.App(t))
	for _, err := range []error{
		&civic.Error{Kind: civic.NotFound, Key: "not_found.member", Args: map[string]any{"Ref": "atlantis"}},
		&civic.Error{Kind: civic.Invalid, Key: "query.year", Args: map[string]any{"Value": "x"}},
		&civic.Error{Kind: civic.Forbidden, Key: "error.cross_origin"},
		&civic.Error{Kind: civic.Conflict}, &civic.Error{Kind: civic.Unavailable, Key: "error.busy"},
		&civic.Error{Kind: civic.TooLarge, Key: "error.url_too_long"},
		httpx.MethodNotAllowed("POST"), errors.New("disk on fire"),
	} {
		for _, l := range h.words.Languages() {
			rec := httptest.NewRecorder()
			h.site.Fail(rec, httptest.NewRequest(http.MethodGet, "/"+l.Code+"/x", nil), err)
			page := htmlcheck.Read(t, rec.Body.Bytes())
			page.IsSound()
			page.IsIn(l.Code, l.Dir)
			page.DoesNotSay("disk on fire")
			page.DoesNotSay("⟦")
			if rec.Code != httpx.Status(err) || t.Failed() {
				t.Fatalf("%v in %s: the answer is %d", err, l.Code, rec.Code)
			}
		}
	}
}

func TestAPanicEndsInAPageWithTheNumberOfTheRequest(t *testing.T) {
	h := open(t, webtest.App(t))
	handler := httpx.Frame{Fail: h.site.Fail}.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("out of ideas") }))
	rec := httptest.NewRecorder()
	handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/es/members", nil))
	page := htmlcheck.Read(t, rec.Body.Bytes())
	page.IsSound()
	page.IsIn("es", "ltr")
	page.Says(rec.Header().Get("X-Request-Id"))
	page.DoesNotSay("out of ideas")
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("the answer is %d", rec.Code)
	}
}

func TestNoAnswerSendsTheReaderToAnotherSite(t *testing.T) {
	h := open(t, webtest.App(t))
	for _, path := range []string{"//evil.example", "//evil.example/", "/\\evil.example/", "///evil.example/en/", "/en//evil.example/", "/%2f%2fevil.example/", "/en/members/..//evil.example", "/http://evil.example/"} {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.URL.Path, req.URL.RawPath = path, ""
		req.RequestURI = path
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		to := rec.Header().Get("Location")
		if strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.Contains(to, "://") {
			t.Errorf("%s leads to %s", path, to)
		}
	}
}
