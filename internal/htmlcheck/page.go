package htmlcheck

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is a parsed page within a test.
type Page struct {
	t    testing.TB
	Root *html.Node
	text string // once it was asked for
}

// Read parses a page. Anything parses; what is odd shows in IsSound.
func Read(t testing.TB, body []byte) *Page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("the page is no HTML: %v", err)
	}
	return &Page{t: t, Root: root}
}

// IsSound fails the test with every problem of the page.
func (p *Page) IsSound() {
	p.t.Helper()
	for _, problem := range Problems(p.Root) {
		p.t.Error(problem)
	}
}

// IsIn checks the language and direction of the page.
func (p *Page) IsIn(lang, dir string) {
	p.t.Helper()
	root := first(p.Root, "html")
	if attr(root, "lang") != lang || attr(root, "dir") != dir {
		p.t.Errorf("the page says lang=%q dir=%q, not lang=%q dir=%q", attr(root, "lang"), attr(root, "dir"), lang, dir)
	}
}

// Says checks that a reader finds the text somewhere on the page.
func (p *Page) Says(text string) {
	p.t.Helper()
	if !strings.Contains(p.Text(), squeeze(text)) {
		p.t.Errorf("the page does not say %q", text)
	}
}

// DoesNotSay checks that a reader does not find the text on the page.
func (p *Page) DoesNotSay(text string) {
	p.t.Helper()
	if strings.Contains(p.Text(), squeeze(text)) {
		p.t.Errorf("the page says %q", text)
	}
}

// IsTitled checks the title of the window.
func (p *Page) IsTitled(title string) {
	p.t.Helper()
	if got := text(first(p.Root, "title")); got != title {
		p.t.Errorf("the page is titled %q, not %q", got, title)
	}
}

// Describes is what the page says of itself to search engines.
func (p *Page) Describes() string {
	for n := range all(p.Root, "meta") {
		if attr(n, "name") == "description" {
			return attr(n, "content")
		}
	}
	return ""
}

// IsHeaded checks the main heading.
func (p *Page) IsHeaded(heading string) {
	p.t.Helper()
	if got := text(first(p.Root, "h1")); got != heading {
		p.t.Errorf("the page is headed %q, not %q", got, heading)
	}
}

// LinksTo checks that some link or form leads to the address.
func (p *Page) LinksTo(address string) {
	p.t.Helper()
	for _, link := range p.Links() {
		if link == address {
			return
		}
	}
	p.t.Errorf("the page has no link to %s", address)
}

// Marks checks that an element of that name holds exactly the text.
func (p *Page) Marks(element, want string) {
	p.t.Helper()
	for n := range all(p.Root, element) {
		if text(n) == squeeze(want) {
			return
		}
	}
	p.t.Errorf("the page has no %s with %q", element, want)
}

// Links lists where the links of the page lead, in their order.
func (p *Page) Links() []string {
	var out []string
	for n := range all(p.Root, "a", "link", "form") {
		for _, name := range []string{"href", "action"} {
			if v := attr(n, name); v != "" {
				out = append(out, v)
			}
		}
	}
	return out
}

// Text is what a reader finds on the page, white space folded.
func (p *Page) Text() string {
	if p.text == "" {
		p.text = Text(p.Root)
	}
	return p.text
}

// Count is how many elements of these names the page has.
func (p *Page) Count(names ...string) int {
	n := 0
	for range all(p.Root, names...) {
		n++
	}
	return n
}
