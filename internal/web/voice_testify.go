package web

import (
	"cmp"
	"net/url"
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// reportHere is the report of the address, on which the caller may do what the row is for.
func (c *call) reportHere() (app.ReportView, error) {
	return c.reportOf(civic.ReportID(c.r.PathValue("report")))
}

func (c *call) reportOf(id civic.ReportID) (app.ReportView, error) {
	if err := c.site.App.AskOn(c.r.Context(), c.who, c.route.Permission, id); err != nil {
		return app.ReportView{}, err
	}
	return c.site.App.Report(c.r.Context(), id)
}

// speak begins a form about a report: what it is about and the way back.
func (c *call) speak(v app.ReportView, title string, faults []components.Fault) (pages.Speak, error) {
	w := words{c.p}
	s := pages.Speak{Title: title, Page: c.layout("", c.headed(title, faults)), Faults: faults, Action: c.r.URL.EscapedPath(),
		Back: pages.Link{URL: c.reportURL(v.ID), Text: c.p.T("voice.back")}}
	about, err := c.aboutReport(v.Report)
	if err != nil {
		return s, err
	}
	s.About = append(about, pages.Fact{Term: c.p.T("report.field.status"), Value: ptr(w.reportStatus(v.Report))})
	if done := v.Done.In(c.p.Code); done.Text != "" {
		s.About = append(s.About, pages.Fact{Term: c.p.T("report.field.done"), Phrase: ptr(phrase.Of(done))})
	}
	return s, nil
}

func ptr[T any](v T) *T { return &v }

// aboutReport names the commitment of a report.
func (c *call) aboutReport(r civic.Report) ([]pages.Fact, error) {
	page, err := c.site.App.Commitment(c.r.Context(), string(r.Commitment))
	if err != nil {
		return nil, err
	}
	title := words{c.p}.title(page.Dossier.Commitment)
	return []pages.Fact{{Term: c.p.T("label.commitment"), Phrase: &title}}, nil
}

// writtenIn asks for the language of what is written.
func (c *call) writtenIn(chosen string, languages []string) components.Menu {
	m := components.Menu{Name: "lang", Label: c.p.T("voice.lang")}
	chosen = cmp.Or(chosen, c.p.Code)
	for _, l := range c.site.Words.Languages() {
		m.Items = append(m.Items, components.Choice{Value: l.Code, Label: l.Name, Chosen: chosen == l.Code})
	}
	for _, code := range languages {
		if !c.site.Words.Has(code) {
			m.Items = append(m.Items, components.Choice{Value: code, Label: c.p.LanguageName(code), Chosen: chosen == code})
		}
	}
	return m
}

// written is what was typed in one field, in the language that was chosen with it.
func (c *call) written(f *sent, name string) civic.Text {
	text := f.text(name)
	if text == "" {
		return nil
	}
	lang := f.text("lang")
	if !civic.IsLanguage(lang) {
		lang = c.p.Code
	}
	return civic.Text{{Lang: lang, Text: text}}
}

func (c *call) happenedChoice(chosen string, faults []components.Fault) components.Choices {
	w := words{c.p}
	return components.Choices{Name: "happened", Legend: c.p.T("voice.happened.question"), Fault: components.Of(faults, "happened"), Items: []components.Choice{
		{Value: "yes", Label: w.happened(true), Chosen: chosen == "yes"}, {Value: "no", Label: w.happened(false), Chosen: chosen == "no"}}}
}

// testify asks a citizen what they saw.
func (s *Site) testify(c *call) error {
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	mine, err := s.App.MyTestimony(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	f := &sent{}
	if mine != nil {
		f.values = url.Values{"happened": {yesNo(mine.Happened)}, "saw": {mine.Saw.Original().Text}, "lang": {mine.Saw.Original().Lang}}
	}
	page, err := c.testifyForm(v, mine, f, nil)
	if err != nil {
		return err
	}
	if c.query("done") == "kept" {
		page.Done = c.p.T("voice.testify.done")
	}
	return c.show(pages.SpeakPage(page))
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func (c *call) testifyForm(v app.ReportView, mine *civic.Testimony, f *sent, faults []components.Fault) (pages.Speak, error) {
	page, err := c.speak(v, c.p.T("voice.testify.title"), faults)
	if err != nil {
		return page, err
	}
	page.Intro = c.p.T("voice.testify.intro")
	page.Picks = []components.Choices{c.happenedChoice(f.text("happened"), faults)}
	page.Fields = []components.Field{{Name: "saw", Label: c.p.T("voice.saw"), Hint: c.p.T("voice.saw.hint"), Value: f.text("saw"), Fault: components.Of(faults, "saw"), Area: true, Rows: 6, Dir: "auto", Optional: c.p.T("form.optional")}}
	page.Menus = []components.Menu{c.writtenIn(f.text("lang"), v.InPlan.Languages)}
	page.Send = c.p.T("voice.testify.send")
	if mine != nil {
		page.Send = c.p.T("voice.testify.change")
		page.Further = &pages.Further{Action: c.url("/work/reports/" + url.PathEscape(string(v.ID)) + "/withdraw"), Send: c.p.T("voice.withdraw"), Hint: c.p.T("voice.withdraw.hint")}
	}
	return page, nil
}

// answered checks that a question with yes and no was answered.
func answered(f *sent, name, key string) error {
	var e civic.Errors
	if !slices.Contains([]string{"yes", "no"}, f.text(name)) {
		e.Add(name, key)
	}
	return e.Or()
}

// testifySend keeps what a citizen saw, or changes it.
func (s *Site) testifySend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	mine, err := s.App.MyTestimony(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	err = answered(f, "happened", "voice.fault.happened")
	switch {
	case err != nil:
	case mine != nil:
		err = s.App.ChangeTestimony(c.r.Context(), c.who, mine.ID, f.text("happened") == "yes", c.written(f, "saw"))
	default:
		_, err = s.App.Testify(c.r.Context(), c.who, app.TestimonyInput{Report: v.ID, Happened: f.text("happened") == "yes", Saw: c.written(f, "saw")})
	}
	if err == nil {
		return c.goOn("/work/reports/" + url.PathEscape(string(v.ID)) + "/testify?done=kept")
	}
	faults, ok := c.faults(err)
	if !ok {
		return err
	}
	page, err := c.testifyForm(v, mine, f, faults)
	if err != nil {
		return err
	}
	return c.again(pages.SpeakPage(page))
}

// withdraw takes back what a citizen said.
func (s *Site) withdraw(c *call) error {
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	mine, err := s.App.MyTestimony(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	if mine == nil {
		return notFound()
	}
	if err := s.App.WithdrawTestimony(c.r.Context(), c.who, mine.ID); err != nil {
		return err
	}
	return c.goOn("/work/reports/" + url.PathEscape(string(v.ID)) + "/testify")
}

// writeDown is where a facilitator writes down one testimony after the other: the
// channel and the place stay for the next.
func (s *Site) writeDown(c *call) error {
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	page, err := c.writeDownForm(v, &sent{values: url.Values{"channel": {c.query("channel")}, "place": {c.query("place")}, "lang": {c.query("lang")}}}, nil)
	if err != nil {
		return err
	}
	if c.query("done") == "kept" {
		page.Done = c.p.T("voice.write.done")
	}
	return c.show(pages.SpeakPage(page))
}

func (c *call) writeDownForm(v app.ReportView, f *sent, faults []components.Fault) (pages.Speak, error) {
	w := words{c.p}
	page, err := c.speak(v, c.p.T("voice.write.title"), faults)
	if err != nil {
		return page, err
	}
	page.Intro = c.p.T("voice.write.intro")
	way := components.Choices{Name: "channel", Legend: c.p.T("voice.channel"), Fault: components.Of(faults, "channel")}
	for _, ch := range civic.Channels {
		if ch.Offline() {
			way.Items = append(way.Items, components.Choice{Value: string(ch), Label: w.channel(ch), Chosen: f.text("channel") == string(ch)})
		}
	}
	page.Picks = []components.Choices{c.happenedChoice(f.text("happened"), faults), way}
	page.Fields = []components.Field{
		{Name: "saw", Label: c.p.T("voice.saw_other"), Hint: c.p.T("voice.saw_other.hint"), Value: f.text("saw"), Fault: components.Of(faults, "saw"), Area: true, Rows: 4, Dir: "auto", Optional: c.p.T("form.optional")},
		{Name: "place", Label: c.p.T("voice.place"), Hint: c.p.T("voice.place.hint"), Value: f.text("place"), Fault: components.Of(faults, "place"), Max: civic.MaxLine, Dir: "auto", Optional: c.p.T("form.optional"), Autocomplete: "off"},
	}
	page.Menus = []components.Menu{c.writtenIn(f.text("lang"), v.InPlan.Languages)}
	page.After = []components.Choices{{Name: "consent", Legend: c.p.T("voice.consent"), Many: true, Fault: components.Of(faults, "consent"),
		Items: []components.Choice{{Value: "yes", Label: c.p.T("voice.consent.yes"), Chosen: f.has("consent")}}}}
	page.Send = c.p.T("voice.write.send")
	return page, nil
}

// writeDownSend keeps one testimony of somebody met off line and asks for the next.
func (s *Site) writeDownSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	err = answered(f, "happened", "voice.fault.happened")
	channel := civic.Channel(f.text("channel"))
	if err == nil && !channel.Offline() || channel == "" {
		channel = "none" // a fault of the field: somebody for whom another writes has no web
	}
	if err == nil {
		_, err = s.App.Testify(c.r.Context(), c.who, app.TestimonyInput{Report: v.ID, Happened: f.text("happened") == "yes", Saw: c.written(f, "saw"),
			Channel: channel, Place: f.text("place"), Consent: f.has("consent")})
	}
	if err == nil {
		return c.goOn("/work/reports/" + url.PathEscape(string(v.ID)) + "/write-down" +
			query("done", "kept", "channel", f.text("channel"), "place", f.text("place"), "lang", f.text("lang")))
	}
	faults, ok := c.faults(err)
	if !ok {
		return err
	}
	page, err := c.writeDownForm(v, f, faults)
	if err != nil {
		return err
	}
	return c.again(pages.SpeakPage(page))
}
