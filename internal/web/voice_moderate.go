package web

import (
	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// moderation lists what citizens said, the newest first.
func (s *Site) moderation(c *call) error {
	list, err := s.App.Voices(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	out := pages.Moderation{Page: c.layout("", c.p.T("moderation.title"))}
	switch c.query("done") {
	case "hidden":
		out.Done = c.p.T("moderation.done.hidden")
	case "shown":
		out.Done = c.p.T("moderation.done.shown")
	}
	for _, v := range list {
		row := pages.ModerationRow{Kind: c.p.T("moderation." + string(v.Kind)), Texts: phrase.All(v.Text),
			Act: pages.Link{URL: c.url("/work/moderation/" + v.ID), Text: c.p.T("moderation.hide.title")}}
		if v.Report != "" {
			row.On = pages.Link{URL: c.reportURL(v.Report), Text: c.p.T("voice.back")}
		}
		if v.Hidden != nil {
			row.Hidden = c.p.T("voice.hidden", "rule", c.p.Or("rule."+v.Hidden.Rule, v.Hidden.Rule))
			row.Act.Text = c.p.T("moderation.show")
		}
		out.Rows = append(out.Rows, row)
	}
	return c.show(pages.ModerationPage(out))
}

// voiceHere is the testimony or contribution of the address.
func (c *call) voiceHere() (app.Voice, error) {
	return c.site.App.Voice(c.r.Context(), c.who, c.r.PathValue("voice"))
}

// hide asks by which rule and why something is hidden, or whether it is shown again.
func (s *Site) hide(c *call) error { return s.hideForm(c, &sent{}, nil) }

func (s *Site) hideForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.voiceHere()
	if err != nil {
		return err
	}
	title := c.p.T("moderation.hide.title")
	if v.Hidden != nil {
		title = c.p.T("moderation.show")
	}
	page := pages.Speak{Title: title, Page: c.layout("", c.headed(title, faults)), Faults: faults, Says: phrase.All(v.Text),
		Back: pages.Link{URL: c.url("/work/moderation"), Text: c.p.T("moderation.title")}}
	page.Action = c.url("/work/moderation/" + v.ID)
	if v.Hidden != nil {
		page.About = []pages.Fact{{Term: c.p.T("moderation.rule"), Text: c.p.Or("rule."+v.Hidden.Rule, v.Hidden.Rule)}, {Term: c.p.T("moderation.reason"), Text: v.Hidden.Reason}}
		page.Action += "/show"
		page.Send = c.p.T("moderation.show")
		return c.show(pages.SpeakPage(page))
	}
	rules := components.Choices{Name: "rule", Legend: c.p.T("moderation.rule"), Fault: components.Of(faults, "rule")}
	for _, r := range civic.HidingRules {
		rules.Items = append(rules.Items, components.Choice{Value: r, Label: c.p.Or("rule."+r, r), Hint: c.p.Or("rule."+r+".help", ""), Chosen: f.text("rule") == r})
	}
	page.Intro, page.Picks, page.Send = c.p.T("moderation.hide.intro"), []components.Choices{rules}, c.p.T("moderation.hide.send")
	page.Fields = []components.Field{{Name: "reason", Label: c.p.T("moderation.reason"), Hint: c.p.T("moderation.reason.hint"), Value: f.text("reason"), Fault: components.Of(faults, "reason"), Max: civic.MaxLine}}
	if faults != nil {
		return c.again(pages.SpeakPage(page))
	}
	return c.show(pages.SpeakPage(page))
}

// hideSend hides something.
func (s *Site) hideSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.voiceHere()
	if err != nil {
		return err
	}
	err = s.App.Hide(c.r.Context(), c.who, v.Kind, v.ID, f.text("rule"), f.text("reason"))
	if err == nil {
		return c.goOn("/work/moderation?done=hidden")
	}
	if faults, ok := c.faults(err); ok {
		return s.hideForm(c, f, faults)
	}
	return err
}

// showAgain shows what was hidden.
func (s *Site) showAgain(c *call) error {
	v, err := c.voiceHere()
	if err != nil {
		return err
	}
	if err := s.App.ShowAgain(c.r.Context(), c.who, v.Kind, v.ID); err != nil {
		return err
	}
	return c.goOn("/work/moderation?done=shown")
}
