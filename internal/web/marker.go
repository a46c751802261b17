package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/text"
	"avow/internal/web/ui/components/phrase"
)

// marker marks the words of a search in texts. It knows words by their folded
// beginning; it helps the eye and decides nothing.
type marker struct{ stems []string }

// newMarker understands the words of a search.
func newMarker(q string) *marker {
	m := &marker{}
	for _, w := range strings.Fields(text.Fold(q)) {
		if r := []rune(w); len(r) > 5 {
			w = string(r[:len(r)-2]) // endings differ
		}
		m.stems = append(m.stems, w)
	}
	return m
}

func (m *marker) found(word string) bool {
	folded := text.Fold(word)
	for _, s := range m.stems {
		if len([]rune(s)) < 3 && folded == s || len([]rune(s)) >= 3 && strings.HasPrefix(folded, s) {
			return true
		}
	}
	return false
}

// text marks what is found. With a length it shows that many characters around
// the first word found, else from the beginning.
func (m *marker) text(t phrase.Text, length int) phrase.Text {
	if length > 0 {
		t.Text = beginning(t.Text, length, len(m.stems) > 0)
	}
	t.Text = phrase.Flat(t.Text)
	pieces := split(t.Text)
	first := -1
	if len(m.stems) > 0 {
		for i, p := range pieces {
			if p.Found && m.found(p.Text) {
				if first < 0 {
					first = i
				}
			} else {
				pieces[i].Found = false
			}
		}
	}
	from, to := 0, len(pieces)
	if length > 0 {
		from, to = window(pieces, first, length)
	}
	if first < 0 {
		t.Text = join(pieces, from, to)
		return t
	}
	t.Text = ""
	t.Pieces = merge(pieces, from, to)
	return t
}

// scanned is how much of a text is searched for a word to show (bytes).
const scanned = 8 << 10

// beginning is the part of a text that an excerpt can come from.
func beginning(s string, length int, search bool) string {
	most := 8 * length
	if search {
		most = max(most, scanned)
	}
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// split cuts a text into words (Found) and what stands between them.
func split(s string) []phrase.Piece {
	var out []phrase.Piece
	start, inWord := 0, false
	for i, r := range s {
		word := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if word != inWord && i > start {
			out = append(out, phrase.Piece{Text: s[start:i], Found: inWord})
			start = i
		}
		inWord = word
	}
	if start < len(s) {
		out = append(out, phrase.Piece{Text: s[start:], Found: inWord})
	}
	return out
}

// window chooses the pieces to show: some words before the first found one, and
// as many after as the length allows.
func window(pieces []phrase.Piece, first, length int) (from, to int) {
	before := 0
	for i := first; i > 0 && before < length/4; i-- {
		before += len([]rune(pieces[i-1].Text))
		from = i - 1
	}
	if before < length/4 {
		from = 0
	}
	used := 0
	for to = from; to < len(pieces); to++ {
		used += len([]rune(pieces[to].Text))
		if used > length {
			break
		}
	}
	return from, max(to, min(from+1, len(pieces)))
}

func join(pieces []phrase.Piece, from, to int) string {
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	for _, p := range pieces[from:to] {
		b.WriteString(p.Text)
	}
	s := strings.TrimSpace(b.String())
	if to < len(pieces) {
		s += " …"
	}
	return s
}

// merge joins neighbours of one kind.
func merge(pieces []phrase.Piece, from, to int) []phrase.Piece {
	var out []phrase.Piece
	add := func(p phrase.Piece) {
		if n := len(out); n > 0 && out[n-1].Found == p.Found {
			out[n-1].Text += p.Text
			return
		}
		out = append(out, p)
	}
	if from > 0 {
		add(phrase.Piece{Text: "… "})
	}
	for _, p := range pieces[from:to] {
		add(p)
	}
	if to < len(pieces) {
		add(phrase.Piece{Text: " …"})
	}
	return out
}
