package web

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
)

// setSent reads the change set that a form or an address names: one that is part of
// the program, the fields of one operation, or a text in the form of a file. ok is
// false when it names none; open are the settings that it leaves to decide, and the
// set is as they were decided.
func (c *call) setSent(f *sent) (set taxonomy.Set, open []taxonomy.Setting, ok bool, err error) {
	switch {
	case f.text("shipped") != "":
		set, err = taxonomy.ShippedSet(f.text("shipped"))
	case f.text("op") != "":
		set, err = c.operationSent(f)
	case strings.TrimSpace(f.values.Get("text")) != "":
		set, err = taxonomy.ReadSet(strings.NewReader(f.values.Get("text")))
	default:
		return taxonomy.Set{}, nil, false, nil
	}
	if err != nil {
		return taxonomy.Set{}, nil, true, err
	}
	chosen := map[string]string{}
	for _, s := range set.Settings {
		if f.values.Has("setting." + s.Name) {
			chosen[s.Name] = f.text("setting." + s.Name)
		}
	}
	open = set.Settings
	set, err = set.Choose(chosen)
	return set, open, true, err
}

// setFile lays the content of an uploaded file into the field text.
func (c *call) setFile(f *sent) error {
	up := f.upload("file")
	if up == nil {
		return nil
	}
	file, err := up.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, taxonomy.MaxFile+1))
	if err != nil {
		return err
	}
	if len(content) > taxonomy.MaxFile {
		return &civic.Error{Kind: civic.Invalid, Field: "file", Key: taxonomy.KeyFileLarge, Args: map[string]any{"most": taxonomy.MaxFile}}
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return nil // as when none is chosen
	}
	var bad *civic.Error
	if errors.As(taxonomy.CheckUTF8(content), &bad) {
		bad.Field = "file"
		return bad
	}
	f.values.Set("text", string(content))
	return nil
}

// carriedOn are the fields that name the set, for the next form.
func (f *sent) carriedOn(settings bool) (out [][2]string) {
	names := []string{"shipped", "text"}
	if f.has("op") {
		names = append([]string{"op"}, operationFields()...)
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range f.values {
			if slices.Contains(names, name) || strings.Contains(name, ".") && slices.Contains(names, name[:strings.IndexByte(name, '.')]) || settings && strings.HasPrefix(name, "setting.") {
				if !yield(name) {
					return
				}
			}
		}
	}) {
		for _, v := range f.all(name) {
			if v != "" {
				out = append(out, [2]string{name, v})
			}
		}
	}
	return out
}

// operationFields are the names of the questions of an operation.
func operationFields() []string {
	return []string{"tag", "names", "aliases", "definition", "source", "parents", "related", "into", "facets", "roles", "strands", "reason", "effective"}
}

// fieldsOf are the questions of each operation, in their order; tag, reason and
// effective are asked for of all.
var fieldsOf = map[taxonomy.Op][]string{
	taxonomy.Create: {"names", "aliases", "definition", "source", "parents", "related", "facets", "roles", "strands"},
	taxonomy.Rename: {"names"}, taxonomy.Redefine: {"definition", "source"}, taxonomy.AddParent: {"parents"}, taxonomy.RemoveParent: {"parents"},
	taxonomy.Relate: {"related"}, taxonomy.Unrelate: {"related"}, taxonomy.Alias: {"aliases"}, taxonomy.Describe: {"facets", "roles", "strands"},
	taxonomy.Deprecate: {"into"}, taxonomy.Merge: {"into"}, taxonomy.Split: {"into"},
}

// inLanguages are the languages in which names and definitions are asked for: the
// reader's first.
func (c *call) inLanguages() []string {
	out := []string{c.p.Code}
	for _, l := range c.site.Words.Languages() {
		if l.Code != i18n.PseudoLong && l.Code != i18n.PseudoRTL && l.Code != c.p.Code {
			out = append(out, l.Code)
		}
	}
	return out
}

// operationSent makes a set of one change from its fields.
func (c *call) operationSent(f *sent) (taxonomy.Set, error) {
	op := taxonomy.Op(f.text("op"))
	asked, ok := fieldsOf[op]
	if !ok {
		return taxonomy.Set{}, &civic.Error{Kind: civic.Invalid, Field: "op", Key: taxonomy.KeyUnknownOp, Args: map[string]any{"value": string(op), "place": 1}}
	}
	languages := c.inLanguages()
	has := func(name string) bool { return slices.Contains(asked, name) }
	ids := func(name string) (out []taxonomy.ID) {
		for line := range strings.SplitSeq(f.text(name), "\n") {
			if line = strings.TrimSpace(line); line != "" && has(name) {
				out = append(out, taxonomy.ID(line))
			}
		}
		return out
	}
	texts := func(name string) civic.Text {
		if !has(name) {
			return nil
		}
		return textOf(f, name, languages)
	}
	ch := taxonomy.Change{Op: op, Tag: taxonomy.ID(f.text("tag")), Names: texts("names"), Definition: texts("definition"),
		Parents: ids("parents"), Related: ids("related"), Into: ids("into"), Reason: textOf(f, "reason", languages)}
	if has("source") {
		ch.Source = f.text("source")
	}
	for _, lang := range languages {
		for line := range strings.SplitSeq(f.text("aliases."+lang), "\n") {
			if line = strings.TrimSpace(line); line != "" && has("aliases") {
				ch.Aliases = append(ch.Aliases, civic.Phrase{Lang: lang, Text: line})
			}
		}
	}
	for _, v := range f.all("facets") {
		ch.Facets = append(ch.Facets, taxonomy.Facet(v))
	}
	for _, v := range f.all("roles") {
		ch.Roles = append(ch.Roles, taxonomy.Role(v))
	}
	for _, v := range f.all("strands") {
		ch.Strands = append(ch.Strands, taxonomy.Strand(v))
	}
	if op == taxonomy.Create {
		ch.Tag = ""
	}
	timeline, _, err := c.site.App.Taxonomy(c.r.Context())
	if err != nil {
		return taxonomy.Set{}, err
	}
	subject := cmp.Or(string(ch.Tag), ch.Names.Original().Text)
	name := civic.Slug(strings.ReplaceAll(string(op), "_", "-") + " " + beginning(subject, 40, false) + " " + strconv.Itoa(len(timeline.Versions())+1))
	title := civic.Text{{Lang: c.p.Code, Text: c.p.T("unit.labelled", "label", c.p.T(op.Key()), "value", beginning(subject, 120, false))}}
	return taxonomy.Set{Name: name, About: taxonomy.About{Title: title}, Effective: f.text("effective"), Changes: []taxonomy.Change{ch}}, nil
}

// setFaults are the faults of a set for the page that asks for it. A fault leads to
// its question where the page has it; at tells its field from that of the set.
func (c *call) setFaults(err error, at func(field string) string) ([]components.Fault, bool) {
	faults, ok := c.failed(tooLargeFault(err))
	for i := range faults {
		faults[i].Field = at(faults[i].Field)
	}
	return faults, ok
}

// atOperation leads from a field of a set of one change to its question.
func atOperation(a *asking) func(string) string {
	return func(field string) string {
		field = strings.TrimPrefix(strings.TrimPrefix(field, "changes.1"), ".")
		for _, name := range []string{field, field + "." + a.c.p.Code} {
			if a.asksFor(name) && name != "reason" {
				return name
			}
		}
		return ""
	}
}

// whole takes faults as those of the form as a whole.
func whole(string) string { return "" }
