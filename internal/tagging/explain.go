package tagging

import "slices"

// How much, in log odds, the words that tell something must say for a tag, all together
// or one of them alone: how common a tag is, is no reason to suggest it.
const (
	leastSaid = 0.75
	leastWord = 0.5
)

// listen finds out which words spoke for the labels that may be suggested. What a
// pair, a group of letters or a concept says is shared out among the words that it
// stands in. A label that would not be suggested without numbers and words that tell
// nothing, or for hardly more than being common, falls to where nothing comes of it.
func (s *desk) listen() {
	m, n := s.m, len(s.d.words)
	s.asked = s.asked[:0]
	for l := range m.labels {
		if s.odds[l] > s.least[l] {
			s.asked = append(s.asked, int32(l))
		}
	}
	s.says = slices.Grow(s.says[:0], n*len(s.asked))[:n*len(s.asked)]
	clear(s.says)
	for _, e := range s.shares {
		if e.word < 0 {
			continue
		}
		x, row := e.v*s.count[e.feature], int(e.feature)*m.stride
		for k, l := range s.asked {
			if int(l) < m.stride {
				s.says[k*n+int(e.word)] += x * float32(m.weights[row+int(l)])
			}
		}
	}
	for k, l := range s.asked {
		lab, says := &m.labels[l], s.says[k*n:k*n+n]
		for i := range says {
			says[i] *= lab.scale
		}
		for _, c := range lab.named {
			weight := c.weight
			if !lab.learned {
				weight = m.byName[1]
			}
			for _, t := range s.d.saidBy {
				if t.concept == c.concept && t.at >= 0 {
					says[t.at] += weight * saying(s.d.concepts[c.concept]) * t.times / s.d.concepts[c.concept]
				}
			}
		}
		if lab.learned && !m.plain && !s.spoken(says, s.odds[l]-s.least[l]) {
			s.odds[l] = s.least[l]
		}
	}
}

// spoken reports whether the words that tell something are enough for a label that is
// this far above what it needs.
func (s *desk) spoken(says []float32, above float32) bool {
	telling, most, rest := float32(0), float32(0), float32(0)
	for i, x := range says {
		if s.d.words[i].filler {
			rest += x
			continue
		}
		telling += x
		most = max(most, x)
	}
	return (telling >= leastSaid || most >= leastWord) && above > rest
}

// loudest are the words that spoke most for a label that was asked.
func (s *desk) loudest(l int) []Word {
	k := slices.Index(s.asked, int32(l))
	if k < 0 {
		return nil
	}
	n := len(s.d.words)
	says := s.says[k*n : k*n+n]
	var at []int
	for i, x := range says {
		if x < 0.01 || s.d.words[i].filler || len(at) == mostWords && x <= says[at[mostWords-1]] {
			continue
		}
		if len(at) == mostWords {
			at = at[:mostWords-1]
		}
		p, _ := slices.BinarySearchFunc(at, x, func(o int, x float32) int {
			if says[o] >= x {
				return -1
			}
			return 1
		})
		at = slices.Insert(at, p, i)
	}
	var out []Word
	for _, i := range at {
		out = append(out, Word{s.d.written[i], float64(says[i])})
	}
	return out
}
