package web

import (
	"net/url"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/study"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// own is a text in the reader's language.
func (c *call) own(text string) phrase.Text {
	return phrase.Text{Lang: c.p.Code, Dir: civic.Direction(c.p.Code), Text: text}
}

// inOwn is a text that people wrote, in the reader's language where it has it.
func (c *call) inOwn(t civic.Text) phrase.Text { return phrase.Of(t.In(c.p.Code)) }

// studyNames are the names under which addresses hold a study: one that is published,
// that is being coded, that has disagreements, or any.
var studyNames = []string{"study", "published", "blind", "open"}

// studyID is the study of the address.
func (c *call) studyID() study.ID {
	for _, name := range studyNames {
		if id := c.r.PathValue(name); id != "" {
			return study.ID(id)
		}
	}
	return ""
}

// studyAt is the address of a study among those who work on it, with what follows.
func (c *call) studyAt(id study.ID, rest string) string {
	return c.url("/work/studies/" + url.PathEscape(string(id)) + rest)
}

// stageWord says how far a study is.
func (c *call) stageWord(s study.Study) string {
	if s.Published != "" {
		return c.p.T("study.stage.published")
	}
	return c.p.T("study.stage." + string(s.Stage))
}

// studyList is a table of studies.
func (c *call) studyList(list []study.Study, at func(study.ID) string) *pages.StudyTable {
	t := &pages.StudyTable{Caption: c.p.N("count.studies", len(list)), Heads: []pages.Column{{Text: c.p.T("study.label.study")}, {Text: c.p.T("study.label.frozen")},
		{Text: c.p.T("label.commitments"), Number: true}, {Text: c.p.T("study.label.stage")}}}
	for _, s := range list {
		title := c.inOwn(s.Title)
		t.Rows = append(t.Rows, []pages.StudyCell{{Link: &pages.Link{URL: at(s.ID), Text: title.Text, Lang: title.Lang}}, {Text: c.p.CivilDate(s.On)},
			{Text: c.p.Number(len(s.Items))}, {Text: c.stageWord(s)}})
	}
	return t
}

// workStudies lists every study for those who work on them.
func (s *Site) workStudies(c *call) error {
	list, err := s.App.WorkStudies(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	p := pages.Study{Page: c.layout("", c.p.T("studies.title")), Title: c.own(c.p.T("studies.title")), Intro: c.p.T("studies.work.intro"),
		Acts: []pages.Link{{URL: c.url("/work/studies/new"), Text: c.p.T("study.new.title")}}}
	section := pages.StudySection{ID: "studies", Title: c.p.T("studies.list")}
	if len(list) == 0 {
		section.Notes = []string{c.p.T("studies.none")}
	} else {
		section.Table = c.studyList(list, func(id study.ID) string { return c.studyAt(id, "") })
	}
	p.Sections = append(p.Sections, section)
	return c.show(pages.StudyPage(p))
}

// queryFields are the filters of a study's question, in the order of the form.
var queryFields = []string{"q", "member", "region", "tag", "year", "completion", "lang", "plan"}

// newStudy asks for the question of a study. Filters in the address are filled in.
func (s *Site) newStudy(c *call) error {
	f := &sent{values: url.Values{}}
	for _, name := range queryFields {
		f.values.Set("filter."+name, c.query(name))
	}
	return s.newStudyForm(c, f, nil)
}

func (s *Site) newStudyForm(c *call, f *sent, faults []components.Fault) error {
	title := c.p.T("study.new.title")
	p := pages.Study{Page: c.layout("", c.headed(title, faults)), Title: c.own(title), Intro: c.p.T("study.new.intro"), Faults: faults,
		Trail: []pages.Link{{URL: c.url("/work/studies"), Text: c.p.T("studies.title")}}}
	form := &pages.StudyForm{Action: c.url("/work/studies/new"), Send: c.p.T("study.new.send"), Fields: []components.Field{
		c.studyField("title", "study.title", f, faults, 0, false), c.studyField("question", "study.question", f, faults, 4, true)}}
	for _, name := range queryFields {
		field := components.Field{Name: "filter." + name, Label: c.p.T("filter." + name), Value: f.text("filter." + name), Optional: c.p.T("form.optional"),
			Fault: components.Of(faults, name), Dir: "auto"}
		for i := range faults {
			if faults[i].Field == name {
				faults[i].Field = field.Name
			}
		}
		form.Fields = append(form.Fields, field)
	}
	for i := range faults {
		if faults[i].Field == "query" {
			faults[i].Field = "filter.q"
			form.Fields[2].Fault = faults[i].Text
		}
	}
	form.Menus = []components.Menu{c.writtenIn(f.text("lang"), nil)}
	p.Sections = []pages.StudySection{{ID: "question-of", Title: c.p.T("study.new.question"), Notes: []string{c.p.T("study.new.filters")}, Form: form}}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// studyField asks for a text; rows 0 is one line.
func (c *call) studyField(name, key string, f *sent, faults []components.Fault, rows int, optional bool) components.Field {
	field := components.Field{Name: name, Label: c.p.T(key), Hint: c.p.Or(key+".hint", ""), Value: f.text(name), Fault: components.Of(faults, name), Area: rows > 0, Rows: rows, Dir: "auto"}
	if optional {
		field.Optional = c.p.T("form.optional")
	}
	return field
}

// newStudySend freezes the answer to a question.
func (s *Site) newStudySend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	get := func(name string) string { return f.text("filter." + name) }
	year := 0
	var id study.ID
	if y := get("year"); y != "" {
		if year, err = strconv.Atoi(y); err != nil {
			err = &civic.Error{Kind: civic.Invalid, Key: "query.year", Field: "year", Args: map[string]any{"value": y}}
		}
	}
	if err == nil {
		id, err = s.App.FreezeStudy(c.r.Context(), c.who, app.StudyInput{Title: c.written(f, "title"), Question: c.written(f, "question"),
			Filter: app.CommitmentFilter{Q: get("q"), Member: get("member"), Region: get("region"), Tag: get("tag"), Year: year,
				Completion: get("completion"), Lang: get("lang"), Plan: get("plan")}})
	}
	if err == nil {
		return c.goOn("/work/studies/" + string(id) + "?done=frozen")
	}
	if faults, ok := c.faults(err); ok {
		return s.newStudyForm(c, f, faults)
	}
	return err
}

// studyHere reads the study of the address for somebody who works on it.
func (c *call) studyHere() (app.StudyPage, error) {
	return c.site.App.WorkStudy(c.r.Context(), c.who, c.studyID())
}

// itemHere is the commitment of the address, by its number in the list.
func (c *call) itemHere(p app.StudyPage) (app.StudyItem, error) {
	n, err := strconv.Atoi(c.r.PathValue("item"))
	if err != nil {
		n = 0
	}
	return p.Item(n)
}

// onStudy begins a page about a study, with the way back to it.
func (c *call) onStudy(s study.Study, title string, faults []components.Fault) pages.Study {
	name := c.inOwn(s.Title)
	return pages.Study{Page: c.layout("", c.headed(title, faults)), Title: c.own(title), Faults: faults, Trail: []pages.Link{
		{URL: c.url("/work/studies"), Text: c.p.T("studies.title")}, {URL: c.studyAt(s.ID, ""), Text: name.Text, Lang: name.Lang}}}
}

// sendStudy ends an action on a study: on to a page, or the form again.
func (c *call) sendStudy(err error, on string, again func([]components.Fault) error) error {
	if err == nil {
		return c.goOn("/work/studies/" + string(c.studyID()) + on)
	}
	if faults, ok := c.faults(err); ok {
		return again(faults)
	}
	return err
}

// studyAgain asks a study's question again of the record as it was.
func (s *Site) studyAgain(c *call) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	again, err := s.App.RerunStudy(c.r.Context(), c.who, v.ID)
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, c.p.T("study.again.title"), nil)
	p.Intro = c.p.T("study.again.intro", "size", int(v.Size))
	answer := pages.StudySection{ID: "answer", Title: c.p.T("study.again.answer"), Notes: []string{c.p.N("study.again.found", again.Found)}}
	if again.Same {
		answer.Notes = append(answer.Notes, c.p.T("study.again.same"))
	} else {
		answer.Notes = append(answer.Notes, c.p.T("study.again.differs", "missing", len(again.Missing), "more", len(again.More)))
	}
	p.Sections = []pages.StudySection{answer}
	return c.show(pages.StudyPage(p))
}
