package interchange

import (
	"fmt"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// jsonlKind is how the subjects of a kind are read.
type jsonlKind struct {
	strictly func(raw []byte) (civic.Subject, error)
	quickly  func(d *lineDecoder, body []byte) (civic.Subject, bool)
}

// jsonlKinds has every kind of the record.
var jsonlKinds = map[civic.Kind]jsonlKind{
	civic.KindMember: kindOf[civic.Member](), civic.KindInstitution: kindOf[civic.Institution](), civic.KindPlan: kindOf[civic.Plan](),
	civic.KindCommitment: kindOf[civic.Commitment](), civic.KindGrant: kindOf[civic.Grant](), civic.KindReport: kindOf[civic.Report](),
	civic.KindTestimony: kindOf[civic.Testimony](), civic.KindDispute: kindOf[civic.Dispute](), civic.KindForum: kindOf[civic.Forum](),
	civic.KindMeeting: kindOf[civic.Meeting](), civic.KindStep: kindOf[civic.Step](), civic.KindDocument: kindOf[civic.Document](),
	civic.KindContribution: kindOf[civic.Contribution](), civic.KindTension: kindOf[civic.Tension](), civic.KindTool: kindOf[civic.Tool](),
	civic.KindTagChange: kindOf[taxonomy.Change](), civic.KindStudy: kindOf[study.Study](), civic.KindCoding: kindOf[study.Coding](),
}

// DecodeSubject reads the body of a subject as the record holds it, and refuses fields
// that its kind does not have.
func DecodeSubject(kind civic.Kind, body []byte) (civic.Subject, error) {
	of, ok := jsonlKinds[kind]
	if !ok {
		return nil, fmt.Errorf("kind %q is not known", kind)
	}
	return of.strictly(body)
}

func kindOf[T civic.Subject]() jsonlKind { return jsonlKind{decode[T], quickly[T]} }

// quickly reads exactly one object without unknown fields.
func quickly[T civic.Subject](d *lineDecoder, body []byte) (civic.Subject, bool) {
	var v T
	d.source.Reset(body)
	before := d.decoder.InputOffset()
	err := d.decoder.Decode(&v)
	if err != nil || d.decoder.InputOffset()-before != int64(len(body)) {
		d.reset() // what is left over of this line must not get into the next one
		return nil, false
	}
	return v, true
}
