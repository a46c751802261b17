package web

import (
	"avow/internal/httpx"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// passkeyPage lets the page use the script of passkeys when there is something to ask
// the browser for.
func (c *call) passkeyPage(p pages.Passkey, title string) component {
	p.Page = c.layout("", c.problem(c.p.T(title), p.Faults))
	if p.Options != "" {
		httpx.AllowScript(c.w.Header())
		p.Page.Script = c.site.assets.URL("passkey.js")
	}
	return pages.PasskeyPage(p)
}

func (c *call) signInPasskeyPage(to string, faults []components.Fault) (component, error) {
	options, err := c.site.App.PasskeySignInOptions(c.r.Context(), c.browser())
	if err != nil {
		return nil, err
	}
	return c.passkeyPage(pages.Passkey{Options: options, Action: c.url("/sign-in/passkey/answer"), Begin: c.url("/sign-in/passkey"), To: to, Faults: faults,
		Other: with(c.url("/sign-in"), to)}, "signin.passkey.title"), nil
}

// beginPasskey draws the challenge for a sign-in with a passkey.
func (s *Site) beginPasskey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	to := c.to(f.text("to"))
	browser, err := s.App.BeginPasskeySignIn(c.r.Context(), c.browser(), to, c.address())
	if err != nil {
		return err
	}
	c.setBrowser(browser)
	return c.goOn(with("/sign-in/passkey", to))
}

// signInPasskey asks the browser for a passkey.
func (s *Site) signInPasskey(c *call) error {
	page, err := c.signInPasskeyPage(c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// usePasskey signs in with what the browser answered.
func (s *Site) usePasskey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.SignInWithPasskey(c.r.Context(), c.address(), f.text("answer"), c.arrival())
	if faults, ok := c.faults(err); ok {
		page, err := c.signInPasskeyPage(c.to(f.text("to")), faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	return c.arrived(in)
}

// beginNewPasskey draws the challenge for a new passkey.
func (s *Site) beginNewPasskey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := s.App.BeginPasskey(c.r.Context(), c.who, c.session(), c.address()); err != nil {
		return err
	}
	return c.goOn(with("/account/passkeys/new", c.to(f.text("to"))))
}

func (c *call) newPasskeyPage(to string, faults []components.Fault) (component, error) {
	options, err := c.site.App.NewPasskeyOptions(c.r.Context(), c.session())
	if err != nil {
		return nil, err
	}
	return c.passkeyPage(pages.Passkey{New: true, Options: options, Action: c.url("/account/passkeys/new"), Begin: c.url("/account/passkeys"), To: to, Faults: faults,
		Other: c.url("/account")}, "passkey.new.title"), nil
}

// newPasskey asks the browser to make a passkey.
func (s *Site) newPasskey(c *call) error {
	page, err := c.newPasskeyPage(c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// addPasskey keeps a new passkey.
func (s *Site) addPasskey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	to := f.text("to")
	token, err := s.App.AddPasskey(c.r.Context(), c.who, c.session(), c.address(), f.text("name"), f.text("answer"))
	if faults, ok := c.faults(err); ok {
		page, err := c.newPasskeyPage(c.to(to), faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	c.setSession(token)
	if to != "" {
		return c.leave(c.back(to, "/account"))
	}
	return c.goOn("/account?done=passkey")
}

// removePasskey removes a passkey.
func (s *Site) removePasskey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	return c.accountDone(s.App.RemovePasskey(c.r.Context(), c.who, f.text("passkey")), "removed", nil)
}
