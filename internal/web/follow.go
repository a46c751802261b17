package web

import (
	"cmp"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/tell"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// followed are the names under which addresses say what is followed.
var followed = []string{"commitment", "plan", "member", "tag", "q"}

// wish reads what somebody wants to follow; value gives what was sent under a name.
func (c *call) wish(value func(name string) string) app.FollowRequest {
	return app.FollowRequest{Mail: value("mail"), Lang: c.p.Code, Cadence: value("cadence"), Address: cmp.Or(c.site.BaseURL, c.site.Address),
		Commitment: value("commitment"), Plan: value("plan"), Member: value("member"), Tag: value("tag"), Query: value("q")}
}

// what names the thing that is followed, "" while there is none.
func (c *call) what(r app.FollowRequest) (name, to string, err error) {
	if r.Commitment+r.Plan+r.Member+r.Tag == "" {
		return "", "", nil
	}
	t, err := c.site.App.Target(c.r.Context(), r)
	if err != nil {
		return "", "", err
	}
	path := map[string]string{app.FollowCommitment: "/commitments/", app.FollowPlan: "/plans/", app.FollowMember: "/members/", app.FollowTag: "/tags/"}[t.Kind]
	return tell.Followed(c.p, t), c.url(path + t.Ref), nil
}

func (c *call) followPage(r app.FollowRequest, faults []components.Fault) (component, error) {
	name, to, err := c.what(r)
	if err != nil {
		return nil, err
	}
	title := c.p.T("follow.title")
	p := pages.Follow{Page: c.layout("", c.headed(title, faults)), Action: c.url("/follow"), Name: name, To: to, Faults: faults,
		Kept: map[string]string{"commitment": r.Commitment, "plan": r.Plan, "member": r.Member, "tag": r.Tag}}
	p.Page.Work, p.Page.About = true, c.p.T("follow.lead")
	p.Page.Hidden = r.Query != ""
	if c.query("done") == "asked" {
		p.Done = c.p.T("follow.done.asked")
		p.Page.Hidden = true
	}
	if name == "" {
		p.Query = &components.Field{Name: "q", Label: c.p.T("follow.query"), Hint: c.p.T("follow.query.hint"), Value: r.Query, Max: 80, Fault: components.Of(faults, "q")}
	}
	p.Mail = components.Field{Name: "mail", Label: c.p.T("follow.mail"), Hint: c.p.T("follow.mail.hint"), Kind: "email", Autocomplete: "email", Max: 254, Value: r.Mail, Fault: components.Of(faults, "mail")}
	p.Cadence = components.Choices{Name: "cadence", Legend: c.p.T("follow.cadence"), Fault: components.Of(faults, "cadence")}
	for _, often := range app.Cadences {
		p.Cadence.Items = append(p.Cadence.Items, components.Choice{Value: often, Label: c.p.T("follow.cadence." + often), Chosen: cmp.Or(r.Cadence, app.Weekly) == often})
	}
	return pages.FollowPage(p), nil
}

// follow asks for an address to which to tell what changes.
func (s *Site) follow(c *call) error {
	page, err := c.followPage(c.wish(c.query), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// askFollow sends a letter that asks whether the address wants to be told. The
// answer is the same whether it is told already.
func (s *Site) askFollow(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	r := c.wish(f.text)
	t, err := s.App.Target(c.r.Context(), r)
	if err == nil {
		r.Name = tell.Followed(c.p, t)
	} else if k := civic.KindOf(err); k != civic.NotFound && k != civic.Invalid {
		return err
	}
	err = s.App.Follow(c.r.Context(), r)
	if faults, ok := c.faults(err); ok {
		page, err := c.followPage(r, faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	return c.goOn("/follow?done=asked")
}

// token is that of a letter, from the address or from what was sent.
func (c *call) token() (string, error) {
	f, err := c.form()
	if err != nil {
		return "", err
	}
	return cmp.Or(f.text("t"), c.query("t")), nil
}

// followStep is a page with one button: what a letter's link leads to. Nothing
// happens before the button is pressed, since programs that look through mail
// open links.
func (c *call) followStep(step string) pages.FollowStep {
	title := c.p.T("follow." + step + ".title")
	p := pages.FollowStep{Page: c.layout("", title), Title: title, Action: c.url("/follow/" + step), Token: c.query("t")}
	p.Page.Work, p.Page.Hidden = true, true
	switch {
	case c.query("done") != "":
		p.Done = c.p.T("follow.done." + step)
	case p.Token == "":
		p.Text = c.p.T("follow.fault.token")
	default:
		p.Text, p.Button = c.p.T("follow."+step+".text"), c.p.T("follow."+step+".button")
	}
	return p
}

func (s *Site) followConfirm(c *call) error {
	return c.show(pages.FollowStepPage(c.followStep("confirm")))
}
func (s *Site) followStop(c *call) error { return c.show(pages.FollowStepPage(c.followStep("stop"))) }

// refusedStep shows a step again whose token does not work.
func (c *call) refusedStep(step string, err error) error {
	faults, ok := c.faults(err)
	if !ok {
		return err
	}
	p := c.followStep(step)
	p.Text, p.Button, p.Token = faults[0].Text, "", ""
	return c.again(pages.FollowStepPage(p))
}

func (s *Site) confirmFollow(c *call) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	if err := s.App.Confirm(c.r.Context(), token); err != nil {
		return c.refusedStep("confirm", err)
	}
	return c.goOn("/follow/confirm?done=yes")
}

// stopFollow ends letters, for a person who pressed the button and for a mail
// program that posts to the address on its own (RFC 8058), which follows no redirect.
func (s *Site) stopFollow(c *call) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	if err := s.App.Unfollow(c.r.Context(), token); err != nil {
		return c.refusedStep("stop", err)
	}
	if f, err := c.form(); err == nil && f.text("List-Unsubscribe") == "One-Click" {
		p := c.followStep("stop")
		p.Text, p.Button, p.Token, p.Done = "", "", "", c.p.T("follow.done.stop")
		return c.show(pages.FollowStepPage(p))
	}
	return c.goOn("/follow/stop?done=yes")
}

// reminders asks whether somebody wants letters about reports that are due.
func (s *Site) reminders(c *call) error {
	wanted, err := s.App.Reminded(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	p := pages.Reminders{Page: c.layout("", c.p.T("reminder.title")), Action: c.url("/account/reminders"), Choice: components.Choices{
		Name: "reminders", Legend: c.p.T("reminder.question"), Hint: c.p.T("reminder.hint"), Items: []components.Choice{
			{Value: "yes", Label: c.p.T("reminder.yes"), Chosen: wanted}, {Value: "no", Label: c.p.T("reminder.no"), Chosen: !wanted}}}}
	if c.query("done") == "saved" {
		p.Done = c.p.T("reminder.saved")
	}
	return c.show(pages.RemindersPage(p))
}

func (s *Site) setReminders(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := s.App.WantReminders(c.r.Context(), c.who, f.text("reminders") != "no"); err != nil {
		return err
	}
	return c.goOn("/account/reminders?done=saved")
}
