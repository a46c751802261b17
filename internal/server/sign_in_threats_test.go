package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
)

// changing are the parts of an answer that no two have alike.
var changing = regexp.MustCompile(`(?m)^(X-Request-Id|Set-Cookie): .*$`)

// bytesOf is an answer letter by letter, without what no two have alike.
func bytesOf(t *testing.T, rec *httptest.ResponseRecorder, mail string) string {
	t.Helper()
	var b strings.Builder
	res := rec.Result()
	if err := res.Header.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(&b, res.Body); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(changing.ReplaceAllString(b.String(), "$1"), mail, "MAIL")
}

func TestAnAddressThatIsKnownGetsTheSameAnswer(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example"})
	app := g.keeper.app()
	if _, err := app.OpenAccount(t.Context(), "known@example.org", "Known", "fr"); err != nil {
		t.Fatal(err)
	}
	var answers, letters [2]string
	for i, mail := range []string{"known@example.org", "other@example.org"} {
		v := g.visitor(t)
		sent := v.post("/en/sign-in", "mail", mail, "to", "/en/work")
		answers[i] = bytesOf(t, sent, mail) + bytesOf(t, v.get("/en/sign-in/sent?to=%2Fen%2Fwork"), mail) +
			bytesOf(t, v.post("/en/sign-in/code", "code", "1"), mail)
		letters[i] = codeForm.ReplaceAllString(linkForm.ReplaceAllString(g.mail(t, mail).Text, "LINK"), "CODE")
		for range 4 {
			v.post("/en/sign-in", "mail", mail)
		}
		answers[i] += bytesOf(t, v.expectCode(v.post("/en/sign-in", "mail", mail), http.StatusTooManyRequests), mail)
	}
	if answers[0] != answers[1] || letters[0] != letters[1] {
		t.Errorf("they differ:\n%s\n%s\n%s\n%s", answers[0], answers[1], letters[0], letters[1])
	}
}

func (v *visitor) expectCode(rec *httptest.ResponseRecorder, code int) *httptest.ResponseRecorder {
	v.t.Helper()
	if rec.Code != code {
		v.t.Fatalf("%d, not %d", rec.Code, code)
	}
	return rec
}

func TestNobodyIsLedToAnotherSite(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example"})
	for _, to := range []string{"https://evil.example/", "//evil.example/en/", "/\\evil.example", "/en/../../evil", "javascript:alert(1)", "/xx/work", "\t//evil.example", "/en//evil.example", "https:evil.example", "/en/work\r\nX: y"} {
		v := g.visitor(t)
		v.post("/en/sign-in", "mail", "ana@example.org", "to", to)
		if v.cookies["__Host-avow-browser"] == "" { // asked too often
			t.Fatal("the test asks too often")
		}
		rec := v.post("/en/sign-in/code", "code", codeForm.FindString(g.mail(t, "ana@example.org").Text), "to", to)
		if at := rec.Header().Get("Location"); rec.Code != 303 || !strings.HasPrefix(at, "/en/") {
			t.Errorf("%q leads to %q (%d)", to, at, rec.Code)
		}
		if page := v.get("/en/sign-in?to=" + strings.NewReplacer("\r", "%0D", "\n", "%0A", "\t", "%09", " ", "%20").Replace(to)).Body.String(); strings.Contains(page, `href="https://evil`) || strings.Contains(page, `href="//evil`) {
			t.Errorf("%q is a link on the page", to)
		}
		g.forget(t)
	}
}

// forget lets one address be written to again.
func (g gate) forget(t *testing.T) {
	t.Helper()
	raw := g.db.Raw(t)
	defer raw.Close()
	if _, err := raw.Exec("DELETE FROM token"); err != nil {
		t.Fatal(err)
	}
}

func TestASetupLinkIsToldAtTheStartUntilThereIsAnAdministrator(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example"})
	raw := g.db.Raw(t)
	var told []string
	say := func(key string, args ...any) { told = append(told, args[1].(string)) }
	app := g.keeper.app()
	has, err := app.HasAdministrator(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := g.keeper.tellSetup(t.Context(), app, "https://avow.example", "en", say); err != nil || len(told) == 1 == has {
		t.Fatalf("%v %v %v", has, told, err)
	}
	_ = raw.Close()
	token, err := app.NewSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := g.visitor(t)
	v.expect(v.get("/en/setup"), 200, "not known here")
	v.expect(v.get("/en/setup?token="+token), 200, "first administrator")
	v.expect(v.post("/en/setup", "token", token, "name", "", "mail", "x"), 422, "Enter your name", "This is no e-mail address", token)
	v.expect(v.post("/en/setup", "token", token, "name", "<b>Ana</b>", "mail", "ana@example.org"), 303, "/en/account/second-factor?to=%2Fen%2Fwork")
	v.expect(v.get("/en/account/second-factor?to=%2Fen%2Fwork"), 200, "no second factor yet")
	v.expect(v.get("/en/work"), 200, "administrator", "&lt;b&gt;Ana", "second factor")
	v.expect(v.post("/en/setup", "token", token, "name", "Eve", "mail", "eve@example.org"), 422, "used already")
	told = nil
	if err := g.keeper.tellSetup(t.Context(), app, "https://avow.example", "en", say); err != nil || len(told) > 0 {
		t.Errorf("%v %v", told, err)
	}
}

func TestAPasskeyPageAloneAllowsAScript(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example"})
	v := g.visitor(t)
	for _, address := range []string{"/en/sign-in", "/en/sign-in/passkey"} {
		if rec := v.get(address); strings.Contains(rec.Body.String(), "<script") || strings.Contains(rec.Header().Get("Content-Security-Policy"), "script-src") {
			t.Errorf("%s allows a script before it is needed", address)
		}
	}
	v.expect(v.post("/en/sign-in/passkey", "to", "/en/account"), 303, "/en/sign-in/passkey?to=%2Fen%2Faccount")
	rec := v.get("/en/sign-in/passkey?to=%2Fen%2Faccount")
	page := v.expect(rec, 200, "challenge", "need JavaScript", `src="/assets/passkey.`)
	if strings.Count(page, "<script") != 1 || !strings.HasSuffix(rec.Header().Get("Content-Security-Policy"), "; script-src 'self'; connect-src 'self'") {
		t.Errorf("%s", rec.Header().Get("Content-Security-Policy"))
	}
	src := regexp.MustCompile(`src="(/assets/passkey[^"]+)"`).FindStringSubmatch(page)[1]
	script := v.get(src)
	if script.Code != 200 || script.Body.Len() > 10_000 || !strings.HasPrefix(script.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("%d %d %s", script.Code, script.Body.Len(), script.Header().Get("Content-Type"))
	}
	v.expect(v.post("/en/sign-in/passkey/answer", "answer", "{}"), 422, "does not fit")
}
