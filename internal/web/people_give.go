package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// giveForm is the form of a role in a member, or everywhere, with what was typed.
func (s *Site) giveForm(c *call, member string, f *sent, faults []components.Fault) (pages.GiveRole, error) {
	w := words{c.p}
	g := pages.GiveRole{Action: c.url("/work/people/give"), Faults: faults, Member: member}
	field := func(name, key string, more components.Field) components.Field {
		more.Name, more.Label, more.Value, more.Fault = name, c.p.T(key), f.text(name), components.Of(faults, name)
		return more
	}
	title := c.p.T("people.give.everywhere")
	var m app.MemberPage
	if member != everywhere {
		var err error
		if m, err = s.App.Member(c.r.Context(), member); err != nil {
			return g, err
		}
		g.Member = m.Slug
		title = c.p.T("people.give.in", "member", w.memberName(m.Member))
	}
	g.Title, g.Page = title, c.layout("", c.headed(title, faults))
	g.Mail = field("mail", "people.mail", components.Field{Kind: "email", Hint: c.p.T("people.mail.hint"), Max: 254, Autocomplete: "off"})
	g.Role = components.Choices{Name: "role", Legend: c.p.T("people.role"), Fault: components.Of(faults, "role")}
	for _, r := range civic.AccessRoles {
		if s.offers(c, r, m.ID) {
			g.Role.Items = append(g.Role.Items, components.Choice{Value: string(r), Label: w.accessRole(r), Hint: c.p.Or("access."+string(r)+".help", ""), Chosen: f.text("role") == string(r)})
		}
	}
	if member != everywhere {
		g.Plan = &components.Menu{Name: "plan", Label: c.p.T("people.plan"), Hint: c.p.T("people.plan.hint"), Fault: components.Of(faults, "plan"),
			Items: []components.Choice{{Label: c.p.T("people.plan.any")}}}
		for _, p := range m.PlanItems {
			g.Plan.Items = append(g.Plan.Items, components.Choice{Value: string(p.ID), Label: w.planName(p.Plan), Chosen: f.text("plan") == string(p.ID)})
		}
		ref := field("commitment", "people.commitment", components.Field{Kind: "code", Hint: c.p.T("people.commitment.hint"), Max: 40, Optional: c.p.T("form.optional"), Autocomplete: "off"})
		g.Commitment = &ref
		if len(m.Institutions) > 0 {
			g.Body = &components.Menu{Name: "institution", Label: c.p.T("people.institution"), Hint: c.p.T("people.institution.hint"), Fault: components.Of(faults, "institution"),
				Items: []components.Choice{{Label: c.p.T("people.institution.any")}}}
			for _, i := range m.Institutions {
				g.Body.Items = append(g.Body.Items, components.Choice{Value: string(i.ID), Label: phrase.Flat(i.Name.In(c.p.Code).Text), Chosen: f.text("institution") == string(i.ID)})
			}
		}
	}
	if fault := components.Of(faults, "member"); fault != "" && g.Plan != nil {
		g.Plan.Fault = fault
	}
	g.Until = field("until", "people.until", components.Field{Kind: "date", Hint: c.p.T("people.until.hint"), Optional: c.p.T("form.optional")})
	g.Reason = field("reason", "people.reason", components.Field{Area: true, Rows: 3, Max: civic.MaxReason, Hint: c.p.T("people.reason.hint"), Optional: c.p.T("form.optional")})
	g.Lang = components.Menu{Name: "lang", Label: c.p.T("people.lang")}
	for _, l := range s.Words.Languages() {
		g.Lang.Items = append(g.Lang.Items, components.Choice{Value: l.Code, Label: l.Name, Chosen: f.text("lang") == l.Code || f.text("lang") == "" && l.Code == c.p.Code})
	}
	if members, anywhere, err := c.givesIn(); err != nil {
		return g, err
	} else if anywhere || len(members) > 1 {
		g.Elsewhere, g.ElsewhereIn = c.url("/work/people/give"), c.p.T("people.give.elsewhere")
	}
	return g, nil
}

// offers reports whether the caller may give a role in a member, or everywhere
// when there is none. A second factor that is missing is asked for when it is sent.
func (s *Site) offers(c *call, r civic.AccessRole, in civic.MemberID) bool {
	g := civic.Grant{Account: "x", Role: r, Scope: civic.Scope{Member: in}}
	if len(civic.CheckGrant(g, "")) > 0 {
		return false
	}
	places := []civic.Place{g.Place()}
	for _, held := range c.who.Grants {
		if held.Member == in {
			places = append(places, held.Place())
		}
	}
	return slices.ContainsFunc(places, func(on civic.Place) bool {
		err := c.who.Ask(civic.GivenBy(r), on)
		return err == nil || civic.KindOf(err) == civic.Unproven
	})
}

// giveRoleSend gives a role.
func (s *Site) giveRoleSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	ctx := c.r.Context()
	req := app.GrantRequest{Mail: f.text("mail"), Role: civic.AccessRole(f.text("role")), Until: f.text("until"), Reason: f.text("reason"), Lang: f.text("lang"), Address: s.BaseURL,
		Scope: civic.Scope{Plan: civic.PlanID(f.text("plan")), Institution: civic.InstitutionID(f.text("institution"))}}
	if !s.Words.Has(req.Lang) {
		req.Lang = c.p.Code
	}
	member := f.text("member")
	if member != everywhere {
		m, err := s.App.Member(ctx, member)
		if err != nil {
			return err
		}
		req.Scope.Member = m.ID
	}
	err = nil
	if ref := f.text("commitment"); ref != "" {
		req.Scope.Commitment, err = s.App.CommitmentID(ctx, ref)
		if civic.KindOf(err) == civic.NotFound {
			var e civic.Errors
			e.Add("commitment", "grant.fault.unknown")
			err = e
		}
	}
	if err == nil && req.Role == "" { // nobody may give no role: say so before it is forbidden
		var e civic.Errors
		e.Add("role", "grant.fault.role")
		err = e
	}
	if err == nil {
		_, err = s.App.Grant(ctx, c.who, req)
	}
	if err == nil {
		return c.goOn("/work/people?done=given")
	}
	faults, ok := c.faults(err)
	if e, held := err.(*civic.Error); held && e.Key == "grant.held" {
		faults, ok = []components.Fault{{Field: "mail", Text: c.p.T(e.Key)}}, true
	}
	if !ok {
		return err
	}
	page, err := s.giveForm(c, member, f, faults)
	if err != nil {
		return err
	}
	return c.again(pages.GiveRolePage(page))
}

// endRole asks why a role ends.
func (s *Site) endRole(c *call) error {
	page, err := s.endForm(c, &sent{}, nil)
	if err != nil {
		return err
	}
	return c.show(pages.EndRolePage(page))
}

func (s *Site) endForm(c *call, f *sent, faults []components.Fault) (pages.EndRole, error) {
	id := c.r.PathValue("grant")
	g, err := s.App.GrantAt(c.r.Context(), c.who, civic.GrantID(id))
	if err != nil {
		return pages.EndRole{}, err
	}
	row := c.grantRow(g)
	title := c.p.T("people.end.title", "role", row.Role)
	e := pages.EndRole{Page: c.layout("", c.headed(title, faults)), Title: title, Action: row.End, Faults: faults, Back: c.url("/work/people"),
		Reason: components.Field{Name: "reason", Label: c.p.T("people.end.reason"), Hint: c.p.T("people.end.reason.hint"), Value: f.text("reason"), Fault: components.Of(faults, "reason"), Area: true, Rows: 3, Max: civic.MaxReason}}
	e.Facts = append(e.Facts, pages.Fact{Term: c.p.T("people.person"), Text: g.Mail})
	where := pages.Fact{Term: c.p.T("people.where")}
	for _, l := range row.Where {
		where.More = append(where.More, pages.Fact{Link: &l})
	}
	e.Facts = append(e.Facts, where, pages.Fact{Term: c.p.T("people.since"), Text: row.Since})
	return e, nil
}

// endRoleSend ends a role.
func (s *Site) endRoleSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = s.App.EndGrant(c.r.Context(), c.who, civic.GrantID(c.r.PathValue("grant")), f.text("reason"))
	if err == nil {
		return c.goOn("/work/people?done=ended")
	}
	faults, ok := c.faults(err)
	if !ok {
		return err
	}
	page, err := s.endForm(c, f, faults)
	if err != nil {
		return err
	}
	return c.again(pages.EndRolePage(page))
}
