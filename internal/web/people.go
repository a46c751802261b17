package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// everywhere stands for no member in the address of the form.
const everywhere = "-"

// people lists the roles that the caller may end.
func (s *Site) people(c *call) error {
	list, err := s.App.GrantsAt(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	p := pages.People{Page: c.layout("", c.p.T("people.title")), Give: c.url("/work/people/give")}
	switch c.query("done") {
	case "given":
		p.Done = c.p.T("people.done.given")
	case "ended":
		p.Done = c.p.T("people.done.ended")
	}
	for _, g := range list {
		p.Rows = append(p.Rows, c.grantRow(g))
	}
	return c.show(pages.PeoplePage(p))
}

func (c *call) grantRow(g app.GrantView) pages.GrantRow {
	w := words{c.p}
	row := pages.GrantRow{Name: g.Name, Mail: g.Mail, Role: w.accessRole(g.Role), Since: c.p.Date(g.Since), Until: c.p.T("people.open"),
		By: g.ByName, End: c.url("/work/people/" + string(g.ID) + "/end")}
	if g.Until != "" {
		row.Until = c.p.CivilDate(g.Until)
	}
	if row.By == "" {
		row.By = c.p.Or("actor."+string(g.By), "")
	}
	if g.InMember.ID == "" {
		row.Where = append(row.Where, pages.Link{Text: c.p.T("people.everywhere")})
	} else {
		row.Where = append(row.Where, pages.Link{URL: c.url("/members/" + g.InMember.Slug), Text: w.memberName(g.InMember)})
	}
	if g.InPlan.ID != "" {
		row.Where = append(row.Where, pages.Link{URL: c.url("/plans/" + g.InPlan.Slug), Text: w.planName(g.InPlan)})
	}
	if g.Ref != "" {
		row.Where = append(row.Where, pages.Link{URL: c.url("/commitments/" + g.Ref), Text: g.Ref})
	}
	if len(g.Body) > 0 {
		t := phrase.Of(g.Body.In(c.p.Code))
		row.Body = &t
	}
	return row
}

// accessRole is how a role is called, and what it is for.
func (w words) accessRole(r civic.AccessRole) string { return w.Or("access."+string(r), string(r)) }

// giveRole asks in which member a role shall hold, when there are several, and
// then for the rest.
func (s *Site) giveRole(c *call) error {
	members, anywhere, err := c.givesIn()
	if err != nil {
		return err
	}
	chosen := c.query("member")
	if chosen == "" && len(members) == 1 && !anywhere {
		chosen = members[0].Slug
	}
	if chosen == "" {
		w := words{c.p}
		g := pages.GiveMember{Page: c.layout("", c.p.T("people.give")), Action: c.url("/work/people/give"), Button: c.p.T("people.next"),
			Menu: components.Menu{Name: "member", Label: c.p.T("people.member"), Hint: c.p.T("people.member.hint")}}
		if anywhere {
			g.Menu.Items = append(g.Menu.Items, components.Choice{Value: everywhere, Label: c.p.T("people.everywhere")})
		}
		for _, m := range members {
			g.Menu.Items = append(g.Menu.Items, components.Choice{Value: m.Slug, Label: w.memberName(m.Member)})
		}
		return c.show(pages.GiveMemberPage(g))
	}
	page, err := s.giveForm(c, chosen, &sent{}, nil)
	if err != nil {
		return err
	}
	return c.show(pages.GiveRolePage(page))
}

// givesIn lists the members in which the caller gives roles, and whether also
// everywhere.
func (c *call) givesIn() (members []app.MemberItem, anywhere bool, err error) {
	all, err := c.site.App.Members(c.r.Context())
	if err != nil {
		return nil, false, err
	}
	mine := map[civic.MemberID]bool{}
	for _, g := range c.who.Grants {
		if slices.Contains(civic.Holders(civic.MayGrantWithin), g.Role) {
			mine[g.Member] = true
			anywhere = anywhere || g.Scope == (civic.Scope{})
		}
	}
	return slices.DeleteFunc(all, func(m app.MemberItem) bool { return !anywhere && !mine[m.ID] }), anywhere, nil
}

// roleRows says how many people hold which role in a member.
func (c *call) roleRows(m civic.MemberID) (out []pages.RoleRow, err error) {
	w := words{c.p}
	counts, err := c.site.App.RolesAt(c.r.Context(), m)
	for _, r := range counts {
		row := pages.RoleRow{Role: w.accessRole(r.Role), People: c.p.Number(r.People)}
		for _, body := range r.Institutions {
			row.Bodies = append(row.Bodies, phrase.Of(body.In(c.p.Code)))
		}
		out = append(out, row)
	}
	return out, err
}
