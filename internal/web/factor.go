package web

import (
	"bytes"
	"fmt"
	"net/url"

	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"

	"github.com/boombuler/barcode/qr"
)

// secondFactor asks for the second factor, or leads to one.
func (s *Site) secondFactor(c *call) error {
	page, err := c.factorPage(c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

func (c *call) factorPage(to string, faults []components.Fault) (component, error) {
	has, err := c.site.App.FactorsOf(c.r.Context(), c.who)
	if err != nil {
		return nil, err
	}
	return pages.FactorPage(pages.Factor{Page: c.layout("", c.problem(c.p.T("factor.ask.title"), faults)), To: to, TOTP: has.TOTP, Passkey: len(has.Passkeys) > 0,
		Faults: faults, Begin: c.url("/account/factor/begin"), Already: c.who.Strong, Continue: c.back(to, "/work")}), nil
}

// passFactor takes a code of the app, or a recovery code.
func (s *Site) passFactor(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	to := c.to(f.text("to"))
	token, err := s.App.PassTOTP(c.r.Context(), c.who, c.session(), f.text("code"))
	if faults, ok := c.faults(err); ok {
		page, err := c.factorPage(to, faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	c.setSession(token)
	return c.leave(c.back(to, "/work"))
}

// beginFactor draws the secret of a new second factor.
func (s *Site) beginFactor(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	host := ""
	if u, err := url.Parse(c.address()); err == nil {
		host = u.Hostname()
	}
	if err := s.App.BeginTOTP(c.r.Context(), c.who, c.session(), host); err != nil {
		return err
	}
	return c.goOn(with("/account/factor", c.to(f.text("to"))))
}

// enrolFactor shows the secret and takes its first code.
func (s *Site) enrolFactor(c *call) error {
	page, err := c.enrolPage(c.to(c.query("to")), nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

func (c *call) enrolPage(to string, faults []components.Fault) (component, error) {
	e, ok, err := c.site.App.PendingTOTP(c.r.Context(), c.session())
	if err != nil {
		return nil, err
	}
	p := pages.Enrol{Page: c.layout("", c.problem(c.p.T("factor.enrol.title"), faults)), To: to, Secret: e.Secret, URL: e.URL, QR: c.url("/account/factor.svg"), Faults: faults}
	if !ok {
		p.Begin = c.url("/account/factor/begin")
	}
	return pages.EnrolPage(p), nil
}

// confirmFactor enrols the second factor; the next page shows its recovery codes.
func (s *Site) confirmFactor(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	to := c.to(f.text("to"))
	token, err := s.App.ConfirmTOTP(c.r.Context(), c.who, c.session(), f.text("code"))
	if faults, ok := c.faults(err); ok {
		page, err := c.enrolPage(to, faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	c.setSession(token)
	return c.goOn(with("/account/once", to))
}

// removeFactor takes the app's codes from an account.
func (s *Site) removeFactor(c *call) error {
	return c.accountDone(s.App.RemoveTOTP(c.r.Context(), c.who), "removed", nil)
}

// factorPicture is the secret as a picture for the camera of a telephone.
func (s *Site) factorPicture(c *call) error {
	e, ok, err := s.App.PendingTOTP(c.r.Context(), c.session())
	if err != nil {
		return err
	}
	if !ok {
		return notFound()
	}
	picture, err := picture(e.URL)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = c.w.Write(picture) // the client is gone; nobody to tell
	return nil
}

// picture draws a QR code: black on white in every colour scheme, since a camera
// reads it, with the quiet margin of four modules that the standard asks for.
func picture(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("draw a QR code: %w", err)
	}
	const margin = 4
	side := code.Bounds().Dx() + 2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side, side, side)
	for y := range code.Bounds().Dy() {
		for x := range code.Bounds().Dx() {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+margin, y+margin)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}
