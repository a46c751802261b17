package civic

import (
	"bytes"
	"encoding/json"
)

// Kind names a noun that has entries of its own in the public record.
type Kind string

const (
	KindMember      Kind = "member"
	KindInstitution Kind = "institution"
	KindPlan        Kind = "plan"
	KindCommitment  Kind = "commitment"
)

// Kinds lists them in the order in which one refers to the other.
var Kinds = []Kind{KindMember, KindInstitution, KindPlan, KindCommitment}

// Subject is a noun with its own entries in the public record.
type Subject interface {
	SubjectKind() Kind
	SubjectID() string
}

func (m Member) SubjectKind() Kind      { return KindMember }
func (m Member) SubjectID() string      { return string(m.ID) }
func (i Institution) SubjectKind() Kind { return KindInstitution }
func (i Institution) SubjectID() string { return string(i.ID) }
func (p Plan) SubjectKind() Kind        { return KindPlan }
func (p Plan) SubjectID() string        { return string(p.ID) }
func (c Commitment) SubjectKind() Kind  { return KindCommitment }
func (c Commitment) SubjectID() string  { return string(c.ID) }

// Encode returns the canonical JSON of a subject: fields in the order of the
// type, nothing escaped for HTML, no trailing newline. Equal subjects give equal
// bytes. The record commits to these bytes.
func Encode(s Subject) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
