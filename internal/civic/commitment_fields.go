package civic

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Answered is one answer of a commitment's form: its name ("title.en", "start",
// "milestone.ID.due") and its value as people type it.
type Answered struct{ Name, Value string }

// question is a text of the form that has a field in each language.
type question struct {
	name string
	text *Text
}

func (t *Template) questions() []question {
	return []question{
		{"problem", &t.Problem}, {"causes", &t.Causes}, {"past", &t.Past}, {"solution", &t.Solution}, {"results", &t.Results},
		{"transparency", &t.Transparency}, {"participation", &t.Participation}, {"accountability", &t.Accountability},
		{"more", &t.More}, {"budget", &t.Budget},
	}
}

// TemplateQuestions names the questions of OGP's template in the order of the form.
var TemplateQuestions = func() []string {
	var out []string
	for _, q := range (&Template{}).questions() {
		out = append(out, q.name)
	}
	return out
}()

func (c *Commitment) questions() []question {
	if c.Template == nil {
		c.Template = &Template{}
	}
	return append([]question{{"title", &c.Title}, {"short_title", &c.Short}, {"text", &c.Text}, {"theme", &c.Theme}}, c.Template.questions()...)
}

func (m *Milestone) questions() []question { return []question{{"title", &m.Title}, {"text", &m.Text}} }

// Answers lists every answer of a commitment's form that is not empty, in the order
// of the form. Texts have a field in each language that they have.
func (c Commitment) Answers() []Answered {
	var out []Answered
	add := func(name, value string) {
		if value != "" {
			out = append(out, Answered{name, value})
		}
	}
	texts := func(prefix string, questions []question) {
		for _, q := range questions {
			for _, p := range *q.text {
				add(prefix+q.name+"."+p.Lang, p.Text)
			}
		}
	}
	template := Template{}
	if c.Template != nil {
		template = *c.Template
	}
	c.Template = &template
	if len(c.Plans) > 0 {
		add("number", c.Plans[0].Number)
	}
	texts("", c.questions())
	add("start", whenField(c.Start))
	add("end", whenField(c.End))
	add("url", c.URL)
	add(string(Lead), c.bodies(Lead))
	add(string(Supporting), c.bodies(Supporting))
	for _, kind := range PartnerKinds {
		var names []string
		for _, p := range c.Partners {
			if p.Kind == kind {
				names = append(names, p.Name)
			}
		}
		add("partners."+kind, strings.Join(names, "\n"))
	}
	var goals []string
	for _, g := range template.Goals {
		goals = append(goals, strconv.Itoa(g))
	}
	add("goals", strings.Join(goals, " "))
	add("contact", template.Contact)
	var ids []string
	for _, m := range c.Milestones {
		ids = append(ids, string(m.ID))
	}
	add("milestones", strings.Join(ids, " "))
	for _, m := range c.Milestones {
		at := "milestone." + string(m.ID) + "."
		texts(at, m.questions())
		add(at+"start", whenField(m.Start))
		add(at+"due", whenField(m.Due))
		add(at+"lead", m.Lead)
	}
	return out
}

// Answer returns the value of one answer, "" when it has none.
func (c Commitment) Answer(name string) string {
	for _, f := range c.Answers() {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func whenField(w When) string { return cmp.Or(w.Date, w.Words) }

func (c Commitment) bodies(role Role) string {
	var out []string
	for _, p := range c.Parts {
		if p.Role == role && p.Institution != "" {
			out = append(out, string(p.Institution))
		}
	}
	return strings.Join(out, " ")
}

// WithAnswers changes the answers that are named and leaves the others alone; the
// languages that come first say which phrase of a new text is the original. An
// answer that cannot be taken (no date, no goal, a field that does not exist) is
// told by its field, and then nothing is changed. Milestones appear and vanish
// with "milestones".
func (c Commitment) WithAnswers(change map[string]string, languages []string) (Commitment, error) {
	next := c.clone()
	names := make([]string, 0, len(change))
	for name := range change {
		names = append(names, name)
	}
	rank := func(name string) int {
		lang := name[strings.LastIndexByte(name, '.')+1:]
		at := slices.Index(languages, lang)
		switch {
		case name == "milestones":
			return -1 // before the fields of each
		case at < 0:
			return len(languages)
		}
		return at
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
	var e Errors
	for _, name := range names {
		next.setField(&e, name, strings.TrimSpace(change[name]))
	}
	if next.Template.empty() {
		next.Template = nil
	}
	if err := e.Or(); err != nil {
		return c, err
	}
	return next, nil
}

// clone copies what WithAnswers changes, so that the original stays as it is.
func (c Commitment) clone() Commitment {
	t := Template{}
	if c.Template != nil {
		t = *c.Template
	}
	c.Template = &t
	t.Goals = slices.Clone(t.Goals)
	for _, q := range c.questions() {
		*q.text = slices.Clone(*q.text)
	}
	c.Plans, c.Parts, c.Partners = slices.Clone(c.Plans), slices.Clone(c.Parts), slices.Clone(c.Partners)
	c.Amendments = slices.Clone(c.Amendments)
	c.Milestones = slices.Clone(c.Milestones)
	for i := range c.Milestones {
		for _, q := range c.Milestones[i].questions() {
			*q.text = slices.Clone(*q.text)
		}
	}
	return c
}

func (t *Template) empty() bool {
	for _, q := range t.questions() {
		if len(*q.text) > 0 {
			return false
		}
	}
	return len(t.Goals) == 0 && t.Contact == ""
}

func (c *Commitment) setField(e *Errors, name, value string) {
	head, rest, _ := strings.Cut(name, ".")
	switch head {
	case "number":
		if len(c.Plans) > 0 {
			c.Plans[0].Number = cut(value, 20)
		}
	case "start":
		c.Start = typedWhen(e, name, value, c.Start)
	case "end":
		c.End = typedWhen(e, name, value, c.End)
	case "url":
		c.URL = value
	case string(Lead), string(Supporting):
		c.setBodies(Role(head), strings.Fields(value))
	case "partners":
		if !slices.Contains(PartnerKinds, rest) {
			e.Add(name, "planrule.field", "value", name)
			return
		}
		c.Partners = slices.DeleteFunc(c.Partners, func(p Partner) bool { return p.Kind == rest })
		for line := range strings.SplitSeq(value, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				c.Partners = append(c.Partners, Partner{rest, line})
			}
		}
		slices.SortStableFunc(c.Partners, func(a, b Partner) int {
			return cmp.Compare(slices.Index(PartnerKinds, a.Kind), slices.Index(PartnerKinds, b.Kind))
		})
	case "goals":
		c.setGoals(e, value)
	case "contact":
		c.Template.Contact = value
	case "milestones":
		c.setMilestones(e, strings.Fields(value))
	case "milestone":
		c.setMilestone(e, name, rest, value)
	default:
		setPhrase(e, c.questions(), name, name, value)
	}
}

func (c *Commitment) setBodies(role Role, ids []string) {
	names := map[InstitutionID]string{}
	for _, p := range c.Parts {
		names[p.Institution] = p.Name
	}
	c.Parts = slices.DeleteFunc(c.Parts, func(p Part) bool { return p.Role == role })
	for _, id := range ids {
		body := InstitutionID(id)
		if !slices.ContainsFunc(c.Parts, func(p Part) bool { return p.Role == role && p.Institution == body }) {
			c.Parts = append(c.Parts, Part{Role: role, Institution: body, Name: names[body]})
		}
	}
	slices.SortStableFunc(c.Parts, func(a, b Part) int { return cmp.Compare(a.Role, b.Role) }) // lead, then supporting
}

func (c *Commitment) setGoals(e *Errors, value string) {
	var goals []int
	for _, word := range strings.Fields(strings.ReplaceAll(value, ",", " ")) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > 17 {
			e.Add("goals", "planrule.goal", "value", word)
			continue
		}
		goals = append(goals, n)
	}
	slices.Sort(goals)
	c.Template.Goals = slices.Compact(goals)
}

// MaxMilestones bounds the milestones of a commitment.
const MaxMilestones = 100

func (c *Commitment) setMilestones(e *Errors, ids []string) {
	if len(ids) > MaxMilestones {
		e.Add("milestones", "planrule.milestones_many", "max", MaxMilestones)
		return
	}
	var out []Milestone
	for _, id := range ids {
		if !IsID(id) || slices.ContainsFunc(out, func(m Milestone) bool { return string(m.ID) == id }) {
			e.Add("milestones", "planrule.field", "value", id)
			continue
		}
		m := Milestone{ID: MilestoneID(id), Kind: "milestone"}
		if i := slices.IndexFunc(c.Milestones, func(m Milestone) bool { return string(m.ID) == id }); i >= 0 {
			m = c.Milestones[i]
		}
		out = append(out, m)
	}
	c.Milestones = out
}

func (c *Commitment) setMilestone(e *Errors, name, rest, value string) {
	id, field, _ := strings.Cut(rest, ".")
	i := slices.IndexFunc(c.Milestones, func(m Milestone) bool { return string(m.ID) == id })
	if i < 0 {
		e.Add(name, "planrule.milestone_gone", "value", id)
		return
	}
	m := &c.Milestones[i]
	switch field {
	case "start":
		m.Start = typedWhen(e, name, value, m.Start)
	case "due":
		m.Due = typedWhen(e, name, value, m.Due)
	case "lead":
		m.Lead = value
	default:
		setPhrase(e, m.questions(), name, field, value)
	}
}

// setPhrase changes one language of a text; an empty value takes it away.
func setPhrase(e *Errors, questions []question, name, field, value string) {
	head, lang, _ := strings.Cut(field, ".")
	at := slices.IndexFunc(questions, func(q question) bool { return q.name == head })
	if at < 0 || lang != Undetermined && !IsLanguage(lang) {
		e.Add(name, "planrule.field", "value", name)
		return
	}
	t := questions[at].text
	i := slices.IndexFunc(*t, func(p Phrase) bool { return p.Lang == lang })
	switch {
	case value == "" && i >= 0:
		*t = slices.Delete(*t, i, i+1)
	case value == "":
	case i >= 0 && (*t)[i].Text == value:
	case i >= 0:
		(*t)[i] = Phrase{Lang: lang, Text: value}
	default:
		*t = append(*t, Phrase{Lang: lang, Text: value})
	}
	if len(*t) == 0 {
		*t = nil
	}
}

// typedWhen reads a date as a person types it. What the source left undecided
// stays as long as nobody types something else.
func typedWhen(e *Errors, name, value string, was When) When {
	if value == "" && was.Missing != nil || value != "" && value == whenField(was) {
		return was
	}
	if value == "" {
		return When{}
	}
	w, err := NewDate(value)
	if err != nil {
		e.Add(name, "planrule.date_form", "value", value)
		return was
	}
	return w
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
