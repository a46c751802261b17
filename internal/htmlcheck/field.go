package htmlcheck

import (
	"strings"

	"golang.org/x/net/html"
)

// Field is what stands in the form's field of that name: the text of an input or
// of several lines, the chosen answer of a menu or of choices; "" when the page
// has no such field.
func (p *Page) Field(name string) string {
	for n := range all(p.Root, "input", "textarea", "select") {
		if attr(n, "name") != name {
			continue
		}
		switch n.Data {
		case "textarea":
			var b strings.Builder
			for t := n.FirstChild; t != nil; t = t.NextSibling {
				if t.Type == html.TextNode {
					b.WriteString(t.Data)
				}
			}
			return b.String()
		case "select":
			for o := range all(n, "option") {
				if _, chosen := given(o, "selected"); chosen {
					return attr(o, "value")
				}
			}
			return ""
		}
		if kind := attr(n, "type"); kind == "radio" || kind == "checkbox" {
			if _, chosen := given(n, "checked"); !chosen {
				continue
			}
		}
		return attr(n, "value")
	}
	return ""
}
