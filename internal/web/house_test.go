package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"avow/internal/app"
	"avow/internal/httpx"
	"avow/internal/i18n"
	"avow/internal/web"
)

// house is the site over some data, in every language and pseudo-language, with
// the frame that stands around it in the running program.
type house struct {
	http.Handler
	site  *web.Site
	words *i18n.Set
	app   *app.App
}

func open(t testing.TB, a *app.App) house {
	t.Helper()
	words, err := i18n.Load(i18n.Options{Pseudo: true})
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.New(web.Options{App: a, Words: words, Build: "test", BaseURL: "https://avow.example", Description: []byte(description)})
	if err != nil {
		t.Fatal(err)
	}
	return house{httpx.Frame{Fail: site.Fail}.Wrap(site), site, words, a}
}

// get asks for an address; header are pairs of a name and a value.
func (h house) get(path string, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec
}

// known are the addresses that this data answers.
func (h house) known(t testing.TB) web.Known {
	t.Helper()
	k, err := h.site.Known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const description = `{"paths": {
 "/api/v1/commitments": {"get": {"operationId": "listCommitments", "summary": "Commitments", "description": "A page of them.", "x-samples": ["/api/v1/commitments?q=open"],
  "parameters": [{"name": "q", "in": "query", "description": "Words", "schema": {"type": "string"}}, {"name": "year", "in": "query", "schema": {"type": ["integer", "null"]}}]}},
 "/api/v1/members/{ref}": {"get": {"operationId": "getMember", "summary": "One member", "x-samples": ["/api/v1/members/{ref}"]}}}}`
