package web

import (
	"net/url"
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// reports shows what institutions reported on a commitment, by period.
func (s *Site) reports(c *call) error {
	ref := c.r.PathValue("commitment")
	page, err := s.App.Commitment(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Ref {
		return c.redirect(c.commitmentURL(page.Ref)+"/reports", permanently)
	}
	cm := page.Dossier.Commitment
	views, err := s.App.ReportsOn(c.r.Context(), cm)
	if err != nil {
		return err
	}
	w := words{c.p}
	title := w.title(cm)
	out := pages.Reports{
		Page:  c.layout("commitments", c.p.T("reports.of", "title", layout.Cut(phrase.Flat(title.Text), 40))),
		Trail: append(c.commitmentTrail(page.Dossier), pages.Link{URL: c.commitmentURL(page.Ref), Text: c.kicker(cm)}),
		Title: title, CSV: "/api/v1/exports/reports.csv" + query("commitment", page.Ref),
	}
	if out.Status, err = c.standing(cm, views, page.Ratings); err != nil {
		return err
	}
	for _, plan := range page.Dossier.Plans {
		progress, err := s.App.Progress(c.r.Context(), string(plan.ID))
		if err != nil {
			return err
		}
		out.Periods = append(out.Periods, c.reportPeriods(progress, cm, views)...)
	}
	out.Periods = append(out.Periods, c.withoutPeriod(cm, views)...)
	if len(views) > 0 && views[0].Milestone == "" {
		voices, err := c.voicesOn(views[0].ID)
		if err != nil {
			return err
		}
		if name := w.periodName(views[0].Of); name != "" {
			voices.About = c.p.T("voice.about", "period", name)
		}
		out.Voices = &voices
	}
	return c.show(pages.ReportsPage(out))
}

// reportPeriods lists a plan's periods that have begun, the newest first, with the
// reports on a commitment or that there are none.
func (c *call) reportPeriods(progress *civic.PlanProgress, cm civic.Commitment, views []app.ReportView) []pages.ReportPeriod {
	w := words{c.p}
	i := slices.IndexFunc(progress.Commitments, func(p civic.CommitmentProgress) bool { return p.Commitment.ID == cm.ID })
	if i < 0 {
		return nil
	}
	units := progress.Commitments[i].Units
	at := make(map[civic.ReportID]int, len(views))
	for k, v := range views {
		at[v.ID] = k
	}
	var out []pages.ReportPeriod
	newest := true
	for n, period := range slices.Backward(progress.Plan.Periods) {
		line := pages.ReportPeriod{Name: w.periodName(period), When: w.periodDates(period)}
		begun := false
		for _, u := range units {
			e := u.Expected[n]
			begun = begun || e.State != civic.NotYetOpen
			k, told := at[e.Report]
			if u.Milestone == "" {
				card := pages.ReportCard{Status: w.state(e.State, e.Days)}
				if told {
					card = c.reportCard(cm, views[k], newest)
					newest = false
				}
				line.Cards = append(line.Cards, card)
				continue
			}
			m, _ := cm.MilestoneBy(string(u.Milestone))
			unit := pages.ReportUnit{Code: m.Code, Title: phrase.Of(m.Title.In(c.p.Code)), Status: w.unknown(), State: w.state(e.State, e.Days)}
			if told {
				unit.Status, unit.URL = w.reportStatus(views[k].Report), c.reportURL(views[k].ID)
			}
			line.Units = append(line.Units, unit)
		}
		if begun {
			out = append(out, line)
		}
	}
	return out
}

// withoutPeriod are the reports of sources that have no periods of ours.
func (c *call) withoutPeriod(cm civic.Commitment, views []app.ReportView) []pages.ReportPeriod {
	w := words{c.p}
	var out []pages.ReportPeriod
	for _, v := range views {
		if v.Of.Key != "" {
			continue
		}
		name := c.p.T("reports.undated")
		if v.Dated.Decided() {
			name = c.p.CivilDate(v.Dated.Date)
		}
		if v.Edition != "" {
			name = c.p.T("unit.with_note", "text", name, "note", w.edition(v.Edition))
		}
		out = append(out, pages.ReportPeriod{Name: name, Cards: []pages.ReportCard{c.reportCard(cm, v, len(out) == 0)}})
	}
	return out
}

// reportCard is a report in short: whole when it is the newest, else its beginnings.
func (c *call) reportCard(cm civic.Commitment, v app.ReportView, whole bool) pages.ReportCard {
	w := words{c.p}
	card := pages.ReportCard{URL: c.reportURL(v.ID), Link: c.p.T("reports.whole"), Status: w.reportStatus(v.Report)}
	if v.State != "" {
		card.State = w.state(v.State, v.Days)
	}
	card.By = c.reportBy(v)
	if n := len(v.Versions) - 1; n > 0 {
		card.Corrected = c.p.N("report.corrected", n)
	}
	if !whole {
		short := v.Done.In(c.p.Code)
		short.Text = layout.Cut(phrase.Flat(short.Text), 300)
		card.Texts = w.headed("done", civic.Text{short}, false)
		return card
	}
	return c.wholeReport(card, cm, v, false)
}

// wholeReport adds everything that a report says to its card.
func (c *call) wholeReport(card pages.ReportCard, cm civic.Commitment, v app.ReportView, all bool) pages.ReportCard {
	w := words{c.p}
	card.Texts = slices.Concat(w.headed("done", v.Done, all), w.headed("challenges", v.Challenges, all), w.headed("next", v.Next, all))
	card.Evidence = c.evidence(v.Evidence)
	card.Steps = c.reportSteps(cm, v.Steps)
	return card
}

func (c *call) reportSteps(cm civic.Commitment, steps []civic.MilestoneState) []pages.ReportStep {
	w := words{c.p}
	var out []pages.ReportStep
	for _, s := range steps {
		m, _ := cm.MilestoneBy(string(s.Milestone))
		line := pages.ReportStep{Code: m.Code, Title: phrase.Of(m.Title.In(c.p.Code)), Status: w.selfStatus(s.Status)}
		if s.DoneOn != "" {
			line.Note = c.p.CivilDate(s.DoneOn)
			if late := civic.DaysBetween(m.Due.Date, s.DoneOn); late > 0 && m.Due.Decided() {
				line.Note = c.p.T("unit.with_note", "text", line.Note, "note", c.p.N("progress.days_late", late))
			}
		}
		out = append(out, line)
	}
	return out
}

// reportBy says who reported and when.
func (c *call) reportBy(v app.ReportView) string {
	by := words{c.p}.edition(v.Edition)
	if name := v.By.Name.In(c.p.Code).Text; name != "" {
		by = name
	}
	switch {
	case by == "" && v.Filed == "":
		return ""
	case by == "":
		return c.p.T("report.filed", "date", c.p.CivilDate(v.Filed))
	case v.Filed == "":
		return by
	}
	return c.p.T("report.filed_by", "name", by, "date", c.p.CivilDate(v.Filed))
}

func (c *call) reportURL(id civic.ReportID) string {
	return c.url("/reports/" + url.PathEscape(string(id)))
}

// report shows one report with its corrections.
func (s *Site) report(c *call) error {
	v, err := s.App.Report(c.r.Context(), civic.ReportID(c.r.PathValue("report")))
	if err != nil {
		return err
	}
	page, err := s.App.Commitment(c.r.Context(), string(v.Commitment))
	if err != nil {
		return err
	}
	w := words{c.p}
	cm := page.Dossier.Commitment
	title := w.title(cm)
	heading := c.p.T("report.undated_heading")
	switch {
	case v.Of.Key != "":
		heading = c.p.T("report.heading", "period", w.periodName(v.Of))
	case v.Dated.Decided():
		heading = c.p.T("report.heading", "period", c.p.CivilDate(v.Dated.Date))
	}
	out := pages.Report{
		Page: c.layout("commitments", c.p.T("unit.with_note", "text", heading, "note", layout.Cut(phrase.Flat(title.Text), 40))),
		Trail: append(c.commitmentTrail(page.Dossier), pages.Link{URL: c.commitmentURL(page.Ref), Text: c.kicker(cm)},
			pages.Link{URL: c.commitmentURL(page.Ref) + "/reports", Text: c.p.T("reports.title")}),
		Heading: heading, Title: title, Corrections: c.corrections(v), JSON: "/api/v1/reports/" + string(v.ID),
	}
	if m, ok := cm.MilestoneBy(string(v.Milestone)); ok {
		out.Unit = &pages.ReportUnit{Code: m.Code, Title: phrase.Of(m.Title.In(c.p.Code))}
	}
	card := c.reportCard(cm, v, false)
	card.URL, card.Corrected = "", ""
	out.Card = c.wholeReport(card, cm, v, true)
	if out.Since, err = c.sinceBefore(cm, v); err != nil {
		return err
	}
	if out.Voices, err = c.voicesOn(v.ID); err != nil {
		return err
	}
	if v.InPlan.Slug != "" {
		out.Facts = append(out.Facts, pages.Fact{Term: c.p.T("label.plan"),
			Link: &pages.Link{URL: c.url("/plans/" + v.InPlan.Slug + "/progress"), Text: w.planTitle(w.memberName(page.Dossier.Member), v.InPlan)}})
	}
	if dates := w.periodDates(v.Of); dates != "" {
		out.Facts = append(out.Facts, pages.Fact{Term: c.p.T("label.period"), Text: dates},
			pages.Fact{Term: c.p.T("label.due"), Text: c.p.CivilDate(v.Of.LastDue())})
	}
	if v.Edition != "" {
		out.Facts = append(out.Facts, pages.Fact{Term: c.p.T("label.source"), Text: w.edition(v.Edition)})
	}
	others, err := c.standing(cm, nil, page.Ratings)
	if err != nil {
		return err
	}
	for _, s := range others {
		if s.Voice != voice.Government {
			s.Link = "" // where it stands is another page
			out.Beside = append(out.Beside, s)
		}
	}
	return c.show(pages.ReportPage(out))
}

// sinceBefore tells what a report says otherwise than the one before it on the same
// thing; nil when there is none.
func (c *call) sinceBefore(cm civic.Commitment, v app.ReportView) (*pages.Correction, error) {
	views, err := c.site.App.ReportsOn(c.r.Context(), cm)
	if err != nil {
		return nil, err
	}
	views = slices.DeleteFunc(views, func(o app.ReportView) bool { return o.Milestone != v.Milestone || o.Plan != v.Plan })
	i := slices.IndexFunc(views, func(o app.ReportView) bool { return o.ID == v.ID })
	if i < 0 || i+1 >= len(views) {
		return nil, nil
	}
	before := views[i+1]
	name := c.p.T("reports.undated")
	switch {
	case before.Of.Key != "":
		name = words{c.p}.periodName(before.Of)
	case before.Dated.Decided():
		name = c.p.CivilDate(before.Dated.Date)
	}
	change := civic.CompareReports(before.Report, v.Report)
	line := c.changed(change, before.Report, v.Report)
	line.What = c.p.T("report.since", "report", name)
	if change.Same() {
		line.Remarks = append(line.Remarks, c.p.T("report.same_as_before"))
	}
	return &line, nil
}

// changed tells what one report says otherwise than another.
func (c *call) changed(change civic.ReportChange, before, after civic.Report) pages.Correction {
	w := words{c.p}
	var line pages.Correction
	if change.Status {
		line.Status = &[2]value.Value{w.reportStatus(before), w.reportStatus(after)}
	}
	for _, field := range []struct {
		name string
		list []civic.TextChange
	}{{"done", change.Done}, {"challenges", change.Challenges}, {"next", change.Next}} {
		line.Texts = append(line.Texts, c.changedTexts(field.name, field.list)...)
	}
	if list := change.NewEvidence; len(list) > 0 {
		line.More = append(line.More, pages.HeadedEvidence{Head: c.p.T("report.evidence_new"), List: c.evidence(list)})
	}
	if list := change.GoneEvidence; len(list) > 0 {
		line.More = append(line.More, pages.HeadedEvidence{Head: c.p.T("report.evidence_gone"), List: c.evidence(list)})
	}
	return line
}

// corrections tells what each version changed, the newest first.
func (c *call) corrections(v app.ReportView) []pages.Correction {
	var out []pages.Correction
	for i, one := range v.Versions {
		var line pages.Correction
		if i+1 < len(v.Versions) {
			line = c.changed(one.Change, v.Versions[i+1].Report, one.Report)
		}
		line.What = c.p.T("unit.with_note", "text", c.p.Or("verb."+one.Verb, one.Verb), "note", c.p.Date(one.At))
		line.Ledger = c.p.T("report.entry", "entry", one.Entry)
		if one.Erased {
			line.Remarks = append(line.Remarks, c.p.T("report.erased"))
		}
		if one.Stepped {
			line.Remarks = append(line.Remarks, c.p.T("report.steps_changed"))
		}
		out = append(out, line)
	}
	return out
}

func (c *call) changedTexts(field string, list []civic.TextChange) []pages.ChangedText {
	var out []pages.ChangedText
	for _, t := range list {
		if t.Added+t.Removed == 0 {
			continue
		}
		line := pages.ChangedText{Head: c.p.T("report.field." + field), Lang: t.Lang, Dir: civic.Direction(t.Lang)}
		if len(list) > 1 {
			line.Head = c.p.T("unit.with_note", "text", line.Head, "note", c.p.LanguageName(t.Lang))
		}
		for _, s := range t.Sentences {
			line.Sentences = append(line.Sentences, pages.Sentence{Text: s.Text, Fate: string(s.Fate)})
		}
		out = append(out, line)
	}
	return out
}
