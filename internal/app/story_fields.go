package app

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"avow/internal/civic"
)

// notTold are fields whose change says nothing to people: what a subject is, and
// what it belongs to.
var notTold = []string{"id", "member", "plan", "commitment", "demo", "slug"}

// fieldSentences tell a change that has no sentences of its own by the fields
// that differ, in their order; a first version by its kind alone.
func fieldSentences(now, was []byte) ([]Sentence, error) {
	if was == nil {
		return []Sentence{say("story.recorded")}, nil
	}
	after, names, err := fieldsOf(now)
	if err != nil {
		return nil, err
	}
	before, old, err := fieldsOf(was)
	if err != nil {
		return nil, err
	}
	for _, name := range old {
		if _, still := after[name]; !still {
			names = append(names, name)
		}
	}
	var out []Sentence
	for _, name := range names {
		if b, a := plain(before[name]), plain(after[name]); b != a && !slices.Contains(notTold, name) {
			out = append(out, fieldSentence(name, b, a))
		}
	}
	if len(out) == 0 {
		out = append(out, say("story.confirmed"))
	}
	return out, nil
}

// longText is how long both sides of a change may be for a sentence to repeat them (bytes).
const longText = 120

// fieldSentence tells that one field changed. Values are canonical; what they are
// called in a language is found when the sentence is said.
func fieldSentence(field, before, after string) Sentence {
	key := "story.field.changed"
	switch {
	case len(before) > longText && len(after) > longText:
		key = "story.field.rewritten"
	case before == "":
		key = "story.field.added"
	case after == "":
		key = "story.field.removed"
	}
	s := say(key, "field", civic.Field(field), "before", civic.FieldValue{Field: field, Value: before}, "after", civic.FieldValue{Field: field, Value: after})
	s.Field, s.Before, s.After = field, before, after
	return s
}

// fieldsOf reads the fields of an object and their order.
func fieldsOf(body []byte) (map[string]json.RawMessage, []string, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, nil, errNoFields
	}
	fields, names := map[string]json.RawMessage{}, []string(nil)
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, nil, err
		}
		fields[name.(string)], names = value, append(names, name.(string))
	}
	return fields, names, nil
}

// plain writes a value for people as far as it is a text or a number.
func plain(raw json.RawMessage) string {
	var text civic.Text
	var word string
	var words []string
	switch {
	case len(raw) == 0:
		return ""
	case json.Unmarshal(raw, &word) == nil:
		return word
	case json.Unmarshal(raw, &words) == nil:
		return strings.Join(words, "; ")
	case json.Unmarshal(raw, &text) == nil && text.String() != "":
		return text.String()
	}
	return string(raw)
}
