package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/htmlcheck"
	"avow/internal/webtest"
)

// failed is the error page of a form that was sent.
func failed(t *testing.T, h house, path string, values url.Values, err error) *htmlcheck.Page {
	t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	h.site.Fail(rec, req, err)
	page := htmlcheck.Read(t, rec.Body.Bytes())
	page.IsSound()
	return page
}

func TestAnErrorPageKeepsWhatAPersonTyped(t *testing.T) {
	h := open(t, webtest.App(t))
	long := "First line <b>\nsecond line " + strings.Repeat("of a long report ", 20)
	values := url.Values{"done.en": {long}, "status": {"limited"}, "code": {"123456"}, "bearer.token": {"t0ken"}, "password": {"hunter2"}}
	for _, l := range h.words.Languages() {
		page := failed(t, h, "/"+l.Code+"/work/people/give", values, &civic.Error{Kind: civic.Unauthenticated, Key: "error.sign_in"})
		page.IsIn(l.Code, l.Dir)
		if got := page.Field("done.en"); got != long {
			t.Errorf("the text is %q", got)
		}
		if page.Field("status") != "limited" {
			t.Error("a short answer is not sent again")
		}
		for _, secret := range []string{"code", "bearer.token", "password"} {
			if page.Field(secret) != "" {
				t.Errorf("the page repeats the field %s", secret)
			}
		}
		page.LinksTo("/" + l.Code + "/sign-in?to=" + url.QueryEscape("/"+l.Code+"/work/people/give"))
		page.LinksTo("/" + l.Code + "/work/people/give")
		page.DoesNotSay("⟦")
	}
}

func TestAnErrorPageGivesNothingBackToAnotherSite(t *testing.T) {
	h := open(t, webtest.App(t))
	page := failed(t, h, "/en/work/people/give", url.Values{"mail": {"evil@elsewhere.example"}}, &civic.Error{Kind: civic.Forbidden, Key: "error.cross_origin"})
	if page.Field("mail") != "" || page.Count("textarea") > 0 {
		t.Error("the page offers to send what came from another site")
	}
}

func TestAnErrorPageIsBounded(t *testing.T) {
	h := open(t, webtest.App(t))
	values := url.Values{"huge": {strings.Repeat("x", 400_000)}, "a.text": {strings.Repeat("words ", 50)}}
	for i := range 1000 {
		values.Add("many", strings.Repeat("y", i%50))
	}
	page := failed(t, h, "/en/work/people/give", values, errors.New("disk on fire"))
	page.Says("Part of it was too long")
	if page.Field("huge") != "" || page.Field("a.text") == "" || page.Count("input") > 250 {
		t.Errorf("%d fields are kept", page.Count("input"))
	}
}
