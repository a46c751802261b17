package interchange

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// keyTwice returns the first key that occurs twice in one object of valid JSON.
func keyTwice(raw []byte) string {
	var open []keyLevel
	deep := 0
	key := false // the next string is a key
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '{', '[':
			if deep == len(open) {
				open = append(open, keyLevel{})
			}
			key = raw[i] == '{'
			open[deep].begin(key)
			deep++
		case '}', ']':
			deep--
			key = false
			if deep < 0 {
				return ""
			}
		case ',':
			key = deep > 0 && open[deep-1].object
		case '"':
			end := stringEnd(raw, i)
			if end < 0 {
				return ""
			}
			if key && deep > 0 {
				if k := plainKey(raw[i : end+1]); open[deep-1].twice(k) {
					return string(k)
				}
			}
			key = false
			i = end
		}
	}
	return ""
}

// keyLevel is an object or array that is open while keyTwice reads.
type keyLevel struct {
	object bool
	keys   [][]byte
	many   map[string]bool // of the keys, when they are many
}

// manyKeys is how many keys are compared one by one.
const manyKeys = 32

func (l *keyLevel) begin(object bool) { l.object, l.keys, l.many = object, l.keys[:0], nil }

// twice reports whether the object has the key already, and keeps it.
func (l *keyLevel) twice(key []byte) bool {
	if l.many != nil {
		had := l.many[string(key)]
		l.many[string(key)] = true
		return had
	}
	for _, k := range l.keys {
		if bytes.Equal(k, key) {
			return true
		}
	}
	if l.keys = append(l.keys, key); len(l.keys) > manyKeys {
		l.many = make(map[string]bool, 2*len(l.keys))
		for _, k := range l.keys {
			l.many[string(k)] = true
		}
	}
	return false
}

// stringEnd returns the index of the quote that ends the string at i, -1 when none does.
func stringEnd(raw []byte, i int) int {
	for j := i + 1; j < len(raw); j++ {
		switch raw[j] {
		case '"':
			return j
		case '\\':
			j++ // what is escaped
		}
	}
	return -1
}

// plainKey returns what a quoted key means.
func plainKey(quoted []byte) []byte {
	if bytes.IndexByte(quoted, '\\') < 0 && utf8.Valid(quoted) {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		return quoted
	}
	return []byte(s)
}
