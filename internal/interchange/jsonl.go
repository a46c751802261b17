package interchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"avow/internal/civic"
)

// Our own lossless format: JSON Lines in UTF-8. The first line says what the file
// is, every further line is one subject in its canonical form, with its IDs:
//
//	{"format":"avow-jsonl","version":1}
//	{"kind":"member","subject":{"id":"…","slug":"…",…}}
//
// The kinds come in the order of civic.Kinds, those of a kind in the order of their
// creation; of the taxonomy every entry, since it is what its entries make of it.
// Because the form is canonical, a file read into an empty database and written again
// has the same bytes.

// jsonlHeader is the first line of a file, without its end.
const jsonlHeader = `{"format":"avow-jsonl","version":1}`

// JSONLWriter writes the format line by line at constant memory.
type JSONLWriter struct {
	w       *bufio.Writer
	started bool
}

// NewJSONLWriter returns a writer; the header goes out with the first line, or with Flush.
func NewJSONLWriter(w io.Writer) *JSONLWriter { return &JSONLWriter{w: bufio.NewWriterSize(w, 64<<10)} }

// Body writes a subject from its canonical JSON, as civic.Encode gives it and
// the record keeps it. The caller keeps the order of the kinds.
func (j *JSONLWriter) Body(kind civic.Kind, body []byte) error {
	if err := j.header(); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(j.w, `{"kind":%q,"subject":`, kind); err != nil {
		return err
	}
	if _, err := j.w.Write(body); err != nil {
		return err
	}
	_, err := j.w.WriteString("}\n")
	return err
}

// Subject writes a subject.
func (j *JSONLWriter) Subject(s civic.Subject) error {
	body, err := civic.Encode(s)
	if err != nil {
		return fmt.Errorf("encode %s %s: %w", s.SubjectKind(), s.SubjectID(), err)
	}
	return j.Body(s.SubjectKind(), body)
}

// Flush writes what is still held back. It does not close the underlying writer.
func (j *JSONLWriter) Flush() error {
	if err := j.header(); err != nil {
		return err
	}
	return j.w.Flush()
}

func (j *JSONLWriter) header() error {
	if j.started {
		return nil
	}
	j.started = true
	_, err := j.w.WriteString(jsonlHeader + "\n")
	return err
}

// jsonlLine is one line of a file after the first.
type jsonlLine struct {
	Kind    civic.Kind      `json:"kind"`
	Subject json.RawMessage `json:"subject"`
}
