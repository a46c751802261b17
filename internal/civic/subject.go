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

	KindGrant        Kind = "grant"
	KindReport       Kind = "report"
	KindTestimony    Kind = "testimony"
	KindDispute      Kind = "dispute"
	KindForum        Kind = "forum"
	KindMeeting      Kind = "meeting"
	KindStep         Kind = "step"
	KindDocument     Kind = "document"
	KindContribution Kind = "contribution"
	KindTension      Kind = "tension"
	KindTool         Kind = "tool"
	KindTagChange    Kind = "tag-change"
	KindStudy        Kind = "study"
	KindCoding       Kind = "coding"
)

// Kinds lists them in the order in which one refers to the other.
var Kinds = []Kind{KindMember, KindInstitution, KindPlan, KindCommitment,
	KindGrant, KindReport, KindTestimony, KindDispute, KindForum, KindMeeting, KindStep, KindDocument, KindContribution, KindTension, KindTool, KindTagChange,
	KindStudy, KindCoding}

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

// Reference says that a subject belongs to another thing: a report to its
// commitment, a grant to its account. Target is an ID, or a key within the role.
type Reference struct{ Role, Target string }

// The roles of references.
const (
	OfMember      = "member"
	OfPlan        = "plan"
	OfCommitment  = "commitment"
	OfMilestone   = "milestone"
	OfReport      = "report"
	OfAccount     = "account"
	OfFile        = "file"
	OfMeeting     = "meeting"
	OfStep        = "step"
	OfInstitution = "institution"
	OfStudy       = "study"
)

// Referring is a subject that can be found by what it belongs to.
type Referring interface {
	Subject
	References() []Reference // without duplicates
}

// Keyed is a subject that exists once for a key: a report for its commitment and
// period. A second one with the same key is refused.
type Keyed interface {
	Subject
	Key() string // "" when this one needs none
}

// refer builds references without the empty ones and without duplicates.
func refer(pairs ...string) []Reference {
	var out []Reference
	seen := map[Reference]bool{}
	for i := 0; i+1 < len(pairs); i += 2 {
		r := Reference{pairs[i], pairs[i+1]}
		if r.Target != "" && !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out
}

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
