package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// derivation counts the ways in which derived rows were computed. Raise it when
// the same body gives other rows than before (text's tokens, review's completion,
// a column here): databases of the former count are then recomputed when opened.
const derivation = 4

// table is a derived table whose rows belong to one subject each; the first
// column is the subject's ord.
type table struct {
	name    string
	columns []string
}

var (
	memberTable     = &table{"member", []string{"ord", "slug_key", "code_key"}}
	planTable       = &table{"plan", []string{"ord", "slug_key", "source_key", "member_id"}}
	commitmentTable = &table{"commitment", []string{"ord", "ogp_id", "member_id", "plans", "numbers", "year", "completion", "lang",
		"title", "title_key", "tags", "milestones", "demo", "proposed"}}
	searchTable = &table{"search", []string{"rowid", "title", "body"}}
	placeTable  = &table{"commitment_plan", []string{"ord", "pos", "plan_id"}} // several rows for a commitment
	reportTable = &table{"report", []string{"ord", "once"}}
	forumTable  = &table{"forum", []string{"ord", "once"}}

	belongingTable = &table{"belonging", []string{"ord", "pos", "role", "target"}} // several rows for a subject
)

// row is one derived row: the values of every column but ord.
type row struct {
	table  *table
	values []any // string or int64
}

// Prepared is a subject made ready to be written: its canonical bytes and
// everything that is derived from them.
type Prepared struct {
	kind   civic.Kind
	id     string
	body   []byte
	rows   []row    // one for each table of the kind
	places []string // plans of a commitment, in its order

	belongs []civic.Reference
}

// Kind returns the subject's kind.
func (p Prepared) Kind() civic.Kind { return p.kind }

// ID returns the subject's ID.
func (p Prepared) ID() string { return p.id }

// Body returns the bytes that the record will commit to.
func (p Prepared) Body() []byte { return p.body }

// Prepare does the work on a subject that needs no database: encoding, folding,
// search tokens. It may run in many goroutines, before the write door is opened.
// It refuses texts with a NUL character (KeyNUL) or invalid UTF-8 (KeyNotUTF8).
func Prepare(sub civic.Subject) (Prepared, error) {
	body, err := civic.Encode(sub)
	if err != nil {
		return Prepared{}, fmt.Errorf("encode %s %s: %w", sub.SubjectKind(), sub.SubjectID(), err)
	}
	if key := badText(body); key != "" {
		return Prepared{}, &civic.Error{Kind: civic.Invalid, Key: key, Args: map[string]any{"Ref": sub.SubjectID()}}
	}
	if sub.SubjectID() == "" {
		return Prepared{}, fmt.Errorf("prepare %s: it has no ID", sub.SubjectKind())
	}
	p := Prepared{kind: sub.SubjectKind(), id: sub.SubjectID(), body: body}
	switch v := sub.(type) {
	case civic.Member:
		p.rows = []row{{memberTable, []any{strings.ToLower(v.Slug), strings.ToLower(v.Code)}}}
	case civic.Plan:
		p.rows = []row{{planTable, []any{strings.ToLower(v.Slug), strings.ToLower(v.SourceID), string(v.Member)}}}
	case civic.Commitment:
		p.rows, p.places = deriveCommitment(v)
	case civic.Report:
		p.rows = []row{{reportTable, []any{v.Key()}}}
	case civic.Forum:
		p.rows = []row{{forumTable, []any{v.Key()}}}
	case civic.Institution, civic.Referring:
	default:
		return Prepared{}, fmt.Errorf("prepare %T: it is no subject of the record", sub)
	}
	if v, ok := sub.(civic.Referring); ok {
		p.belongs = v.References()
	}
	return p, nil
}

// badText looks for the two escapes that the encoder writes only for characters
// that cannot be kept: it writes NUL as \u0000 and a byte that is no UTF-8 as \ufffd.
func badText(body []byte) string {
	for rest := body; ; {
		i := bytes.IndexByte(rest, '\\')
		if i < 0 {
			return ""
		}
		switch escape := rest[i:]; {
		case bytes.HasPrefix(escape, []byte(`\u0000`)):
			return KeyNUL
		case bytes.HasPrefix(escape, []byte(`\ufffd`)):
			return KeyNotUTF8
		}
		rest = rest[i+2:]
	}
}

// readers read a body of each kind back.
var readers = map[civic.Kind]func([]byte) (civic.Subject, error){
	civic.KindMember: reader[civic.Member], civic.KindInstitution: reader[civic.Institution], civic.KindPlan: reader[civic.Plan],
	civic.KindCommitment: reader[civic.Commitment], civic.KindGrant: reader[civic.Grant], civic.KindReport: reader[civic.Report],
	civic.KindTestimony: reader[civic.Testimony], civic.KindDispute: reader[civic.Dispute], civic.KindForum: reader[civic.Forum],
	civic.KindMeeting: reader[civic.Meeting], civic.KindStep: reader[civic.Step], civic.KindDocument: reader[civic.Document],
	civic.KindContribution: reader[civic.Contribution], civic.KindTension: reader[civic.Tension], civic.KindTool: reader[civic.Tool],
	civic.KindStudy: reader[study.Study], civic.KindCoding: reader[study.Coding],
	civic.KindTagChange: reader[taxonomy.Change],
}

func reader[T civic.Subject](body []byte) (civic.Subject, error) {
	var v T
	err := json.Unmarshal(body, &v)
	return v, err
}

// decode reads a body back.
func decode(kind civic.Kind, body []byte) (civic.Subject, error) {
	if read := readers[kind]; read != nil {
		return read(body)
	}
	return nil, fmt.Errorf("kind %q is not known", kind)
}

// maxTokens bounds what is indexed of one field, in bytes: PostgreSQL refuses
// vectors above 1 MB, and nobody writes a commitment of this length.
const maxTokens = 256 << 10

// indexer makes the tokens of one row at a time.
type indexer struct {
	text.Indexer
	joined []byte
}

var indexers = sync.Pool{New: func() any { return &indexer{} }}

// tokens joins the distinct search tokens of some phrases with blanks.
func tokens(phrases ...civic.Phrase) string {
	x := indexers.Get().(*indexer)
	defer indexers.Put(x)
	x.joined = x.joined[:0]
	x.Begin()
	for _, p := range phrases {
		more := x.Add(p.Text, p.Lang, func(token string) bool {
			switch {
			case !searchable(token):
				return true
			case len(x.joined)+len(token) > maxTokens:
				return false
			case len(x.joined) > 0:
				x.joined = append(x.joined, ' ')
			}
			x.joined = append(x.joined, token...)
			return true
		})
		if !more {
			break
		}
	}
	return string(x.joined)
}

// lines joins texts with line feeds; white space inside each is folded.
func lines(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = strings.Join(strings.Fields(t), " ")
	}
	return strings.Join(out, "\n")
}

// unlines is the opposite of lines. n tells no text from one empty text.
func unlines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// sorted returns the distinct texts in order.
func sorted(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
