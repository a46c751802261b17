package web

import (
	"cmp"
	"errors"
	"slices"

	"avow/internal/civic"
	"avow/internal/i18n"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// asCivic is the *civic.Error of an error; an empty one when there is none.
func asCivic(err error) *civic.Error {
	var e *civic.Error
	if errors.As(err, &e) {
		return e
	}
	return &civic.Error{}
}

// work is where somebody's work begins: who they are here and where they may go.
func (s *Site) work(c *call) error {
	roles, err := c.rolesHeld()
	if err != nil {
		return err
	}
	p := pages.Work{Page: c.layout("", c.p.T("work.title")), Name: c.who.Name, Roles: roles}
	if !c.who.Strong && slices.ContainsFunc(c.who.Grants, func(g civic.Grant) bool { return civic.NeedsSecondFactor(g.Role) }) {
		p.Proof = with(c.url("/account/second-factor"), c.url("/work"))
	}
	if p.Waits, err = c.waits(); err != nil {
		return err
	}
	p.Calm = c.p.T("work.waits.none")
	p.Places = append(c.workNav(), layout.Link{URL: c.url("/account"), Text: c.p.T("account.title")})
	return c.show(pages.WorkPage(p))
}

// rolesHeld are the roles of who asks, with the names of where they hold.
func (c *call) rolesHeld() ([]pages.RoleHeld, error) {
	held, err := c.site.App.RolesHeld(c.r.Context(), c.who)
	if err != nil {
		return nil, err
	}
	var out []pages.RoleHeld
	for _, h := range held {
		place := h.Place.In(c.p.Code)
		r := pages.RoleHeld{Name: c.p.T("story.role." + string(h.Role)), Place: place.Text, Lang: cmp.Or(place.Lang, c.p.Code), Dir: "auto"}
		if h.Until != "" {
			r.Until = c.p.CivilDate(h.Until)
		}
		out = append(out, r)
	}
	return out, nil
}

// account shows somebody their own account.
func (s *Site) account(c *call) error {
	page, err := c.accountPage(nil, nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// done are the notices after something was done, by the word in the address.
var done = map[string]string{
	"saved": "account.done.saved", "ended": "account.done.ended", "revoked": "account.done.revoked", "passkey": "account.done.passkey",
	"removed": "account.done.removed", "factor": "account.done.factor",
}

func (c *call) accountPage(sent *sentAccount, faults []components.Fault) (component, error) {
	ctx := c.r.Context()
	account, err := c.site.App.AccountOf(ctx, c.who.Account)
	if err != nil {
		return nil, err
	}
	p := pages.Account{Page: c.layout("", c.problem(c.p.T("account.title"), faults)), Faults: faults, Name: account.Name, Mail: account.Mail,
		Created: c.p.Date(account.Created)}
	if key := done[c.query("done")]; key != "" && len(faults) == 0 {
		p.Done = c.p.T(key)
	}
	lang := account.Lang
	if sent != nil {
		p.Name, lang, p.TokenName = cmp.Or(sent.name, p.Name), cmp.Or(sent.lang, lang), sent.key
	}
	for _, l := range c.site.Words.Languages() {
		p.Languages = append(p.Languages, components.Choice{Value: l.Code, Label: l.Name, Chosen: l.Code == lang})
	}
	if p.Roles, err = c.rolesHeld(); err != nil {
		return nil, err
	}
	sessions, err := c.site.App.Sessions(ctx, c.who, c.session())
	if err != nil {
		return nil, err
	}
	for _, v := range sessions {
		p.Sessions = append(p.Sessions, pages.SessionRow{ID: v.ID, Device: cmp.Or(v.Device, c.p.T("account.device_unknown")), Seen: c.p.Date(v.Seen), This: v.This, Strong: v.Strong})
	}
	factors, err := c.site.App.FactorsOf(ctx, c.who)
	if err != nil {
		return nil, err
	}
	p.TOTP, p.Recovery = factors.TOTP, c.p.N("factor.recovery_left", factors.Recovery)
	for _, k := range factors.Passkeys {
		row := pages.KeyRow{ID: k.ID, Name: cmp.Or(k.Name, c.p.T("passkey.nameless")), Created: c.p.Date(k.Created), Used: c.used(k.Used)}
		if k.Synced {
			row.Note = c.p.T("passkey.synced")
		}
		p.Passkeys = append(p.Passkeys, row)
	}
	if factors.Any() && !c.who.Strong {
		p.Prove = with(c.url("/account/second-factor"), c.url("/account"))
	}
	tokens, err := c.site.App.APITokens(ctx, c.who)
	if err != nil {
		return nil, err
	}
	for _, t := range tokens {
		p.Tokens = append(p.Tokens, pages.KeyRow{ID: t.ID, Name: t.Name, Created: c.p.Date(t.Created), Used: c.used(t.Used)})
	}
	p.Issuers, err = c.site.App.Issuers(ctx, c.who)
	return pages.AccountPage(p), err
}

// sentAccount is what was sent of the account's forms, to be shown again.
type sentAccount struct{ name, lang, key string }

// used says when a key was last used.
func (c *call) used(at int64) string {
	if at == 0 {
		return c.p.T("account.never_used")
	}
	return c.p.T("account.last_used", "date", c.p.Date(at))
}

// nameAccount sets how somebody is called, and in which language mails come.
func (s *Site) nameAccount(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	lang := f.text("lang")
	if !slices.ContainsFunc(s.Words.Languages(), func(l i18n.Language) bool { return l.Code == lang }) {
		lang = c.p.Code
	}
	err = s.App.NameAccount(c.r.Context(), c.who, f.text("name"), lang)
	return c.accountDone(err, "saved", &sentAccount{name: f.text("name"), lang: lang})
}

// accountDone leads back to the account, or shows it again with what was wrong.
func (c *call) accountDone(err error, word string, sent *sentAccount) error {
	if faults, ok := c.faults(err); ok {
		page, err := c.accountPage(sent, faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	return c.goOn("/account?done=" + word)
}

// endSession ends one other session, or all others.
func (s *Site) endSession(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if id := f.text("session"); id == "others" {
		err = s.App.EndOtherSessions(c.r.Context(), c.who, c.session())
	} else {
		err = s.App.EndSession(c.r.Context(), c.who, id)
	}
	return c.accountDone(err, "ended", nil)
}

// makeKey makes a key for programs, which the next page shows once.
func (s *Site) makeKey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = s.App.NewAPIToken(c.r.Context(), c.who, c.session(), f.text("key-name"))
	if e := asCivic(err); e.Kind == civic.Invalid && e.Field == "name" {
		e.Field = "key-name"
	}
	if err != nil {
		return c.accountDone(err, "", &sentAccount{key: f.text("key-name")})
	}
	return c.goOn("/account/once")
}

// revokeKey takes a key for programs away.
func (s *Site) revokeKey(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	return c.accountDone(s.App.RevokeAPIToken(c.r.Context(), c.who, f.text("key")), "revoked", nil)
}

// once shows what is shown once.
func (s *Site) once(c *call) error {
	v, _, err := s.App.ShownOnce(c.r.Context(), c.session())
	if err != nil {
		return err
	}
	title := "once.title"
	if len(v.Codes) > 0 {
		title = "factor.codes.title"
	}
	return c.show(pages.OncePage(pages.Once{Page: c.layout("", c.p.T(title)), Codes: v.Codes, Name: v.Name, Token: v.Token, To: c.to(c.query("to"))}))
}

// seenOnce forgets what was shown.
func (s *Site) seenOnce(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := s.App.Seen(c.r.Context(), c.session()); err != nil {
		return err
	}
	return c.leave(c.back(f.text("to"), "/account"))
}
