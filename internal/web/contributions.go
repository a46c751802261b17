package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// contribute asks for an idea or a comment on a plan in the making.
func (s *Site) contribute(c *call) error {
	p, err := s.App.Plan(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askContribution(p, c.kept(map[string]string{"commitment": c.query("commitment")}, c.voices(p)), false)))
}

// writeDown asks a facilitator for what somebody said off line.
func (s *Site) writeContribution(c *call) error {
	p, err := s.App.Plan(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	if err := c.who.Ask(civic.MayContributeBy, civic.Place{Member: p.Member, Plans: []civic.PlanID{p.ID}}); err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askContribution(p, c.kept(map[string]string{}, c.voices(p)), true)))
}

// voices is the language in which a contribution is asked for: the reader's.
func (c *call) voices(app.PlanPage) []string { return []string{c.p.Code} }

func (c *call) askContribution(p app.PlanPage, q *asking, offline bool) pages.Keep {
	w := words{c.p}
	at, title, lead := "/work/plans/"+p.Slug+"/contribute", c.p.T("contribution.invite"), c.p.T("contribution.form.lead")
	if offline {
		at, title, lead = "/work/plans/"+p.Slug+"/write-down", c.p.T("contribution.write_down"), c.p.T("contribution.write_down.lead")
	}
	q.text("text", "contribution.text", 8, civic.MaxContribution, false)
	if len(p.Items) > 0 {
		about := make([]choice, 0, len(p.Items))
		for _, it := range p.Items {
			about = append(about, choice{it.Ref, w.title(it.Dossier.Commitment).Text})
		}
		q.menu("commitment", "contribution.commitment", about)
	}
	if offline {
		off := slices.DeleteFunc(channelValues(), func(v string) bool { return v == string(civic.Web) })
		q.pick("channel", "contribution.channel", choices(off, func(v string) string { return c.p.T("channel." + v) }))
		q.line("place", "contribution.place", "", true)
		q.line("month", "contribution.month", "", true)
		q.tick("consent", "contribution.consent", "contribution.consent.yes")
	}
	a := c.asks(title, lead, at, c.p.T("contribution.send"), q)
	a.Saved = c.wasKept()
	name := w.planTitle(w.Member(p.MemberCode, p.MemberName), p.Plan)
	a.Trail = []pages.Link{{URL: c.url("/plans/" + p.Slug), Text: name}, {URL: c.url("/plans/" + p.Slug + "/process"), Text: c.p.T("process.title")}}
	return a
}

func (s *Site) sendContribution(c *call) error { return c.takeContribution(false) }

func (s *Site) sendWrittenDown(c *call) error { return c.takeContribution(true) }

func (c *call) takeContribution(offline bool) error {
	p, err := c.site.App.Plan(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	in := app.ContributionInput{Plan: string(p.ID), Commitment: f.text("commitment"), Text: textOf(f, "text", c.voices(p)), Way: civic.Way{Channel: civic.Web}}
	to := "/plans/" + p.Slug + "/process?done=contribution#contributions"
	if offline {
		in.Way = civic.Way{Channel: civic.Channel(f.text("channel")), Place: f.text("place"), Consent: f.has("consent")}
		in.Month = f.text("month")
		if !slices.Contains(civic.Channels, in.Channel) || in.Channel == civic.Web {
			in.Channel = "choose" // a channel that is none: the rules refuse it
		}
		to = "/work/plans/" + p.Slug + "/write-down?done=contribution"
	}
	_, err = c.site.App.Contribute(c.r.Context(), c.who, in)
	return c.settled(err, to, func(faults faultList) pages.Keep {
		return c.askContribution(p, c.typed(f, faults, c.voices(p)), offline)
	})
}

// contributionsDesk lists the contributions to a plan for who answers them.
func (s *Site) contributionsDesk(c *call) error {
	v, err := s.App.Process(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	if err := c.who.Ask(civic.MayAnswer, civic.Place{Member: v.Plan.Member, Plans: []civic.PlanID{v.Plan.ID}}); err != nil {
		return err
	}
	w := words{c.p}
	channel, open := c.query("channel"), c.query("open") != ""
	title := c.p.T("contribution.desk", "plan", w.planTitle(w.Member(v.Plan.MemberCode, v.Plan.MemberName), v.Plan.Plan))
	p := pages.Process{Page: c.layout("", title), Name: title, Lead: c.p.N("contribution.count", len(v.Contributions), "answered", v.Answered),
		Trail: []pages.Link{{URL: c.url("/plans/" + v.Plan.Slug), Text: w.planName(v.Plan.Plan)}, {URL: c.url("/plans/" + v.Plan.Slug + "/process"), Text: c.p.T("process.title")}}}
	at := "/work/plans/" + v.Plan.Slug + "/contributions"
	p.Filters = append(p.Filters, pages.Link{URL: c.url(at), Text: c.p.T("filter.any"), Count: c.p.Number(len(v.Contributions)), Current: channel == "" && !open},
		pages.Link{URL: c.url(at + "?open=yes"), Text: c.p.T("decision.none"), Count: c.p.Number(len(v.Contributions) - v.Answered), Current: open})
	for _, ch := range v.Channels {
		p.Filters = append(p.Filters, pages.Link{URL: c.url(at + query("channel", ch.Value)), Text: c.p.T("channel." + ch.Value), Count: c.p.Number(ch.Count), Current: channel == ch.Value})
	}
	for i, one := range v.Contributions {
		if channel != "" && string(one.Channel) != channel || open && one.Decision != "" {
			continue
		}
		row := c.contributionRow(i+1, one)
		row.EditURL = c.url("/work/contributions/" + string(one.ID))
		p.Rows = append(p.Rows, row)
	}
	p.Saved = c.wasKept()
	c.worksHere(&p.Page)
	return c.show(pages.ContributionsDeskPage(p))
}

// answerForm asks for the reasoned response to one contribution.
func (s *Site) responseForm(c *call) error {
	v, err := s.App.AContribution(c.r.Context(), c.who, c.r.PathValue("contribution"))
	if err != nil {
		return err
	}
	values := map[string]string{"decision": v.Decision}
	if v.Commitment != nil {
		values["commitment"] = v.Commitment.Ref
	}
	textValues(values, "response", v.Response)
	return c.show(pages.KeepPage(c.askAnswer(v, c.kept(values, c.answersIn(v)))))
}

// answersIn are the languages in which a response is asked for: all of the plan.
func (c *call) answersIn(v app.ContributionToAnswer) []string {
	if len(v.Plan.Languages) > 0 {
		return v.Plan.Languages
	}
	return languagesWith([]string{c.p.Code}, v.Response)
}

func (c *call) askAnswer(v app.ContributionToAnswer, q *asking) pages.Keep {
	w := words{c.p}
	q.pick("decision", "contribution.decision", choices(civic.Decisions, func(d string) string { return c.p.T("decision." + d) }))
	q.text("response", "contribution.response", 8, civic.MaxResponse, false)
	if len(v.Plan.Items) > 0 {
		about := make([]choice, 0, len(v.Plan.Items))
		for _, it := range v.Plan.Items {
			about = append(about, choice{it.Ref, w.title(it.Dossier.Commitment).Text})
		}
		q.menu("commitment", "contribution.led_to", about)
	}
	a := c.asks(c.p.T("contribution.answer"), c.p.T("contribution.answer.lead"), "/work/contributions/"+string(v.ID), c.p.T("contribution.answer.publish"), q)
	a.Before = []pages.Fact{{Term: c.p.T("contribution.channel"), Text: c.p.T("channel." + string(v.Channel))}, {Term: c.p.T("contribution.came"), Text: c.p.CivilDate(v.Month)}}
	if v.Hidden != nil {
		a.Before = append(a.Before, pages.Fact{Term: c.p.T("contribution.is_hidden"), Text: c.p.Or("rule."+v.Hidden.Rule, v.Hidden.Rule)})
	}
	text := phrase.Of(v.Text.In(c.p.Code))
	a.Quote = &text
	a.Trail = []pages.Link{{URL: c.url("/plans/" + v.Plan.Slug), Text: w.planName(v.Plan.Plan)}, {URL: c.url("/work/plans/" + v.Plan.Slug + "/contributions"), Text: c.p.T("contribution.title")}}
	return a
}

func (s *Site) answerContribution(c *call) error {
	v, err := s.App.AContribution(c.r.Context(), c.who, c.r.PathValue("contribution"))
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	languages := c.answersIn(v)
	err = s.App.AnswerContribution(c.r.Context(), c.who, app.AnswerInput{Contribution: v.ID, Decision: f.text("decision"), Response: textOf(f, "response", languages), Commitment: f.text("commitment")})
	return c.settled(err, "/work/plans/"+v.Plan.Slug+"/contributions?open=yes&done=answer", func(faults faultList) pages.Keep {
		return c.askAnswer(v, c.typed(f, faults, languages))
	})
}
