package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// No query, however broken, is an error of ours, and each is answered in JSON.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"", "q=open&limit=2", "limit=0", "limit=1&limit=2", "q=%ff", "q=%00", "cursor=AAAA", "year=-1", "%zz", "a;b", "region=&tag=x", "q=\"a b\"*"} {
		f.Add(seed)
	}
	s := withFixture(f)
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest("GET", "/api/v1/commitments", nil)
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%q: %d %s", query, w.Code, w.Body)
		}
	})
}
