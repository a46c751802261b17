package web

import (
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// accounts lists accounts to an administrator.
func (s *Site) accounts(c *call) error {
	part := c.query("mail")
	list, more, err := s.App.Accounts(c.r.Context(), c.who, part)
	if err != nil {
		return err
	}
	p := pages.Accounts{Page: c.layout("", c.p.T("accounts.title")), More: more,
		Search: components.Field{Name: "mail", Label: c.p.T("accounts.search"), Value: part, Max: 254, Dir: "ltr", Autocomplete: "off"}}
	switch c.query("done") {
	case "blocked":
		p.Done = c.p.T("accounts.done.blocked")
	case "unblocked":
		p.Done = c.p.T("accounts.done.unblocked")
	case "reset":
		p.Done = c.p.T("accounts.done.reset")
	}
	for _, a := range list {
		p.Rows = append(p.Rows, pages.AccountRow{ID: string(a.ID), Name: a.Name, Mail: a.Mail, Created: c.p.Date(a.Created), Factor: a.Factor, Blocked: a.Blocked, Own: a.Own})
	}
	return c.show(pages.AccountsPage(p))
}

// onAccount does something to the account that was sent and leads back to the list.
func (c *call) onAccount(word string, do func(civic.AccountID) error) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := do(civic.AccountID(f.text("account"))); err != nil {
		return err
	}
	return c.goOn("/work/accounts?done=" + word)
}

// blockAccount keeps somebody out.
func (s *Site) blockAccount(c *call) error {
	return c.onAccount("blocked", func(id civic.AccountID) error { return s.App.BlockAccount(c.r.Context(), c.who, id, true) })
}

// unblockAccount lets somebody in again.
func (s *Site) unblockAccount(c *call) error {
	return c.onAccount("unblocked", func(id civic.AccountID) error { return s.App.BlockAccount(c.r.Context(), c.who, id, false) })
}

// resetAccount helps somebody who lost their second factors.
func (s *Site) resetAccount(c *call) error {
	return c.onAccount("reset", func(id civic.AccountID) error { return s.App.ResetFactors(c.r.Context(), c.who, id) })
}

// closeAccount asks somebody whether their account shall be closed.
func (s *Site) closeAccount(c *call) error { return c.show(c.closingPage(nil)) }

func (c *call) closingPage(faults []components.Fault) component {
	title := c.p.T("account.close.title")
	return pages.CloseAccountPage(pages.CloseAccount{Page: c.layout("", c.problem(title, faults)), Faults: faults,
		Sure: components.Choices{Name: "sure", Legend: c.p.T("account.close.sure"), Fault: components.Of(faults, "sure"), Many: true,
			Items: []components.Choice{{Value: "yes", Label: c.p.T("account.close.yes")}}}})
}

// closeAccountSend closes the account and forgets who it was.
func (s *Site) closeAccountSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if f.text("sure") != "yes" {
		return c.again(c.closingPage([]components.Fault{{Field: "sure", Text: c.p.T("account.close.unsure")}}))
	}
	if err := s.App.CloseAccount(c.r.Context(), c.who); err != nil {
		return err
	}
	c.setSession("")
	c.setBrowser("")
	return c.goOn("/")
}
