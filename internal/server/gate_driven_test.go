package server

import (
	"net/http"
	"slices"
	"testing"

	"avow/internal/web"
)

// driven notes which actions somebody did with success, while scripts run.
type driven struct {
	gate
	mux  *http.ServeMux
	rows map[string]Row // by method and pattern
	done map[string]bool
}

// elsewhere are actions that no scene does, with what does them and why.
var elsewhere = map[string]string{
	"use-passkey":    "e2e/browser/passkey.mjs: needs an authenticator",
	"add-passkey":    "e2e/browser/passkey.mjs: needs an authenticator",
	"remove-passkey": "internal/app, passkeys: needs one that was added",
	"make-webhook":   "internal/jobs, webhooks: a scene has no public address to send to",
	"test-webhook":   "internal/jobs, webhooks: a scene has no public address to send to",
	"end-webhook":    "internal/jobs, webhooks: a scene has no public address to send to",

	"block-account":      "internal/server, tests of accounts",
	"unblock-account":    "internal/server, tests of accounts",
	"reset-account":      "internal/server, tests of accounts",
	"close-account-send": "internal/server, tests of accounts",
}

// anew are the verbs of actions that describe something for the first time or anew:
// a member has one forum.
var anew = map[string]string{"describe_forum": "correct_forum"}

func (g gate) watched() *driven {
	d := &driven{gate: g, mux: http.NewServeMux(), rows: map[string]Row{}, done: map[string]bool{}}
	for _, row := range g.rows {
		if row.writes() {
			d.rows[row.Method+" "+row.Pattern] = row
			d.mux.Handle(row.Method+" "+row.Pattern, http.NotFoundHandler())
		}
	}
	return d
}

// ServeHTTP answers as the program does. An action is done when the answer leads
// on, or gives what was made, and the record has grown by the verb of its row and
// by nothing when the row writes none.
func (d *driven) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, pattern := d.mux.Handler(r)
	row, known := d.rows[pattern]
	if !known || d.done[pattern] {
		d.gate.ServeHTTP(w, r)
		return
	}
	before, _ := d.verbs()
	answer := &status{ResponseWriter: w, code: http.StatusOK}
	d.gate.ServeHTTP(answer, r)
	after, err := d.verbs()
	if err != nil || answer.code >= 400 {
		return
	}
	wrote := after[len(before):]
	d.done[pattern] = row.Ledger == web.NoEntry && len(wrote) == 0 || slices.Contains(wrote, row.Ledger) || slices.Contains(wrote, anew[row.Ledger])
}

// status remembers the status of an answer.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// complete fails for an action that nobody did.
func (d *driven) complete(t *testing.T) {
	t.Helper()
	for key, row := range d.rows {
		switch why := elsewhere[row.Name]; {
		case !d.done[key] && why == "":
			t.Errorf("%s (%s): no scene does it so that the record grows by %q", key, row.Name, row.Ledger)
		case d.done[key] && why != "":
			t.Errorf("%s (%s) is done by a scene: it needs no exception", key, row.Name)
		}
	}
	t.Logf("D4 %d of %d actions are done in scenes", len(d.done), len(d.rows))
}
