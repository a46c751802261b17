package civic

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latinLetters are Latin letters that Unicode does not decompose, as they are
// written where only a to z can be used.
var latinLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i",
	'ħ': "h", 'ŧ': "t", 'ŋ': "ng", 'ə': "e", 'ʻ': "", 'ʼ': "", '’': "", '\'': "",
}

// Slug turns a name into the last part of an address: lower case, Latin letters
// without accents ("São Tomé" gives "sao-tome"), letters and digits of other
// scripts as they are, everything between them one "-". Apostrophes vanish
// ("Côte d'Ivoire" gives "cote-divoire"). A name without a letter or digit gives "".
func Slug(s string) string {
	var b strings.Builder
	gap, latin := false, false
	for _, r := range norm.NFD.String(s) {
		r = unicode.ToLower(r)
		if plain, ok := latinLetters[r]; ok {
			if plain == "" {
				continue
			}
			b.WriteString(dash(&gap, b.Len()))
			b.WriteString(plain)
			latin = true
			continue
		}
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r):
			if !latin && !gap && b.Len() > 0 {
				b.WriteRune(r)
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteString(dash(&gap, b.Len()))
			b.WriteRune(r)
			latin = unicode.Is(unicode.Latin, r)
		default:
			gap = true
		}
	}
	return norm.NFC.String(b.String())
}

// dash gives the "-" that is due before the next letter, if one is.
func dash(gap *bool, written int) string {
	due := *gap && written > 0
	*gap = false
	if due {
		return "-"
	}
	return ""
}
