package web

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// stepTexts are the questions of each page that are answered in every language of
// the plan; true for those of one line.
var stepTexts = map[string][]struct {
	name string
	line bool
}{
	"title":   {{"title", true}, {"theme", true}},
	"problem": {{"problem", false}, {"causes", false}, {"past", false}},
	"promise": {{"text", false}, {"solution", false}},
	"results": {{"results", false}, {"transparency", false}, {"participation", false}, {"accountability", false}},
	"budget":  {{"budget", false}, {"more", false}},
}

// stepLines are the other answers of each page.
var stepLines = map[string][]string{
	"title":  {"number", "start", "end"},
	"people": {"lead", "supporting", "partners.civil_society", "partners.private_sector", "partners.multilateral", "partners.working_group"},
	"budget": {"goals", "contact", "url"},
}

// draftLanguages are those in which a draft's texts are asked: the plan's, and
// those that the draft has already.
func (c *call) draftLanguages(w app.DraftWork) []string {
	out := slices.Clone(w.Plan.Languages)
	for _, t := range []civic.Text{w.Content.Title, w.Content.Text} {
		for _, p := range t {
			if !slices.Contains(out, p.Lang) {
				out = append(out, p.Lang)
			}
		}
	}
	if len(out) == 0 {
		out = []string{c.p.Code}
	}
	return out
}

// stepFields are the names of the answers of a page.
func (c *call) stepFields(w app.DraftWork, step string) []string {
	var out []string
	for _, t := range stepTexts[step] {
		for _, l := range c.draftLanguages(w) {
			out = append(out, t.name+"."+l)
		}
	}
	return append(out, stepLines[step]...)
}

// stepBlocks are the questions of a page.
func (c *call) stepBlocks(w app.DraftWork, step string, typed map[string]string, faults []components.Fault) []pages.AskBlock {
	var out []pages.AskBlock
	for _, t := range stepTexts[step] {
		out = append(out, c.textBlocks(w, t.name, t.name, !t.line, typed, faults)...)
	}
	for _, name := range stepLines[step] {
		switch name {
		case "start", "end":
			out = append(out, c.draftDay(w, name, name, typed, faults))
		case "lead":
			out = append(out, c.leadBlock(w, typed, faults))
		case "supporting":
			if len(w.Institutions) > 0 {
				out = append(out, c.supportingBlock(w, typed, faults))
			}
		case "goals":
			out = append(out, c.goalsBlock(w, typed, faults))
		case "number":
			out = append(out, c.lineBlock(w, name, name, "", typed, faults))
		case "url":
			out = append(out, c.lineBlock(w, name, name, "url", typed, faults))
		case "contact":
			out = append(out, c.lineBlock(w, name, name, "", typed, faults))
		default: // partners
			f := components.Field{Name: name, Label: c.p.T("draft.field." + name), Hint: c.p.T("draft.hint.partners"), Value: answerOf(w, name, typed), Area: true, Rows: 3,
				Fault: components.Of(faults, name), Optional: c.p.T("form.optional")}
			out = append(out, pages.AskBlock{Field: &f})
		}
	}
	return out
}

// answerOf is what stands in a field: what was typed, else what is kept.
func answerOf(w app.DraftWork, name string, typed map[string]string) string {
	if typed != nil {
		return typed[name]
	}
	return w.Content.Answer(name)
}

// neededAnswers cannot stay empty in what is published.
var neededAnswers = []string{"title", "text", "start", "end", "lead", "milestone.title"}

func (c *call) optional(question string) string {
	if slices.Contains(neededAnswers, question) {
		return ""
	}
	return c.p.T("form.optional")
}

// textBlocks ask one question in every language. question names its words.
func (c *call) textBlocks(w app.DraftWork, name, question string, area bool, typed map[string]string, faults []components.Fault) []pages.AskBlock {
	var out []pages.AskBlock
	languages := c.draftLanguages(w)
	for i, l := range languages {
		at := name + "." + l
		f := components.Field{Name: at, Label: c.p.T("draft.field." + question), Value: answerOf(w, at, typed), Area: area, Rows: 7, Fault: components.Of(faults, at),
			Lang: l, Dir: civic.Direction(l), Optional: c.optional(question)}
		if len(languages) > 1 {
			f.Label = c.p.T("unit.with_note", "text", f.Label, "note", c.p.LanguageName(l))
		}
		if i == 0 {
			f.Hint = c.p.Or("draft.hint."+question, "")
		} else {
			f.Optional = c.p.T("form.optional")
		}
		if !area {
			f.Max = civic.MaxLine
		}
		out = append(out, pages.AskBlock{Field: &f})
	}
	return out
}

func (c *call) lineBlock(w app.DraftWork, name, question, kind string, typed map[string]string, faults []components.Fault) pages.AskBlock {
	return pages.AskBlock{Field: &components.Field{Name: name, Label: c.p.T("draft.field." + question), Hint: c.p.Or("draft.hint."+question, ""), Value: answerOf(w, name, typed),
		Kind: kind, Fault: components.Of(faults, name), Optional: c.optional(question), Max: civic.MaxLine}}
}

func (c *call) draftDay(w app.DraftWork, name, question string, typed map[string]string, faults []components.Fault) pages.AskBlock {
	f := components.Field{Name: name, Label: c.p.T("draft.field." + question), Hint: c.p.T("planwork.date.hint"), Value: answerOf(w, name, typed), Kind: "date",
		Fault: components.Of(faults, name), Optional: c.optional(question)}
	if f.Value != "" && !civic.IsDay(f.Value) {
		f.Kind = "" // a month, a year or what somebody typed: a field for days alone would lose it
	}
	return pages.AskBlock{Field: &f}
}

func (c *call) leadBlock(w app.DraftWork, typed map[string]string, faults []components.Fault) pages.AskBlock {
	lead := answerOf(w, "lead", typed)
	m := components.Menu{Name: "lead", Label: c.p.T("draft.field.lead"), Hint: c.p.T("draft.hint.lead"), Fault: components.Of(faults, "lead")}
	m.Items = append(m.Items, components.Choice{Label: c.p.T("form.choose"), Chosen: lead == ""})
	first, _, _ := strings.Cut(lead, " ")
	if lead != first { // several lead: kept as they are until somebody chooses one
		m.Items = append(m.Items, components.Choice{Value: lead, Label: c.bodies(w, lead), Chosen: true})
	}
	for _, i := range w.Institutions {
		m.Items = append(m.Items, components.Choice{Value: string(i.ID), Label: i.Name.In(c.p.Code).Text, Chosen: string(i.ID) == lead})
	}
	return pages.AskBlock{Menu: &m}
}

func (c *call) supportingBlock(w app.DraftWork, typed map[string]string, faults []components.Fault) pages.AskBlock {
	chosen := strings.Fields(answerOf(w, "supporting", typed))
	p := components.Choices{Name: "supporting", Legend: c.p.T("draft.field.supporting"), Many: true, Fault: components.Of(faults, "supporting")}
	for _, i := range w.Institutions {
		p.Items = append(p.Items, components.Choice{Value: string(i.ID), Label: i.Name.In(c.p.Code).Text, Chosen: slices.Contains(chosen, string(i.ID))})
	}
	return pages.AskBlock{Choices: &p}
}

func (c *call) goalsBlock(w app.DraftWork, typed map[string]string, faults []components.Fault) pages.AskBlock {
	chosen := strings.Fields(answerOf(w, "goals", typed))
	p := components.Choices{Name: "goals", Legend: c.p.T("draft.field.goals"), Hint: c.p.T("draft.hint.goals"), Many: true, Fault: components.Of(faults, "goals")}
	for n := 1; n <= 17; n++ {
		v := strconv.Itoa(n)
		p.Items = append(p.Items, components.Choice{Value: v, Label: c.goal(v), Chosen: slices.Contains(chosen, v)})
	}
	return pages.AskBlock{Choices: &p}
}

// goalNames are the Sustainable Development Goals in their order.
var goalNames = strings.Fields(`poverty hunger health education gender water energy work industry inequalities cities consumption climate ocean land peace partnerships`)

func (c *call) goal(n string) string {
	i, err := strconv.Atoi(n)
	if err != nil || i < 1 || i > len(goalNames) {
		return n
	}
	return c.p.T("draft.goal", "number", c.p.Digits(n), "name", c.p.T("draft.goal."+goalNames[i-1]))
}

// bodies are the names of institutions by their IDs.
func (c *call) bodies(w app.DraftWork, ids string) string {
	var out []string
	for _, id := range strings.Fields(ids) {
		name := id
		for _, i := range w.Institutions {
			if string(i.ID) == id {
				name = i.Name.In(c.p.Code).Text
			}
		}
		out = append(out, name)
	}
	return c.p.List(out)
}

// answerName names an answer of the form for people: "Title (French)".
func (c *call) answerName(w app.DraftWork, name string) string {
	head, rest, _ := strings.Cut(name, ".")
	if head == "milestone" {
		id, field, _ := strings.Cut(rest, ".")
		for i, m := range w.Content.Milestones {
			if string(m.ID) == id {
				return c.p.T("unit.labelled", "label", c.p.T("draft.milestone.numbered", "number", i+1), "value", c.questionName("milestone.", field))
			}
		}
		return c.p.T("unit.labelled", "label", c.p.T("draft.step.milestones"), "value", c.questionName("milestone.", field))
	}
	return c.questionName("", name)
}

func (c *call) questionName(prefix, name string) string {
	if word := c.p.Or("draft.field."+prefix+name, ""); word != "" {
		return word
	}
	head, lang, _ := strings.Cut(name, ".")
	word := c.p.Or("draft.field."+prefix+head, head)
	if lang == "" {
		return word
	}
	return c.p.T("unit.with_note", "text", word, "note", c.p.LanguageName(lang))
}

// answerValue is an answer in words.
func (c *call) answerValue(w app.DraftWork, name, v string) string {
	switch {
	case v == "":
		return ""
	case name == "lead" || name == "supporting":
		return c.bodies(w, v)
	case name == "goals":
		var out []string
		for _, n := range strings.Fields(v) {
			out = append(out, c.goal(n))
		}
		return strings.Join(out, "\n")
	case name == "start" || name == "end" || strings.HasPrefix(name, "milestone.") && (strings.HasSuffix(name, ".start") || strings.HasSuffix(name, ".due")):
		return c.p.CivilDate(v)
	}
	return v
}

// stepOf is the page on which an answer is asked.
func (c *call) stepOf(w app.DraftWork, name string) string {
	head, rest, _ := strings.Cut(name, ".")
	if head == "milestone" {
		if id, _, _ := strings.Cut(rest, "."); id != "" {
			return "milestones/" + id
		}
	}
	for _, step := range draftSteps {
		if slices.Contains(c.stepFields(w, step), name) {
			return step
		}
		for _, t := range stepTexts[step] {
			if t.name == head {
				return step
			}
		}
		if slices.ContainsFunc(stepLines[step], func(l string) bool { return l == head || strings.HasPrefix(l, head+".") }) {
			return step
		}
	}
	return "milestones"
}

// inLanguage is the language of an answer, for its direction.
func inLanguage(name string) (lang, dir string) {
	l := name[strings.LastIndexByte(name, '.')+1:]
	if l == name || !civic.IsLanguage(l) || len(l) > 10 || slices.Contains([]string{"due", "lead", "start"}, l) {
		return "", ""
	}
	return l, civic.Direction(l)
}
