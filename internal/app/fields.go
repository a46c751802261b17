package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"avow/internal/store"
)

var errNoObject = errors.New("not a JSON object")

// decodeFields decodes some top-level fields of a version's body. It is several
// times faster than decoding the whole where thousands of bodies are read for
// one small field of each.
func decodeFields(v store.Version, fields map[string]any) error {
	err := eachField(v.Body, func(name, value []byte) error {
		if into, wanted := fields[string(name)]; wanted {
			return json.Unmarshal(value, into)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("decode %s %s: %w", v.Kind, v.ID, err)
	}
	return nil
}

// eachField calls use with the name (without quotes, escapes as they stand) and
// the raw value of each top-level field of a canonical JSON object: one without
// white space between its parts, as civic.Encode makes it.
func eachField(body []byte, use func(name, value []byte) error) error {
	if len(body) < 2 || body[0] != '{' {
		return errNoObject
	}
	for i := 1; i < len(body) && body[i] == '"'; i++ {
		end := stringEnd(body, i)
		if end < 0 || end >= len(body) || body[end] != ':' {
			return errNoObject
		}
		name := body[i+1 : end-1]
		from := end + 1
		if i = valueEnd(body, from); i < 0 || i >= len(body) {
			return errNoObject
		}
		if err := use(name, body[from:i]); err != nil {
			return err
		}
		if body[i] == '}' {
			return nil
		}
	}
	if body[1] == '}' {
		return nil
	}
	return errNoObject
}

// stringEnd returns the place after the string that begins at i, or -1.
func stringEnd(b []byte, i int) int {
	for i++; ; i++ {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		escapes := 0
		for b[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// valueEnd returns the place after the value that begins at i, or -1.
func valueEnd(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = stringEnd(b, i); i < 0 {
				return -1
			}
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return -1
}
