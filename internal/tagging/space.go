package tagging

import (
	"cmp"
	"math"
	"slices"
)

// space is the features that a model knows: stems and pairs of them, then
// letters, then concepts. Each of the three blocks of a text is weighed by rarity
// and brought to length 1, so that a long text says no more than a short one.
type space struct {
	keys    []uint64 // of the first two blocks, each sorted
	letters int32    // where the second block begins
	rarity  []float32
	at      map[uint64]int32
}

// vector is the features of a text, by number.
type vector struct {
	at []int32
	v  []float32
}

// size is the number of features, concepts included.
func (s *space) size() int { return len(s.rarity) }

// concepts is the number of the first concept.
func (s *space) concepts() int32 { return int32(len(s.keys)) }

// MostFeatures is how many stems, pairs and groups of letters a model knows at most.
const MostFeatures = 60_000

// newSpace takes the features that stand in at least two of the texts, of too many
// those in the most texts.
func newSpace(counted []map[uint64]float32, readings []*reading, concepts bool) *space {
	df := map[uint64]int32{}
	isLetters := map[uint64]bool{}
	for i, c := range counted {
		for k := range c {
			df[k]++
		}
		for _, w := range readings[i].words {
			for _, g := range w.grams {
				isLetters[g] = true
			}
		}
	}
	var s space
	for k, n := range df {
		if n >= 2 {
			s.keys = append(s.keys, k)
		}
	}
	if len(s.keys) > MostFeatures {
		slices.SortFunc(s.keys, func(a, b uint64) int { return cmp.Or(cmp.Compare(df[b], df[a]), cmp.Compare(a, b)) })
		s.keys = s.keys[:MostFeatures]
	}
	slices.SortFunc(s.keys, func(a, b uint64) int {
		if x, y := isLetters[a], isLetters[b]; x != y {
			if x {
				return 1
			}
			return -1
		}
		return cmp.Compare(a, b)
	})
	s.letters = int32(len(s.keys))
	for i, k := range s.keys {
		if isLetters[k] {
			s.letters = int32(i)
			break
		}
	}
	s.rarity = make([]float32, len(s.keys)+words().common)
	rare := func(n int32) float32 {
		return float32(math.Log(float64(1+len(counted))/float64(1+n)) + 1)
	}
	for i, k := range s.keys {
		s.rarity[i] = rare(df[k])
	}
	for c := range words().common {
		n := int32(0)
		for _, r := range readings {
			if r.concepts[c] > 0 {
				n++
			}
		}
		if n >= 2 && concepts {
			s.rarity[len(s.keys)+c] = rare(n)
		}
	}
	s.index()
	return &s
}

func (s *space) index() {
	s.at = make(map[uint64]int32, len(s.keys))
	for i, k := range s.keys {
		s.at[k] = int32(i)
	}
}

// vector weighs counted features. Equal texts give equal vectors.
func (s *space) vector(counted map[uint64]float32, concepts []float32) vector {
	var v vector
	for k := range counted {
		if i, ok := s.at[k]; ok {
			v.at = append(v.at, i)
		}
	}
	slices.Sort(v.at)
	v.v = make([]float32, len(v.at), len(v.at)+16)
	for j, i := range v.at {
		v.v[j] = counted[s.keys[i]]
	}
	for c := range words().common {
		if i := s.concepts() + int32(c); concepts[c] > 0 && s.rarity[i] > 0 {
			v.at = append(v.at, i)
			v.v = append(v.v, concepts[c])
		}
	}
	s.weigh(v)
	return v
}

// weigh turns counts into weights, block by block.
func (s *space) weigh(v vector) {
	var square [3]float64
	for j, i := range v.at {
		x := s.rarity[i]
		if n := v.v[j]; n > 1 {
			x *= float32(1 + math.Log(float64(n)))
		}
		v.v[j] = x
		square[s.block(i)] += float64(x) * float64(x)
	}
	var scale [3]float32
	for b := range scale {
		if square[b] > 0 {
			scale[b] = float32(1 / math.Sqrt(square[b]))
		}
	}
	for j, i := range v.at {
		v.v[j] *= scale[s.block(i)]
	}
}

func (s *space) block(i int32) int {
	switch {
	case i < s.letters:
		return 0
	case i < s.concepts():
		return 1
	}
	return 2
}

// likeness is the products of all pairs of vectors, row by row.
func likeness(xs []vector, size int) [][]float32 {
	type entry struct {
		row int32
		v   float32
	}
	has := make([][]entry, size)
	for d, x := range xs {
		for j, i := range x.at {
			has[i] = append(has[i], entry{int32(d), x.v[j]})
		}
	}
	all := make([]float32, len(xs)*len(xs))
	out := make([][]float32, len(xs))
	for d, x := range xs {
		row := all[d*len(xs) : (d+1)*len(xs) : (d+1)*len(xs)]
		for j, i := range x.at {
			v := x.v[j]
			for _, e := range has[i] {
				row[e.row] += v * e.v
			}
		}
		out[d] = row
	}
	return out
}
