package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// askText asks for a text in each language. Its fields are named as the rules name them.
func (f *reportForm) askText(field string, t civic.Text) []components.Field {
	var out []components.Field
	for _, lang := range f.langs {
		name := field + "." + lang
		out = append(out, components.Field{
			Name: name, Label: f.inLanguage(f.p.T("report.field."+field), lang), Hint: f.p.T("work.hint." + field), Value: exactly(t, lang),
			Fault: components.Of(f.faults, name), Area: true, Rows: 6, Lang: lang, Dir: civic.Direction(lang), Optional: f.optional(field != "done"),
		})
	}
	return out
}

func (f *reportForm) optional(is bool) string {
	if is {
		return f.p.T("form.optional")
	}
	return ""
}

func (f *reportForm) inLanguage(label, lang string) string {
	if len(f.langs) == 1 {
		return label
	}
	return f.p.T("unit.with_note", "text", label, "note", f.p.LanguageName(lang))
}

// exactly is the text in one language, "" when it has none.
func exactly(t civic.Text, lang string) string {
	for _, p := range t {
		if p.Lang == lang {
			return p.Text
		}
	}
	return ""
}

// askProgress asks for the status and what was done.
func (f *reportForm) askProgress() []pages.FormPart {
	status := components.Choices{Name: "status", Legend: f.p.T("report.field.status"), Hint: f.p.T("work.hint.status"), Fault: components.Of(f.faults, "status")}
	for _, s := range civic.SelfCompletions {
		status.Items = append(status.Items, components.Choice{Value: string(s), Label: f.p.T("report.status." + string(s)), Hint: f.p.T("report.status." + string(s) + ".help"), Chosen: f.d.Input.Status == s})
	}
	fields := f.askText("done", f.d.Input.Done)
	if f.d.Unit.ID != "" {
		fields = append(fields, f.askDoneOn(f.d.Unit))
	}
	return []pages.FormPart{{Choices: &status}, {Fields: fields}}
}

// stepOf is what the draft says of a milestone.
func (f *reportForm) stepOf(m civic.Milestone) civic.MilestoneState {
	i := slices.IndexFunc(f.d.Input.Steps, func(s civic.MilestoneState) bool {
		return s.Milestone == m.ID || string(s.Milestone) == m.Code
	})
	if i < 0 {
		return civic.MilestoneState{Milestone: m.ID}
	}
	return f.d.Input.Steps[i]
}

func (f *reportForm) askDoneOn(m civic.Milestone) components.Field {
	name := "milestones." + m.Name() + ".done_on"
	return components.Field{Name: name, Label: f.p.T("work.done_on"), Hint: f.p.T("work.hint.done_on"), Value: f.stepOf(m).DoneOn,
		Kind: "date", Fault: components.Of(f.faults, name), Optional: f.optional(true)}
}

// askMilestones asks how far each milestone is.
func (f *reportForm) askMilestones() []pages.FormPart {
	var out []pages.FormPart
	for _, m := range f.d.Commitment.Milestones {
		name := "milestones." + m.Name() + ".status"
		said := f.stepOf(m)
		menu := components.Menu{Name: name, Label: f.p.T("report.field.status"), Fault: components.Of(f.faults, name),
			Items: []components.Choice{{Label: f.p.T("work.say_nothing"), Chosen: said.Status == ""}}}
		for _, s := range civic.SelfCompletions {
			menu.Items = append(menu.Items, components.Choice{Value: string(s), Label: f.p.T("report.status." + string(s)), Chosen: said.Status == s})
		}
		title := m.Title.In(f.p.Code)
		part := pages.FormPart{Legend: strings.TrimSpace(m.Code + " " + phrase.Flat(title.Text)), Lang: cmp.Or(title.Lang, civic.Undetermined), Menu: &menu, Fields: []components.Field{f.askDoneOn(m)}}
		if m.Due.Decided() {
			part.Note = f.p.T("unit.labelled", "label", f.p.T("label.due"), "value", f.p.CivilDate(m.Due.Date))
		}
		out = append(out, part)
	}
	return out
}

// askEvidence asks for links, one after those that are there, and for a file.
func (f *reportForm) askEvidence() []pages.FormPart {
	var out []pages.FormPart
	list := f.d.Input.Evidence
	if len(list) < civic.MaxEvidence {
		list = append(slices.Clone(list), civic.Evidence{})
	}
	for i, e := range list {
		at := "evidence." + strconv.Itoa(i)
		part := pages.FormPart{Legend: f.p.T("work.evidence.new")}
		if i < len(f.d.Input.Evidence) {
			part.Legend = f.p.T("work.evidence.numbered", "number", i+1)
			part.Choices = &components.Choices{Name: at + ".gone", Many: true, Items: []components.Choice{{Value: "yes", Label: f.p.T("work.evidence.gone")}}}
		}
		fault := components.Of(f.faults, at+".url")
		if e.File != nil {
			part.Note = f.p.T("unit.with_note", "text", e.File.Name, "note", f.p.Bytes(e.File.Size))
		} else {
			part.Fields = []components.Field{{Name: at + ".url", Label: f.p.T("work.evidence.url"), Hint: f.p.T("work.hint.url"), Value: e.URL, Kind: "url", Fault: fault, Optional: f.optional(true)}}
		}
		for _, lang := range f.langs {
			name := at + ".title." + lang
			part.Fields = append(part.Fields, components.Field{Name: name, Label: f.inLanguage(f.p.T("work.evidence.title"), lang), Value: exactly(e.Title, lang),
				Fault: components.Of(f.faults, name), Lang: lang, Dir: civic.Direction(lang), Optional: f.optional(true)})
		}
		out = append(out, part)
	}
	return append(out, pages.FormPart{Upload: &components.Upload{Name: "file", Label: f.p.T("work.evidence.file"), Hint: f.p.T("work.hint.file"), Fault: components.Of(f.faults, "file")}})
}

// answers lists what is answered; change adds the ways back to the questions.
func (f *reportForm) answers(change bool) []pages.FormPart {
	var list []components.Answer
	add := func(question, value, lang, step string) {
		a := components.Answer{Question: question, Value: cmp.Or(value, f.p.T("work.nothing")), Lang: lang}
		if lang != "" {
			a.Dir = civic.Direction(lang)
		}
		if value == "" {
			a.Lang, a.Dir = "", ""
		}
		if change {
			a.ChangeURL, a.Change = f.url(f.path(step)), f.p.T("form.change")
		}
		list = append(list, a)
	}
	in := f.d.Input
	status := ""
	if in.Status != "" {
		status = f.p.Or("report.status."+string(in.Status), string(in.Status))
	}
	add(f.p.T("report.field.status"), status, "", "progress")
	for _, t := range []struct {
		field, step string
		text        civic.Text
	}{{"done", "progress", in.Done}, {"challenges", "obstacles", in.Challenges}, {"next", "obstacles", in.Next}} {
		for _, lang := range f.langs {
			add(f.inLanguage(f.p.T("report.field."+t.field), lang), exactly(t.text, lang), lang, t.step)
		}
	}
	for _, m := range f.d.Commitment.Milestones {
		said := f.stepOf(m)
		if said.Status == "" {
			continue
		}
		text := f.p.Or("report.status."+string(said.Status), string(said.Status))
		if said.DoneOn != "" {
			text = f.p.T("unit.with_note", "text", text, "note", f.p.CivilDate(said.DoneOn))
		}
		step := "milestones"
		if f.d.Unit.ID != "" {
			step = "progress"
		}
		add(f.p.T("unit.with_note", "text", f.p.T("label.milestone"), "note", m.Name()), text, "", step)
	}
	for _, e := range in.Evidence {
		text := e.URL
		if e.File != nil {
			text = e.File.Name
		}
		if title := e.Title.In(f.p.Code).Text; title != "" {
			text = title + "\n" + text
		}
		add(f.p.T("report.field.evidence"), text, civic.Undetermined, "evidence")
	}
	if len(in.Evidence) == 0 {
		add(f.p.T("report.field.evidence"), "", "", "evidence")
	}
	return []pages.FormPart{{Answers: list}}
}
