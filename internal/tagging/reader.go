package tagging

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/text"
)

// word is what is known of a word as it is written.
type word struct {
	written string
	folded  string
	stem    uint64   // feature of its stem; 0 for words of one letter
	grams   []uint64 // features of its letters, three to five at a time
	terms   []term   // of the lexicon that it may begin
}

// reader cuts texts into words and remembers them. It belongs to one goroutine.
type reader struct {
	known map[string]map[string]*word // by language and as written
	size  int
	list  []*word
}

const (
	mostKnown = 1 << 15 // words that a reader remembers
	mostWord  = 64      // bytes of a word; a longer one is read in pieces
)

// words gives the words of a text in order. The list is valid until the next call.
func (r *reader) words(s, lang string) []*word {
	if r.known == nil || r.size > mostKnown {
		r.known, r.size = map[string]map[string]*word{}, 0
	}
	known := r.known[lang]
	if known == nil {
		known = map[string]*word{}
		r.known[strings.Clone(lang)] = known
	}
	r.list = r.list[:0]
	eachWord(s, func(w string) {
		k := known[w]
		if k == nil {
			w = strings.Clone(w)
			k = newWord(w, lang)
			known[w] = k
			r.size++
		}
		if k.folded != "" {
			r.list = append(r.list, k)
		}
	})
	return r.list
}

// eachWord gives the runs of letters, marks and digits of a text.
func eachWord(s string, each func(w string)) {
	start := -1
	for i, c := range s {
		if c < utf8.RuneSelf && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') ||
			c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) || c == '\u200c' || c == '\u200d' || c == '\u00ad') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			inPieces(s[start:i], each)
			start = -1
		}
	}
	if start >= 0 {
		inPieces(s[start:], each)
	}
}

// inPieces gives a word, or what has no spaces in it in pieces.
func inPieces(w string, each func(w string)) {
	for len(w) > mostWord {
		p := clip(w, mostWord)
		each(p)
		w = w[len(p):]
	}
	each(w)
}

// hasWord reports whether a text holds a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
}

// clip cuts a string to n bytes at most, between characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func newWord(written, lang string) *word {
	f := strings.ReplaceAll(text.Fold(written), " ", "")
	k := &word{written: written, folded: f}
	if f == "" {
		return k
	}
	k.terms = words().starts(f)
	if len(f) < 2 {
		return k
	}
	stem := f
	for _, t := range text.Tokens(f, lang) {
		if len(t) < len(stem) {
			stem = t
		}
	}
	k.stem = feature('w', stem)
	letters := []rune("_" + f + "_")
	for n := 3; n <= 5; n++ {
		for i := 0; i+n <= len(letters); i++ {
			k.grams = append(k.grams, feature('c', string(letters[i:i+n])))
		}
	}
	return k
}

// feature is the number that a feature goes by, whatever the model.
func feature(kind byte, s string) uint64 {
	h := (uint64(14695981039346656037) ^ uint64(kind)) * 1099511628211
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mixed(h)
}

// pair is the feature of two stems side by side.
func pair(a, b uint64) uint64 { return mixed(a*0x9e3779b97f4a7c15 ^ b) }

// mixed spreads a number's bits.
func mixed(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return max(h, 1)
}
