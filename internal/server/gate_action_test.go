package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/web"
)

// fit is the first of a cast who may use an address.
func (g gate) fit(t *testing.T, cast []player, s sample) player {
	t.Helper()
	for _, name := range []string{"poc", "reporter-a", "su", "admin", "moderator", "reviewer", "forum", "facilitator", "citizen"} {
		if p := named(t, cast, name); g.expects(t, p, s) {
			return p
		}
	}
	return nobody
}

func TestGoingToAnActionChangesNothingAndSaysWhatIsAllowed(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	reads := map[string]bool{}
	for _, s := range g.every(t) {
		if !s.row.writes() {
			reads[s.row.Pattern] = true
		}
	}
	before := len(g.entries(t))
	for _, s := range g.actions(t) {
		if s.lang != "" && s.lang != "en" || reads[s.row.Pattern] {
			continue
		}
		res := g.by(g.fit(t, cast, s), "GET", s.address, nil)
		if res.StatusCode == http.StatusNotFound && strings.Contains(s.row.Pattern, "{draft}") {
			continue // to a reader it is a step of the form that is not there
		}
		if res.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(res.Header.Get("Allow"), s.row.Method) {
			t.Errorf("GET %s answers %d and allows %q", s.address, res.StatusCode, res.Header.Get("Allow"))
		}
	}
	if now := len(g.entries(t)); now != before {
		t.Errorf("reading wrote %d entries", now-before)
	}
}

func TestWhatAnotherSiteSendsIsRefusedByEveryAction(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	before := len(g.entries(t))
	for _, s := range g.actions(t) {
		if s.lang != "" && s.lang != "en" || s.row.Room != "site" {
			continue
		}
		p := g.fit(t, cast, s)
		for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}, {"Origin", "null"}} {
			req := httptest.NewRequest(s.row.Method, s.address, strings.NewReader(""))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(header[0], header[1])
			if res := g.send(p, req); res.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s: %s answers %d", s.address, header[0], header[1], res.StatusCode)
			}
		}
	}
	if now := len(g.entries(t)); now != before {
		t.Errorf("another site wrote %d entries", now-before)
	}
}

// garbage is what nobody means.
var garbage = []string{"\x00", "\xff\xfe", strings.Repeat("9", 4000), "-1", "../../etc/passwd", "{{.}}", "%00", "2026-13-45", "\u202e", "'; DROP TABLE subject; --"}

func TestNonsenseInAnyFormIsAMistakeAndNeverAnAccident(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	names := g.fieldNames(t, cast)
	for _, s := range g.actions(t) {
		if s.lang != "" && s.lang != "en" {
			continue
		}
		p := g.fit(t, cast, s)
		if s.row.Room == "api" {
			for _, body := range []string{"", "{}", "[]", "null", `{"status":7}`, `{"nothing":"here"}`, "{", `"` + strings.Repeat("x", 5000) + `"`} {
				if res := g.json(p, s.row.Method, s.address, body); res.StatusCode >= 500 || res.StatusCode < 300 && body != "{}" && s.row.Ledger != web.NoEntry {
					t.Errorf("%s %s with %.40q answers %d", s.row.Method, s.address, body, res.StatusCode)
				}
			}
			continue
		}
		if s.row.Permission == web.AnAccount || strings.Contains(s.row.Pattern, "sign-out") {
			p = g.signIn(t, player{name: "passer-by", mail: "passer" + civic.Slug(s.row.Name) + "@avow.example", role: civic.Citizen})
		}
		for i, word := range append([]string{""}, garbage...) {
			form := url.Values{}
			for _, name := range names {
				if word != "" && (i+len(name))%2 == 0 {
					form.Set(name, word)
				}
			}
			res := g.by(p, s.row.Method, s.address, form)
			if res.StatusCode >= 500 {
				t.Errorf("%s with %.20q answers %d: %.300s", s.address, word, res.StatusCode, body(t, res))
				break
			}
		}
	}
}

// fieldNames are the names of all fields of all forms.
func (g gate) fieldNames(t *testing.T, cast []player) []string {
	t.Helper()
	var out []string
	for _, s := range g.every(t) {
		if s.row.writes() || s.lang != "en" {
			continue
		}
		for _, f := range g.forms(t, g.fit(t, cast, s), s.address) {
			for _, in := range f.Inputs {
				if !slices.Contains(out, in.Name) {
					out = append(out, in.Name)
				}
			}
		}
	}
	return out
}

func TestWhatIsNotThereIsNotFoundByAnyAction(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	for _, row := range g.rows {
		if row.Room != "site" || !strings.Contains(strings.ReplaceAll(row.Pattern, "{lang}", ""), "{") || row.Permission == web.Everybody {
			continue
		}
		address := strings.ReplaceAll(row.Pattern, "{lang}", "en")
		for _, name := range append([]string{"member", "plan", "commitment", "step", "voice", "upload", "milestone", "period", "draft", "file", "account"}, kindNames()...) {
			address = strings.ReplaceAll(address, "{"+name+"}", "0000000000000000000000000z")
		}
		for _, name := range []string{"poc", "su", "moderator", "citizen"} {
			res := g.by(named(t, cast, name), method(row), address, url.Values{})
			if res.StatusCode != http.StatusNotFound && !saysNo(res) && res.StatusCode != http.StatusUnprocessableEntity && res.StatusCode != http.StatusBadRequest {
				t.Errorf("%s %s of %s answers %d", method(row), address, name, res.StatusCode)
			}
		}
	}
}

func kindNames() (out []string) {
	for _, k := range civic.Kinds {
		out = append(out, string(k))
	}
	return out
}

func method(row Row) string {
	if row.Method == "" {
		return http.MethodGet
	}
	return row.Method
}
