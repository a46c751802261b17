package server

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
)

// organisation is a provider of identities (OpenID Connect Core) that vouches for
// one person, and that lies where a test wants it to.
type organisation struct {
	*httptest.Server
	key      *ecdsa.PrivateKey
	claims   map[string]any // on top of what is right
	asked    url.Values     // of the newest visit
	wrongKey bool
}

func newOrganisation(t *testing.T) *organisation {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := &organisation{key: key, claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{"issuer": o.URL, "authorization_endpoint": o.URL + "/authorize", "token_endpoint": o.URL + "/token", "jwks_uri": o.URL + "/keys",
			"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", o.token)
	o.Server = httptest.NewServer(mux)
	t.Cleanup(o.Close)
	return o
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // to a test
}

// token exchanges a code, for whoever knows what the challenge was made from.
func (o *organisation) token(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if base64.RawURLEncoding.EncodeToString(sum[:]) != o.asked.Get("code_challenge") || r.PostFormValue("code") != "good" || r.PostFormValue("redirect_uri") != o.asked.Get("redirect_uri") {
		w.WriteHeader(http.StatusBadRequest)
		reply(w, map[string]string{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{"iss": o.URL, "aud": "avow", "sub": "42", "nonce": o.asked.Get("nonce"), "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
		"email": "ana@ministry.example", "email_verified": true, "name": "Ana"}
	for name, v := range o.claims {
		claims[name] = v
	}
	key := o.key
	if o.wrongKey {
		key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "1"}}, nil)
	if err != nil {
		panic(err)
	}
	payload, _ := json.Marshal(claims)
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	raw, _ := signed.CompactSerialize()
	reply(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": raw})
}

// visits goes to the provider and comes back; more are values on top of what it sends.
func (v *visitor) visits(o *organisation, more ...string) *httptest.ResponseRecorder {
	v.t.Helper()
	rec := v.get("/en/sign-in/provider?to=%2Fen%2Faccount")
	v.expect(rec, 303, o.URL+"/authorize?")
	to, err := url.Parse(rec.Header().Get("Location"))
	if err != nil {
		v.t.Fatal(err)
	}
	o.asked = to.Query()
	if o.asked.Get("code_challenge_method") != "S256" || o.asked.Get("state") == "" || o.asked.Get("nonce") == "" || o.asked.Get("redirect_uri") != "https://avow.example/sign-in/back" {
		v.t.Fatalf("%v", o.asked)
	}
	back := url.Values{"state": {o.asked.Get("state")}, "code": {"good"}}
	for i := 0; i+1 < len(more); i += 2 {
		back.Set(more[i], more[i+1])
	}
	return v.get("/sign-in/back?" + back.Encode())
}

// cookie is the session of a site with an HTTPS address.
const cookie = "__Host-avow"

func TestAnOrganisationVouchesForSomebody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		o := newOrganisation(t)
		g := openGate(t, db, config.Config{BaseURL: "https://avow.example", OIDCIssuer: o.URL, OIDCClientID: "avow", OIDCClientSecret: "x", OIDCName: "Ministry"})
		app := g.keeper.app()
		v := g.visitor(t)
		v.expect(v.get("/en/sign-in"), 200, "Go to ", "Ministry")
		v.expect(v.visits(o), 303, "/en/account")
		v.expect(v.get("/en/account"), 200, "ana@ministry.example", o.URL)
		who, err := app.Caller(context.Background(), v.cookies[cookie])
		if err != nil || who.Name != "Ana" || who.Strong {
			t.Fatalf("%+v %v", who, err)
		}
		// the subject counts from now on, not the address; several factors count as such
		o.claims = map[string]any{"email": "new@ministry.example", "amr": []string{"pwd", "mfa"}}
		again := g.visitor(t)
		again.expect(again.visits(o), 303, "/en/account")
		if now, err := app.Caller(context.Background(), again.cookies[cookie]); err != nil || now.Account != who.Account || !now.Strong {
			t.Errorf("%+v %v", now, err)
		}
		// somebody else with the address of an account must answer a mail first
		for _, claims := range []map[string]any{{"sub": "43"}, {"sub": "44", "email_verified": false, "email": "other@ministry.example"}} {
			o.claims = claims
			thief := g.visitor(t)
			thief.expect(thief.visits(o), 303, "/en/sign-in/sent?linked=yes")
			thief.expect(thief.get("/en/sign-in/sent?linked=yes"), 200, "confirm it")
			if thief.cookies[cookie] != "" {
				t.Error("signed in without an answer")
			}
		}
		o.claims = map[string]any{"sub": "45"}
		ana := g.visitor(t)
		ana.visits(o)
		ana.expect(ana.post("/en/sign-in/code", "code", codeForm.FindString(g.mail(t, "ana@ministry.example").Text)), 303, "/en/account")
		direct := g.visitor(t)
		direct.expect(direct.visits(o), 303, "/en/account")
		if now, err := app.Caller(context.Background(), direct.cookies[cookie]); err != nil || now.Account != who.Account {
			t.Errorf("not linked: %+v %v", now, err)
		}
	})
}

func TestAnOrganisationThatLiesLetsNobodyIn(t *testing.T) {
	o := newOrganisation(t)
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: "https://avow.example", OIDCIssuer: o.URL, OIDCClientID: "avow", OIDCName: "Ministry"})
	for what, claims := range map[string]map[string]any{
		"for somebody else": {"aud": "other"}, "over": {"exp": time.Now().Add(-time.Hour).Unix()}, "another errand": {"nonce": "x"}, "another issuer": {"iss": "https://evil.example"},
	} {
		o.claims = claims
		v := g.visitor(t)
		if rec := v.visits(o); rec.Code != http.StatusServiceUnavailable || v.cookies[cookie] != "" {
			t.Errorf("%s: %d", what, rec.Code)
		}
	}
	o.claims, o.wrongKey = map[string]any{}, true
	v := g.visitor(t)
	v.expect(v.visits(o), 503)
	o.wrongKey = false
	v.expect(v.visits(o, "code", "bad"), 503)
	v.expect(v.visits(o, "state", "unknown"), 400)
	v.expect(v.visits(o, "error", "access_denied"), 400)
	o.claims = map[string]any{"email": "no address"}
	v.expect(v.visits(o), 400)
	// an answer that somebody else's browser began
	v.visits(o)
	thief := g.visitor(t)
	thief.expect(thief.get("/sign-in/back?code=good&state="+o.asked.Get("state")), 400)
	if v.cookies[cookie] != "" || thief.cookies[cookie] != "" {
		t.Error("somebody was let in")
	}
	if all, err := g.keeper.app().AccountByMail(context.Background(), "ana@ministry.example"); civic.KindOf(err) != civic.NotFound {
		t.Errorf("%+v %v", all, err)
	}
}
