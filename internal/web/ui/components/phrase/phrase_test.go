package phrase

import (
	"reflect"
	"testing"

	"avow/internal/civic"
)

func TestLineBreaksOfTheSourceAreKept(t *testing.T) {
	for text, want := range map[string][][]string{
		"a<br/>b":                  {{"a", "b"}},
		"a<BR>b<br />\n<br/>c":     {{"a", "b"}, {"c"}},
		"a\r\n\r\nb\nc":            {{"a"}, {"b", "c"}},
		"":                         nil,
		"<br/>":                    nil,
		"a < b <brother> & <br/c>": {{"a < b <brother> & <br/c>"}},
	} {
		if got := Paragraphs(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: have %q, want %q", text, got, want)
		}
	}
}

func TestATextOfUnknownLanguageSaysSo(t *testing.T) {
	if got := Of(civic.Phrase{Text: " x "}); got.Lang != "und" || got.Dir != "auto" || got.Text != "x" {
		t.Errorf("have %+v", got)
	}
	if got := Of(civic.Phrase{Lang: "fa", Text: "x"}); got.Dir != "rtl" {
		t.Errorf("have %+v", got)
	}
	if got := Flat("a<br/>\n b"); got != "a b" {
		t.Errorf("have %q", got)
	}
}
