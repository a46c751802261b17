package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestAnAnswerThatChangedNothingIsNotKeptForARepeatedRequest(t *testing.T) {
	s := withFixture(t)
	who := civic.Caller{Actor: "account:a", Account: "a"}
	runs := 0
	ask := func(key string, status int) (int, bool) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/api/v1/plans", strings.NewReader("{}"))
		if err := s.once(w, r, who, key, func(w http.ResponseWriter, _ *http.Request) { runs++; w.WriteHeader(status) }); err != nil {
			t.Fatal(err)
		}
		return w.Code, w.Header().Get("Idempotency-Replayed") != ""
	}
	for i, status := range []int{http.StatusForbidden, http.StatusConflict, http.StatusTooManyRequests, http.StatusBadRequest, http.StatusInternalServerError, http.StatusOK} {
		if got, again := ask("key", status); got != status || again || runs != i+1 {
			t.Errorf("a request that was answered %d runs again: %d, given again %v, %d runs", status, got, again, runs)
		}
	}
	if got, again := ask("key", http.StatusConflict); got != http.StatusOK || !again || runs != 6 {
		t.Errorf("a request that succeeded: %d, given again %v, %d runs", got, again, runs)
	}
}

func TestNoCacheKeepsAnAnswerThatDependsOnTheCaller(t *testing.T) {
	s := withFixture(t)
	for _, r := range Routes() {
		if r.Permission == "" {
			continue
		}
		for _, token := range []string{"", "avow_wrong"} {
			for _, target := range addresses(r) {
				w := s.send(t, token, r.Method, target, "{}")
				if got := w.Header().Get("Cache-Control"); got != "no-store" || w.Header().Get("ETag") != "" {
					t.Errorf("%s %s: %d, Cache-Control %q", r.Method, target, w.Code, got)
				}
			}
		}
	}
}
