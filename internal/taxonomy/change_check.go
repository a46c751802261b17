package taxonomy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/civic"
)

// Bounds of what a change may hold.
const (
	MaxChanges = 500 // operations of a set
	MaxTags    = 50  // tags or names in one list of an operation
)

// takes lists the fields that an operation uses, beside tag and reason; the first
// one is needed, except for create and deprecate.
var takes = map[Op][]string{
	Create:       {"names", "aliases", "definition", "source", "parents", "related", "facets", "roles", "strands", "unverified"},
	Rename:       {"names"},
	Redefine:     {"definition", "source"},
	AddParent:    {"parents"},
	RemoveParent: {"parents"},
	Relate:       {"related"},
	Unrelate:     {"related"},
	Alias:        {"aliases"},
	Describe:     {"facets", "roles", "strands"},
	Deprecate:    {"into"},
	Merge:        {"into"},
	Split:        {"into"},
}

// CheckChange says what is wrong with a change on its own, whatever the graph:
// fields "changes.PLACE.FIELD".
func CheckChange(c Change, place int) civic.Errors {
	f := &faults{place: place}
	uses, ok := takes[c.Op]
	if !ok {
		f.add("op", KeyUnknownOp, "value", string(c.Op))
		return f.found
	}
	for _, field := range c.filled() {
		if !slices.Contains(uses, field) {
			f.add(field, KeyUnused, "field", field, "op", string(c.Op))
		}
	}
	if c.Op != Create && c.Tag == "" {
		f.add("tag", KeyNoTag)
	}
	if c.Effective != "" && !civic.IsDay(c.Effective) {
		f.add("effective", KeyDay, "value", c.Effective)
	}
	if c.Reason.Blank() {
		f.add("reason", KeyReason)
	}
	f.text("reason", c.Reason, civic.MaxText)
	f.names(c)
	f.text("definition", c.Definition, civic.MaxText)
	if c.Op == Redefine && c.Definition.Blank() {
		f.add("definition", KeyNoDefinition)
	}
	if n := utf8.RuneCountInString(c.Source); n > civic.MaxLine {
		f.add("source", KeyLong, "count", n, "most", civic.MaxLine)
	}
	f.tags("parents", c.Parents, c.Op == AddParent || c.Op == RemoveParent)
	f.tags("related", c.Related, c.Op == Relate || c.Op == Unrelate)
	f.tags("into", c.Into, false)
	switch {
	case c.Op == Merge && len(c.Into) != 1:
		f.add("into", KeyOneTarget)
	case c.Op == Split && len(c.Into) < 2:
		f.add("into", KeyTwoParts)
	}
	known(f, "facets", c.Facets, Facets)
	known(f, "roles", c.Roles, Roles)
	known(f, "strands", c.Strands, Strands)
	return f.found
}

// filled lists the fields that hold something, beside those that every change has.
func (c Change) filled() (out []string) {
	for _, field := range []struct {
		name string
		has  bool
	}{
		{"names", len(c.Names) > 0}, {"aliases", len(c.Aliases) > 0}, {"definition", len(c.Definition) > 0}, {"source", c.Source != ""},
		{"parents", len(c.Parents) > 0}, {"related", len(c.Related) > 0}, {"into", len(c.Into) > 0},
		{"facets", len(c.Facets) > 0}, {"roles", len(c.Roles) > 0}, {"strands", len(c.Strands) > 0}, {"unverified", c.Unverified},
	} {
		if field.has {
			out = append(out, field.name)
		}
	}
	return out
}

// text checks the languages and the length of a text in each.
func (f *faults) text(field string, t civic.Text, most int) {
	var seen []string
	for _, p := range t {
		if p.Lang != civic.Undetermined && !civic.IsLanguage(p.Lang) || slices.Contains(seen, p.Lang) {
			f.add(field, KeyLanguage, "value", p.Lang)
		}
		seen = append(seen, p.Lang)
		if n := utf8.RuneCountInString(p.Text); n > most {
			f.add(field, KeyLong, "count", n, "most", most)
		}
	}
}

// names checks names and aliases: one line each, with a letter or a digit.
func (f *faults) names(c Change) {
	f.text("names", c.Names, civic.MaxLine)
	if len(c.Names) == 0 && (c.Op == Create || c.Op == Rename) {
		f.add("names", KeyNoName)
	}
	if len(c.Aliases) == 0 && c.Op == Alias {
		f.add("aliases", KeyNoName)
	}
	if n := len(c.Aliases); n > MaxTags {
		f.add("aliases", KeyMany, "count", n, "most", MaxTags)
	}
	for _, p := range c.Aliases {
		f.text("aliases", civic.Text{p}, civic.MaxLine)
	}
	for _, list := range []struct {
		field string
		text  civic.Text
	}{{"names", c.Names}, {"aliases", c.Aliases}} {
		for _, p := range list.text {
			if civic.Slug(p.Text) == "" || strings.TrimSpace(p.Text) != p.Text || strings.ContainsFunc(p.Text, unicode.IsControl) || !utf8.ValidString(p.Text) {
				f.add(list.field, KeyBadName, "value", p.Text)
			}
		}
	}
}

// tags checks a list of tags that an operation names.
func (f *faults) tags(field string, ids []ID, needed bool) {
	if n := len(ids); n > MaxTags {
		f.add(field, KeyMany, "count", n, "most", MaxTags)
	}
	if needed && len(ids) == 0 {
		f.add(field, KeyNoTag)
	}
}

// known checks that values are of a list, each once.
func known[T ~string](f *faults, field string, values, all []T) {
	for i, v := range values {
		switch {
		case !slices.Contains(all, v):
			f.add(field, KeyUnknownValue, "value", string(v))
		case slices.Contains(values[:i], v):
			f.add(field, KeyTwice, "value", string(v))
		}
	}
}

// inOrder returns the values in the order of the whole list; nil for none.
func inOrder[T ~string](values, all []T) (out []T) {
	for _, v := range all {
		if slices.Contains(values, v) {
			out = append(out, v)
		}
	}
	return out
}
