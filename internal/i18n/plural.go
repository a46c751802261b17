package i18n

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// pluralRule tells the CLDR plural category of a whole number in one language. A
// language without rules has only "other".
type pluralRule struct {
	tag  language.Tag
	base string
}

func newPluralRule(code string) pluralRule {
	tag := language.Make(code)
	base, _ := tag.Base()
	return pluralRule{tag, base.String()}
}

var pluralForms = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// The library holds the rules of CLDR 32. Since then these languages say "de" after
// whole millions (CLDR 38), and Hebrew has no form for tens any more (CLDR 42).
var (
	wholeMillions = map[string]bool{"ca": true, "es": true, "fr": true, "it": true, "pt": true}
	withoutMany   = map[string]bool{"he": true}
)

// form returns the category of n, whose sign does not count.
func (r pluralRule) form(n int) string {
	const large = 10_000_000 // the rules look at no digit further left
	if n < 0 {
		n = -(n % large)
	}
	if wholeMillions[r.base] && n != 0 && n%1_000_000 == 0 {
		return "many"
	}
	if n >= large {
		n = large + n%large
	}
	form := pluralForms[plural.Cardinal.MatchPlural(r.tag, n, 0, 0, 0, 0)]
	if form == "" || form == "many" && withoutMany[r.base] {
		return "other"
	}
	return form
}
