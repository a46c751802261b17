package web

import (
	"net/url"

	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// say asks for one text about a report, under a name, with its language.
func (c *call) say(name, key string, f *sent, faults []components.Fault) components.Field {
	return components.Field{Name: name, Label: c.p.T(key), Hint: c.p.Or(key+".hint", ""), Value: f.text(name), Fault: components.Of(faults, name), Area: true, Rows: 8, Dir: "auto"}
}

// dispute asks why a report is wrong.
func (s *Site) dispute(c *call) error { return s.disputeForm(c, &sent{}, nil) }

func (s *Site) disputeForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.reportHere()
	if err != nil {
		return err
	}
	page, err := c.speak(v, c.p.T("voice.dispute.title"), faults)
	if err != nil {
		return err
	}
	page.Intro, page.Send = c.p.T("voice.dispute.intro"), c.p.T("voice.dispute.send")
	page.Fields = []components.Field{c.say("claim", "voice.claim", f, faults)}
	page.Menus = []components.Menu{c.writtenIn(f.text("lang"), v.InPlan.Languages)}
	if faults != nil {
		return c.again(pages.SpeakPage(page))
	}
	return c.show(pages.SpeakPage(page))
}

// disputeSend contests a report.
func (s *Site) disputeSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	report := civic.ReportID(c.r.PathValue("report"))
	_, err = s.App.Dispute(c.r.Context(), c.who, report, c.written(f, "claim"))
	if err == nil {
		return c.goOn("/work/disputes?done=raised")
	}
	if faults, ok := c.faults(err); ok {
		return s.disputeForm(c, f, faults)
	}
	return err
}

// disputes lists what waits for an answer or to be settled, with what the caller
// can do about it.
func (s *Site) disputes(c *call) error {
	list, err := s.App.OpenDisputes(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	out := pages.OpenDisputes{Page: c.layout("", c.p.T("disputes.title"))}
	switch c.query("done") {
	case "raised":
		out.Done = c.p.T("disputes.done.raised")
	case "answered":
		out.Done = c.p.T("disputes.done.answered")
	case "settled":
		out.Done = c.p.T("disputes.done.settled")
	}
	for _, d := range list {
		about, err := c.aboutReport(civic.Report{Commitment: d.Commitment})
		if err != nil {
			return err
		}
		row := pages.OpenDispute{ID: "d-" + string(d.ID), Dispute: c.disputeView(d.Dispute), On: pages.Link{URL: c.reportURL(d.Report), Text: phrase.Flat(about[0].Phrase.Text)}}
		at := c.url("/work/disputes/" + url.PathEscape(string(d.ID)))
		if d.Answerable {
			row.Acts = append(row.Acts, pages.Link{URL: at + "/answer", Text: c.p.T("voice.answer.title")})
		}
		if d.Settleable {
			row.Acts = append(row.Acts, pages.Link{URL: at + "/settle", Text: c.p.T("voice.settle.title")})
		}
		out.Rows = append(out.Rows, row)
	}
	return c.show(pages.OpenDisputesPage(out))
}

// disputeHere begins a form about the dispute of the address.
func (c *call) disputeHere(title string, faults []components.Fault) (pages.Speak, []string, error) {
	d, err := c.site.App.DisputeOf(c.r.Context(), civic.DisputeID(c.r.PathValue("dispute")))
	if err != nil {
		return pages.Speak{}, nil, err
	}
	v, err := c.reportOf(d.Report)
	if err != nil {
		return pages.Speak{}, nil, err
	}
	page, err := c.speak(v, title, faults)
	page.Says = append(phrase.All(d.Claim), phrase.All(d.Answer)...)
	page.Back = pages.Link{URL: c.url("/work/disputes"), Text: c.p.T("disputes.title")}
	return page, v.InPlan.Languages, err
}

// answerDispute asks for the government's answer.
func (s *Site) answerDispute(c *call) error { return s.answerForm(c, &sent{}, nil) }

func (s *Site) answerForm(c *call, f *sent, faults []components.Fault) error {
	page, languages, err := c.disputeHere(c.p.T("voice.answer.title"), faults)
	if err != nil {
		return err
	}
	page.Send = c.p.T("voice.answer.send")
	page.Fields = []components.Field{c.say("answer", "voice.answer", f, faults)}
	page.Menus = []components.Menu{c.writtenIn(f.text("lang"), languages)}
	if faults != nil {
		return c.again(pages.SpeakPage(page))
	}
	return c.show(pages.SpeakPage(page))
}

// answerDisputeSend answers a dispute.
func (s *Site) answerDisputeSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = s.App.AnswerDispute(c.r.Context(), c.who, civic.DisputeID(c.r.PathValue("dispute")), c.written(f, "answer"))
	if err == nil {
		return c.goOn("/work/disputes?done=answered")
	}
	if faults, ok := c.faults(err); ok {
		return s.answerForm(c, f, faults)
	}
	return err
}

// settleDispute asks how a dispute ends.
func (s *Site) settleDispute(c *call) error { return s.settleForm(c, &sent{}, nil) }

func (s *Site) settleForm(c *call, f *sent, faults []components.Fault) error {
	page, languages, err := c.disputeHere(c.p.T("voice.settle.title"), faults)
	if err != nil {
		return err
	}
	page.Send = c.p.T("voice.settle.send")
	outcome := components.Choices{Name: "outcome", Legend: c.p.T("voice.outcome"), Fault: components.Of(faults, "outcome")}
	for _, o := range civic.DisputeOutcomes {
		outcome.Items = append(outcome.Items, components.Choice{Value: o, Label: c.p.Or("outcome."+o, o), Chosen: f.text("outcome") == o})
	}
	page.Picks = []components.Choices{outcome}
	page.Fields = []components.Field{c.say("why", "voice.why", f, faults)}
	page.Menus = []components.Menu{c.writtenIn(f.text("lang"), languages)}
	if faults != nil {
		return c.again(pages.SpeakPage(page))
	}
	return c.show(pages.SpeakPage(page))
}

// settleDisputeSend settles a dispute.
func (s *Site) settleDisputeSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = s.App.SettleDispute(c.r.Context(), c.who, civic.DisputeID(c.r.PathValue("dispute")), f.text("outcome"), c.written(f, "why"))
	if err == nil {
		return c.goOn("/work/disputes?done=settled")
	}
	if faults, ok := c.faults(err); ok {
		return s.settleForm(c, f, faults)
	}
	return err
}
