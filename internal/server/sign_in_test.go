package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/webtest"
)

// visitor is a browser in front of the gate: it keeps cookies.
type visitor struct {
	gate    gate
	cookies map[string]string
	t       *testing.T
}

func (g gate) visitor(t *testing.T) *visitor { return &visitor{g, map[string]string{}, t} }

func (v *visitor) ask(method, address string, values url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	req := httptest.NewRequest(method, address, strings.NewReader(values.Encode()))
	if method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	v.gate.ServeHTTP(rec, req)
	for _, c := range rec.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
	return rec
}

func (v *visitor) get(address string) *httptest.ResponseRecorder { return v.ask("GET", address, nil) }

// post sends a form; values are pairs of a name and a value.
func (v *visitor) post(address string, values ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(values); i += 2 {
		form.Set(values[i], values[i+1])
	}
	return v.ask("POST", address, form)
}

// expect checks the status of an answer and that its page is sound.
func (v *visitor) expect(rec *httptest.ResponseRecorder, code int, words ...string) string {
	v.t.Helper()
	body := rec.Body.String()
	if rec.Code != code {
		v.t.Fatalf("%d, not %d: %s %.1500s", rec.Code, code, rec.Header().Get("Location"), body)
	}
	for _, w := range words {
		if !strings.Contains(body, w) && !strings.Contains(rec.Header().Get("Location"), w) {
			v.t.Errorf("%q is not in the answer: %s %.3000s", w, rec.Header().Get("Location"), body)
		}
	}
	return body
}

// mail sends what is due and returns the newest mail to an address.
func (g gate) mail(t *testing.T, to string) webtest.Mail {
	t.Helper()
	if err := g.keeper.relay(g.config, g.app, g.words).SendDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	all, err := webtest.Letters(filepath.Join(g.data, "mail"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range slices.Backward(all) {
		if m.To == to {
			return m
		}
	}
	t.Fatalf("no mail went to %s", to)
	return webtest.Mail{}
}

var (
	linkForm = regexp.MustCompile(`http\S+(/en/sign-in/link\?token=\S+)`)
	codeForm = regexp.MustCompile(`\d{4} \d{4}`)
	hidden   = regexp.MustCompile(`name="token" value="([^"]+)"`)
)

func TestSomebodySignsInByMailProvesASecondFactorAndLeaves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g := openGate(t, db, config.Config{})
		v := g.visitor(t)
		v.expect(v.get("/en/work"), 303, "/en/sign-in?to=%2Fen%2Fwork")
		v.expect(v.get("/en/sign-in?to=%2Fen%2Fwork"), 200, "E-mail address")
		v.expect(v.post("/en/sign-in", "mail", "no address"), 422, "This is no e-mail address", "no address")
		v.expect(v.post("/en/sign-in", "mail", "Ana@Example.org", "to", "/en/work"), 303, "/en/sign-in/sent")
		v.expect(v.get("/en/sign-in/sent?to=%2Fen%2Fwork"), 200, "ana@example.org")
		last := g.mail(t, "ana@example.org")
		link, code := linkForm.FindStringSubmatch(last.Text), codeForm.FindString(last.Text)
		if link == nil || code == "" || !strings.Contains(last.Text, "Firefox, Linux") {
			t.Fatalf("%+v", last)
		}
		// a stolen link in another browser
		thief := g.visitor(t)
		thief.expect(thief.get(link[1]), 200, "another browser")
		thief.expect(thief.post("/en/sign-in/link", "token", strings.TrimPrefix(link[1], "/en/sign-in/link?token=")), 422, "another browser")
		thief.expect(thief.post("/en/sign-in/code", "code", code), 422, "in the browser where you asked")
		// looking does not sign in
		page := v.expect(v.get(link[1]), 200, "ana@example.org")
		v.expect(v.get("/en/work"), 303, "/en/sign-in")
		v.expect(v.post("/en/sign-in/link", "token", hidden.FindStringSubmatch(page)[1]), 303, "/en/work")
		v.expect(v.post("/en/sign-in/link", "token", hidden.FindStringSubmatch(page)[1]), 422, "used already")
		v.expect(v.get("/en/work"), 200, "Your work", "no particular role")
		v.expect(v.get("/en/account"), 200, "Firefox, Linux", "ana@example.org")
		v.expect(v.post("/en/account", "name", `<img src=x onerror=alert(1)>`, "lang", "fr"), 303, "done=saved")
		v.expect(v.get("/en/account?done=saved"), 200, "Saved.", "&lt;img src=x")
		// a second factor
		v.expect(v.post("/en/account/factor/begin", "to", "/en/work"), 303, "/en/account/factor")
		page = v.expect(v.get("/en/account/factor?to=%2Fen%2Fwork"), 200, "otpauth://totp/", "/en/account/factor.svg")
		v.expect(v.get("/en/account/factor.svg"), 200, "<svg")
		secret := regexp.MustCompile(`secret=([A-Z2-7]+)`).FindStringSubmatch(page)[1]
		v.expect(v.post("/en/account/factor", "code", "000000"), 422, "not right")
		now, err := totp.GenerateCode(secret, g.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		former := v.cookies["avow"]
		v.expect(v.post("/en/account/factor", "code", now, "to", "/en/work"), 303, "/en/account/once")
		if v.cookies["avow"] == former {
			t.Error("the token of the session stayed")
		}
		page = v.expect(v.get("/en/account/once?to=%2Fen%2Fwork"), 200, "recovery codes")
		recovery := regexp.MustCompile(`<code>([0-9a-z]{5}-[0-9a-z]{5})</code>`).FindAllStringSubmatch(page, -1)
		if len(recovery) != 10 {
			t.Fatalf("%d recovery codes", len(recovery))
		}
		v.expect(v.post("/en/account/once", "to", "/en/work"), 303, "/en/work")
		v.expect(v.get("/en/account/once"), 200, "nothing to show")
		// a key for programs
		v.expect(v.post("/en/account/tokens", "key-name", ""), 422, "what the key is for")
		v.expect(v.post("/en/account/tokens", "key-name", "Monthly upload"), 303, "/en/account/once")
		page = v.expect(v.get("/en/account/once"), 200, "Monthly upload")
		if !regexp.MustCompile(`avow_[\w-]{43}`).MatchString(page) {
			t.Error("no key is shown")
		}
		// away, and back with a recovery code
		v.expect(v.post("/en/sign-out"), 303, "/en/")
		v.expect(v.get("/en/account"), 303, "/en/sign-in")
		v.post("/en/sign-in", "mail", "ana@example.org")
		v.expect(v.post("/en/sign-in/code", "code", codeForm.FindString(g.mail(t, "ana@example.org").Text)), 303, "/en/work")
		v.expect(v.post("/en/account/factor/remove", "factor", "app"), 403, "second factor")
		v.expect(v.get("/en/account/second-factor?to=%2Fen%2Faccount"), 200, "Code of your app")
		v.expect(v.post("/en/account/second-factor", "code", now), 422, "used already")
		v.expect(v.post("/en/account/second-factor", "code", recovery[3][1], "to", "//evil.example/"), 303, "/en/work")
		v.expect(v.post("/en/sign-out"), 303)
	})
}
