package tagging

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/text"
)

// word is what is known of a word, however it is written.
type word struct {
	folded string
	bare   []string // in Arabic: without article and particles
	stem   uint64   // feature of its stem; 0 for words of one letter
	grams  []uint64 // features of its letters, three to five at a time
	terms  []term   // of the lexicon that it may begin
	filler bool     // it tells nothing of a subject

	place *place // in the space of the one model that its reader works for
	seen  uint32 // the reading it was last seen in
	at    int32  // and its place there
}

// spelled is a word as it stands in a text.
type spelled struct {
	*word
	written string
}

// reader cuts texts into words and remembers them. It belongs to one goroutine.
type reader struct {
	known    map[string]*vocabulary // by language
	size     int
	list     []spelled
	readings uint32 // how many there were
}

// vocabulary is the words of a language that a reader remembers, by how they are
// written and by how they are folded.
type vocabulary struct {
	written map[string]spelled
	folded  map[string]*word
}

const (
	mostKnown = 1 << 15 // words that a reader remembers
	mostWord  = 64      // bytes of a word; a longer one is read in pieces
)

// forget makes room, between two texts.
func (r *reader) forget() {
	if r.known == nil || r.size > mostKnown {
		r.known, r.size = map[string]*vocabulary{}, 0
	}
}

// words gives the words of a text in order. The list is valid until the next call.
func (r *reader) words(s, lang string) []spelled {
	if r.known == nil {
		r.forget()
	}
	known := r.known[lang]
	if known == nil {
		known = &vocabulary{map[string]spelled{}, map[string]*word{}}
		r.known[strings.Clone(lang)] = known
	}
	r.list = r.list[:0]
	eachWord(s, func(w string) {
		k, ok := known.written[w]
		if !ok {
			k = known.take(strings.Clone(w), lang)
			r.size++
		}
		if k.folded != "" {
			r.list = append(r.list, k)
		}
	})
	return r.list
}

func (v *vocabulary) take(written, lang string) spelled {
	f := strings.ReplaceAll(text.Fold(written), " ", "")
	w := v.folded[f]
	if w == nil {
		w = newWord(f, lang)
		v.folded[f] = w
	}
	k := spelled{w, written}
	v.written[written] = k
	return k
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

func newWord(f, lang string) *word {
	k := &word{folded: f}
	if f == "" {
		return k
	}
	k.bare = text.WithoutParticles(f)
	k.terms = words().starts(f, k.bare)
	// What the lexicon knows by itself tells something, whatever it is in other languages.
	first, _ := utf8.DecodeRuneInString(f)
	k.filler = unicode.IsDigit(first) || text.Filler(f) && !slices.ContainsFunc(k.terms, func(t term) bool { return len(t.rest) == 0 })
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
