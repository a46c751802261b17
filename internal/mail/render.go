package mail

import (
	"bytes"
	"embed"
	"html/template"
	"strings"

	"avow/internal/i18n"
)

//go:embed letter.html
var templates embed.FS

var page = template.Must(template.ParseFS(templates, "letter.html"))

// lineLength is where lines of plain text are broken, in characters.
const lineLength = 76

// text is the letter as plain text. Addresses and codes stand on lines of their own.
func (l Letter) text() string {
	var b strings.Builder
	for _, k := range l.Blocks {
		switch {
		case k.Heading != "":
			b.WriteString(k.Heading + "\n" + strings.Repeat("-", min(len([]rune(k.Heading)), lineLength)) + "\n\n")
		case k.Text != "":
			b.WriteString(wrap(k.Text, "", "") + "\n\n")
		case k.Code != "":
			b.WriteString("    " + k.Code + "\n\n")
		case k.Link.URL != "":
			b.WriteString(wrap(k.Link.Text, "", "") + "\n" + k.Link.URL + "\n\n")
		case len(k.Items) > 0:
			for _, i := range k.Items {
				b.WriteString(wrap(i.Text, "- ", "  ") + "\n")
				if i.URL != "" {
					b.WriteString("  " + i.URL + "\n")
				}
			}
			b.WriteString("\n")
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// wrap breaks a text into lines; the first begins with first, the others with next.
func wrap(text, first, next string) string {
	var b strings.Builder
	for n, paragraph := range strings.Split(text, "\n") {
		line := next
		if n == 0 {
			line = first
		} else {
			b.WriteString("\n")
		}
		room := len([]rune(line))
		start := true
		for _, word := range strings.Fields(paragraph) {
			length := len([]rune(word))
			if !start && room+1+length > lineLength {
				b.WriteString(line + "\n")
				line, start = next, true
				room = len([]rune(next))
			}
			if !start {
				line, room = line+" ", room+1
			}
			line, room, start = line+word, room+length, false
		}
		b.WriteString(line)
	}
	return b.String()
}

// html is the letter as a page: no picture, no address but those in the text.
func (l Letter) html(p *i18n.Printer) (string, error) {
	var b bytes.Buffer
	err := page.Execute(&b, struct {
		Letter
		Lang, Dir string
	}{l, p.Code, p.Dir})
	return b.String(), err
}
