package htmlcheck

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Problems lists in sentences what is wrong with a page.
func Problems(root *html.Node) []string {
	c := &checker{root: root, ids: map[string]int{}}
	for n := range all(root) {
		if id, ok := given(n, "id"); ok {
			c.ids[id]++
		}
	}
	c.document()
	c.headings()
	c.landmarks()
	for n := range all(root) {
		c.element(n)
	}
	slices.Sort(c.found)
	return slices.Compact(c.found)
}

type checker struct {
	root  *html.Node
	ids   map[string]int
	found []string
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *checker) document() {
	top := first(c.root, "html")
	if attr(top, "lang") == "" {
		c.say("the page does not say its language")
	}
	if d := attr(top, "dir"); d != "ltr" && d != "rtl" {
		c.say("the page does not say its direction")
	}
	switch title := text(first(c.root, "title")); {
	case title == "":
		c.say("the page has no title")
	case len([]rune(title)) > 70:
		c.say("the title %q is longer than 70 characters", title)
	}
	if n := count(c.root, "main"); n != 1 {
		c.say("the page has %d main parts instead of one", n)
	}
	for id, n := range c.ids {
		if n > 1 {
			c.say("the id %q stands %d times", id, n)
		}
		if id == "" || strings.ContainsAny(id, " \t\n") {
			c.say("the id %q cannot be used", id)
		}
	}
}

func count(root *html.Node, names ...string) int {
	n := 0
	for range all(root, names...) {
		n++
	}
	return n
}

func (c *checker) headings() {
	if n := count(c.root, "h1"); n != 1 {
		c.say("the page has %d main headings instead of one", n)
	}
	last := 0
	for h := range all(c.root, "h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(h.Data[1] - '0')
		if level > last+1 {
			c.say("the heading %q jumps from level %d to %d", text(h), last, level)
		}
		if text(h) == "" {
			c.say("a heading of level %d is empty", level)
		}
		last = level
	}
}

// landmarks of one kind that occur twice need different names.
func (c *checker) landmarks() {
	for _, kind := range []string{"nav", "aside"} {
		names := map[string]int{}
		for n := range all(c.root, kind) {
			names[c.name(n)]++
		}
		for name, n := range names {
			if n > 1 || name == "" && len(names) > 1 {
				c.say("%d %s parts share the name %q", n, kind, name)
			}
		}
	}
}

// name is the name that assistive technology gives an element by its attributes.
func (c *checker) name(n *html.Node) string {
	if ref := attr(n, "aria-labelledby"); ref != "" {
		var words []string
		for id := range strings.FieldsSeq(ref) {
			words = append(words, text(c.byID(id)))
		}
		return strings.Join(words, " ")
	}
	return squeeze(attr(n, "aria-label"))
}

func (c *checker) byID(id string) *html.Node {
	for n := range all(c.root) {
		if attr(n, "id") == id {
			return n
		}
	}
	return nil
}

func (c *checker) element(n *html.Node) {
	for _, a := range n.Attr {
		c.attribute(n, a)
	}
	switch n.Data {
	case "a":
		if attr(n, "href") == "" {
			c.say("the link %q leads nowhere", text(n))
		}
		if text(n) == "" && c.name(n) == "" {
			c.say("a link to %s has no words", attr(n, "href"))
		}
	case "button":
		if text(n) == "" && c.name(n) == "" {
			c.say("a button has no words")
		}
		if _, ok := given(n, "type"); !ok {
			c.say("the button %q has no type", text(n))
		}
	case "input", "select", "textarea":
		c.field(n)
	case "img":
		if _, ok := given(n, "alt"); !ok {
			c.say("the picture %s has no text beside it", attr(n, "src"))
		}
	case "svg":
		if attr(n, "aria-hidden") != "true" && c.name(n) == "" {
			c.say("a drawing has no name and is not hidden")
		}
	case "table":
		c.table(n)
	case "script", "style", "iframe", "object", "embed":
		c.say("the page has a %s", n.Data)
	case "ul", "ol":
		for k := range n.ChildNodes() {
			if k.Type == html.ElementNode && k.Data != "li" {
				c.say("a list holds a %s", k.Data)
			}
		}
	case "details":
		if k := firstElement(n); k == nil || k.Data != "summary" || text(k) == "" {
			c.say("a part that can be unfolded does not say what it is")
		}
	case "form":
		if !hasSubmit(n) {
			c.say("a form has no button")
		}
	}
}

func firstElement(n *html.Node) *html.Node {
	for k := range n.ChildNodes() {
		if k.Type == html.ElementNode {
			return k
		}
	}
	return nil
}

func hasSubmit(form *html.Node) bool {
	for b := range all(form, "button") {
		if attr(b, "type") == "submit" {
			return true
		}
	}
	return false
}

func (c *checker) attribute(n *html.Node, a html.Attribute) {
	switch a.Key {
	case "style":
		c.say("a %s has a style of its own", n.Data)
	case "tabindex":
		if a.Val == "-1" && attr(n, "role") == "group" {
			return // the summary of errors takes focus and is no stop of its own
		}
		c.say("a %s changes the order of the keyboard", n.Data)
	case "lang", "hreflang":
		if strings.ContainsAny(a.Val, " _") || a.Val == "" {
			c.say("%q is no language", a.Val)
		}
	case "dir":
		if a.Val != "ltr" && a.Val != "rtl" && a.Val != "auto" {
			c.say("%q is no direction", a.Val)
		}
	case "aria-labelledby", "aria-describedby", "for":
		for id := range strings.FieldsSeq(a.Val) {
			if c.ids[id] == 0 {
				c.say("a %s refers to %q, which is not on the page", n.Data, id)
			}
		}
	case "href":
		if id, ok := strings.CutPrefix(a.Val, "#"); ok && c.ids[id] == 0 {
			c.say("the link %q leads to #%s, which is not on the page", text(n), id)
		}
	case "src", "action":
		if u, err := url.Parse(a.Val); err != nil || u.Host != "" {
			c.say("a %s loads from another site: %s", n.Data, a.Val)
		}
	}
	if strings.HasPrefix(a.Key, "on") {
		c.say("a %s carries a script", n.Data)
	}
	if n.Data == "link" && a.Key == "href" && attr(n, "rel") == "stylesheet" && !strings.HasPrefix(a.Val, "/") {
		c.say("a stylesheet comes from another site: %s", a.Val)
	}
}

// field checks that an input has a label of its own.
func (c *checker) field(n *html.Node) {
	if attr(n, "type") == "hidden" || c.name(n) != "" || within(n, "label") != nil {
		return
	}
	id := attr(n, "id")
	for l := range all(c.root, "label") {
		if id != "" && attr(l, "for") == id && text(l) != "" {
			return
		}
	}
	c.say("the field %q has no label", attr(n, "name"))
}

// table checks caption, headings and that rows are as wide as the head.
func (c *checker) table(n *html.Node) {
	caption := text(first(n, "caption"))
	if caption == "" {
		c.say("a table has no caption")
	}
	heads := 0
	for th := range all(n, "th") {
		if s := attr(th, "scope"); s != "col" && s != "row" {
			c.say("the heading %q of the table %q does not say what it heads", text(th), caption)
		}
		if within(th, "thead") != nil {
			heads++
			if text(th) == "" {
				c.say("the table %q has an empty heading", caption)
			}
		}
	}
	if heads == 0 {
		c.say("the table %q has no head", caption)
	}
	for tr := range all(first(n, "tbody"), "tr") {
		cells := 0
		for k := range tr.ChildNodes() {
			if k.Type == html.ElementNode {
				cells += spanned(k)
			}
		}
		if cells != heads {
			c.say("a row of the table %q has %d cells under %d headings", caption, cells, heads)
			break
		}
	}
}

// spanned is how many columns a cell covers.
func spanned(cell *html.Node) int {
	n, err := strconv.Atoi(attr(cell, "colspan"))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
