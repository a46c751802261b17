package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/pquerna/otp/totp"
)

// fixtureDay is the moment at which the fixture lives.
var fixtureDay = time.Date(2026, 1, 31, 12, 0, 0, 123456000, time.UTC)

// token gives somebody a role, signs them in with two factors, and makes a key.
func (s site) token(t *testing.T, mail string, role civic.AccessRole, scope civic.Scope) string {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	who, session := s.signedIn(t, mail)
	must(s.App.BeginTOTP(ctx, who, session, "avow.example"))
	enrol, _, err := s.App.PendingTOTP(ctx, session)
	must(err)
	code, err := totp.GenerateCode(strings.ReplaceAll(enrol.Secret, " ", ""), fixtureDay)
	must(err)
	session, err = s.App.ConfirmTOTP(ctx, who, session, code)
	must(err)
	must(s.App.Seen(ctx, session))
	if role != civic.Citizen {
		_, err = s.App.Grant(ctx, civic.Operator(), app.GrantRequest{Account: who.Account, Role: role, Scope: scope})
		must(err)
	}
	who, err = s.App.Caller(ctx, session)
	must(err)
	must(s.App.NewAPIToken(ctx, who, session, "test"))
	shown, _, err := s.App.ShownOnce(ctx, session)
	must(err)
	return shown.Token
}

// send makes a request that changes something.
func (s site) send(t *testing.T, token, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, bytes.NewReader([]byte(body)))
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if strings.Contains(w.Body.String(), "secret.person") {
		t.Errorf("%s %s tells a contact", method, target)
	}
	return w
}

// verbs lists what the record says since an entry: "kind verb".
func (s site) verbs(t *testing.T, from int64) []string {
	t.Helper()
	entries, err := s.store.Entries(t.Context(), from, 100)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, v := range entries {
		out = append(out, string(v.Kind)+" "+v.Verb)
	}
	return out
}

func (s site) size(t *testing.T) int64 {
	t.Helper()
	h, err := s.App.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h.Size
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// addresses are the addresses of a row: its samples, and one where every name is unknown.
func addresses(r Route) []string {
	return append(slices.Clone(r.Samples), placeholder.ReplaceAllString(r.Path, "nobody-knows-this"))
}

// bodies are what no operation can use.
var bodies = []string{"", "{", "{}", "[]", `"x"`, "null", `{"unknown": 1}`, "\x00\xff\xfe", strings.Repeat("[", 10_000)}

func TestNobodyChangesAnythingWithoutAToken(t *testing.T) {
	s := withFixture(t)
	before := s.size(t)
	for _, r := range Routes() {
		if r.Permission == "" {
			continue
		}
		for _, target := range addresses(r) {
			for _, body := range bodies {
				w := s.send(t, "", r.Method, target, body, "If-Match", `"1"`, "Idempotency-Key", "k")
				if w.Code != http.StatusUnauthorized {
					t.Errorf("%s %s %.20q without a token: %d %s", r.Method, target, body, w.Code, w.Body)
				}
				if media := w.Header().Get("Content-Type"); media != "application/problem+json" {
					t.Errorf("%s %s: %s", r.Method, target, media)
				}
			}
		}
	}
	if after := s.size(t); after != before {
		t.Errorf("the record grew by %d", after-before)
	}
}

func TestACitizensTokenOpensWhatIsForCitizensAlone(t *testing.T) {
	s := withFixture(t)
	token := s.token(t, "ana@example.org", civic.Citizen, civic.Scope{})
	before := s.size(t)
	for _, r := range Routes() {
		if r.Permission == "" {
			continue
		}
		for _, target := range addresses(r) {
			for _, body := range bodies {
				w := s.send(t, token, r.Method, target, body, "If-Match", `"1"`)
				switch {
				case r.Operation == "get-account" && w.Code == http.StatusOK:
				case r.Permission != anAccount && w.Code != http.StatusForbidden,
					w.Code < 400 || w.Code >= 500 || w.Code == http.StatusUnauthorized:
					t.Errorf("%s %s %.20q of a citizen: %d %s", r.Method, target, body, w.Code, w.Body)
				}
			}
		}
	}
	if after := s.size(t); after != before {
		t.Errorf("the record grew by %d: %s", after-before, s.verbs(t, before))
	}
}

func TestNoInputBreaksAnOperation(t *testing.T) {
	s := withFixture(t)
	scope := civic.Scope{}
	tokens := []string{s.token(t, "su@example.org", civic.SupportUnit, scope), s.token(t, "poc@example.org", civic.PointOfContact, s.lithuania(t)), s.token(t, "mod@example.org", civic.Administrator, scope)}
	for _, r := range Routes() {
		if r.Permission == "" {
			continue
		}
		for _, target := range addresses(r) {
			for _, body := range append(slices.Clone(bodies), s.body(r, ""), s.body(r, "nobody-knows-this")) {
				for _, token := range tokens {
					if w := s.send(t, token, r.Method, target, body, "If-Match", `"99"`); w.Code >= 500 {
						t.Errorf("%s %s %.60q: %d %s", r.Method, target, body, w.Code, w.Body)
					}
				}
			}
		}
	}
}

// lithuania is the scope of the fixture's member.
func (s site) lithuania(t *testing.T) civic.Scope {
	t.Helper()
	m, err := s.App.Member(t.Context(), "LTU")
	if err != nil {
		t.Fatal(err)
	}
	return civic.Scope{Member: m.ID}
}

// body has the form of what an operation takes: word for every text, or, without
// a word, what is required alone.
func (s site) body(r Route, word string) string {
	op := s.described(r)
	if op == nil || op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
		return ""
	}
	text, err := json.Marshal(s.value(op.RequestBody.Content["application/json"].Schema, word, 0))
	if err != nil {
		panic(err)
	}
	return string(text)
}
