package taxonomy

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"avow/internal/civic"
)

// What is new is held to these rules; what stands in the record is read as it stands.

// checkTexts finds the characters in a change's texts that have no place there: fields
// "changes.PLACE.FIELD".
func checkTexts(c Change, place int) civic.Errors {
	f := &faults{place: place}
	for _, of := range []struct {
		field string
		text  civic.Text
		line  bool
	}{
		{"names", c.Names, true}, {"aliases", c.Aliases, true}, {"definition", c.Definition, false},
		{"source", civic.Text{{Text: c.Source}}, true}, {"reason", c.Reason, false},
	} {
		if r, found := unseen(of.text, of.line); found {
			f.add(of.field, KeyUnseen, "field", of.field, "code", codeOf(r))
		}
	}
	return f.found
}

// checkAbout says what is wrong with what a set says of itself.
func checkAbout(a About) civic.Errors {
	e := append(checkLine("title", a.Title), checkWords("source", civic.Text{{Lang: civic.Undetermined, Text: a.Source}}, civic.MaxLine, true)...)
	for _, name := range slices.Sorted(maps.Keys(a.Settings)) {
		for _, word := range []string{name, a.Settings[name]} {
			e = append(e, checkWords("settings", civic.Text{{Lang: civic.Undetermined, Text: word}}, maxSetName, true)...)
		}
	}
	return e
}

// checkLine says what is wrong with a title.
func checkLine(field string, t civic.Text) civic.Errors {
	return checkWords(field, t, civic.MaxLine, true)
}

// checkWords says what is wrong with a text of a set as a whole.
func checkWords(field string, t civic.Text, most int, line bool) civic.Errors {
	var e civic.Errors
	var seen []string
	for _, p := range t {
		if p.Lang != civic.Undetermined && !civic.IsLanguage(p.Lang) || slices.Contains(seen, p.Lang) {
			e.Add(field, KeySetLanguage, "value", p.Lang)
		}
		seen = append(seen, p.Lang)
		if n := utf8.RuneCountInString(p.Text); n > most {
			e.Add(field, KeySetLong, "field", field, "count", n, "most", most)
		}
	}
	if r, found := unseen(t, line); found {
		e.Add(field, KeySetUnseen, "field", field, "code", codeOf(r))
	}
	return e
}

func unseen(t civic.Text, line bool) (rune, bool) {
	for _, p := range t {
		if r, found := civic.Unseen(p.Text, line); found {
			return r, true
		}
	}
	return 0, false
}

// codeOf writes a character that cannot be shown: "U+202E".
func codeOf(r rune) string { return fmt.Sprintf("%U", r) }
