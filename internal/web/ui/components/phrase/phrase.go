// Package phrase shows texts that people outside wrote: titles, promises, notes.
//
// Accessibility: each text carries its language and direction, so that a screen
// reader speaks it in the right voice and it runs the right way in any page;
// line breaks of the source are line breaks; nothing depends on colour alone
// (found words are marked by the mark element).
package phrase

import (
	"regexp"
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

var lineBreak = regexp.MustCompile(`(?i)\s*(?:<br\s*/?>|\r\n|\r|\n)\s*`)

// Flat gives a text on one line, as for a title.
func Flat(s string) string { return strings.TrimSpace(lineBreak.ReplaceAllString(s, " ")) }

// Paragraphs splits a text at its line breaks; two or more in a row end a paragraph.
func Paragraphs(s string) [][]string {
	var out [][]string
	var lines []string
	for _, line := range regexpSplit(s) {
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

var oneBreak = regexp.MustCompile(`(?i)<br\s*/?>\r?\n?|\r\n|\r|\n`)

func regexpSplit(s string) []string {
	lines := oneBreak.Split(s, -1)
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}
