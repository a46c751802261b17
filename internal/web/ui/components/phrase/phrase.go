// Package phrase shows texts that people outside wrote: titles, promises, notes.
//
// Accessibility: each text carries its language and direction, so that a screen
// reader speaks it in the right voice and it runs the right way in any page;
// line breaks of the source are line breaks; nothing depends on colour alone
// (found words are marked by the mark element).
package phrase

import (
	"iter"
	"strings"

	"avow/internal/civic"
)

// Text is a text with its language and direction, ready to show. Pieces is set
// instead of Text when found words are marked.
type Text struct {
	Lang, Dir string
	Text      string
	Pieces    []Piece
}

// Piece is a stretch of a text, found or not.
type Piece struct {
	Text  string
	Found bool
}

// Of brings a phrase into its form for showing.
func Of(p civic.Phrase) Text {
	lang := p.Lang
	if lang == "" {
		lang = civic.Undetermined
	}
	return Text{Lang: lang, Dir: civic.Direction(lang), Text: strings.TrimSpace(p.Text)}
}

// All brings every language of a text into its form for showing.
func All(t civic.Text) []Text {
	out := make([]Text, 0, len(t))
	for _, p := range t {
		if strings.TrimSpace(p.Text) != "" {
			out = append(out, Of(p))
		}
	}
	return out
}

// Flat gives a text on one line, as for a title.
func Flat(s string) string {
	if !strings.ContainsAny(s, "<\r\n") {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range Lines(s) {
		if line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// Paragraphs splits a text at its line breaks; two or more in a row end a paragraph.
func Paragraphs(s string) [][]string {
	var out [][]string
	var lines []string
	for line := range Lines(s) {
		if line == "" {
			if lines != nil {
				out, lines = append(out, lines), nil
			}
			continue
		}
		lines = append(lines, line)
	}
	if lines != nil {
		out = append(out, lines)
	}
	return out
}

// Lines gives the lines of a text without white space around them. A line ends
// at a line break, at <br/> in any spelling, and at both together once.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i < len(s); {
			n := breakAt(s[i:])
			if n == 0 {
				i++
				continue
			}
			if !yield(strings.TrimSpace(s[start:i])) {
				return
			}
			i += n
			start = i
		}
		yield(strings.TrimSpace(s[start:]))
	}
}

// breakAt is how many bytes the line break at the beginning of s takes, or 0.
func breakAt(s string) int {
	switch s[0] {
	case '\n':
		return 1
	case '\r':
		return 1 + newline(s[1:])
	case '<':
		if len(s) < 4 || s[1]|0x20 != 'b' || s[2]|0x20 != 'r' {
			return 0
		}
		end := strings.TrimLeft(s[3:], " \t\r\n")
		end = strings.TrimPrefix(end, "/")
		if !strings.HasPrefix(end, ">") {
			return 0
		}
		n := len(s) - len(end) + 1
		if strings.HasPrefix(s[n:], "\r\n") {
			return n + 2
		}
		return n + newline(s[n:])
	}
	return 0
}

// newline is 1 when s begins with a line feed.
func newline(s string) int {
	if strings.HasPrefix(s, "\n") {
		return 1
	}
	return 0
}
