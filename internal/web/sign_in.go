package web

import (
	"net"
	"net/http"
	"net/url"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// nonceLasts is how long a browser keeps what binds a mail to it.
const nonceLasts = 24 * time.Hour

func (c *call) session() string { return httpx.SessionToken(c.r, c.site.secure()) }
func (c *call) browser() string { return httpx.BrowserNonce(c.r, c.site.secure()) }

func (c *call) setBrowser(nonce string) {
	httpx.SetBrowserNonce(c.w, c.site.secure(), nonce, nonceLasts)
}

func (c *call) setSession(token string) {
	httpx.SetSession(c.w, c.site.secure(), token, app.SessionLasts)
}

// arrival is what came with somebody who signs in.
func (c *call) arrival() app.Arrival {
	return app.Arrival{Browser: c.browser(), Session: c.session(), Device: c.r.UserAgent(), Lang: c.p.Code}
}

// address is where this site is reached. The name in the request counts only when
// it is this machine's own: anybody can write another there.
func (c *call) address() string {
	if c.site.BaseURL != "" {
		u, err := url.Parse(c.site.BaseURL)
		if err != nil {
			return ""
		}
		return u.Scheme + "://" + u.Host
	}
	host, _, err := net.SplitHostPort(c.r.Host)
	if err != nil {
		host = c.r.Host
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return "http://" + c.r.Host
	}
	return c.site.Address
}

// alone makes a page one for forms that is no work yet.
func alone(p layout.Page) layout.Page {
	p.Work, p.Hidden, p.Search = true, true, false
	return p
}

// problem puts the word for an error before a title.
func (c *call) problem(title string, faults []components.Fault) string {
	if len(faults) == 0 {
		return title
	}
	return c.p.T("form.error", "title", title)
}

// arrived gives the browser its session and leads on.
func (c *call) arrived(in app.SignedIn) error {
	c.setSession(in.Session)
	c.setBrowser("")
	return c.leave(c.back(in.To, "/work"))
}

// leave leads on to an address that back has looked at.
func (c *call) leave(to string) error {
	http.Redirect(c.w, c.r, to, http.StatusSeeOther)
	return nil
}

// to is where somebody wants to go after signing in, "" for nowhere in particular.
func (c *call) to(given string) string {
	if given == "" {
		return ""
	}
	return c.back(given, "/work")
}

// with adds where to go afterwards to an address.
func with(path, to string) string {
	if to == "" {
		return path
	}
	return path + "?to=" + url.QueryEscape(to)
}

// signIn asks how somebody wants to sign in. It is the same for everybody.
func (s *Site) signIn(c *call) error { return c.show(c.signInPage("", c.to(c.query("to")), nil)) }

func (c *call) signInPage(mail, to string, faults []components.Fault) component {
	p := pages.SignIn{Page: alone(c.layout("", c.problem(c.p.T("signin.title"), faults))), Mail: mail, To: to, Faults: faults}
	if c.site.Provider != nil {
		p.Provider = components.Choice{Value: with(c.url("/sign-in/provider"), to), Label: c.site.Provider.Name}
	}
	return pages.SignInPage(p)
}

// askSignIn sends the mail. The answer is the same for every address.
func (s *Site) askSignIn(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	to := c.to(f.text("to"))
	browser, err := s.App.AskSignIn(c.r.Context(), app.SignInRequest{Mail: f.text("mail"), Lang: c.p.Code, To: to, Browser: c.browser(),
		Address: c.address(), Device: c.r.UserAgent()})
	if faults, ok := c.faults(err); ok {
		return c.again(c.signInPage(f.text("mail"), to, faults))
	}
	if err != nil {
		return err
	}
	c.setBrowser(browser)
	return c.goOn(with("/sign-in/sent", to))
}

func (c *call) codePage(title, to string, faults []components.Fault) (component, error) {
	mail, err := c.site.App.AskedMail(c.r.Context(), c.browser())
	if err != nil {
		return nil, err
	}
	return pages.SignInCodePage(pages.SignInCode{Page: c.layout("", c.problem(c.p.T(title), faults)), Mail: mail, To: to, Faults: faults,
		Linked: c.query("linked") != "", Again: with(c.url("/sign-in"), to)}), nil
}

// signInSent says where the mail went and takes its code.
func (s *Site) signInSent(c *call) error {
	page, err := c.codePage("signin.sent.title", c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// signInCode takes the code of a mail.
func (s *Site) signInCode(c *call) error {
	page, err := c.codePage("signin.code.title", c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// typeCode signs in with a code.
func (s *Site) typeCode(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.TypeCode(c.r.Context(), f.text("code"), c.arrival())
	if faults, ok := c.faults(err); ok {
		page, err := c.codePage("signin.code.title", c.to(f.text("to")), faults)
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

// linkPage is what a link leads to: the question, or why it cannot be used.
func (c *call) linkPage(token, mail string, refused error) (component, bool) {
	p := pages.SignInLink{Mail: mail, Token: token, Again: c.url("/sign-in")}
	title := "signin.link.title"
	faults, ok := c.faults(refused)
	if ok {
		title = "signin.link.not"
		p.Reason = faults[0].Text
		if asCivic(refused).Key == "signin.elsewhere" {
			p.Code = c.url("/sign-in/code")
		}
	}
	p.Page = c.layout("", c.p.T(title))
	return pages.SignInLinkPage(p), ok || refused == nil
}

// signInLink asks once more: mail programs follow links before people do, and
// looking must not sign anybody in.
func (s *Site) signInLink(c *call) error {
	mail, err := s.App.LookAtLink(c.r.Context(), c.query("token"), c.browser())
	page, ok := c.linkPage(c.query("token"), mail, err)
	if !ok {
		return err
	}
	return c.show(page)
}

// followLink signs in with a link.
func (s *Site) followLink(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.FollowLink(c.r.Context(), f.text("token"), c.arrival())
	if err == nil {
		return c.arrived(in)
	}
	page, ok := c.linkPage(f.text("token"), "", err)
	if !ok {
		return err
	}
	return c.again(page)
}

// signOut ends the session of the browser.
func (s *Site) signOut(c *call) error {
	if err := s.App.SignOut(c.r.Context(), c.session()); err != nil {
		return err
	}
	c.setSession("")
	c.setBrowser("")
	return c.goOn("/")
}

// setup is what the setup link leads to.
func (s *Site) setup(c *call) error {
	err := s.App.LookAtSetup(c.r.Context(), c.query("token"))
	if civic.KindOf(err) != "" && civic.KindOf(err) != civic.Invalid || err != nil && civic.KindOf(err) == "" {
		return err
	}
	return c.show(c.setupPage(c.query("token"), "", "", nil, err))
}

func (c *call) setupPage(token, name, mail string, faults []components.Fault, refused error) component {
	p := pages.Setup{Page: c.layout("", c.problem(c.p.T("setup.title"), faults)), Token: token, Name: name, Mail: mail, Faults: faults}
	if told, ok := c.faults(refused); ok {
		p.Reason = told[0].Text
	}
	return pages.SetupPage(p)
}

// setUp makes the first administrator, who is led to a second factor at once.
func (s *Site) setUp(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.SetUp(c.r.Context(), f.text("token"), f.text("name"), f.text("mail"), c.arrival())
	if faults, ok := c.faults(err); ok {
		if faults[0].Field == "" {
			return c.again(c.setupPage("", "", "", nil, err))
		}
		return c.again(c.setupPage(f.text("token"), f.text("name"), f.text("mail"), faults, nil))
	}
	if err != nil {
		return err
	}
	in.To = with(c.url("/account/second-factor"), c.url("/work"))
	return c.arrived(in)
}
