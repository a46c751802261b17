package civic

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug makes the part of an address from a name: lower case, Latin marks off,
// each run of anything but letters and digits one hyphen. Names that differ in
// case or punctuation alone give the same slug: "Anti-Corruption",
// "Anti-corruption". It is "" when the name has no letter and no digit.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r) && r < 0x370: // combining marks of Latin script
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return norm.NFC.String(b.String())
}
