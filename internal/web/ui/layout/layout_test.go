package layout

import (
	"strings"
	"testing"
	"unicode/utf8"

	"avow/internal/i18n"
)

func TestATitleIsCutAtAWordAndEndsWithTheName(t *testing.T) {
	p := Page{P: i18n.For("en"), Title: strings.Repeat("commitment ", 20)}
	head := p.Head()
	if n := utf8.RuneCountInString(head); n > 70 || !strings.HasSuffix(head, "commitment… – Avow") {
		t.Errorf("%d characters: %q", n, head)
	}
	p.Title = "Lithuania"
	if p.Head() != "Lithuania – Avow" {
		t.Errorf("have %q", p.Head())
	}
	for _, c := range []struct {
		text string
		most int
		want string
	}{{"short", 10, "short"}, {"one two three", 9, "one two…"}, {"onetwothree", 6, "onetw…"}, {"مرحبا بكم", 7, "مرحبا…"}} {
		if got := Cut(c.text, c.most); got != c.want {
			t.Errorf("%q to %d: have %q, want %q", c.text, c.most, got, c.want)
		}
	}
}
