package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"avow/internal/civic"
)

// Trackers are the files in which a government follows its own plan: JSON, or a
// table made from it. A field that a tracker's file does not have is empty in its
// draft and means "this file says nothing", never "this is gone".

// maxTracker bounds a tracker's JSON file in bytes; the largest known one has 0.2 MB.
const maxTracker = 64 << 20

// Partial reports whether files of an edition may each tell only a part of it,
// so that a cell one file does not have stays as another gave it.
func Partial(e civic.Edition) bool {
	return strings.HasPrefix(string(e), "canada-nap") || strings.HasPrefix(string(e), "us-nap")
}

// jsonEntry is a member of a JSON object, in the order of the file.
type jsonEntry struct {
	key string
	raw json.RawMessage
}

// readWhole reads a bounded UTF-8 file and takes a byte order mark away.
func readWhole(in Input, limit int64) ([]byte, error) {
	f, err := in.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.Name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Name, err)
	}
	if int64(len(data)) > limit {
		return nil, fileError(civic.TooLarge, "file_too_large", in.Name, map[string]any{"limit": limit >> 20})
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fileError(civic.Invalid, "empty_file", in.Name, nil)
	}
	if at := invalidUTF8(data); at >= 0 {
		return nil, fileError(civic.Invalid, "not_utf8", in.Name, map[string]any{"line": lineAt(data, at)})
	}
	return data, nil
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// lineAt returns the line, from 1, of a position in a file.
func lineAt(data []byte, at int) int { return bytes.Count(data[:min(at, len(data))], []byte("\n")) + 1 }

// jsonProblem turns an error of the JSON reader into one that names the line.
func jsonProblem(name string, data []byte, err error) error {
	at := len(data)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = int(syntax.Offset)
	case errors.As(err, &kind):
		at = int(kind.Offset)
	}
	e := fileError(civic.Invalid, "not_json", name, map[string]any{"line": lineAt(data, at)})
	e.Cause = err
	return e
}

// jsonObject splits a JSON object into its members without losing their order;
// twice is the first key that occurs more than once.
func jsonObject(raw []byte) (entries []jsonEntry, twice string, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil {
		return nil, "", err
	} else if open != json.Delim('{') {
		return nil, "", fmt.Errorf("a JSON object is needed, not %.20s", raw)
	}
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, "", err
		}
		e := jsonEntry{key: key.(string)}
		if err := d.Decode(&e.raw); err != nil {
			return nil, "", err
		}
		if seen[e.key] && twice == "" {
			twice = e.key
		}
		seen[e.key] = true
		entries = append(entries, e)
	}
	_, err = d.Token()
	return entries, twice, err
}

// jsonCells gives a value as cells: a string as it is, an object of strings as
// one cell for each member ("NAP_url.en"), anything else as its JSON text.
func jsonCells(column string, raw json.RawMessage) []civic.Cell {
	var text string
	if jsonString(raw, &text) {
		return []civic.Cell{{Column: column, Value: text}}
	}
	whole := []civic.Cell{{Column: column, Value: string(raw)}}
	entries, twice, err := jsonObject(raw)
	if err != nil || twice != "" || len(entries) == 0 {
		return whole
	}
	var out []civic.Cell
	for _, e := range entries {
		if !jsonString(e.raw, &text) {
			return whole
		}
		out = append(out, civic.Cell{Column: column + "." + e.key, Value: text})
	}
	return out
}

// jsonString reads a JSON string and reports whether it is one.
func jsonString(raw json.RawMessage, to *string) bool {
	return !bytes.Equal(raw, []byte("null")) && json.Unmarshal(raw, to) == nil
}

// hasNUL reports whether any cell holds a NUL, which no text of a plan does.
func hasNUL(cells []civic.Cell) bool {
	for _, c := range cells {
		if strings.ContainsRune(c.Value, 0) || strings.ContainsRune(c.Column, 0) {
			return true
		}
	}
	return false
}
