package text

import (
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// letters writes a letter (after case folding and decomposition) in the way
// that people type it.
var letters = map[rune]string{
	// Latin letters that do not decompose.
	'ß': "ss", 'ø': "o", 'đ': "d", 'ħ': "h", 'ł': "l", 'ŧ': "t", 'ı': "i", 'æ': "ae", 'œ': "oe",
	'ð': "d", 'þ': "th", 'ŋ': "n", 'ĸ': "k", 'ə': "e", 'ɛ': "e", 'ɔ': "o", 'ɓ': "b", 'ɗ': "d", 'ƙ': "k",
	'ƴ': "y", 'ɲ': "n", 'ʼ': "'", 'ʻ': "'", 'ʹ': "'", 'ʽ': "'",
	// Greek, Cyrillic, Armenian.
	'ς': "σ", 'և': "եւ",
	'ґ': "г", 'ӏ': "",
	// Arabic: tatweel, forms of teh marbuta, alef maksura, yeh, kaf, heh, alef.
	'ـ': "", 'ة': "ه", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ۃ': "ه", 'ٱ': "ا",
	// Hebrew final forms.
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ", '׳': "'", '״': "\"",
	// Quotes and dashes.
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '´': "'", '′': "'", '＇': "'",
	'“': "\"", '”': "\"", '„': "\"", '‟': "\"", '«': "\"", '»': "\"", '″': "\"",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
}

var markless = rangetable.Merge(unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew)

func stripsMarks(r rune) bool { return unicode.Is(markless, r) }

// generalMark reports marks that belong to no script and that no script needs,
// and marks that enclose, which are part of no word.
func generalMark(r rune) bool {
	return 0x300 <= r && r <= 0x36f || 0x1ab0 <= r && r <= 0x1aff || 0x1dc0 <= r && r <= 0x1dff ||
		0x20d0 <= r && r <= 0x20ff || 0xfe20 <= r && r <= 0xfe2f || unicode.Is(unicode.Me, r)
}

// ignorable is Unicode's default ignorable code points: nothing is seen of them.
func ignorable(r rune) bool {
	switch {
	case r < 0x34f:
		return r == 0xad
	case r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, 0x180b <= r && r <= 0x180f,
		0x200c <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f, r == 0x3164,
		0xfe00 <= r && r <= 0xfe0f, r == 0xffa0, 0xfff0 <= r && r <= 0xfff8, 0x1bca0 <= r && r <= 0x1bca3,
		0x1d173 <= r && r <= 0x1d17a, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

// digit returns the European digit of a decimal digit of any script.
func digit(r rune) (byte, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, x := range unicode.Nd.R16 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return '0' + byte((r-rune(x.Lo))%10), true
		}
	}
	for _, x := range unicode.Nd.R32 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return '0' + byte((r-rune(x.Lo))%10), true
		}
	}
	return 0, false
}

// gramScripts are written without spaces between words, or (Hangul) with
// endings that cannot be told from the word by a list.
var gramScripts = rangetable.Merge(unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
	rangetable.New('ー', 'ｰ', 'ﾞ', 'ﾟ'))

type class uint8

const (
	outside class = iota // between words
	inWord
	inRun      // of a script that is cut into pairs
	carried    // marks and invisible characters: of the class before them
	apostrophe // of a word, when letters are on both sides
)

func classOf(r rune) class {
	if r < 0x80 {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return inWord
		case r == '\'', r == '`':
			return apostrophe
		}
		return outside
	}
	switch r {
	case '’', '‘', 'ʼ', 'ʻ', '´', '׳', '״', '′':
		return apostrophe
	}
	switch {
	case r == 0x200c, r == 0x200d, r == 0xad, unicode.IsMark(r), ignorable(r):
		return carried
	case unicode.IsLetter(r), unicode.IsNumber(r):
		if unicode.Is(gramScripts, r) {
			return inRun
		}
		return inWord
	}
	return outside
}
