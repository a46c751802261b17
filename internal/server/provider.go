package server

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/web"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// providerTime is how long the provider may take to answer one question.
const providerTime = 10 * time.Second

// openID is an organisation's own sign-in. What it says of itself is read when the
// first person wants to use it, and again after it could not be read.
type openID struct {
	settings config.Config
	client   *http.Client

	mutex sync.Mutex
	read  *oidc.Provider
}

// provider returns the sign-in of an organisation, nil when none is set.
func provider(c config.Config) *web.Provider {
	if c.OIDCIssuer == "" || c.OIDCClientID == "" {
		return nil
	}
	o := &openID{settings: c, client: &http.Client{Timeout: providerTime}}
	return &web.Provider{Name: c.OIDCName, Begin: o.begin, End: o.end}
}

// providerFailed is what a person is told when the provider does not do its part.
func providerFailed(cause error) error {
	return &civic.Error{Kind: civic.Unavailable, Key: "signin.provider_failed", Cause: cause}
}

func (o *openID) discover(ctx context.Context) (*oidc.Provider, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.read != nil {
		return o.read, nil
	}
	// The provider outlives the request: its keys are read again with this context.
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), o.client)
	p, err := oidc.NewProvider(ctx, o.settings.OIDCIssuer)
	if err != nil {
		return nil, providerFailed(fmt.Errorf("read about the provider: %w", err))
	}
	o.read = p
	return p, nil
}

func (o *openID) exchange(p *oidc.Provider, back string) *oauth2.Config {
	return &oauth2.Config{ClientID: o.settings.OIDCClientID, ClientSecret: o.settings.OIDCClientSecret, Endpoint: p.Endpoint(), RedirectURL: back,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

// begin makes the address at which somebody signs in.
func (o *openID) begin(ctx context.Context, back string) (web.Errand, error) {
	p, err := o.discover(ctx)
	if err != nil {
		return web.Errand{}, err
	}
	e := web.Errand{Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	e.Address = func(state string) string {
		return o.exchange(p, back).AuthCodeURL(state, oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier))
	}
	return e, nil
}

// claims are what is read of a token.
type claims struct {
	Email    string   `json:"email"`
	Verified any      `json:"email_verified"` // some write it as a text
	Name     string   `json:"name"`
	ACR      string   `json:"acr"`
	AMR      []string `json:"amr"`
}

// end asks the provider who came back. The token must be signed by it, for us, for
// this errand, and fresh.
func (o *openID) end(ctx context.Context, back, code string, errand app.Errand) (app.Identity, error) {
	p, err := o.discover(ctx)
	if err != nil {
		return app.Identity{}, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, o.client), providerTime)
	defer cancel()
	token, err := o.exchange(p, back).Exchange(ctx, code, oauth2.VerifierOption(errand.Verifier))
	if err != nil {
		return app.Identity{}, providerFailed(fmt.Errorf("exchange the code: %w", err))
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return app.Identity{}, providerFailed(errors.New("the answer has no identity"))
	}
	id, err := p.Verifier(&oidc.Config{ClientID: o.settings.OIDCClientID, Now: now}).Verify(ctx, raw)
	if err != nil {
		return app.Identity{}, providerFailed(fmt.Errorf("verify the identity: %w", err))
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(errand.Nonce)) != 1 {
		return app.Identity{}, providerFailed(errors.New("the identity is for another errand"))
	}
	var c claims
	if err := id.Claims(&c); err != nil {
		return app.Identity{}, providerFailed(fmt.Errorf("read the identity: %w", err))
	}
	return app.Identity{Issuer: id.Issuer, Subject: id.Subject, Mail: c.Email, Verified: c.Verified == true || c.Verified == "true", Name: c.Name, Strong: c.strong()}, nil
}

// strong reports whether the provider asked for more than one factor (RFC 8176).
func (c claims) strong() bool {
	return slices.Contains(c.AMR, "mfa") || strings.Contains(strings.ToLower(c.ACR), "mfa")
}
