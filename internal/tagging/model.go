package tagging

import (
	"sync"

	"avow/internal/taxonomy"
)

// Model suggests tags. It never changes; many may ask it at once.
type Model struct {
	space   *space
	labels  []label
	weights []int8 // by feature, then by label, in steps of the label's scale
	stride  int    // how many labels have weights: the first ones
	byName  [2]float32
	usual   float32 // the threshold of a tag that was not learned, as log odds
	rows    int
	origin  *Model // before For
	lexicon uint32 // the lexicon's mark when it was trained
	plain   bool   // a baseline: nothing is held back
	idle    sync.Pool
}

// label is what was learned of one tag.
type label struct {
	id        taxonomy.ID
	learned   bool
	silent    bool // it cannot be given today
	positives int
	threshold float32 // log odds from which on it is suggested
	constant  float32
	scale     float32
	named     []spoken // the concepts of its name
	below     []int32  // labels that are never given without it
	precision float32  // on the rows that were learned from, by models that had not seen their members
	recall    float32
}

// spoken is what a concept of a tag's name says for the tag.
type spoken struct {
	concept int
	weight  float32
}

// Report is how well a tag was learned. Precision and Recall are of the rows that
// were learned from, each told by a model that had not seen its member. A tag that
// is not Learned had too few commitments; it is suggested when a text speaks of
// what its name says, and Named tells whether its name says anything.
type Report struct {
	Tag       taxonomy.ID `json:"tag"`
	Learned   bool        `json:"learned"`
	Named     bool        `json:"named"`
	Positives int         `json:"positives"`
	Precision float64     `json:"precision"`
	Recall    float64     `json:"recall"`
	Threshold float64     `json:"threshold"` // the confidence from which on it is suggested, 0 to 1
}

// Reports tells how well each tag was learned, in the order of the task's labels.
func (m *Model) Reports() []Report {
	out := make([]Report, len(m.labels))
	for i, l := range m.labels {
		out[i] = Report{l.id, l.learned, len(l.named) > 0, l.positives, float64(l.precision), float64(l.recall), sigmoid(float64(l.threshold))}
	}
	return out
}

// Rows is how many commitments the model learned from.
func (m *Model) Rows() int { return m.rows }

// Tags lists the tags that the model knows.
func (m *Model) Tags() []taxonomy.ID {
	out := make([]taxonomy.ID, len(m.labels))
	for i, l := range m.labels {
		out[i] = l.id
	}
	return out
}
