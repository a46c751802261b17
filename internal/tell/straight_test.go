package tell_test

import (
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/tell"
)

func TestWordsOfAPersonDoNotTurnAroundTheSentence(t *testing.T) {
	const turned = "paid\u202e \u2066\u2069\u2069nuf lla ton\u202b \u2067"
	for _, lang := range []string{"en", "ar"} {
		p := i18n.For(lang)
		for _, v := range []any{turned, civic.Text{{Lang: "en", Text: turned}}, civic.Said{Key: "story.reason", Args: map[string]any{"reason": turned}}} {
			said := tell.Say(p, civic.Said{Key: "story.reason", Args: map[string]any{"reason": v}})
			if !strings.Contains(said, "nuf lla ton") || strings.ContainsAny(said, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067") ||
				strings.Count(said, "\u2068") != strings.Count(said, "\u2069") {
				t.Errorf("%s: %+q", lang, said)
			}
		}
		if place := tell.Place(p, civic.Text{{Lang: "en", Text: turned}}, civic.Country{}, ""); strings.ContainsAny(place, "\u202b\u202e\u2066\u2067\u2069") {
			t.Errorf("%s: %+q", lang, place)
		}
	}
}
