package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/pages"
)

// How much history a page shows: entries before the rest is folded, fields of one
// entry before the rest is folded, fields of one entry at all, and characters of one side of a long text around what changed.
const (
	freshEntries = 1
	freshFields  = 8
	maxFields    = 120
	maxSide      = 600
)

// entries groups changes by their entry of the record, newest first. Fields that
// an entry changed stand open; those that it only added are folded, since they
// say nothing that the page does not show.
func (c *call) entries(page app.CommitmentPage) (fresh, earlier []pages.Entry) {
	names := map[string]string{}
	for _, t := range page.Tags {
		names[t.Slug] = t.Name
	}
	says := tongue{lang: page.Dossier.Commitment.Text.Original().Lang, tags: names}
	var all []pages.Entry
	last := int64(-1)
	for _, ch := range page.History {
		if len(all) == 0 || ch.Ledger != last {
			all, last = append(all, c.entry(ch)), ch.Ledger
		}
		e := &all[len(all)-1]
		if len(e.Fields)+len(e.Added) >= maxFields {
			e.More = c.p.T("history.more")
			continue
		}
		f, ok := c.fieldChange(ch, says)
		switch {
		case ok && ch.Before == "":
			e.Added = append(e.Added, f)
		case ok:
			e.Fields = append(e.Fields, f)
		}
	}
	for i := range all {
		e := &all[i]
		if len(e.Added) > 0 {
			e.AddedAll = c.p.T("history.additions", "count", len(e.Added))
		}
		if len(e.Fields) > freshFields+3 { // no fold for a handful
			e.All = c.p.T("action.show_all", "count", len(e.Fields))
			e.Fields, e.Rest = e.Fields[:freshFields], e.Fields[freshFields:]
		}
	}
	n := min(freshEntries, len(all))
	return all[:n], all[n:]
}

func (c *call) entry(ch app.Change) pages.Entry {
	w := words{c.p}
	e := pages.Entry{ID: "entry-" + strconv.FormatInt(ch.Ledger, 10), When: c.p.Date(ch.At)}
	switch ch.Field {
	case "created":
		e.What = c.p.T("history.created")
	case "":
		e.What = c.p.T("history.confirmed")
		switch ch.Verb {
		case "tag":
			e.What = c.p.T("history.tagged")
		case "scope":
			e.What = c.p.T("history.scoped")
		}
	case "erased":
		e.What = c.p.T("history.erased")
	default:
		e.What = c.p.Or("verb."+ch.Verb, ch.Verb)
	}
	date, by := c.p.DateTime(ch.At), c.p.Or("actor."+string(ch.By), string(ch.By))
	if strings.HasPrefix(string(ch.By), "account:") {
		by = c.p.T("actor.account")
	}
	if ch.Source != "" {
		e.Ledger = c.p.T("history.by", "source", w.edition(ch.Source), "actor", by, "date", date, "entry", ch.Ledger)
	} else {
		e.Ledger = c.p.T("history.by_person", "actor", by, "date", date, "entry", ch.Ledger)
	}
	return e
}

// fieldChange is a change of one field; a line about a whole version has none.
func (c *call) fieldChange(ch app.Change, says tongue) (pages.FieldChange, bool) {
	if ch.Field == "" || ch.Field == "created" || ch.Field == "erased" {
		return pages.FieldChange{}, false
	}
	before, after := around(ch.Before, ch.After)
	f := pages.FieldChange{Field: c.fieldName(ch.Field), Before: says.speak(ch.Field, c.side(ch.Field, before)), After: says.speak(ch.Field, c.side(ch.Field, after))}
	if slug, ok := strings.CutPrefix(ch.Field, "tag."); ok {
		f.Field, f.Name = words{c.p}.lead("label.tag"), cmp.Or(says.tags[slug], strings.ReplaceAll(slug, "-", " "))
	}
	return f, true
}

// tongue knows in which language a commitment's sources speak: that of its text,
// and the English names of its tags by slug.
type tongue struct {
	lang string
	tags map[string]string
}

// texts are the fields whose content is a text of the source.
var texts = []string{"title", "short_title", "text", "theme", "note", "name", "due_in", "problem", "causes", "past", "solution", "results",
	"transparency", "participation", "accountability", "more", "budget", "amendment_reason"}

// speak gives a side its language when it holds a source's text.
func (t tongue) speak(field string, s pages.Side) pages.Side {
	head, rest, _ := strings.Cut(field, ".")
	if head == "milestone" {
		if i := strings.LastIndexByte(rest, '.'); i > 0 {
			head, rest = rest[i+1:], ""
		}
	}
	switch {
	case s.Text == "" || strings.HasSuffix(field, ".language"):
		return s
	case head == "source" && utf8.RuneCountInString(s.Text) <= 60:
		s.Lang = "en" // names and codes of the tables
	case slices.Contains(texts, head) && rest != "":
		s.Lang = rest
	case slices.Contains(texts, head) || head == "source":
		s.Lang = t.lang
	case head == "lead" || head == "supporting":
		s.Lang = civic.Undetermined
	default:
		return s
	}
	s.Lang = cmp.Or(s.Lang, civic.Undetermined)
	s.Dir = civic.Direction(s.Lang)
	return s
}

// fieldName names a field of a commitment for people.
func (c *call) fieldName(field string) string {
	w := words{c.p}
	head, rest, _ := strings.Cut(field, ".")
	switch head {
	case "rating":
		variable, scope, _ := strings.Cut(rest, ".")
		product, _, _ := strings.Cut(scope, ".")
		return c.p.T("unit.with_note", "text", w.variable(variable), "note", w.product(civic.Product(product)))
	case "report_year":
		product, _, _ := strings.Cut(rest, ".")
		return c.p.T("unit.with_note", "text", c.p.T("history.field.report_year"), "note", w.product(civic.Product(product)))
	case "tag":
		return c.p.T("unit.labelled", "label", c.p.T("label.tag"), "value", rest)
	case "source":
		return c.p.T("history.field.source", "column", rest)
	case "absent":
		return c.p.T("unit.labelled", "label", c.p.T("history.field.absent"), "value", w.edition(civic.Edition(rest)))
	case "milestone":
		if i := strings.LastIndexByte(rest, '.'); i > 0 {
			return c.p.T("history.milestone", "code", rest[:i], "field", c.p.Or("history.field."+rest[i+1:], rest[i+1:]))
		}
	}
	if word := c.p.Or("history.field."+field, ""); word != "" {
		return word
	}
	if word := c.p.Or("history.field."+head, ""); word != "" && rest == "language" {
		return c.p.T("history.field.language_of", "field", word)
	}
	if word := c.p.Or("history.field."+head, ""); word != "" && rest != "" {
		return c.p.T("history.field.translation", "field", word, "language", c.p.LanguageName(rest))
	}
	return c.p.Or("history.field."+head, field)
}

// side is a value before or after, in words where it is one of ours.
func (c *call) side(field, v string) pages.Side {
	w := words{c.p}
	if v == "" {
		return pages.Side{None: c.p.T("history.nothing")}
	}
	if rest, ok := strings.CutPrefix(v, "missing:"); ok {
		kind, code, _ := strings.Cut(rest, ":")
		m := w.missing(civic.Missing{Kind: civic.MissingKind(kind), Code: code})
		return pages.Side{Missing: &m}
	}
	head, rest, _ := strings.Cut(field, ".")
	switch {
	case head == "rating":
		variable, _, _ := strings.Cut(rest, ".")
		return pages.Side{Text: w.anyScale(variable, v)}
	case head == "tag" || head == "placeholder" || head == "absent" || head == "proposed" || head == "dropped":
		return pages.Side{Text: c.p.Or("unit."+v, v)}
	case field == "start" || field == "end" || field == "adopted" || field == "amended" || strings.HasSuffix(field, ".due") || strings.HasSuffix(field, ".start"):
		return pages.Side{Text: c.p.CivilDate(v)}
	case strings.HasSuffix(field, ".language"):
		return pages.Side{Text: c.p.LanguageName(v)}
	case head == "submitted" || head == "report_year":
		return pages.Side{Text: c.p.Digits(v)}
	}
	return pages.Side{Text: v}
}

// scaleFamilies are scales that several variables share.
var scaleFamilies = []string{"ogp_value", "grand_challenge", "open_government", "starred"}

// anyScale is the word of a variable's value where the scale is not told.
func (w words) anyScale(variable, v string) string {
	for _, family := range append([]string{variable}, scaleFamilies...) {
		if word := w.Or("scale."+family+"."+v, ""); word != "" {
			return word
		}
	}
	return v
}

// around cuts two long texts to what differs between them, with some words before.
func around(before, after string) (string, string) {
	if utf8.RuneCountInString(before) <= maxSide && utf8.RuneCountInString(after) <= maxSide {
		return before, after
	}
	b, a := []rune(before), []rune(after)
	same := 0
	for same < len(b) && same < len(a) && b[same] == a[same] {
		same++
	}
	tail := 0
	for tail < len(b)-same && tail < len(a)-same && b[len(b)-1-tail] == a[len(a)-1-tail] {
		tail++
	}
	const context = 60
	from, rest := max(0, same-context), max(0, tail-context)
	return cutout(b, from, len(b)-rest), cutout(a, from, len(a)-rest)
}

func cutout(r []rune, from, to int) string {
	if to-from > maxSide {
		to = from + maxSide
	}
	if from >= to {
		return ""
	}
	s := string(r[from:to])
	if from > 0 {
		s = "… " + s
	}
	if to < len(r) {
		s += " …"
	}
	return s
}
