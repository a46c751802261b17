package interchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// maxJSONLLine bounds one line in bytes, maxJSONL the whole file.
const (
	maxJSONLLine = 16 << 20
	maxJSONL     = 4 << 30
)

// ParseJSONL reads our own format. Every subject is checked by itself: known
// fields only, IDs in their form, values and missing values that exist, no ID,
// OGP ID or slug twice. Whether the subjects that it refers to exist, in this file
// or already stored, is for the import to say. Subjects come back with members
// first, then institutions, plans and commitments, each in the order of the file.
func ParseJSONL(in Input) (Parsed, error) {
	f, err := in.Open()
	if err != nil {
		return Parsed{}, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(io.LimitReader(f, maxJSONL), 256<<10)
	p := jsonlParser{name: in.Name, out: Parsed{Format: "jsonl"}, seen: map[jsonlKey]int{},
		subjects: map[civic.Kind][]civic.Subject{}, lines: map[civic.Kind][]int{}, changes: map[taxonomy.ChangeID]bool{}}
	first, err := readLine(r)
	if err == nil {
		err = p.header(bytes.TrimPrefix(first, []byte("\ufeff")))
	}
	if err == nil {
		err = readChunks(r, p.keep)
	}
	var long lineTooLong
	switch {
	case err == io.EOF:
		return Parsed{}, fileError(civic.Invalid, "empty_file", in.Name, nil)
	case errors.Is(err, errBlankLines):
		return Parsed{}, fileError(civic.TooLarge, "too_many_rows", in.Name, map[string]any{"limit": maxRows})
	case errors.As(err, &long):
		return Parsed{}, fileError(civic.TooLarge, "line_too_long", in.Name, map[string]any{"line": int(long) + 1, "limit": maxJSONLLine >> 20})
	case err != nil:
		var told *civic.Error
		if errors.As(err, &told) {
			return Parsed{}, err
		}
		return Parsed{}, fmt.Errorf("read %s: %w", in.Name, err)
	}
	return p.finish(), nil
}

var errLineTooLong = errors.New("line too long")

// readLine returns the next line without its end, or io.EOF. The bytes are the caller's.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxJSONLLine {
			return nil, errLineTooLong
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && len(line) == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		default:
			return bytes.TrimRight(line, "\r\n"), nil
		}
	}
}

type jsonlParser struct {
	name     string
	out      Parsed
	seen     map[jsonlKey]int // what must not occur twice: the line it is on
	keys     []jsonlKey       // of the line at hand
	changes  map[taxonomy.ChangeID]bool
	subjects map[civic.Kind][]civic.Subject
	lines    map[civic.Kind][]int
}

func (p *jsonlParser) header(raw []byte) error {
	var h struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	switch err := json.Unmarshal(raw, &h); {
	case len(raw) == 0:
		return fileError(civic.Invalid, "empty_file", p.name, nil)
	case err != nil || h.Format != "avow-jsonl":
		return fileError(civic.Invalid, "jsonl_header", p.name, map[string]any{"header": jsonlHeader})
	case h.Version != 1:
		return fileError(civic.Invalid, "jsonl_version", p.name, map[string]any{"version": h.Version, "known": 1})
	}
	return nil
}

// keep takes one line in, or says why not. Its error is that too many are not
// taken.
func (p *jsonlParser) keep(l checkedLine) error {
	p.out.Records++
	issue := l.issue
	if issue == nil {
		issue = p.twice(l.line, l.subject)
	}
	if issue != nil {
		issue.Row = l.line
		p.out.Refused = append(p.out.Refused, *issue)
		return (&tally{file: p.name}).full(p.out.Refused)
	}
	kind := l.subject.SubjectKind()
	p.subjects[kind] = append(p.subjects[kind], l.subject)
	p.lines[kind] = append(p.lines[kind], l.line)
	return nil
}

// jsonlKey is what only one subject of a file may have: an ID, an OGP ID, or a
// slug among the subjects of its kind.
type jsonlKey struct{ what, value string }

// twice refuses an ID, OGP ID or slug that an earlier line has.
func (p *jsonlParser) twice(line int, s civic.Subject) *Issue {
	keys := append(p.keys[:0], jsonlKey{"id", s.SubjectID()})
	switch s := s.(type) {
	case taxonomy.Change:
		// It has a line for each of its entries, and shares its ID with nothing else.
		if p.changes[s.ID] {
			keys = keys[:0]
		}
		keys = append(keys, jsonlKey{"tag-change", fmt.Sprintf("%s %d", s.ID, s.Version)}, jsonlKey{"tag-change", fmt.Sprintf("%s %d %d", s.Set, s.Version, s.Place)})
	case study.Coding:
		keys = append(keys, jsonlKey{"coding", string(s.Study) + " " + s.Label})
	case civic.Keyed:
		if key := s.Key(); key != "" {
			keys = append(keys, jsonlKey{string(s.SubjectKind()), key})
		}
	case civic.Member:
		keys = append(keys, jsonlKey{"member", s.Slug})
	case civic.Plan:
		keys = append(keys, jsonlKey{"plan", s.Slug})
	case civic.Commitment:
		if s.OGPID != "" {
			keys = append(keys, jsonlKey{"ogp_id", s.OGPID})
		}
		for _, m := range s.Milestones {
			keys = append(keys, jsonlKey{"id", string(m.ID)})
		}
	}
	p.keys = keys
	for i, k := range keys {
		first, ok := p.seen[k]
		if !ok {
			p.seen[k] = line
			continue
		}
		for _, k := range keys[:i] {
			delete(p.seen, k) // this line is not taken
		}
		if first == line {
			first = 0 // twice in one subject
		}
		return &Issue{Column: string(s.SubjectKind()), Code: "subject_twice", Args: map[string]any{"value": k.value, "line": first}}
	}
	if c, ok := s.(taxonomy.Change); ok {
		p.changes[c.ID] = true
	}
	return nil
}

func (p *jsonlParser) finish() Parsed {
	for _, kind := range civic.Kinds {
		p.out.Subjects = append(p.out.Subjects, p.subjects[kind]...)
		p.out.Lines = append(p.out.Lines, p.lines[kind]...)
	}
	return p.out
}

// readSubject reads one line into its subject. The issue lacks its row.
func readSubject(raw []byte) (civic.Subject, *Issue) {
	if bytes.IndexByte(raw, 0) >= 0 || escapedNUL(raw) {
		return nil, &Issue{Code: "nul_character"}
	}
	if !utf8.Valid(raw) {
		return nil, &Issue{Code: "not_utf8_line"}
	}
	if !json.Valid(raw) {
		return nil, unreadable(raw, json.Unmarshal(raw, new(any)))
	}
	var l jsonlLine
	if err := strict(raw, &l); err != nil {
		return nil, unreadable(raw, err)
	}
	of, ok := jsonlKinds[l.Kind]
	if !ok {
		return nil, &Issue{Column: "kind", Code: "kind_unknown", Args: map[string]any{"value": string(l.Kind)}}
	}
	s, err := of.strictly(l.Subject)
	if err != nil {
		return nil, unreadable(raw, err)
	}
	if canonical, err := civic.Encode(s); err != nil || !bytes.Equal(canonical, l.Subject) {
		// Other spacing and order are welcome; a key that is there twice would lose a value.
		if key := keyTwice(raw); key != "" {
			return nil, &Issue{Column: key, Code: "key_twice_record", Args: map[string]any{"key": key, "code": s.SubjectID()}}
		}
	}
	return s, checkSubject(s)
}

// unreadable says what of a line is not as it must be: its JSON, a key that does
// not exist, or a value of another type.
func unreadable(raw []byte, err error) *Issue {
	if key := unknownKey.FindStringSubmatch(err.Error()); key != nil {
		return &Issue{Column: key[1], Code: "jsonl_key_unknown", Args: map[string]any{"key": key[1]}}
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return &Issue{Column: kind.Field, Code: "jsonl_value_type", Args: map[string]any{"key": kind.Field, "value": kind.Value}}
	}
	at := len(raw)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = int(syntax.Offset)
	}
	return &Issue{Code: "jsonl_line", Args: map[string]any{"at": at}}
}

func decode[T civic.Subject](raw []byte) (civic.Subject, error) {
	var v T
	err := strict(raw, &v)
	return v, err
}

// strict reads exactly one JSON value without unknown fields.
func strict(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the JSON value")
	}
	return nil
}

// escapedNUL finds \u0000 that is no escaped backslash followed by "u0000".
func escapedNUL(raw []byte) bool {
	for from := 0; ; {
		i := bytes.Index(raw[from:], []byte(`\u0000`))
		if i < 0 {
			return false
		}
		at := from + i
		slashes := 1
		for at-slashes >= 0 && raw[at-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 1 {
			return true
		}
		from = at + 1
	}
}
