package text

import (
	"slices"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/unicode/norm"
)

const (
	undetermined = "und"
	leastLetters = 20   // fewer letters tell a language only by their script
	mostRunes    = 1500 // of a long text that are looked at
)

// Detect guesses the language of a text as a BCP 47 tag ("und" when it cannot
// tell), from among the given languages, or from all that it knows when none is
// given. A script that one language uses decides by itself, whatever among says;
// otherwise a text of fewer than 20 letters is "und". Then the language's
// commonest words decide, and where they do not, the letters' trigrams
// (whatlanggo). sure is false when the next language is close: then a person
// should look. Tags in among may have regions ("pt-BR"); the tag is returned as given.
func Detect(s string, among []string) (lang string, sure bool) {
	s = norm.NFC.String(head(s, mostRunes))
	letters, script, share := mainScript(s)
	if script == nil {
		return undetermined, false
	}
	if own, ok := oneLanguage[script.name]; ok {
		for _, a := range among {
			if slices.Contains(own, primary(a)) {
				return a, share > 0.5
			}
		}
		return own[0], share > 0.5
	}
	if letters < leastLetters {
		return undetermined, false
	}
	candidates := map[string]string{} // language -> tag to return
	for _, a := range among {
		if p := primary(a); written(p, script.name) {
			if _, ok := candidates[p]; !ok {
				candidates[p] = a
			}
		}
	}
	if len(among) == 0 {
		for p, w := range commonWords {
			if w.script == script.name {
				p = strings.TrimSuffix(p, "-")
				candidates[p] = p
			}
		}
	}
	hits, byWords, clear := countCommon(s, candidates)
	if clear {
		return candidates[byWords], true
	}
	byLetters, reliable := bestByTrigrams(s, candidates)
	switch {
	case byLetters == "" && byWords == "":
		return undetermined, false
	case byLetters == "" || byWords == byLetters:
		return candidates[byWords], byWords == byLetters && reliable
	case hits[byWords] >= 3 && hits[byLetters]*4 < hits[byWords]*3:
		return candidates[byWords], false
	}
	return candidates[byLetters], false
}

// head returns the first n runes of s.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// primary returns the language of a tag, in the form that the tables here use.
func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch p {
	case "nb", "nn":
		return "no"
	case "iw":
		return "he"
	case "prs":
		return "fa"
	case "bs", "sh":
		return "hr"
	}
	return p
}

type script struct {
	name  string
	table *unicode.RangeTable
}

var scripts = []script{
	{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Arabic", unicode.Arabic}, {"Han", unicode.Han}, {"Kana", unicode.Hiragana},
	{"Kana", unicode.Katakana}, {"Hangul", unicode.Hangul}, {"Devanagari", unicode.Devanagari}, {"Greek", unicode.Greek},
	{"Hebrew", unicode.Hebrew}, {"Georgian", unicode.Georgian}, {"Armenian", unicode.Armenian}, {"Thai", unicode.Thai},
	{"Bengali", unicode.Bengali}, {"Tamil", unicode.Tamil}, {"Telugu", unicode.Telugu}, {"Kannada", unicode.Kannada},
	{"Malayalam", unicode.Malayalam}, {"Gujarati", unicode.Gujarati}, {"Gurmukhi", unicode.Gurmukhi}, {"Oriya", unicode.Oriya},
	{"Sinhala", unicode.Sinhala}, {"Khmer", unicode.Khmer}, {"Lao", unicode.Lao}, {"Myanmar", unicode.Myanmar},
	{"Ethiopic", unicode.Ethiopic}, {"Tibetan", unicode.Tibetan}, {"Thaana", unicode.Thaana}, {"Mongolian", unicode.Mongolian},
	{"Tifinagh", unicode.Tifinagh}, {"Cherokee", unicode.Cherokee}, {"Canadian", unicode.Canadian_Aboriginal}, {"Nko", unicode.Nko},
}

// oneLanguage lists the scripts that say the language: the one that mostly uses
// them, then others that do.
var oneLanguage = map[string][]string{
	"Han": {"zh", "yue", "ja"}, "Kana": {"ja"}, "Hangul": {"ko"}, "Greek": {"el"}, "Hebrew": {"he", "yi"}, "Georgian": {"ka", "xmf"},
	"Armenian": {"hy", "hyw"}, "Thai": {"th"}, "Bengali": {"bn", "as"}, "Tamil": {"ta"}, "Telugu": {"te"}, "Kannada": {"kn"},
	"Malayalam": {"ml"}, "Gujarati": {"gu"}, "Gurmukhi": {"pa"}, "Oriya": {"or"}, "Sinhala": {"si"}, "Khmer": {"km"}, "Lao": {"lo"},
	"Myanmar": {"my", "shn"}, "Ethiopic": {"am", "ti"}, "Tibetan": {"bo", "dz"}, "Thaana": {"dv"}, "Mongolian": {"mn"},
	"Tifinagh": {"zgh", "ber", "kab"}, "Cherokee": {"chr"}, "Canadian": {"iu", "cr"}, "Nko": {"nqo"},
}

// mainScript returns the number of letters, the script of most of them, and its
// share. Han with kana between is Japanese; Han alone is not.
func mainScript(s string) (letters int, main *script, share float64) {
	var n [64]int
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				n[i]++
				break
			}
		}
	}
	const han, hiragana, katakana = 3, 4, 5
	if kana := n[hiragana] + n[katakana]; kana > 0 && kana*8 >= n[han] {
		n[hiragana], n[katakana], n[han] = kana+n[han], 0, 0
	}
	best := 0
	for i, c := range n {
		if c > n[best] {
			best = i
		}
	}
	if n[best] == 0 {
		return letters, nil, 0
	}
	return letters, &scripts[best], float64(n[best]) / float64(letters)
}

// countCommon counts how often each candidate's commonest words occur in a text,
// and names the candidate with most; clear means by far.
func countCommon(s string, candidates map[string]string) (hits map[string]int, best string, clear bool) {
	hits = map[string]int{}
	total := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		total++
		for _, l := range wordLanguages[w] {
			if _, ok := candidates[l]; ok {
				hits[l]++
			}
		}
	}
	first, second := 0, 0
	for l, c := range hits {
		if c > first || c == first && l < best {
			best, first, second = l, c, first
		} else {
			second = max(second, c)
		}
	}
	return hits, best, first >= 3 && first*10 >= total && first*3 >= second*4
}

// bestByTrigrams returns the candidate whose letters a text's are most like.
func bestByTrigrams(s string, candidates map[string]string) (best string, reliable bool) {
	white := map[whatlanggo.Lang]bool{}
	for l, code := range trigramLanguages {
		if _, ok := candidates[code]; ok {
			white[l] = true
		}
	}
	if len(white) == 0 {
		return "", false
	}
	info := whatlanggo.DetectWithOptions(s, whatlanggo.Options{Whitelist: white})
	code := trigramLanguages[info.Lang]
	if _, ok := candidates[code]; !ok {
		return "", false
	}
	// With some candidates that have no trigrams, the best of the others proves nothing.
	return code, info.IsReliable() && len(white) == len(candidates)
}
