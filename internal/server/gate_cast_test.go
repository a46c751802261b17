package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"avow/internal/app"
	"avow/internal/civic"
)

// player is somebody of the cast, signed in with two factors.
type player struct {
	name    string // "poc", or "nobody"
	mail    string
	account civic.AccountID
	session string
	token   string // of a program
	role    civic.AccessRole
}

// nobody is not signed in.
var nobody = player{name: "nobody", role: civic.Visitor}

// cast signs everybody of the demonstration in, and somebody else of each role
// that belongs to a member, with that role in another one: "foreign-poc".
func (g gate) cast(t *testing.T) []player {
	t.Helper()
	ctx := context.Background()
	out := []player{nobody}
	for _, p := range demoPeople {
		name, _, _ := strings.Cut(p.mail, "@")
		out = append(out, g.signIn(t, player{name: name, mail: p.mail, role: p.role}))
	}
	other, err := g.app.Member(ctx, "lithuania")
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []civic.AccessRole{civic.PointOfContact, civic.Reporter, civic.ForumMember, civic.Facilitator} {
		p := player{name: "foreign-" + string(role), mail: "foreign-" + string(role) + "@avow.example", role: role}
		_, err := g.app.Grant(ctx, civic.Operator(), app.GrantRequest{Mail: p.mail, Role: role, Scope: civic.Scope{Member: other.MemberItem.Member.ID}, Reason: "test"})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, g.signIn(t, p))
	}
	return out
}

// named finds somebody of a cast.
func named(t *testing.T, cast []player, name string) player {
	t.Helper()
	i := slices.IndexFunc(cast, func(p player) bool { return p.name == name })
	if i < 0 {
		t.Fatalf("nobody is called %s", name)
	}
	return cast[i]
}

// signIn signs a player in by mail and a one-time code, as the pages do.
func (g gate) signIn(t *testing.T, p player) player {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("sign %s in: %v", p.name, err)
		}
	}
	browser, err := g.app.AskSignIn(ctx, app.SignInRequest{Mail: p.mail, Lang: "en", Address: public})
	must(err)
	var letter app.SignInMail
	for letter.Link == "" {
		mails, err := g.app.LeaseMails(ctx, 50)
		must(err)
		if len(mails) == 0 {
			t.Fatalf("no letter for %s", p.name)
		}
		for _, m := range mails {
			if m.To == p.mail && m.Kind == "sign_in" {
				must(json.Unmarshal(m.Data, &letter))
			}
			must(g.app.MailSent(ctx, m))
		}
	}
	_, token, _ := strings.Cut(letter.Link, "token=")
	in, err := g.app.FollowLink(ctx, token, app.Arrival{Browser: browser, Lang: "en"})
	must(err)
	p.account, p.session = in.Account, in.Session
	who, err := g.app.Caller(ctx, p.session)
	must(err)
	must(g.app.BeginTOTP(ctx, who, p.session, "avow.example"))
	enrol, ok, err := g.app.PendingTOTP(ctx, p.session)
	must(err)
	if !ok {
		t.Fatalf("%s has nothing to enrol", p.name)
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(enrol.Secret, " ", ""), g.clock.Now())
	must(err)
	p.session, err = g.app.ConfirmTOTP(ctx, who, p.session, code)
	must(err)
	must(g.app.Seen(ctx, p.session))
	must(g.app.NewAPIToken(ctx, g.caller(t, p), p.session, "test"))
	shown, _, err := g.app.ShownOnce(ctx, p.session)
	must(err)
	p.token = shown.Token
	must(g.app.Seen(ctx, p.session))
	must(g.clock.Set(g.clock.Now().Add(time.Second)))
	return p
}

// caller is how the use cases see a player.
func (g gate) caller(t *testing.T, p player) civic.Caller {
	t.Helper()
	who, err := g.app.Caller(context.Background(), p.session)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// by makes a request of a player; form is sent with it unless it is nil.
func (g gate) by(p player, method, address string, form url.Values) *http.Response {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, address, body)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return g.send(p, req)
}

// json sends JSON as a player's program.
func (g gate) json(p player, method, address, body string) *http.Response {
	req := httptest.NewRequest(method, address, bytes.NewReader([]byte(body)))
	req.Header.Set("Content-Type", "application/json")
	return g.send(p, req)
}

func (g gate) send(p player, req *http.Request) *http.Response {
	if p.session != "" && !strings.HasPrefix(req.URL.Path, "/api/") {
		name := "avow"
		if strings.HasPrefix(g.config.BaseURL, "https:") {
			name = "__Host-avow"
		}
		req.AddCookie(&http.Cookie{Name: name, Value: p.session})
	}
	if p.token != "" && strings.HasPrefix(req.URL.Path, "/api/") {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	rec := httptest.NewRecorder()
	g.ServeHTTP(rec, req)
	return rec.Result()
}
