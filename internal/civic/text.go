package civic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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

// Unseen finds a character that has no place in what people write: a control character,
// a sign that turns the writing around, one that stands for what could not be read. A
// line also has no tab, no break and nothing without a width, but what joins or parts
// letters within a word. false when there is none.
func Unseen(text string, line bool) (rune, bool) {
	for i, r := range text {
		switch {
		case r == utf8.RuneError, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
			return r, true
		case !line && (r == '\n' || r == '\r' || r == '\t'):
		case unicode.IsControl(r):
			return r, true
		case !line:
		case r == 0x200c || r == 0x200d:
			if i == 0 || i+utf8.RuneLen(r) == len(text) {
				return r, true
			}
		case unicode.Is(unicode.Bidi_Control, r), r == 0xad, r == 0x200b, r == 0x2028, r == 0x2029, 0x2060 <= r && r <= 0x2064, r == 0xfeff,
			0xfff9 <= r && r <= 0xfffb, 0xe0000 <= r && r <= 0xe007f:
			return r, true
		}
	}
	return 0, false
}
