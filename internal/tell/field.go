package tell

import (
	"strings"

	"avow/internal/civic"
	"avow/internal/i18n"
)

// FieldName names a field of a subject for people: "Milestone 2: Due date".
func FieldName(p *i18n.Printer, field string) string {
	head, rest, _ := strings.Cut(field, ".")
	switch head {
	case "rating":
		variable, scope, _ := strings.Cut(rest, ".")
		product, _, _ := strings.Cut(scope, ".")
		return p.T("unit.with_note", "text", p.Or("variable."+variable, variable), "note", p.Or("product."+product, product))
	case "report_year":
		product, _, _ := strings.Cut(rest, ".")
		return p.T("unit.with_note", "text", p.T("history.field.report_year"), "note", p.Or("product."+product, product))
	case "tag":
		return p.T("unit.labelled", "label", p.T("label.tag"), "value", rest)
	case "source":
		return p.T("history.field.source", "column", rest)
	case "absent":
		return p.T("unit.labelled", "label", p.T("history.field.absent"), "value", Edition(p, civic.Edition(rest)))
	case "milestone":
		if i := strings.LastIndexByte(rest, '.'); i > 0 {
			return p.T("history.milestone", "code", rest[:i], "field", p.Or("history.field."+rest[i+1:], rest[i+1:]))
		}
	}
	if word := p.Or("history.field."+field, ""); word != "" {
		return word
	}
	if word := p.Or("history.field."+head, ""); word != "" && rest != "" {
		return p.T("history.field.translation", "field", word, "language", p.LanguageName(rest))
	}
	return p.Or("history.field."+head, strings.ReplaceAll(field, "_", " "))
}

// Value is a canonical value of a field in words, where it is one of ours.
func Value(p *i18n.Printer, field, v string) string {
	if v == "" {
		return p.T("history.nothing")
	}
	if rest, ok := strings.CutPrefix(v, "missing:"); ok {
		kind, _, _ := strings.Cut(rest, ":")
		return p.Or("missing."+kind, kind)
	}
	head, rest, _ := strings.Cut(field, ".")
	switch {
	case head == "rating":
		variable, _, _ := strings.Cut(rest, ".")
		return Scaled(p, variable, v)
	case head == "tag" || head == "placeholder" || head == "absent":
		return p.Or("unit."+v, v)
	case field == "start" || field == "end" || strings.HasSuffix(field, ".due") || strings.HasSuffix(field, ".start"):
		return p.CivilDate(v)
	case strings.HasSuffix(field, ".language"):
		return p.LanguageName(v)
	case head == "submitted" || head == "report_year":
		return p.Digits(v)
	case field == "region" || field == "regime" || field == "status":
		return p.Or(field+"."+v, v)
	}
	return v
}

// scaleFamilies are scales that several variables share.
var scaleFamilies = []string{"ogp_value", "grand_challenge", "open_government", "starred"}

// Scaled is the word of a variable's value where the scale is not told.
func Scaled(p *i18n.Printer, variable, v string) string {
	for _, family := range append([]string{variable}, scaleFamilies...) {
		if word := p.Or("scale."+family+"."+v, ""); word != "" {
			return word
		}
	}
	return v
}

// Edition is the name of a source. Editions of trackers and tables carry their
// plan or name behind the family's ("canada-nap4-2018-2020", "table-NAME").
func Edition(p *i18n.Printer, e civic.Edition) string {
	s := string(e)
	if word := p.Or("edition."+s, ""); word != "" {
		return word
	}
	if rest, ok := strings.CutPrefix(s, "canada-nap"); ok {
		number, years, _ := strings.Cut(rest, "-")
		return p.T("edition.canada-nap", "number", p.Digits(number), "years", p.Digits(strings.ReplaceAll(years, "-", "–")))
	}
	if rest, ok := strings.CutPrefix(s, "us-nap"); ok {
		return p.T("edition.us-nap", "number", p.Digits(rest))
	}
	if rest, ok := strings.CutPrefix(s, "ogp-site-"); ok {
		return p.T("edition.ogp-site.state", "number", p.Digits(rest))
	}
	if rest, ok := strings.CutPrefix(s, "table-"); ok {
		return p.T("edition.table", "name", rest)
	}
	return s
}
