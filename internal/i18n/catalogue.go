package i18n

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
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

// message is one entry of a catalogue: by plural form, or only "other".
type message struct {
	forms  map[string][]piece
	plural bool
}

func (m message) form(name string) []piece {
	if p, ok := m.forms[name]; ok {
		return p
	}
	return m.forms["other"]
}

// catalogue is one language's messages by key.
type catalogue map[string]message

var placeholder = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)

// compile cuts a text at its placeholders.
func compile(text string) []piece {
	var out []piece
	at := 0
	for _, m := range placeholder.FindAllStringIndex(text, -1) {
		if m[0] > at {
			out = append(out, piece{text: text[at:m[0]]})
		}
		out = append(out, piece{name: text[m[0]+1 : m[1]-1]})
		at = m[1]
	}
	if at < len(text) || len(out) == 0 {
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
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, fmt.Errorf("read catalogue at key %q: %w", key, err)
		}
		if out[key], err = parseMessage(raw); err != nil {
			return nil, fmt.Errorf("read catalogue at key %q: %w", key, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	return out, nil
}

func parseMessage(raw json.RawMessage) (message, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		return message{forms: map[string][]piece{"other": compile(text)}}, nil
	}
	var forms map[string]string
	if err := json.Unmarshal(raw, &forms); err != nil {
		return message{}, fmt.Errorf("it is neither a text nor plural forms")
	}
	m := message{forms: map[string][]piece{}, plural: true}
	for name, text := range forms {
		if !strings.Contains(" zero one two few many other ", " "+name+" ") {
			return message{}, fmt.Errorf("%q is no plural form", name)
		}
		m.forms[name] = compile(text)
	}
	if _, ok := m.forms["other"]; !ok {
		return message{}, fmt.Errorf("the plural form \"other\" is missing")
	}
	return m, nil
}
