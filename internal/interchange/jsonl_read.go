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
	p := jsonlParser{name: in.Name, out: Parsed{Format: "jsonl"}, seen: map[string]int{}}
	for line := 1; ; line++ {
		raw, err := readLine(r)
		switch {
		case err == io.EOF:
			if line == 1 {
				return Parsed{}, fileError(civic.Invalid, "empty_file", in.Name, nil)
			}
			return p.finish(), nil
		case errors.Is(err, errLineTooLong):
			return Parsed{}, fileError(civic.TooLarge, "line_too_long", in.Name, map[string]any{"line": line, "limit": maxJSONLLine >> 20})
		case err != nil:
			return Parsed{}, fmt.Errorf("read %s: %w", in.Name, err)
		}
		if line == 1 {
			if err := p.header(bytes.TrimPrefix(raw, []byte("\ufeff"))); err != nil {
				return Parsed{}, err
			}
			continue
		}
		if len(bytes.TrimSpace(raw)) > 0 {
			p.take(line, raw)
		}
	}
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
	seen     map[string]int // what must not occur twice: the line it is on
	subjects [4][]civic.Subject
	lines    [4][]int
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

// take checks one line and keeps its subject, or says why not.
func (p *jsonlParser) take(line int, raw []byte) {
	p.out.Records++
	s, issue := readSubject(raw)
	if issue == nil {
		issue = p.twice(line, s)
	}
	if issue != nil {
		issue.Row = line
		p.out.Refused = append(p.out.Refused, *issue)
		return
	}
	for i, kind := range civic.Kinds {
		if kind == s.SubjectKind() {
			p.subjects[i] = append(p.subjects[i], s)
			p.lines[i] = append(p.lines[i], line)
		}
	}
}

// twice refuses an ID, OGP ID or slug that an earlier line has.
func (p *jsonlParser) twice(line int, s civic.Subject) *Issue {
	keys := []string{"id " + s.SubjectID()}
	switch s := s.(type) {
	case civic.Member:
		keys = append(keys, "member "+s.Slug)
	case civic.Plan:
		keys = append(keys, "plan "+s.Slug)
	case civic.Commitment:
		if s.OGPID != "" {
			keys = append(keys, "ogp_id "+s.OGPID)
		}
		for _, m := range s.Milestones {
			keys = append(keys, "id "+string(m.ID))
		}
	}
	here := map[string]bool{}
	for _, k := range keys {
		if first, ok := p.seen[k]; ok || here[k] {
			_, value, _ := bytes.Cut([]byte(k), []byte(" "))
			return &Issue{Column: string(s.SubjectKind()), Code: "subject_twice", Args: map[string]any{"value": string(value), "line": max(first, 0)}}
		}
		here[k] = true
	}
	for _, k := range keys {
		p.seen[k] = line
	}
	return nil
}

func (p *jsonlParser) finish() Parsed {
	for i := range p.subjects {
		p.out.Subjects = append(p.out.Subjects, p.subjects[i]...)
		p.out.Lines = append(p.out.Lines, p.lines[i]...)
	}
	return p.out
}

// readSubject reads one line into its subject. The issue lacks its row.
func readSubject(raw []byte) (civic.Subject, *Issue) {
	broken := func(code string, err error) *Issue {
		return &Issue{Code: code, Args: map[string]any{"reason": err.Error()}}
	}
	if bytes.IndexByte(raw, 0) >= 0 || escapedNUL(raw) {
		return nil, &Issue{Code: "nul_character"}
	}
	if !utf8.Valid(raw) {
		return nil, &Issue{Code: "not_utf8_line"}
	}
	var l jsonlLine
	if err := strict(raw, &l); err != nil {
		return nil, broken("jsonl_line", err)
	}
	var s civic.Subject
	var err error
	switch l.Kind {
	case civic.KindMember:
		s, err = decode[civic.Member](l.Subject)
	case civic.KindInstitution:
		s, err = decode[civic.Institution](l.Subject)
	case civic.KindPlan:
		s, err = decode[civic.Plan](l.Subject)
	case civic.KindCommitment:
		s, err = decode[civic.Commitment](l.Subject)
	default:
		return nil, &Issue{Column: "kind", Code: "kind_unknown", Args: map[string]any{"value": string(l.Kind)}}
	}
	if err != nil {
		return nil, broken("jsonl_line", err)
	}
	if canonical, err := civic.Encode(s); err != nil || !bytes.Equal(canonical, l.Subject) {
		// Other spacing and order are welcome; a key that is there twice would lose a value.
		if key := keyTwice(raw); key != "" {
			return nil, &Issue{Column: key, Code: "key_twice_record", Args: map[string]any{"key": key, "code": s.SubjectID()}}
		}
	}
	return s, checkSubject(s)
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

// keyTwice returns the first key that occurs twice in one object of valid JSON.
func keyTwice(raw []byte) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	type level struct {
		keys  map[string]bool // nil in an array
		value bool            // the next token of an object is a value
	}
	var stack []level
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if n := len(stack); n > 0 && stack[n-1].keys != nil && !stack[n-1].value {
			if key, ok := token.(string); ok {
				if stack[n-1].keys[key] {
					return key
				}
				stack[n-1].keys[key] = true
				stack[n-1].value = true
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			stack = append(stack, level{keys: map[string]bool{}})
			continue
		case json.Delim('['):
			stack = append(stack, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
		}
		if n := len(stack); n > 0 {
			stack[n-1].value = false
		}
	}
}
