package taxonomy

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"avow/internal/civic"
)

// The faults of a file that is no change set, as message keys, with the line.
const (
	KeyFileUTF8    = "taxonomy.file.utf8"    // line
	KeyFileSyntax  = "taxonomy.file.syntax"  // line
	KeyFileLarge   = "taxonomy.file.large"   // most: bytes
	KeyFileDouble  = "taxonomy.file.double"  // line, field
	KeyFileUnknown = "taxonomy.file.unknown" // line, field
	KeyFileMissing = "taxonomy.file.missing" // line, field
	KeyFileForm    = "taxonomy.file.form"    // line, field
)

// MaxFile bounds a change set's file, in bytes.
const MaxFile = 1 << 20

// node is a value of a JSON file with its line. The order of the fields is kept:
// the first language of a text is its original.
type node struct {
	line   int
	kind   byte // '{', '[', 's' for a text, 'b' for true or false, 'n' for anything else
	text   string
	yes    bool
	names  []string // of the fields
	values []node   // of the fields, or the items
}

// field is the value of a field; false when there is none.
func (n node) field(name string) (node, bool) {
	for i, have := range n.names {
		if have == name {
			return n.values[i], true
		}
	}
	return node{line: n.line}, false
}

// errDeep is a file with more levels than any change set has.
var errDeep = errors.New("too many levels")

const maxDepth = 8

// readTree reads one JSON value and nothing after it.
func readTree(r io.Reader) (node, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return node{}, err
	}
	if len(raw) > MaxFile {
		return node{}, refused(civic.TooLarge, KeyFileLarge, "most", MaxFile)
	}
	if err := CheckUTF8(raw); err != nil {
		return node{}, err
	}
	t := tree{raw: bytes.TrimPrefix(raw, []byte("\ufeff"))}
	t.Decoder = json.NewDecoder(bytes.NewReader(t.raw))
	n, err := t.value(0)
	if err == nil {
		if _, more := t.Token(); more != io.EOF {
			err = errors.New("there is something behind the end")
		}
	}
	var told *civic.Error
	if err != nil && !errors.As(err, &told) {
		told = refused(civic.Invalid, KeyFileSyntax, "line", t.line())
		told.Cause = err
		err = told
	}
	return n, err
}

// CheckUTF8 refuses a file that is not UTF-8: nothing of it is guessed.
func CheckUTF8(raw []byte) error {
	line := 1
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return refused(civic.Invalid, KeyFileUTF8, "line", line)
		case r == '\n':
			line++
		}
		i += n
	}
	return nil
}

type tree struct {
	*json.Decoder
	raw []byte
}

// line is where the reader stands, from 1.
func (t tree) line() int {
	return 1 + bytes.Count(t.raw[:min(int(t.InputOffset()), len(t.raw))], []byte("\n"))
}

func (t tree) value(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, errDeep
	}
	token, err := t.Token()
	if err != nil {
		return node{}, err
	}
	n := node{line: t.line(), kind: 'n'}
	switch v := token.(type) {
	case string:
		n.kind, n.text = 's', v
	case bool:
		n.kind, n.yes = 'b', v
	case json.Delim:
		n.kind = byte(v)
		for t.More() {
			if err := t.member(&n, depth); err != nil {
				return n, err
			}
		}
		_, err = t.Token()
	}
	return n, err
}

// member reads a field or an item.
func (t tree) member(n *node, depth int) error {
	if n.kind == '{' {
		token, err := t.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if _, twice := n.field(name); twice {
			return refused(civic.Invalid, KeyFileDouble, "line", t.line(), "field", name)
		}
		n.names = append(n.names, name)
	}
	v, err := t.value(depth + 1)
	n.values = append(n.values, v)
	return err
}
