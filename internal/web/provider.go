package web

import (
	"context"
	"net/http"

	"avow/internal/app"
	"avow/internal/civic"
)

// Provider is an organisation's own sign-in (OpenID Connect).
type Provider struct {
	Name string

	// Begin gives the address at which somebody signs in there, and what has to be
	// remembered until they come back to the address back with the state.
	Begin func(ctx context.Context, back string) (Errand, error)

	// End asks the provider who came back.
	End func(ctx context.Context, back, code string, errand app.Errand) (app.Identity, error)
}

// Errand is the beginning of a sign-in at a provider. Address makes the address
// there from the state.
type Errand struct {
	Nonce, Verifier string
	Address         func(state string) string
}

// back of a provider is one address for all languages: it is registered there.
func (c *call) providerBack() string { return c.address() + "/sign-in/back" }

// signInProvider sends somebody to their organisation's own sign-in.
func (s *Site) signInProvider(c *call) error {
	c.w.Header().Set("Cache-Control", "no-store")
	to := c.to(c.query("to"))
	if s.Provider == nil {
		return c.leave(with(c.url("/sign-in"), to))
	}
	begun, err := s.Provider.Begin(c.r.Context(), c.providerBack())
	if err != nil {
		return err
	}
	errand := app.Errand{Nonce: begun.Nonce, Verifier: begun.Verifier, To: to, Lang: c.p.Code}
	state, browser, err := s.App.BeginErrand(c.r.Context(), errand, c.browser())
	if err != nil {
		return err
	}
	c.setBrowser(browser)
	http.Redirect(c.w, c.r, begun.Address(state), http.StatusSeeOther)
	return nil
}

// signInBack is where the provider sends somebody back to.
func (s *Site) signInBack(c *call) error {
	c.w.Header().Set("Cache-Control", "no-store")
	if s.Provider == nil || c.query("state") == "" {
		return c.leave(c.url("/sign-in"))
	}
	errand, err := s.App.EndErrand(c.r.Context(), c.query("state"), c.browser())
	if err != nil {
		return err
	}
	c.p = s.Words.For(errand.Lang)
	if c.query("error") != "" || c.query("code") == "" {
		return &civic.Error{Kind: civic.Invalid, Key: "signin.errand"}
	}
	who, err := s.Provider.End(c.r.Context(), c.providerBack(), c.query("code"), errand)
	if err != nil {
		return err
	}
	from := c.arrival()
	in, browser, asked, err := s.App.SignInByProvider(c.r.Context(), who, app.SignInRequest{Lang: errand.Lang, To: errand.To, Browser: from.Browser,
		Address: c.address(), Device: from.Device}, from)
	if err != nil {
		return err
	}
	if asked {
		c.setBrowser(browser)
		return c.goOn("/sign-in/sent?linked=yes")
	}
	return c.arrived(in)
}
