package text

import (
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// snowball is the stemmers of the Snowball project, by language.
var snowball = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "nl": dutch.Stem, "en": english.Stem, "fi": finnish.Stem, "fr": french.Stem,
	"de": german.Stem, "hu": hungarian.Stem, "ga": irish.Stem, "it": italian.Stem, "no": norwegian.Stem,
	"pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem, "es": spanish.Stem, "sv": swedish.Stem,
	"ta": tamil.Stem, "tr": turkish.Stem,
}

// sameStems names the language whose stems serve another.
var sameStems = map[string]string{
	"nb": "no", "nn": "no", "gl": "pt", "az": "tr", "sk": "cs", "hr": "sr", "bs": "sr", "sh": "sr", "sl": "sr", "me": "sr",
	"mk": "bg", "be": "uk", "ms": "id", "mr": "hi", "ne": "hi", "mo": "ro", "ca": "es", "prs": "fa", "ti": "am",
	"iw": "he", "in": "id", "as": "bn", "rn": "sw", "kk": "ky",
}

// byScript lists, for the words of a script, the languages whose stems a query
// tries, the most used first.
var byScript = []struct {
	script *unicode.RangeTable
	query  []string
	guess  []string // for a text of unknown language
}{
	{unicode.Latin, []string{"en", "fr", "es", "pt", "it", "de", "nl", "ro", "sv", "da", "no", "tr", "hu", "fi", "ga",
		"pl", "cs", "sr", "id", "sq", "lt", "lv", "et", "sw"}, []string{"en", "fr", "es", "pt"}},
	{unicode.Cyrillic, []string{"ru", "uk", "bg", "sr", "ky", "mn"}, []string{"ru", "uk", "bg"}},
	{unicode.Arabic, []string{"ar", "fa", "ur"}, []string{"ar", "fa"}},
	{unicode.Greek, []string{"el"}, []string{"el"}},
	{unicode.Hebrew, []string{"he"}, []string{"he"}},
	{unicode.Devanagari, []string{"hi"}, []string{"hi"}},
	{unicode.Bengali, []string{"bn"}, []string{"bn"}},
	{unicode.Tamil, []string{"ta"}, []string{"ta"}},
	{unicode.Georgian, []string{"ka"}, []string{"ka"}},
	{unicode.Armenian, []string{"hy"}, []string{"hy"}},
	{unicode.Ethiopic, []string{"am"}, []string{"am"}},
}

// stemmersFor returns the languages whose stems a word gets in a text of the
// given language ("" for a query). A word in another script than the language's
// (a Latin name in a Russian text) gets those of its own script.
func stemmersFor(lang string, word string) []string {
	for _, s := range byScript {
		if !leads(s.script, word) {
			continue
		}
		if lang == anyLanguage {
			return s.query
		}
		for i, l := range s.query {
			if l == lang {
				return s.query[i : i+1]
			}
		}
		if withoutStems(lang) {
			return nil
		}
		return s.guess
	}
	return nil
}

const anyLanguage = ""

// base returns the language whose stems a BCP 47 tag uses.
func base(tag string) string {
	l, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if l == "" {
		return "und"
	}
	if s := sameStems[l]; s != "" {
		return s
	}
	return l
}

// withoutStems reports whether lang names a Latin-script language that has no stems
// here: then its words get none, instead of those of languages it is not.
func withoutStems(lang string) bool {
	switch lang {
	case "vi", "mt", "eo", "eu", "cy", "is", "tl", "fil", "so", "ha", "yo", "ig", "rw", "zu", "xh", "af", "lb", "uz", "tk", "kl", "fo":
		return true
	}
	return false
}

func leads(script *unicode.RangeTable, word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return unicode.Is(script, r)
		}
	}
	return false
}

// variants returns the forms under which one word (letters of one script class,
// no apostrophes) is known: first the folded word itself, then its stems in the
// languages of langs. raw is the word as written, folded is Fold(raw); query
// tells a query's word from a text's.
func variants(raw, folded string, langs []string, query bool) []string {
	out := []string{folded}
	add := func(w string) {
		if w = Fold(w); w == "" { // some stemmers put marks on
			return
		}
		for _, o := range out {
			if o == w {
				return
			}
		}
		out = append(out, w)
	}
	if len([]rune(folded)) > MaxToken/2 {
		return out
	}
	original := norm.NFKC.String(raw)
	umlauts := spellUmlauts(original)
	latin := leads(unicode.Latin, folded)
	for _, l := range langs {
		stem, light := snowball[l], lightStems[l]
		if stem != nil {
			addStem := add
			switch {
			case light == nil && shortStems[l] != "":
				addStem = marked(l, add, query)
			case latin:
				addStem = func(w string) {
					// So short a rest of a word is another word: "for" of forest.
					if len(w) > 3 || len(folded)-len(w) <= 2 {
						add(w)
					}
				}
			}
			lower := strings.ToLower(original)
			if l == "tr" {
				lower = strings.ToLowerSpecial(unicode.TurkishCase, original)
			}
			addStem(canonicalStem(l, folded, snowballStem(stem, folded)))
			if lower != folded {
				addStem(snowballStem(stem, lower))
			}
		}
		if light != nil {
			light(folded, marked(l, add, query))
		}
		if l == "de" && umlauts != "" {
			add(umlauts)
			add(snowballStem(stem, umlauts))
			light(umlauts, marked(l, add, query))
		}
	}
	return out
}

// shortStems marks the stems of languages that cut words short and share their
// script with many: else the Estonian stem of child, chil, would find Chile in
// English texts. Nothing is lost, since a query's word gets the stems of every
// language. The mark is a letter of phonetic notation that no running text has,
// so that such a token is one word to both databases.
var shortStems = map[string]string{"de": "ꞏde", "tr": "ꞏtr", "hu": "ꞏhu", "fi": "ꞏfi", "ga": "ꞏga", "nl": "ꞏnl", "ky": "ꞏky", "mn": "ꞏmn", "pl": "ꞏpl", "cs": "ꞏcs", "sr": "ꞏsr",
	"id": "ꞏid", "sq": "ꞏsq", "lt": "ꞏlt", "lv": "ꞏlv", "et": "ꞏet", "sw": "ꞏsw"}

// marked returns an add that marks a language's stems. A text's stem is added
// without mark as well, because a query's word may be the stem itself (kurum).
func marked(lang string, add func(string), query bool) func(string) {
	mark := shortStems[lang]
	if mark == "" {
		return add
	}
	return func(w string) {
		add(w + mark)
		if !query {
			add(w)
		}
	}
}

func snowballStem(stem func(*snowballstem.Env) bool, word string) string {
	if len(word) < 3 {
		return word
	}
	env := snowballstem.NewEnv(word)
	stem(env)
	if w := env.Current(); w != "" {
		return w
	}
	return word
}

// canonicalStem repairs what Snowball's English stemmer is known to confuse
// (organ and organization, universe and university) and makes British and
// American spellings equal.
func canonicalStem(lang, word, stem string) string {
	if lang != "en" {
		return stem
	}
	switch {
	case strings.HasPrefix(word, "organis") && !strings.HasPrefix(word, "organism"), strings.HasPrefix(word, "organiz"):
		return "organiz"
	case strings.HasPrefix(word, "universit"):
		return "universit"
	case len(stem) > 4 && strings.HasSuffix(stem, "is"), len(stem) > 4 && strings.HasSuffix(stem, "ys"):
		return stem[:len(stem)-1] + "z"
	case len(stem) > 5 && strings.HasSuffix(stem, "our"):
		return stem[:len(stem)-2] + "r"
	case len(stem) > 5 && strings.HasSuffix(stem, "mm"):
		return stem[:len(stem)-1]
	}
	return stem
}

var umlautSpelling = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue")

// spellUmlauts folds a word with ä, ö, ü written ae, oe, ue, or returns "" when it has none.
func spellUmlauts(word string) string {
	w := umlautSpelling.Replace(word)
	if w == word {
		return ""
	}
	return Fold(w)
}
