package mail

import "avow/internal/i18n"

// invitation tells somebody that they were given a role, and how to begin. It is
// the same whether they had an account or not.
func invitation(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[struct {
		Role   string `json:"role"`
		Member string `json:"member"`
		Until  string `json:"until"`
		Link   string `json:"link"`
	}](data)
	if err != nil {
		return Letter{}, err
	}
	site, role := p.T("site.name"), p.Or("story.role."+d.Role, d.Role)
	l := Letter{Subject: p.T("mail.invitation.subject", "site", site)}
	l.Blocks = append(l.Blocks, Block{Text: p.T("mail.invitation.role", "role", role, "site", site)})
	if d.Member != "" {
		l.Blocks = append(l.Blocks, Block{Text: p.T("mail.invitation.member", "member", d.Member)})
	}
	if d.Until != "" {
		l.Blocks = append(l.Blocks, Block{Text: p.T("mail.invitation.until", "date", p.CivilDate(d.Until))})
	}
	if d.Link != "" {
		l.Blocks = append(l.Blocks, Block{Text: p.T("mail.invitation.follow")}, Block{Link: Link{p.T("mail.invitation.link"), d.Link}})
	}
	l.Blocks = append(l.Blocks, Block{Text: p.T("mail.invitation.not_you")})
	return l, nil
}
