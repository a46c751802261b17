package i18n

import (
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// pluralRule tells the CLDR plural category of a whole number in one language.
// The rules are those of go-i18n; a language without rules there has only "other".
type pluralRule struct{ localizer *i18n.Localizer }

const pluralProbe = "form"

func newPluralRule(code string) pluralRule {
	tag, err := language.Parse(code)
	if err != nil {
		return pluralRule{}
	}
	bundle := i18n.NewBundle(tag)
	err = bundle.AddMessages(tag, &i18n.Message{
		ID: pluralProbe, Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	if err != nil {
		return pluralRule{}
	}
	return pluralRule{i18n.NewLocalizer(bundle, code)}
}

func (r pluralRule) form(n int) string {
	if r.localizer == nil {
		return "other"
	}
	if n < 0 {
		n = -n
	}
	form, err := r.localizer.Localize(&i18n.LocalizeConfig{MessageID: pluralProbe, PluralCount: n})
	if err != nil {
		return "other"
	}
	return form
}
