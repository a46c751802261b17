package tagging

import (
	"cmp"
	"slices"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// Result is what a model says of a text. Nothing of it is a tag until a person
// accepts it.
type Result struct {
	Suggestions []Suggestion `json:"suggestions"` // the surest first
	Unsure      Unsure       `json:"unsure,omitempty"`
	Refused     []Refusal    `json:"refused,omitempty"`
	Lang        string       `json:"lang"`          // of the text, as given or guessed
	Cut         bool         `json:"cut,omitempty"` // more than MostText was handed in; the rest was not read
}

// Suggestion is one tag with its reasons.
type Suggestion struct {
	Tag        taxonomy.ID `json:"tag"`
	Confidence float64     `json:"confidence"` // calibrated: of suggestions with 0.7 people agree with 7 in 10
	Basis      Basis       `json:"basis"`
	From       taxonomy.ID `json:"from,omitempty"` // the child that implies it, with ByGraph
	Words      []Word      `json:"words,omitempty"`
}

// Basis is what a suggestion rests on.
type Basis string

const (
	ByText  Basis = "text"  // learned from commitments with the tag
	ByName  Basis = "name"  // too few have the tag: the text speaks of what its name says
	ByGraph Basis = "graph" // a tag below it is suggested
)

// Bases lists them.
var Bases = []Basis{ByText, ByName, ByGraph}

// Word is a word of the text and how much it spoke for the tag, in log odds.
type Word struct {
	Text   string  `json:"text"` // as it is written there
	Weight float64 `json:"weight"`
}

// mostWords is how many words are told for a suggestion.
const mostWords = 6

// Suggest says which tags a commitment should have, or why it cannot tell.
func (m *Model) Suggest(title, body civic.Phrase) Result {
	s := m.borrow()
	defer m.idle.Put(s)
	d := s.read(title, body)
	out := Result{Suggestions: []Suggestion{}, Lang: d.lang, Cut: d.cut}
	if out.Unsure = s.doubt(title.Text, body.Text); out.Unsure != "" {
		return out
	}
	s.score()
	for l, lab := range m.labels {
		odds := s.odds[l]
		if odds <= lab.threshold || lab.silent {
			continue
		}
		g := Suggestion{Tag: lab.id, Confidence: sigmoid(float64(odds)), Basis: ByText}
		by := l
		switch {
		case s.from[l] >= 0:
			by = int(s.from[l])
			if m.labels[by].id != lab.id { // the same when it was merged
				g.Basis, g.From = ByGraph, m.labels[by].id
			}
		case !lab.learned:
			g.Basis = ByName
		}
		g.Words = s.loudest(by)
		out.Suggestions = append(out.Suggestions, g)
	}
	if len(out.Suggestions) == 0 {
		out.Unsure = NothingStandsOut
		return out
	}
	slices.SortStableFunc(out.Suggestions, surest)
	return out
}

// surest puts the surest first, and what is implied after what implies it.
func surest(a, b Suggestion) int {
	implied := func(s Suggestion) int { return len(s.From) }
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(implied(a), implied(b)))
}

// Confidences gives the confidence of every tag, in the order of Tags, whatever
// the thresholds; nil when the model cannot tell. What no word of the text speaks for
// is never above its threshold.
func (m *Model) Confidences(title, body civic.Phrase) []float64 {
	s := m.borrow()
	defer m.idle.Put(s)
	s.read(title, body)
	if s.doubt(title.Text, body.Text) != "" {
		return nil
	}
	s.score()
	out := make([]float64, len(s.odds))
	for l, x := range s.odds {
		out[l] = sigmoid(float64(x))
	}
	return out
}

// desk is what one suggestion needs to work on.
type desk struct {
	m      *Model
	reader reader
	d      reading
	count  []float32 // by feature: how often it stands in the text, then what one time is worth
	vector vector
	odds   []float32 // by label
	from   []int32   // the label that implies it, -1 when its own odds are higher
	least  []float32 // by label: the odds below which nothing comes of it, for itself or what it implies
	asked  []int32   // labels above these odds
	shares []share
	says   []float32 // by asked label, then by word
}

// share is what one word adds to a feature.
type share struct {
	feature, word int32
	v             float32
}

// place is where the features of a word are in a model's space.
type place struct {
	stem  int32 // -1 when the model does not know it
	grams []int32
}

func (m *Model) borrow() *desk {
	if s, ok := m.idle.Get().(*desk); ok {
		return s
	}
	s := &desk{m: m, count: make([]float32, m.space.size()), odds: make([]float32, len(m.labels)), from: make([]int32, len(m.labels)),
		least: make([]float32, len(m.labels))}
	s.d.pairAt, s.d.concepts = map[uint64]int32{}, make([]float32, len(words().names))
	for l := range m.labels {
		s.least[l] = m.labels[l].threshold
	}
	for _, lab := range m.labels {
		for _, b := range lab.below {
			s.least[b] = min(s.least[b], lab.threshold)
		}
	}
	return s
}

func (s *desk) read(title, body civic.Phrase) *reading {
	s.reader.readInto(&s.d, title, body)
	return &s.d
}

func (s *desk) place(w *word) *place {
	if w.place != nil {
		return w.place
	}
	p := &place{stem: -1}
	if i, ok := s.m.space.at[w.stem]; ok {
		p.stem = i
	}
	for _, g := range w.grams {
		if i, ok := s.m.space.at[g]; ok {
			p.grams = append(p.grams, i)
		}
	}
	w.place = p
	return p
}

// score fills odds with the log odds of each label, and says with what the words said
// for those that may come of it.
func (s *desk) score() {
	d, sp, v := &s.d, s.m.space, &s.vector
	v.at, v.v = v.at[:0], v.v[:0]
	s.shares = s.shares[:0]
	add := func(i, at int32, n float32) {
		if s.count[i] == 0 {
			v.at = append(v.at, i)
		}
		s.count[i] += n
		s.shares = append(s.shares, share{i, at, n})
	}
	for i, w := range d.words {
		p, n := s.place(w), d.times[i]
		if p.stem >= 0 {
			add(p.stem, int32(i), n)
		}
		for _, g := range p.grams {
			add(g, int32(i), n)
		}
	}
	for _, p := range d.pairs {
		if i, ok := sp.at[p.feature]; ok {
			add(i, p.words[0], p.times/2)
			add(i, p.words[1], p.times/2)
		}
	}
	for _, t := range d.saidBy {
		if i := sp.concepts() + int32(t.concept); t.concept < words().common && sp.rarity[i] > 0 {
			add(i, t.at, t.times)
		}
	}
	for _, i := range v.at {
		v.v = append(v.v, s.count[i])
	}
	sp.weigh(*v)
	s.sum()
	for j, i := range v.at {
		s.count[i] = v.v[j] / s.count[i]
	}
	s.listen()
	for _, i := range v.at {
		s.count[i] = 0
	}
	s.imply()
}

// sum adds up what the features say.
func (s *desk) sum() {
	m, d := s.m, &s.d
	clear(s.odds)
	at, v := s.vector.at, s.vector.v
	for ; len(at) >= 4; at, v = at[4:], v[4:] { // four at once take half the time
		x0, x1, x2, x3 := v[0], v[1], v[2], v[3]
		w0 := m.row(at[0])
		w1, w2, w3 := m.row(at[1])[:len(w0)], m.row(at[2])[:len(w0)], m.row(at[3])[:len(w0)]
		odds := s.odds[:len(w0)]
		for l, w := range w0 {
			odds[l] += x0*float32(w) + x1*float32(w1[l]) + x2*float32(w2[l]) + x3*float32(w3[l])
		}
	}
	for j, i := range at {
		for l, w := range m.row(i) {
			s.odds[l] += v[j] * float32(w)
		}
	}
	for l := range m.labels {
		lab := &m.labels[l]
		s.from[l] = -1
		if !lab.learned {
			s.odds[l] = s.name(lab)
			continue
		}
		s.odds[l] = s.odds[l]*lab.scale + lab.constant
		for _, c := range lab.named {
			if k := d.concepts[c.concept]; k > 0 {
				s.odds[l] += c.weight * saying(k)
			}
		}
	}
}

// row is what a feature says of each label.
func (m *Model) row(feature int32) []int8 {
	return m.weights[int(feature)*m.stride : (int(feature)+1)*m.stride]
}

// imply gives a tag at least the odds of the tags that imply it.
func (s *desk) imply() {
	for l := range s.m.labels {
		for _, b := range s.m.labels[l].below {
			if s.m.labels[b].learned && (s.from[l] < 0 && s.odds[b] > s.odds[l] || s.from[l] >= 0 && s.odds[b] > s.odds[s.from[l]]) {
				s.from[l] = b
			}
		}
	}
	for l, b := range s.from { // a tag two below is among those below too: the order does not matter
		if b >= 0 {
			s.odds[l] = max(s.odds[l], s.odds[b])
		}
	}
}

// name is the log odds of a tag that was not learned.
func (s *desk) name(l *label) float32 {
	if len(l.named) == 0 {
		return unheard
	}
	least := float32(1)
	for _, c := range l.named {
		least = min(least, saying(s.d.concepts[c.concept]))
	}
	if least == 0 {
		return unheard
	}
	return s.m.byName[0] + s.m.byName[1]*least
}

// unheard is the log odds of a tag of which nothing is known and nothing is said.
const unheard = -7
