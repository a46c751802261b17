package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to what two people would call the same text: compatibility
// forms and case are gone (ß is ss), marks are gone from Latin, Greek, Cyrillic,
// Arabic and Hebrew letters and from no others (Indic vowels are marks too),
// letters that are written in several ways are written in one, digits are
// European, quotes and dashes plain. <br>, private-use bullets, control and
// zero-width characters and white space become one space, none at the ends.
// Invisible joiners and direction marks vanish. Bytes that are not UTF-8 become
// U+FFFD. Fold(Fold(s)) equals Fold(s).
func Fold(s string) string {
	if isASCII(s) {
		return foldASCII(s)
	}
	s = foldOnce(s)
	// One pass settles all but contrived strings (a mark that meets its letter
	// only after something between them vanished); each further pass shortens.
	for range 8 {
		t := foldOnce(s)
		if t == s {
			break
		}
		s = t
	}
	return s
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func foldASCII(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == '`':
			c = '\''
		case c <= ' ' || c == 0x7f:
			c = ' '
		}
		b = append(b, c)
	}
	return spaced(string(b))
}

func foldOnce(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = separateJoiners(s)
	s = norm.NFKD.String(s)
	var b strings.Builder
	b.Grow(len(s))
	strip := false // whether the last base letter loses its marks
	for _, r := range s {
		// After decomposition, lower case and the table of letters are case folding.
		r = unicode.ToLower(r)
		switch {
		case r < utf8.RuneSelf:
			strip = 'a' <= r && r <= 'z'
			switch {
			case r <= ' ' || r == 0x7f:
				r = ' '
			case r == '`':
				r = '\''
			}
			b.WriteByte(byte(r))
		case ignorable(r):
		case unicode.IsMark(r):
			if !strip && !generalMark(r) {
				b.WriteRune(r)
			}
		case unicode.IsSpace(r), unicode.Is(unicode.C, r):
			strip = false
			b.WriteByte(' ')
		default:
			strip = stripsMarks(r)
			if to, ok := letters[r]; ok {
				b.WriteString(to)
			} else if d, ok := digit(r); ok {
				b.WriteByte(d)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return spaced(norm.NFC.String(b.String()))
}

// separateJoiners turns the invisible characters that part words into spaces:
// the zero-width space, and between Arabic letters the non-joiner, which in
// Persian parts a word from its ending.
func separateJoiners(s string) string {
	if !strings.ContainsAny(s, "\u200b\u200c\ufeff") {
		return s
	}
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		if r == '\u200b' || r == '\ufeff' || r == '\u200c' && unicode.Is(unicode.Arabic, last) {
			r = ' '
		}
		b.WriteRune(r)
		if !unicode.IsMark(r) {
			last = r
		}
	}
	return b.String()
}

// spaced replaces each <br> and each run of spaces by one space, and trims.
func spaced(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		n := 0
		if s[i] == ' ' {
			n = 1
		} else if s[i] == '<' {
			n = lineBreak(s[i:])
		}
		if n > 0 {
			gap = true
			i += n
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// lineBreak returns the length of the <br>, <br/> or <br /> at the start of s, or 0.
func lineBreak(s string) int {
	if len(s) < 4 || s[:3] != "<br" {
		return 0
	}
	slash := false
	for i := 3; i < len(s); i++ {
		switch {
		case s[i] == '>':
			return i + 1
		case s[i] == '/' && !slash:
			slash = true
		case s[i] != ' ':
			return 0
		}
	}
	return 0
}
