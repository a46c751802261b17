package web

import (
	"net/url"
	"strconv"
	"strings"

	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// newTension asks for a pull between laws.
func (s *Site) newTension(c *call) error {
	d, err := c.dutyOf(c.r.PathValue("member"), c.p.T("responsibility.tension.new"), &sent{}, nil)
	if err != nil {
		return err
	}
	d.tension()
	return c.show(pages.SpeakPage(d.page))
}

// newTensionSend writes a tension down.
func (s *Site) newTensionSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	d, err := c.dutyOf(c.r.PathValue("member"), c.p.T("responsibility.tension.new"), f, nil)
	if err != nil {
		return err
	}
	_, err = s.App.KeepTension(c.r.Context(), c.who, d.tensionSent(civic.Tension{Member: d.in.Member.ID}), 0)
	return d.kept(err, (*duty).tension)
}

// tensionSent is a tension with what was typed.
func (d *duty) tensionSent(t civic.Tension) civic.Tension {
	t.Topic, t.Laws = d.texts("topic", t.Topic), strings.Split(d.f.text("laws"), "\n")
	t.Owner, t.Commitments = civic.InstitutionID(d.f.text("owner")), d.tiesChosen(t.Commitments)
	return t
}

// tension asks for changes of a tension.
func (s *Site) tension(c *call) error {
	t, number, err := s.App.Tension(c.r.Context(), civic.TensionID(c.r.PathValue("tension")))
	if err != nil {
		return err
	}
	v := url.Values{"laws": {strings.Join(t.Laws, "\n")}, "owner": {string(t.Owner)}, "commitments": idsOf(t.Commitments)}
	spread(v, "topic", t.Topic)
	d, err := c.dutyOf(string(t.Member), c.p.T("responsibility.tension.change"), &sent{values: v}, nil)
	if err != nil {
		return err
	}
	d.tension()
	d.page.Hidden = [][2]string{{"seen", strconv.Itoa(number)}}
	if t.Resolved == "" {
		d.page.Back.Count = ""
		d.page.About = []pages.Fact{{Term: c.p.T("responsibility.open"), Link: &pages.Link{URL: c.url("/work/tensions/" + string(t.ID) + "/resolve"), Text: c.p.T("responsibility.resolve")}}}
	}
	return c.show(pages.SpeakPage(d.page))
}

// tensionSend changes a tension.
func (s *Site) tensionSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	t, _, err := s.App.Tension(c.r.Context(), civic.TensionID(c.r.PathValue("tension")))
	if err != nil {
		return err
	}
	d, err := c.dutyOf(string(t.Member), c.p.T("responsibility.tension.change"), f, nil)
	if err != nil {
		return err
	}
	_, err = s.App.KeepTension(c.r.Context(), c.who, d.tensionSent(t), d.seen())
	return d.kept(err, (*duty).tension)
}

// resolve asks how a tension was resolved.
func (s *Site) resolve(c *call) error { return s.resolveForm(c, &sent{}, nil) }

func (s *Site) resolveForm(c *call, f *sent, faults []components.Fault) error {
	t, _, err := s.App.Tension(c.r.Context(), civic.TensionID(c.r.PathValue("tension")))
	if err != nil {
		return err
	}
	d, err := c.dutyOf(string(t.Member), c.p.T("responsibility.resolve"), f, faults)
	if err != nil {
		return err
	}
	d.page.Says = phrase.All(t.Topic)
	d.text("how", 5, civic.MaxText, false)
	d.line("resolved", "date", 0, true)
	if faults != nil {
		return c.again(pages.SpeakPage(d.page))
	}
	return c.show(pages.SpeakPage(d.page))
}

// resolveSend says that a tension is resolved.
func (s *Site) resolveSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	t, _, err := s.App.Tension(c.r.Context(), civic.TensionID(c.r.PathValue("tension")))
	if err != nil {
		return err
	}
	d, err := c.dutyOf(string(t.Member), "", f, nil)
	if err != nil {
		return err
	}
	err = s.App.ResolveTension(c.r.Context(), c.who, t.ID, f.text("resolved"), d.texts("how", nil))
	if faults, ok := c.faults(err); ok {
		return s.resolveForm(c, f, faults)
	}
	return d.kept(err, nil)
}

// newTool asks for a tool.
func (s *Site) newTool(c *call) error {
	d, err := c.dutyOf(c.r.PathValue("member"), c.p.T("responsibility.tool.new"), &sent{}, nil)
	if err != nil {
		return err
	}
	d.tool()
	return c.show(pages.SpeakPage(d.page))
}

// newToolSend writes a tool down.
func (s *Site) newToolSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	d, err := c.dutyOf(c.r.PathValue("member"), c.p.T("responsibility.tool.new"), f, nil)
	if err != nil {
		return err
	}
	_, err = s.App.KeepTool(c.r.Context(), c.who, d.toolSent(civic.Tool{Member: d.in.Member.ID}), 0)
	return d.kept(err, (*duty).tool)
}

// toolSent is a tool with what was typed.
func (d *duty) toolSent(t civic.Tool) civic.Tool {
	t.Name, t.Purpose, t.Maintainer, t.Kind = d.f.text("name"), d.texts("purpose", t.Purpose), d.f.text("maintainer"), d.f.text("kind")
	t.Licence, t.Until, t.URL = d.f.text("licence"), d.f.text("until"), d.f.text("url")
	t.Owner, t.Commitments = civic.InstitutionID(d.f.text("owner")), d.tiesChosen(t.Commitments)
	return t
}

// tool asks for changes of a tool.
func (s *Site) tool(c *call) error {
	t, number, err := s.App.Tool(c.r.Context(), civic.ToolID(c.r.PathValue("tool")))
	if err != nil {
		return err
	}
	v := url.Values{"name": {t.Name}, "maintainer": {t.Maintainer}, "kind": {t.Kind}, "licence": {t.Licence}, "until": {t.Until}, "url": {t.URL}, "owner": {string(t.Owner)}, "commitments": idsOf(t.Commitments)}
	spread(v, "purpose", t.Purpose)
	d, err := c.dutyOf(string(t.Member), c.p.T("responsibility.tool.change"), &sent{values: v}, nil)
	if err != nil {
		return err
	}
	d.tool()
	d.page.Hidden = [][2]string{{"seen", strconv.Itoa(number)}}
	return c.show(pages.SpeakPage(d.page))
}

// toolSend changes a tool.
func (s *Site) toolSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	t, _, err := s.App.Tool(c.r.Context(), civic.ToolID(c.r.PathValue("tool")))
	if err != nil {
		return err
	}
	d, err := c.dutyOf(string(t.Member), c.p.T("responsibility.tool.change"), f, nil)
	if err != nil {
		return err
	}
	_, err = s.App.KeepTool(c.r.Context(), c.who, d.toolSent(t), d.seen())
	return d.kept(err, (*duty).tool)
}
