package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
)

// signedIn makes an account and signs it in by mail.
func (s site) signedIn(t *testing.T, mail string) (civic.Caller, string) {
	t.Helper()
	ctx := context.Background()
	nonce, err := s.App.AskSignIn(ctx, app.SignInRequest{Mail: mail, Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	mails, err := s.App.LeaseMails(ctx, 100)
	if err != nil || len(mails) == 0 {
		t.Fatalf("%d mails: %v", len(mails), err)
	}
	code := regexp.MustCompile(`\d{4} \d{4}`).FindString(string(mails[len(mails)-1].Data))
	in, err := s.App.TypeCode(ctx, code, app.Arrival{Browser: nonce})
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.App.Caller(ctx, in.Session)
	if err != nil {
		t.Fatal(err)
	}
	return who, in.Session
}

// askWith makes a request with an Authorization header.
func (s site) askWith(authorization string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, "/api/v1/account", nil)
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, req)
	return rec
}

func TestATokenTellsWhoseItIsAndNobodyElseIsToldAnything(t *testing.T) {
	s := withFixture(t)
	ctx := context.Background()
	who, session := s.signedIn(t, "ana@example.org")
	if _, err := s.App.Grant(ctx, civic.Operator(), app.GrantRequest{Account: who.Account, Role: civic.Moderator}); err != nil {
		t.Fatal(err)
	}
	if err := s.App.NewAPIToken(ctx, who, session, "upload"); err != nil {
		t.Fatal(err)
	}
	shown, ok, err := s.App.ShownOnce(ctx, session)
	if err != nil || !ok {
		t.Fatal(err)
	}
	rec := s.askWith("Bearer " + shown.Token)
	var a Account
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	if a.Mail != "ana@example.org" || a.Strong || len(a.Roles) != 1 || a.Roles[0].Role != "moderator" || a.Roles[0].Member != nil {
		t.Errorf("%+v", a)
	}
	if c := rec.Header().Get("Cache-Control"); c != "no-store" || rec.Header().Get("ETag") != "" {
		t.Errorf("a cache may keep it: %q", c)
	}
	for authorization, want := range map[string]string{"": "Bearer", "Basic x": "Bearer", "Bearer x": "Bearer", "Bearer " + shown.Token[:len(shown.Token)-1] + "_": "Bearer"} {
		rec := s.askWith(authorization)
		if rec.Code != http.StatusUnauthorized || rec.Header().Get("Content-Type") != "application/problem+json" || strings.Contains(rec.Body.String(), "example.org") || rec.Header().Get("WWW-Authenticate") != want {
			t.Errorf("%q: %d %q %s", authorization, rec.Code, rec.Header().Get("WWW-Authenticate"), rec.Body)
		}
	}
	if err := s.App.BlockAccount(ctx, civic.Operator(), who.Account, true); err != nil {
		t.Fatal(err)
	}
	if rec := s.askWith("Bearer " + shown.Token); rec.Code != http.StatusUnauthorized {
		t.Errorf("a blocked account: %d", rec.Code)
	}
}
