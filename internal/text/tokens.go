package text

import (
	"strings"
	"unicode/utf8"
)

// MaxToken is the length limit of a token, in runes; longer words are cut.
const MaxToken = 64

// piece is a stretch of a text: a word, or a run of a script without spaces.
type piece struct {
	s     string
	start int // byte offset in the text
	run   bool
}

func (p piece) end() int { return p.start + len(p.s) }

// pieces cuts a text into words and runs. Marks and invisible characters belong
// to what is before them; an apostrophe belongs to a word when letters or digits
// are on both sides.
func pieces(s string, each func(piece)) {
	start, kind := -1, outside // of the piece that is open
	var before class           // class of the last character that was not carried
	end := 0                   // end of the open piece without a trailing apostrophe
	flush := func() {
		if start >= 0 && end > start {
			each(piece{s[start:end], start, kind == inRun})
		}
		start = -1
	}
	for i, r := range s {
		c := classOf(r)
		size := utf8.RuneLen(r)
		if r == 0xFFFD {
			size = 1
			if strings.HasPrefix(s[i:], "\uFFFD") {
				size = 3
			}
		}
		switch c {
		case carried:
			if start < 0 || before == apostrophe {
				flush()
				continue
			}
			end = i + size
			continue
		case inWord, inRun:
			if start >= 0 && (kind != c || before == outside) {
				flush()
			}
			if start < 0 {
				start, kind = i, c
			}
			end = i + size
		case apostrophe:
			if before != inWord || kind != inWord {
				flush()
				c = outside
			}
		default:
			flush()
		}
		before = c
	}
	flush()
}

// wordForms returns the words that a written word holds (one, or several when an
// apostrophe, a hyphen or a compatibility character parts it), each with its
// variants, the folded word first. The result is shared: do not change it.
func wordForms(raw, lang string) [][]string {
	key := stemKey{lang, raw}
	if forms, ok := stems.get(key); ok {
		return forms
	}
	forms := makeForms(raw, lang)
	stems.put(key, forms)
	return forms
}

func makeForms(raw, lang string) [][]string {
	var out [][]string
	for _, part := range splitWord(raw) {
		for _, f := range strings.Fields(wordsOf(Fold(part))) {
			from := part
			if f != Fold(part) {
				from = f
			}
			f = cut(f)
			forms := variants(from, f, stemmersFor(lang, f), lang == anyLanguage)
			kept := forms[:0]
			for i, v := range forms {
				if v = cut(v); v != "" && (i == 0 || len(kept) < MaxVariants) && isToken(v) {
					kept = append(kept, v)
				}
			}
			if len(kept) > 0 {
				out = append(out, kept)
			}
		}
	}
	return out
}

// isToken reports whether a stem is one word still.
func isToken(s string) bool { return wordsOf(s) == s && !strings.Contains(s, " ") }

// cut shortens a word to MaxToken runes.
func cut(w string) string {
	if len(w) <= MaxToken {
		return w
	}
	n := 0
	for i := range w {
		if n == MaxToken {
			return Fold(w[:i])
		}
		n++
	}
	return w
}

// splitWord parts a word at its apostrophes. In Latin script the elided article
// and the genitive s (l'accès, government's) are dropped; in other scripts the
// apostrophe is a letter of its own kind (об'єднання) and is left out.
func splitWord(w string) []string {
	if !strings.ContainsFunc(w, func(r rune) bool { return classOf(r) == apostrophe }) {
		return []string{w}
	}
	parts := strings.FieldsFunc(w, func(r rune) bool { return classOf(r) == apostrophe })
	if len(parts) == 0 {
		return nil
	}
	if !leads(byScript[0].script, w) {
		return []string{strings.Join(parts, "")}
	}
	var long []string
	for _, p := range parts {
		if len([]rune(p)) > 2 {
			long = append(long, p)
		}
	}
	if len(long) == 0 {
		return []string{strings.Join(parts, "")}
	}
	return long
}
