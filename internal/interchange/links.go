package interchange

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"avow/internal/civic"
)

// Texts of trackers mix HTML and Markdown. Only what occurs in them is taken
// apart: line breaks, and links in either form or bare; everything else stays
// as it is written.
var (
	linkForms = regexp.MustCompile(`(?is)<a\s[^<>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>(.*?)</a>` +
		`|\[([^\[\]]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)` +
		`|(https?:[^\s<>()\[\]"']+)`)
	lineBreak = regexp.MustCompile(`(?i)[ \t]*<br\s*/?>[ \t]*`)
	manyLines = regexp.MustCompile(`\n[ \t]*\n\s*`)
)

// longestLabel is how many characters may name a link from before it.
const longestLabel = 120

// link is a link as a text holds it.
type link struct {
	address string // as written
	words   string // what it is called, "" when that is the address
	label   string // what stands before it in its line, where the link has no words
}

// plainText takes the markup away and gives the links in their order. A link
// without words shows its address.
func plainText(source string) (string, []link) {
	source = lineBreak.ReplaceAllString(strings.ReplaceAll(source, "\r\n", "\n"), "\n")
	var links []link
	var b strings.Builder
	end := 0
	for _, m := range linkForms.FindAllStringSubmatchIndex(source, -1) {
		b.WriteString(source[end:m[0]])
		end = m[1]
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return strings.TrimSpace(html.UnescapeString(source[m[2*i]:m[2*i+1]]))
		}
		l := link{address: group(1) + group(2) + group(5) + group(6), words: group(3) + group(4)}
		if bare := group(6); bare != "" { // a full stop behind an address ends its sentence
			l.address = strings.TrimRight(bare, ".,;:!?")
			b.WriteString(l.address)
			b.WriteString(bare[len(l.address):])
		} else if l.words != "" {
			b.WriteString(l.words)
		} else {
			b.WriteString(l.address)
		}
		if sameAddress(l.words, l.address) {
			l.words = ""
		}
		if before := b.String()[:b.Len()]; l.words == "" {
			line := before[strings.LastIndexByte(before, '\n')+1:]
			line = strings.TrimSuffix(strings.TrimSuffix(line, l.address), strings.TrimSpace(l.address))
			if i := strings.LastIndex(line, "http"); i < 0 {
				l.label = strings.Trim(line, " \t-–—:•*[](|")
			}
			if utf8.RuneCountInString(l.label) > longestLabel { // a paragraph, not a name
				l.label = ""
			}
		}
		if l.address != "" {
			links = append(links, l)
		}
	}
	b.WriteString(source[end:])
	text := manyLines.ReplaceAllString(html.UnescapeString(b.String()), "\n\n")
	return strings.TrimSpace(text), links
}

// sameAddress holds for words that are the address itself.
func sameAddress(words, address string) bool {
	fold := func(s string) string {
		s = strings.ToLower(strings.TrimRight(strings.TrimSpace(s), "/"))
		return strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	}
	return words == "" || fold(words) == fold(address)
}

// evidenceOf makes evidence of links, each address once. What is no address of
// the web is kept as text and given to malformed. site leads relative addresses.
func evidenceOf(links []link, site string, lang string, malformed func(address string)) []civic.Evidence {
	var out []civic.Evidence
	for _, l := range links {
		e := civic.Evidence{URL: l.address}
		if strings.HasPrefix(e.URL, "/") && !strings.HasPrefix(e.URL, "//") {
			e.URL = site + e.URL
		}
		title := l.words
		if title == "" {
			title = l.label
		}
		if !civic.WebAddress(e.URL) || len(e.URL) > civic.MaxAddress {
			malformed(l.address)
			e.URL, title = "", strings.TrimSpace(strings.TrimSpace(title)+" "+l.address)
		}
		if title = quoted(strings.Join(strings.Fields(title), " "), civic.MaxEvidenceTitle-1); title != "" {
			e.Title = civic.Text{{Lang: lang, Text: title}}
		}
		same := func(o civic.Evidence) bool {
			if e.URL == "" {
				return o.URL == "" && o.Title.String() == e.Title.String()
			}
			return strings.TrimRight(o.URL, "/") == strings.TrimRight(e.URL, "/")
		}
		if !slices.ContainsFunc(out, same) {
			out = append(out, e)
		}
	}
	return out
}
