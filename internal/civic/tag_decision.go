package civic

import (
	"slices"
	"strings"
)

// TagVerdict is what a person said of a tag for a commitment.
type TagVerdict string

const (
	TagAccepted TagVerdict = "accepted" // it holds
	TagRejected TagVerdict = "rejected" // it was proposed and does not hold
	TagDeferred TagVerdict = "deferred" // to be decided later; nothing changes
	TagRemoved  TagVerdict = "removed"  // a source has it, and it does not hold
)

// TagVerdicts lists them.
var TagVerdicts = []TagVerdict{TagAccepted, TagRejected, TagDeferred, TagRemoved}

// TagOrigin is what proposed a tag. Whatever it was, a person decided.
type TagOrigin string

const (
	FromModel   TagOrigin = "model"   // learned from the tags that people confirmed
	FromGraph   TagOrigin = "graph"   // a child implies its parents
	FromEdition TagOrigin = "edition" // an older edition has it, and nothing took its place
	FromCluster TagOrigin = "cluster" // a study of the workbench
	FromPerson  TagOrigin = "person"
)

// TagOrigins lists them.
var TagOrigins = []TagOrigin{FromModel, FromGraph, FromEdition, FromCluster, FromPerson}

// TagDecision is the newest decision on a tag of a commitment; the ones before it
// stand in the commitment's earlier versions. It counts as long as the taxonomy has
// the tag: when the change that made the tag is undone it stays and counts no more.
type TagDecision struct {
	Tag        string     `json:"tag"` // its ID in the taxonomy
	Verdict    TagVerdict `json:"verdict"`
	Origin     TagOrigin  `json:"origin"`
	Model      string     `json:"model,omitempty"`      // which model proposed it
	Confidence int        `json:"confidence,omitempty"` // per mille, of the model
	Words      []string   `json:"words,omitempty"`      // that spoke for it
	Study      string     `json:"study,omitempty"`      // ID of the study that proposed it
	Edition    Edition    `json:"edition,omitempty"`    // the older edition that has it
	Before     bool       `json:"before,omitempty"`     // whether the tag was in force before
	Reason     Text       `json:"reason,omitempty"`
	By         AccessRole `json:"by,omitempty"` // the role in which it was decided; "" for the local operator
	On         string     `json:"on"`           // YYYY-MM-DD
}

// TagMark is a tag in force on a commitment, or one that a person took away.
type TagMark struct {
	Slug    string // of the source's name, or the tag's ID where a person decided
	Decided bool   // by a person; else a source says so
	Off     bool   // a person says that it does not hold
}

// TagMarks are what counts of a commitment's tags: those of the newest edition of
// OGP's table, which says all that holds; those of other sources; and what people
// decided. What a person took away comes with Off.
func (c Commitment) TagMarks() []TagMark {
	var out []TagMark
	newest := true
	for _, e := range slices.Backward(c.Tags) {
		if e.Edition.OGP() {
			if !newest {
				continue
			}
			newest = false
		}
		for _, name := range e.Yes {
			if slug := Slug(name); slug != "" && !slices.Contains(out, TagMark{Slug: slug}) {
				out = append(out, TagMark{Slug: slug})
			}
		}
	}
	for _, d := range c.Decided {
		switch d.Verdict {
		case TagAccepted:
			out = append(out, TagMark{Slug: d.Tag, Decided: true})
		case TagRejected, TagRemoved:
			out = append(out, TagMark{Slug: d.Tag, Decided: true, Off: true})
		}
	}
	return out
}

// Decision returns the newest decision on a tag.
func (c Commitment) Decision(tag string) (TagDecision, bool) {
	if i := slices.IndexFunc(c.Decided, func(d TagDecision) bool { return d.Tag == tag }); i >= 0 {
		return c.Decided[i], true
	}
	return TagDecision{}, false
}

// Decide returns the commitment's decisions with a new one in the place of the
// former one on the same tag, in the order of tags.
func (c Commitment) Decide(d TagDecision) []TagDecision {
	out := slices.DeleteFunc(slices.Clone(c.Decided), func(o TagDecision) bool { return o.Tag == d.Tag })
	at, _ := slices.BinarySearchFunc(out, d.Tag, func(o TagDecision, tag string) int { return strings.Compare(o.Tag, tag) })
	return slices.Insert(out, at, d)
}
