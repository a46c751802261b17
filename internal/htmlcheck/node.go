package htmlcheck

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// all gives every element below n with one of the names, in document order;
// without a name every element.
func all(n *html.Node, names ...string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if n == nil {
			return
		}
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, d.Data)) && !yield(d) {
				return
			}
		}
	}
}

func first(n *html.Node, name string) *html.Node {
	for d := range all(n, name) {
		return d
	}
	return nil
}

// within gives the nearest element of one of the names around n, or nil.
func within(n *html.Node, names ...string) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && slices.Contains(names, p.Data) {
			return p
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	v, _ := given(n, name)
	return v
}

// given returns an attribute and whether the element has it.
func given(n *html.Node, name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// text is what is written in an element, white space folded.
func text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && breaks[d.Data]:
			b.WriteByte(' ')
		}
	}
	return squeeze(b.String())
}

// breaks are the elements before which a reader sees a gap.
var breaks = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "td": true, "th": true, "tr": true, "dt": true, "dd": true, "section": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "caption": true, "summary": true, "option": true, "label": true, "button": true, "nav": true,
}

// Text is what a reader finds on a page, white space folded.
func Text(root *html.Node) string { return text(first(root, "body")) }
