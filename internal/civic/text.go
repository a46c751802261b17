package civic

import "strings"

// Phrase is one text in one language. Lang is a BCP 47 tag ("en", "pt-BR"), or
// "und" when it could not be told; Guessed marks a language that was detected
// and not given by the source.
type Phrase struct {
	Lang    string `json:"lang"`
	Text    string `json:"text"`
	Guessed bool   `json:"guessed,omitempty"`
}

// Text is the same content in one or more languages; the first is the original.
type Text []Phrase

// Original returns the first phrase, or an empty one of undetermined language.
func (t Text) Original() Phrase {
	if len(t) == 0 {
		return Phrase{Lang: Undetermined}
	}
	return t[0]
}

// In returns the phrase in the wanted language, or the original when there is none.
func (t Text) In(lang string) Phrase {
	for _, p := range t {
		if p.Lang == lang {
			return p
		}
	}
	return t.Original()
}

// String returns the original text.
func (t Text) String() string { return t.Original().Text }

// Undetermined is the BCP 47 tag of a language that could not be told.
const Undetermined = "und"

var rightToLeft = map[string]bool{
	"ar": true, "arc": true, "ckb": true, "dv": true, "fa": true, "he": true, "iw": true, "ks": true,
	"ku-Arab": true, "nqo": true, "pa-Arab": true, "ps": true, "sd": true, "syr": true, "ug": true, "ur": true, "yi": true,
}

// Direction returns the HTML dir value of a language: "rtl", "ltr", or "auto"
// when the language is unknown.
func Direction(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	switch {
	case lang == "" || base == Undetermined:
		return "auto"
	case rightToLeft[lang] || rightToLeft[base]:
		return "rtl"
	}
	return "ltr"
}
