package mail

import (
	"html"
	"strings"

	"avow/internal/i18n"
)

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
func (l Letter) html(p *i18n.Printer) string {
	var b strings.Builder
	write := func(parts ...string) {
		for i, part := range parts {
			if i%2 == 1 { // what the letter says
				part = html.EscapeString(part)
			}
			b.WriteString(part)
		}
	}
	write("<!DOCTYPE html>\n<html lang=\"", p.Code, "\" dir=\"", p.Dir, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>", l.Subject,
		"</title>\n</head>\n<body style=\"font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em\">\n")
	for _, k := range l.Blocks {
		switch {
		case k.Heading != "":
			write("<h2>", k.Heading, "</h2>\n")
		case k.Text != "":
			write("<p>", k.Text, "</p>\n")
		case k.Code != "":
			write("<p dir=\"ltr\" style=\"font-size: 1.6em; font-family: monospace\">", k.Code, "</p>\n")
		case k.Link.URL != "":
			write("<p><a href=\"", address(k.Link.URL), "\">", k.Link.Text, "</a></p>\n")
		case len(k.Items) > 0:
			write("<ul>\n")
			for _, i := range k.Items {
				if i.URL == "" {
					write("<li>", i.Text, "</li>\n")
					continue
				}
				write("<li><a href=\"", address(i.URL), "\">", i.Text, "</a></li>\n")
			}
			write("</ul>\n")
		}
	}
	write("</body>\n</html>\n")
	return b.String()
}

// address is an address that a letter may lead to: one of the web, or nothing.
func address(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "/") {
		return url
	}
	return "#"
}
