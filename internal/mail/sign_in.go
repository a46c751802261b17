package mail

import "avow/internal/i18n"

// signIn is the letter with which somebody signs in. It is the same whether there
// is an account or not.
func signIn(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[struct {
		Link    string `json:"link"`
		Code    string `json:"code"`
		Minutes int    `json:"minutes"`
		Device  string `json:"device"`
	}](data)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Subject: p.T("mail.sign_in.subject", "site", p.T("site.name"))}
	asked := p.T("mail.sign_in.asked")
	if d.Device != "" {
		asked = p.T("mail.sign_in.asked_with", "device", d.Device)
	}
	l.Blocks = append(l.Blocks, Block{Text: asked})
	if d.Link != "" {
		l.Blocks = append(l.Blocks, Block{Text: p.T("mail.sign_in.follow")}, Block{Link: Link{p.T("mail.sign_in.link"), d.Link}})
	}
	l.Blocks = append(l.Blocks,
		Block{Text: p.T("mail.sign_in.type")}, Block{Code: d.Code},
		Block{Text: p.N("mail.sign_in.lasts", d.Minutes)},
		Block{Text: p.T("mail.sign_in.new")},
		Block{Text: p.T("mail.sign_in.not_you")})
	return l, nil
}
