package web

import (
	"strconv"
	"strings"

	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// asking puts the questions of a form together. get gives what stands in a field:
// what is kept, or what was typed a moment ago.
type asking struct {
	c         *call
	get       func(name string) string
	faults    []components.Fault
	languages []string // in which texts are asked for
	out       []pages.KeepQuestion
}

// typed makes the questions hold what was sent.
func (c *call) typed(f *sent, faults []components.Fault, languages []string) *asking {
	return &asking{c: c, get: f.text, faults: faults, languages: languages}
}

// kept makes the questions hold values by field.
func (c *call) kept(values map[string]string, languages []string) *asking {
	return &asking{c: c, get: func(name string) string { return values[name] }, languages: languages}
}

func (a *asking) optional(is bool) string {
	if is {
		return a.c.p.T("form.optional")
	}
	return ""
}

// line asks for one line. kind is that of a components.Field.
func (a *asking) line(name, key, kind string, optional bool) {
	f := components.Field{Name: name, Label: a.c.p.T(key), Hint: a.c.p.Or(key+".hint", ""), Value: a.get(name), Fault: components.Of(a.faults, name), Kind: kind, Optional: a.optional(optional)}
	a.out = append(a.out, pages.KeepQuestion{Text: &f})
}

// text asks for a text in each language. A fault of the text as a whole shows at the first.
func (a *asking) text(name, key string, rows, most int, optional bool) {
	for i, lang := range a.languages {
		field := name + "." + lang
		label := a.c.p.T(key)
		if len(a.languages) > 1 || lang != a.c.p.Code {
			label = a.c.p.T("unit.with_note", "text", label, "note", a.c.p.LanguageName(lang))
		}
		for k := range a.faults {
			if i == 0 && a.faults[k].Field == name {
				a.faults[k].Field = field // so that the summary leads to it
			}
		}
		fault := components.Of(a.faults, field)
		f := components.Field{Name: field, Label: label, Value: a.get(field), Fault: fault, Area: rows > 0, Rows: rows, Max: most,
			Lang: lang, Dir: civic.Direction(lang), Optional: a.optional(optional || i > 0)}
		if i == 0 {
			f.Hint = a.c.p.Or(key+".hint", "")
		}
		a.out = append(a.out, pages.KeepQuestion{Text: &f})
	}
}

// choice is a value with its words.
type choice struct{ value, label string }

func (a *asking) items(name string, choices []choice) []components.Choice {
	out := make([]components.Choice, len(choices))
	now := a.get(name)
	for i, ch := range choices {
		out[i] = components.Choice{Value: ch.value, Label: ch.label, Chosen: ch.value == now}
	}
	return out
}

// pick asks for one of a few, in sight.
func (a *asking) pick(name, key string, choices []choice) {
	p := components.Choices{Name: name, Legend: a.c.p.T(key), Hint: a.c.p.Or(key+".hint", ""), Fault: components.Of(a.faults, name), Items: a.items(name, choices)}
	a.out = append(a.out, pages.KeepQuestion{Pick: &p})
}

// tick asks for a yes.
func (a *asking) tick(name, key, label string) {
	p := components.Choices{Name: name, Legend: a.c.p.T(key), Hint: a.c.p.Or(key+".hint", ""), Fault: components.Of(a.faults, name), Many: true,
		Items: a.items(name, []choice{{"yes", a.c.p.T(label)}})}
	a.out = append(a.out, pages.KeepQuestion{Pick: &p})
}

// menu asks for one of many; the first choice is none of them unless the answer is needed.
func (a *asking) menu(name, key string, choices []choice) {
	m := components.Menu{Name: name, Label: a.c.p.T(key), Hint: a.c.p.Or(key+".hint", ""), Fault: components.Of(a.faults, name),
		Items: append([]components.Choice{{Label: a.c.p.T("form.choose")}}, a.items(name, choices)...)}
	a.out = append(a.out, pages.KeepQuestion{Select: &m})
}

// textOf reads a text in each language.
func textOf(f *sent, name string, languages []string) civic.Text {
	var out civic.Text
	for _, lang := range languages {
		if t := f.text(name + "." + lang); t != "" {
			out = append(out, civic.Phrase{Lang: lang, Text: t})
		}
	}
	return out
}

// textValues lays a text into fields by language.
func textValues(into map[string]string, name string, t civic.Text) {
	for _, p := range t {
		into[name+"."+p.Lang] = p.Text
	}
}

// numberOf reads a whole number; nothing is 0. What is none becomes -1, which the
// rules refuse.
func numberOf(f *sent, name string) int {
	s := strings.TrimSpace(f.text(name))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// numberText is a number as a field shows it: nothing for none.
func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// languagesWith adds the languages of texts to those in which is written.
func languagesWith(languages []string, texts ...civic.Text) []string {
	out := append([]string(nil), languages...)
	for _, t := range texts {
		for _, p := range t {
			known := false
			for _, l := range out {
				known = known || l == p.Lang
			}
			if !known {
				out = append(out, p.Lang)
			}
		}
	}
	return out
}

// asksFor reports whether a field is on the form, or is the reason of its smaller one.
func (a *asking) asksFor(field string) bool {
	for _, q := range a.out {
		switch {
		case q.Text != nil && q.Text.Name == field, q.Pick != nil && q.Pick.Name == field, q.Select != nil && q.Select.Name == field, q.Upload != nil && q.Upload.Name == field:
			return true
		}
	}
	return field == "reason"
}
