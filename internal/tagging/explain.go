package tagging

import (
	"cmp"
	"slices"
)

// explain tells which words spoke for each of some labels. What a pair, a group of
// letters or a concept says is shared out among the words that it stands in.
func (s *desk) explain(d *reading, labels []int, out []Suggestion) {
	sp, m := s.m.space, s.m
	for j, i := range s.vector.at { // what one mention is worth, by feature
		x := s.vector.v[j]
		s.count[i] = x
	}
	mentions := s.mentions(d)
	for k, l := range labels {
		if s.from[l] >= 0 {
			l = int(s.from[l]) // the words of the tag that implies it
		}
		lab := &m.labels[l]
		says := make([]float32, len(d.words))
		weigh := func(i int32, at int32, times float32) {
			if x := s.count[i]; x != 0 {
				says[at] += x * float32(m.weights[int(i)*m.stride+l]) * lab.scale * times / mentions[i]
			}
		}
		if lab.learned {
			for i, w := range d.words {
				p := s.place(w)
				if p.stem >= 0 {
					weigh(p.stem, int32(i), d.times[i])
				}
				for _, g := range p.grams {
					weigh(g, int32(i), d.times[i])
				}
			}
			for _, p := range d.pairs {
				if i, ok := sp.at[p.feature]; ok {
					for _, at := range p.words {
						weigh(i, at, p.times/2)
					}
				}
			}
			for c := range words().common {
				for _, at := range d.saidBy[c] {
					weigh(sp.concepts()+int32(c), at, 1)
				}
			}
		}
		for _, c := range lab.named {
			at := d.saidBy[c.concept]
			for _, i := range at {
				weight := c.weight
				if !lab.learned {
					weight = m.byName[1]
				}
				says[i] += weight * saying(d.concepts[c.concept]) / float32(len(at))
			}
		}
		out[k].Words = loudest(d, says)
	}
	for _, i := range s.vector.at {
		s.count[i] = 0
	}
}

// mentions is over how many mentions each feature's say is shared out.
func (s *desk) mentions(d *reading) map[int32]float32 {
	sp := s.m.space
	out := make(map[int32]float32, len(s.vector.at))
	for i, w := range d.words {
		p, n := s.place(w), d.times[i]
		if p.stem >= 0 {
			out[p.stem] += n
		}
		for _, g := range p.grams {
			out[g] += n
		}
	}
	for _, p := range d.pairs {
		if i, ok := sp.at[p.feature]; ok {
			out[i] += p.times
		}
	}
	for c := range words().common {
		if n := len(d.saidBy[c]); n > 0 {
			out[sp.concepts()+int32(c)] += float32(n)
		}
	}
	return out
}

// loudest are the words that spoke most for a tag, each in one spelling.
func loudest(d *reading, says []float32) []Word {
	at := map[string]int{}
	var out []Word
	for i, x := range says {
		w := d.words[i]
		k, seen := at[w.folded]
		if !seen {
			k = len(out)
			at[w.folded] = k
			out = append(out, Word{Text: w.written})
		}
		out[k].Weight += float64(x)
	}
	out = slices.DeleteFunc(out, func(w Word) bool { return w.Weight < 0.01 })
	slices.SortStableFunc(out, func(a, b Word) int { return cmp.Compare(b.Weight, a.Weight) })
	return out[:min(len(out), mostWords)]
}
