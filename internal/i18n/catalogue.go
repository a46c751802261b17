package i18n

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Forms are the plural categories of CLDR. A message has some of them; "other"
// always.
var Forms = []string{"zero", "one", "two", "few", "many", "other"}

// piece is a run of text, or the name of a placeholder.
type piece struct {
	text string
	name string
}

// message is one entry of a catalogue: a text, or one text for each plural form
// ("other" is then among them too).
type message struct {
	other []piece
	forms map[string][]piece // nil when the message is no plural
}

func (m message) plural() bool { return m.forms != nil }

func (m message) form(name string) []piece {
	if p, ok := m.forms[name]; ok {
		return p
	}
	return m.other
}

// catalogue is one language's messages by key.
type catalogue map[string]message

var placeholder = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)

// compile cuts a text at its placeholders.
func compile(text string) []piece {
	if !strings.Contains(text, "{") {
		return []piece{{text: text}}
	}
	var out []piece
	at := 0
	for _, m := range placeholder.FindAllStringIndex(text, -1) {
		if m[0] > at {
			out = append(out, piece{text: text[at:m[0]]})
		}
		out = append(out, piece{name: text[m[0]+1 : m[1]-1]})
		at = m[1]
	}
	if at < len(text) {
		out = append(out, piece{text: text[at:]})
	}
	return out
}

// parse reads a catalogue file: a JSON object of keys, each with a text or with
// an object of plural forms. A key that stands twice, a form that is none and a
// plural without "other" are errors; the file is otherwise taken as it is.
func parse(data []byte) (catalogue, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("read catalogue: it is not a JSON object")
	}
	out := catalogue{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		key, _ := t.(string)
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("read catalogue: key %q stands twice", key)
		}
		if out[key], err = readMessage(d); err != nil {
			return nil, fmt.Errorf("read catalogue at key %q: %w", key, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("read catalogue: something follows the object")
	}
	return out, nil
}

func readMessage(d *json.Decoder) (message, error) {
	t, err := d.Token()
	if err != nil {
		return message{}, err
	}
	if text, ok := t.(string); ok {
		return message{other: compile(text)}, nil
	}
	if t != json.Delim('{') {
		return message{}, fmt.Errorf("it is neither a text nor plural forms")
	}
	m := message{forms: map[string][]piece{}}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return message{}, err
		}
		form, _ := name.(string)
		if !slices.Contains(Forms, form) {
			return message{}, fmt.Errorf("%q is no plural form", form)
		}
		if _, twice := m.forms[form]; twice {
			return message{}, fmt.Errorf("the plural form %q stands twice", form)
		}
		t, err := d.Token()
		if err != nil {
			return message{}, err
		}
		text, ok := t.(string)
		if !ok {
			return message{}, fmt.Errorf("the plural form %q is no text", form)
		}
		m.forms[form] = compile(text)
	}
	if _, err := d.Token(); err != nil {
		return message{}, err
	}
	other, ok := m.forms["other"]
	if !ok {
		return message{}, fmt.Errorf("the plural form \"other\" is missing")
	}
	m.other = other
	return m, nil
}
