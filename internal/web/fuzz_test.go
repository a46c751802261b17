package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"avow/internal/web/ui/components/phrase"
)

func FuzzMarker(f *testing.F) {
	f.Add("open data", "Open Data for all<br/>citizens", 20)
	f.Add("بيانات", "البيانات المفتوحة", 5)
	f.Add("", "", 0)
	f.Add("\x00 \xff", "a\xffb", 1)
	f.Fuzz(func(t *testing.T, q, text string, length int) {
		if length < 0 || length > 1000 {
			return
		}
		got := newMarker(q).text(phrase.Text{Text: text}, length)
		s := got.Text
		for _, p := range got.Pieces {
			s += p.Text
		}
		if length == 0 && strings.TrimSpace(s) != phrase.Flat(text) {
			t.Errorf("%q became %q", phrase.Flat(text), s)
		}
	})
}

func FuzzAround(f *testing.F) {
	f.Add(strings.Repeat("a", 700)+"b", strings.Repeat("a", 700)+"c")
	f.Add("", strings.Repeat("مرحبا ", 200))
	f.Fuzz(func(t *testing.T, before, after string) {
		b, a := around(before, after)
		if n := max(utf8.RuneCountInString(b), utf8.RuneCountInString(a)); n > maxSide+4 {
			t.Errorf("%d characters", n)
		}
		if before != after && b == a && utf8.ValidString(before) && utf8.ValidString(after) {
			t.Errorf("the difference is lost: %q", b)
		}
	})
}
