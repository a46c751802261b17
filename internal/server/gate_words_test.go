package server

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// TestEveryWordIsTranslatedOrData reads the long pseudo-language, in which each
// text of a catalogue stands in brackets. A letter outside of them is data: it is
// marked with a language of its own, it is code, or the record holds it, or it is
// a name or date that CLDR writes.
func TestEveryWordIsTranslatedOrData(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{})
	corpus := g.corpus(t)
	checked := 0
	for _, s := range g.samples(t) {
		if !s.row.Page || s.lang != i18n.PseudoLong {
			continue
		}
		root, err := html.Parse(strings.NewReader(body(t, g.ask("GET", s.address))))
		if err != nil {
			t.Fatal(err)
		}
		checked++
		loose(root, func(element, text string) {
			if !corpus.holds(text) {
				t.Errorf("%s: %q in %s is neither from a catalogue nor data", s.address, text, element)
			}
		})
	}
	if checked < 20 {
		t.Errorf("only %d pages were read", checked)
	}
}

// spoken are the attributes that a person hears or sees.
var spoken = map[string]bool{"aria-label": true, "title": true, "alt": true, "placeholder": true, "data-label": true, "aria-description": true}

// loose reports each piece of text outside of brackets that holds a letter.
// Brackets may open in one element and close in another of the same block.
func loose(root *html.Node, report func(element, text string)) {
	depth := 0
	outside := func(text string) string {
		var b strings.Builder
		for _, r := range text {
			switch {
			case r == '[':
				depth++
			case r == ']':
				depth--
			case depth == 0:
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	say := func(element, text string) {
		if text = strings.Trim(strings.Join(strings.Fields(text), " "), " –—·:;,.()«»“”-"); strings.ContainsFunc(text, unicode.IsLetter) {
			report(element, text)
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			say(n.Parent.Data, outside(n.Data))
			return
		}
		if n.Type == html.ElementNode {
			if n.Data == "code" || n.Data == "pre" || n.Data == "kbd" || n.Data != "html" && has(n, "lang") && get(n, "lang") != i18n.PseudoLong {
				return
			}
			for _, a := range n.Attr {
				if spoken[a.Key] {
					was := depth
					depth = 0
					say(n.Data+" "+a.Key, outside(a.Val))
					depth = was
				}
			}
		}
		for k := range n.ChildNodes() {
			walk(k)
		}
	}
	walk(root)
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func get(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// corpus is every text that the record holds, and every name that CLDR gives.
type corpus struct{ texts []string }

var (
	date   = regexp.MustCompile(`(\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(, \d\d:\d\d UTC)?`)
	lists  = regexp.MustCompile(`^and$| and |, `) // joined by the language's own pattern
	titles = regexp.MustCompile(`…| \(|\) `)      // shortened, or with an ID behind
)

// holds reports whether a text is data, alone or as a list of data.
func (c corpus) holds(text string) bool {
	text = date.ReplaceAllString(text, "")
	if c.one(text) {
		return true
	}
	if number, title, ok := strings.Cut(text, " "); ok && c.one(number) && c.one(title) { // of a commitment in its plan
		return true
	}
	for _, part := range lists.Split(text, -1) {
		if c.one(part) {
			continue
		}
		for _, part := range titles.Split(part, -1) {
			if !c.one(part) {
				return false
			}
		}
	}
	return true
}

// one reports whether the corpus has the text; a short one as a whole, since any
// short word stands somewhere in a long text.
func (c corpus) one(text string) bool {
	text = strings.Trim(text, " ,–…()·")
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return true
	}
	for _, known := range c.texts {
		if known == text || len(text) > 12 && strings.Contains(known, text) {
			return true
		}
	}
	return false
}

func (g gate) corpus(t *testing.T) (c corpus) {
	t.Helper()
	english := g.words.For(i18n.English)
	for _, kind := range civic.Kinds {
		err := g.keeper.store.EachNewest(context.Background(), kind, func(v store.Version) error {
			var subject any
			if err := json.Unmarshal(v.Body, &subject); err != nil {
				return err
			}
			leaves(subject, func(text string) {
				c.texts = append(c.texts, strings.Join(strings.Fields(text), " "), english.Country(text), english.LanguageName(text))
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	_, tags, err := g.app.Taxonomy(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for tag := range tags.All() {
		for _, name := range tag.Names {
			c.texts = append(c.texts, name.Text)
		}
	}
	c.texts = append(c.texts, "TXT") // the kind of a file is its ending
	for _, l := range g.words.Languages() {
		c.texts = append(c.texts, l.Name)
	}
	c.texts = append(c.texts, app.ExportColumns()...)
	head, err := g.keeper.store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	_, key := g.keeper.checkpoint()
	c.texts = append(c.texts, head.Origin, key)
	for _, s := range g.rows {
		c.texts = append(c.texts, s.Samples...)
	}
	return c
}

func leaves(v any, do func(string)) {
	switch v := v.(type) {
	case string:
		do(v)
	case []any:
		lines := ""
		for _, e := range v {
			leaves(e, do)
			if line, ok := e.(string); ok {
				lines += line + "\n"
			}
		}
		if len(v) > 1 && lines != "" {
			do(lines) // as a field with a line for each
		}
	case map[string]any:
		for _, e := range v {
			leaves(e, do)
		}
	}
}
