package taxonomy

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Bounds of a file's settings.
const (
	maxSettings = 20
	maxValues   = 20
)

// ReadSet reads a change set from its file form. It refuses what no graph could
// take: an unknown operation or field, a missing reason, a date that is none. The
// faults are told together; those of the form name the line.
func ReadSet(r io.Reader) (Set, error) {
	tree, err := readTree(r)
	if err != nil {
		return Set{}, err
	}
	in := &setReader{lang: "en"}
	if tree.kind != '{' {
		in.form("", tree)
		return Set{}, in.found
	}
	s := in.set(tree)
	return s, in.found.Or()
}

// setReader reads a set and collects what is wrong.
type setReader struct {
	lang   string // of texts without one
	reason civic.Text
	found  civic.Errors
}

func (in *setReader) form(field string, n node) {
	in.found.Add(field, KeyFileForm, "line", n.line, "field", field)
}

// only refuses fields that are not among the known ones.
func (in *setReader) only(at string, n node, known ...string) {
	for i, name := range n.names {
		if !slices.Contains(known, name) {
			in.found.Add(at+name, KeyFileUnknown, "line", n.values[i].line, "field", name)
		}
	}
}

func (in *setReader) set(n node) Set {
	in.only("", n, "change_set", "language", "title", "source", "reason", "effective", "settings", "changes")
	if lang := in.line("language", n, "language"); lang != "" {
		if civic.IsLanguage(lang) {
			in.lang = lang
		} else {
			in.found.Add("language", KeySetLanguage, "value", lang)
		}
	}
	in.reason = in.text("reason", n, "reason")
	s := Set{Name: in.line("change_set", n, "change_set"), Effective: in.line("effective", n, "effective"),
		About: About{Title: in.text("title", n, "title"), Source: in.line("source", n, "source")}}
	switch {
	case s.Name == "":
		in.missing("change_set", n)
	case civic.Slug(s.Name) != s.Name || len(s.Name) > maxSetName:
		in.found.Add("change_set", KeySetName, "value", s.Name)
	}
	if s.About.Title.Blank() {
		in.missing("title", n)
	}
	in.found = append(in.found, checkAbout(s.About)...)
	if s.Effective != "" && !civic.IsDay(s.Effective) {
		in.found.Add("effective", KeySetDay, "value", s.Effective)
	}
	s.Settings = in.settings(n)
	changes, ok := n.field("changes")
	switch {
	case !ok || changes.kind == '[' && len(changes.values) == 0:
		in.found.Add("changes", KeyNoChanges)
	case changes.kind != '[':
		in.form("changes", changes)
	case len(changes.values) > MaxChanges:
		in.found.Add("changes", KeyManyChanges, "count", len(changes.values), "most", MaxChanges)
	default:
		for i, one := range changes.values {
			c, when := in.change(one, i+1, s.Settings)
			s.Changes, s.when = append(s.Changes, c), append(s.when, when)
		}
	}
	return s
}

func (in *setReader) missing(field string, n node) {
	in.found.Add(field, KeyFileMissing, "line", n.line, "field", field)
}

func (in *setReader) settings(n node) (out []Setting) {
	list, ok := n.field("settings")
	if !ok {
		return nil
	}
	if list.kind != '[' || len(list.values) > maxSettings {
		in.form("settings", list)
		return nil
	}
	for i, one := range list.values {
		at := fmt.Sprintf("settings.%d.", i+1)
		in.only(at, one, "name", "title", "values", "default")
		o := Setting{Name: in.line(at+"name", one, "name"), Title: in.text(at+"title", one, "title"), Default: in.line(at+"default", one, "default")}
		values, _ := one.field("values")
		if o.Name == "" || values.kind != '[' || len(values.values) == 0 || len(values.values) > maxValues ||
			slices.ContainsFunc(out, func(s Setting) bool { return s.Name == o.Name }) {
			in.form(strings.TrimSuffix(at, "."), one)
			continue
		}
		for _, v := range values.values {
			value := SettingValue{Name: v.text}
			if v.kind == '{' {
				in.only(at+"values.", v, "name", "title")
				value = SettingValue{in.line(at+"values.name", v, "name"), in.text(at+"values.title", v, "title")}
			}
			if value.Name == "" || o.has(value.Name) {
				in.form(at+"values", v)
			}
			o.Values = append(o.Values, value)
		}
		if !o.has(o.Default) {
			in.found.Add(at+"default", KeySettingValue, "value", o.Default, "setting", o.Name, "values", strings.Join(o.names(), ", "))
		}
		in.found = append(in.found, checkLine(at+"title", o.Title)...)
		for _, v := range o.Values {
			in.found = append(in.found, checkLine(at+"values.title", v.Title)...)
		}
		out = append(out, o)
	}
	return out
}

func (in *setReader) change(n node, place int, settings []Setting) (Change, map[string]string) {
	at := fmt.Sprintf("changes.%d", place)
	if n.kind != '{' {
		in.form(at, n)
		return Change{}, nil
	}
	at += "."
	in.only(at, n, "op", "tag", "names", "aliases", "definition", "source", "parents", "related", "into", "facets", "roles", "strands", "unverified", "reason", "if")
	c := Change{
		Place: place, Op: Op(in.line(at+"op", n, "op")), Tag: ID(in.line(at+"tag", n, "tag")),
		Names: in.text(at+"names", n, "names"), Definition: in.text(at+"definition", n, "definition"), Source: in.line(at+"source", n, "source"),
		Aliases: in.aliases(at+"aliases", n), Reason: in.text(at+"reason", n, "reason"),
		Parents: list[ID](in, at, n, "parents"), Related: list[ID](in, at, n, "related"), Into: list[ID](in, at, n, "into"),
		Facets: list[Facet](in, at, n, "facets"), Roles: list[Role](in, at, n, "roles"), Strands: list[Strand](in, at, n, "strands"),
	}
	if len(c.Reason) == 0 {
		c.Reason = in.reason
	}
	if v, ok := n.field("unverified"); ok {
		if c.Unverified = v.yes; v.kind != 'b' {
			in.form(at+"unverified", v)
		}
	}
	in.found = append(append(in.found, CheckChange(c, place)...), checkTexts(c, place)...)
	return c, in.when(at+"if", n, settings)
}

// when are the settings under which a change is made.
func (in *setReader) when(at string, n node, settings []Setting) map[string]string {
	asked, ok := n.field("if")
	if !ok {
		return nil
	}
	if asked.kind != '{' {
		in.form(at, asked)
		return nil
	}
	out := map[string]string{}
	for i, name := range asked.names {
		value := asked.values[i].text
		k := slices.IndexFunc(settings, func(o Setting) bool { return o.Name == name })
		switch {
		case k < 0:
			in.found.Add(at+"."+name, KeyNoSetting, "value", name)
		case !settings[k].has(value):
			in.found.Add(at+"."+name, KeySettingValue, "value", value, "setting", name, "values", strings.Join(settings[k].names(), ", "))
		}
		out[name] = value
	}
	return out
}

// line is a field that holds a text without a language; "" without.
func (in *setReader) line(at string, n node, name string) string {
	v, ok := n.field(name)
	if ok && v.kind != 's' {
		in.form(at, v)
	}
	return v.text
}

// text is a field that holds a text: a string in the language of the file, or an
// object of languages.
func (in *setReader) text(at string, n node, name string) civic.Text {
	v, ok := n.field(name)
	if !ok {
		return nil
	}
	return in.phrases(at, v)
}

func (in *setReader) phrases(at string, v node) (out civic.Text) {
	switch v.kind {
	case 's':
		return civic.Text{{Lang: in.lang, Text: v.text}}
	case '{':
		for i, lang := range v.names {
			if v.values[i].kind != 's' {
				in.form(at+"."+lang, v.values[i])
			}
			out = append(out, civic.Phrase{Lang: lang, Text: v.values[i].text})
		}
		return out
	}
	in.form(at, v)
	return nil
}

// aliases are one text or several.
func (in *setReader) aliases(at string, n node) (out civic.Text) {
	v, ok := n.field("aliases")
	if !ok {
		return nil
	}
	if v.kind != '[' {
		return in.phrases(at, v)
	}
	for _, one := range v.values {
		out = append(out, in.phrases(at, one)...)
	}
	return out
}

// list is a field that holds one word or several.
func list[T ~string](in *setReader, at string, n node, name string) (out []T) {
	v, ok := n.field(name)
	if !ok {
		return nil
	}
	words := []node{v}
	if v.kind == '[' {
		words = v.values
	}
	for _, w := range words {
		if w.kind != 's' || w.text == "" {
			in.form(at+name, w)
			continue
		}
		out = append(out, T(w.text))
	}
	return out
}
