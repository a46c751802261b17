package web

import (
	"net/url"
	"slices"
	"strconv"

	"avow/internal/app"
	"avow/internal/study"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// noCode is the answer that none of the codes fits.
const noCode = "none"

// codesAsked asks which codes fit: one, or any number of them.
func (c *call) codesAsked(s study.Study, chosen []string, answered bool, faults []components.Fault) components.Choices {
	q := components.Choices{Name: "codes", Legend: c.p.T("study.code.which"), Many: s.Several, Fault: components.Of(faults, "codes")}
	if s.Several {
		q.Hint = c.p.T("study.code.several")
	}
	for _, g := range s.Codes() {
		q.Items = append(q.Items, components.Choice{Value: g.Key, Label: g.Name.In(c.p.Code).Text, Hint: g.Definition.In(c.p.Code).Text, Chosen: slices.Contains(chosen, g.Key)})
	}
	q.Items = append(q.Items, components.Choice{Value: noCode, Label: c.p.T("study.code.none"), Chosen: answered && len(chosen) == 0})
	return q
}

// codesSent are the codes of a form; nothing chosen is a fault.
func (c *call) codesSent(f *sent) (codes []string, faults []components.Fault) {
	codes = slices.DeleteFunc(slices.Clone(f.all("codes")), func(v string) bool { return v == noCode })
	switch none := slices.Contains(f.all("codes"), noCode); {
	case len(f.all("codes")) == 0:
		faults = []components.Fault{{Field: "codes", Text: c.p.T("study.fault.choose")}}
	case none && len(codes) > 0:
		faults = []components.Fault{{Field: "codes", Text: c.p.T("study.fault.none_and")}}
	}
	return codes, faults
}

// codeItem asks a coder about one commitment. It shows its words and nothing that
// anybody else thought of it.
func (s *Site) codeItem(c *call) error { return s.codeItemForm(c, nil, nil) }

func (s *Site) codeItemForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	mine, err := s.App.MyCoding(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	answer, coded := mine.Of(item.Commitment)
	if f == nil {
		f = &sent{values: url.Values{"codes": answer.Codes, "note": {answer.Note}}}
	}
	p := c.onStudy(v.Study, "", faults)
	c.itemHead(&p, v, item, false, c.studyAt(v.ID, "/code/"))
	p.Page.Title = c.headed(p.Page.Title, faults)
	p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("study.coding.term"), Text: c.p.T("study.coding.mine", "label", v.Mine, "coded", len(mine.Answers), "count", len(v.List))})
	p.Sections = []pages.StudySection{{ID: "code", Title: c.p.T("study.code.title"), Form: &pages.StudyForm{Action: c.studyAt(v.ID, "/code/"+strconv.Itoa(item.Number)),
		Picks:  []components.Choices{c.codesAsked(v.Study, slices.DeleteFunc(slices.Clone(f.all("codes")), func(v string) bool { return v == noCode }), coded, faults)},
		Fields: []components.Field{c.studyField("note", "study.code.note", f, faults, 3, true)}, Send: c.p.T("study.code.send")},
		Acts: []pages.Link{{URL: c.studyAt(v.ID, "/hand-in"), Text: c.p.T("study.hand_in.title")}}}}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// codeItemSend keeps a coder's answer and goes on to what is not coded yet.
func (s *Site) codeItemSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	codes, faults := c.codesSent(f)
	if faults != nil {
		return s.codeItemForm(c, f, faults)
	}
	err = s.App.Code(c.r.Context(), c.who, v.ID, study.Answer{Commitment: item.Commitment, Codes: codes, Note: f.text("note")})
	on := "/hand-in"
	if mine, err := s.App.MyCoding(c.r.Context(), c.who, v.ID); err == nil && len(mine.Answers) < len(v.List) {
		on = "/code/" + strconv.Itoa(c.nextToCode(v, item.Number))
	}
	return c.sendStudy(err, on, func(faults []components.Fault) error { return s.codeItemForm(c, f, faults) })
}

// handInCoding shows a coder what is to be handed in.
func (s *Site) handInCoding(c *call) error { return s.handInForm(c, nil) }

func (s *Site) handInForm(c *call, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	mine, err := s.App.MyCoding(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, c.p.T("study.hand_in.title"), faults)
	p.Intro = c.p.T("study.hand_in.intro")
	t := &pages.StudyTable{Caption: c.p.T("study.coding.mine", "label", mine.Label, "coded", len(mine.Answers), "count", len(v.List)), Heads: []pages.Column{
		{Text: c.p.T("study.label.number")}, {Text: c.p.T("study.label.commitment")}, {Text: c.p.T("study.label.codes")}}}
	for _, item := range v.List {
		cells := c.itemCells(item, c.studyAt(v.ID, "/code/"+strconv.Itoa(item.Number)))[:2]
		said := c.p.T("study.code.missing")
		if a, coded := mine.Of(item.Commitment); coded {
			said = c.codesSaid(v.Study, a.Codes)
		}
		t.Rows = append(t.Rows, append(cells, pages.StudyCell{Text: said}))
	}
	form := &pages.StudyForm{Action: c.studyAt(v.ID, "/hand-in"), Send: c.p.T("study.hand_in.send")}
	if left := len(v.List) - len(mine.Answers); left > 0 {
		form.Picks = []components.Choices{{Name: "gaps", Legend: c.p.T("study.gaps"), Many: true, Fault: components.Of(faults, "gaps"),
			Items: []components.Choice{{Value: "yes", Label: c.p.N("study.gaps.leave", left)}}}}
	}
	p.Sections = []pages.StudySection{{ID: "answers", Title: c.p.T("study.hand_in.check"), Table: t, Form: form}}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// handInCodingSend hands a coding in.
func (s *Site) handInCodingSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = s.App.HandIn(c.r.Context(), c.who, c.studyID(), f.has("gaps"))
	return c.sendStudy(err, "?done=handed_in", func(faults []components.Fault) error { return s.handInForm(c, faults) })
}

// settleCodes asks how a disagreement is settled.
func (s *Site) settleCodes(c *call) error { return s.settleCodesForm(c, nil, nil) }

func (s *Site) settleCodesForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(v.Open, func(d study.Disagreement) bool { return d.Commitment == item.Commitment })
	if at < 0 {
		return notFound()
	}
	answered := v.Open[at].Decision != nil
	if f == nil {
		f = &sent{values: url.Values{}}
		if d := v.Open[at].Decision; d != nil {
			f.values = url.Values{"codes": d.Codes, "reason": {d.Reason.String()}, "lang": {d.Reason.Original().Lang}}
		}
	}
	p := c.onStudy(v.Study, "", faults)
	c.itemHead(&p, v, item, true, "")
	p.Page.Title = c.headed(p.Page.Title, faults)
	p.Sections = append([]pages.StudySection{c.saidSection(v, item)}, pages.StudySection{ID: "settle", Title: c.p.T("study.settle.title"), Form: &pages.StudyForm{Action: c.studyAt(v.ID, "/settle/"+strconv.Itoa(item.Number)),
		Picks:  []components.Choices{c.codesAsked(v.Study, slices.DeleteFunc(slices.Clone(f.all("codes")), func(v string) bool { return v == noCode }), answered, faults)},
		Fields: []components.Field{c.studyField("reason", "study.settle.reason", f, faults, 4, false)},
		Menus:  []components.Menu{c.writtenIn(f.text("lang"), nil)}, Send: c.p.T("study.settle.send")}})
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// settleCodesSend settles a disagreement.
func (s *Site) settleCodesSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	codes, faults := c.codesSent(f)
	if faults != nil {
		return s.settleCodesForm(c, f, faults)
	}
	err = s.App.SettleCodes(c.r.Context(), c.who, v.ID, item.Commitment, codes, c.written(f, "reason"))
	return c.sendStudy(err, "?done=settled", func(faults []components.Fault) error { return s.settleCodesForm(c, f, faults) })
}

// codesSaid names codes, or says that none of them fits.
func (c *call) codesSaid(s study.Study, codes []string) string {
	if len(codes) == 0 {
		return c.p.T("study.code.none")
	}
	names := make([]string, len(codes))
	for i, key := range codes {
		names[i] = c.groupName(s, key)
	}
	return c.p.List(names)
}

// saidSection is what each coder said of a commitment, with their notes.
func (c *call) saidSection(v app.StudyPage, item app.StudyItem) pages.StudySection {
	s := pages.StudySection{ID: "codings", Title: c.p.T("study.codings")}
	for _, coding := range v.Codings {
		a, coded := coding.Of(item.Commitment)
		said := c.p.T("study.code.missing")
		if coded {
			said = c.codesSaid(v.Study, a.Codes)
		}
		one := pages.StudySaid{About: c.p.T("study.coder.said", "label", coding.Label, "codes", said)}
		if a.Note != "" {
			one.Texts = []phrase.Text{{Lang: "und", Dir: "auto", Text: a.Note}}
		}
		s.Said = append(s.Said, one)
	}
	return s
}
