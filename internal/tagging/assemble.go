package tagging

import (
	"math"
	"slices"

	"avow/internal/taxonomy"
)

// model makes the model of what was learned.
func (t *trainer) model(found []learned) *Model {
	m := &Model{space: t.space, rows: len(t.rows), lexicon: words().mark}
	weights := make([][]float32, len(found))
	tallies := make([]tally, len(found))
	below := t.below()
	for l := range found {
		t.settle(l, &found[l])
	}
	implied := make([][]float32, len(found))
	each(len(found), func(l int) {
		weights[l] = t.weights(&found[l])
		implied[l] = imply(found, l, below[l])
		for i, counts := range found[l].counts {
			if counts {
				tallies[l].add(implied[l][i], t.yes[i][t.task.Labels[l].ID])
			}
		}
	})
	var all tally
	for l := range tallies {
		if found[l].ok {
			all.sum(&tallies[l])
		}
	}
	m.byName, m.usual, m.stride = t.byName(found), all.threshold(&all, t.floor), len(found)
	for l, f := range found {
		f.unseen = implied[l]
		out := label{below: below[l], id: t.task.Labels[l].ID, learned: f.ok, positives: f.positives, threshold: m.usual}
		concepts := t.called(l)
		if f.ok {
			concepts = t.named(l)
		}
		for _, c := range concepts {
			out.named = append(out.named, spoken{c, t.spoken(f, c)})
		}
		if f.ok {
			out.threshold = tallies[l].threshold(&all, t.recipe.lowest(&tallies[l]))
			out.constant = t.constant(f)
			out.precision, out.recall = t.checked(f, l, out.threshold)
		}
		m.labels = append(m.labels, out)
	}
	m.keep(weights)
	return m
}

// below lists for each label the labels that are never given without it.
func (t *trainer) below() [][]int32 {
	at := map[taxonomy.ID]int32{}
	for l, label := range t.task.Labels {
		at[label.ID] = int32(l)
	}
	out := make([][]int32, len(t.task.Labels))
	for l, label := range t.task.Labels {
		for _, id := range label.Below {
			if b, ok := at[id]; ok && int(b) != l {
				out[l] = append(out[l], b)
			}
		}
	}
	return out
}

// imply gives a tag at least the scores of the tags that imply it.
func imply(found []learned, l int, below []int32) []float32 {
	out := slices.Clone(found[l].unseen)
	for _, b := range below {
		for i, x := range found[b].unseen {
			if out != nil {
				out[i] = max(out[i], x)
			}
		}
	}
	return out
}

// settle says whose habits are followed and which rows choose the threshold: where
// no source is wished for, or where it gave the tag too seldom, the source that
// gave it most often.
func (t *trainer) settle(l int, f *learned) {
	given, most := map[string]int{}, 0
	for i, r := range t.rows {
		if t.yes[i][t.task.Labels[l].ID] {
			given[r.Source]++
		}
	}
	if given[f.habit] < Least {
		for _, r := range t.rows {
			if n := given[r.Source]; n > most {
				f.habit, most = r.Source, n
			}
		}
	}
	for i := range f.counts {
		f.counts[i] = f.counts[i] && t.rows[i].Source == f.habit
	}
}

// weights turns what rows say into what features say.
func (t *trainer) weights(f *learned) []float32 {
	if !f.ok {
		return nil
	}
	out := make([]float32, t.space.size())
	for i, a := range f.answer.alpha {
		if a == 0 {
			continue
		}
		if t.rows[i].Source == f.habit {
			a *= 1 + t.shared
		}
		v := t.vectors[i]
		for j, k := range v.at {
			out[k] += a * v.v[j]
		}
	}
	return out
}

func (t *trainer) constant(f learned) float32 {
	c := float32(0)
	for i, a := range f.answer.alpha {
		if t.rows[i].Source == f.habit {
			c += a
		}
	}
	return c
}

func (t *trainer) spoken(f learned, concept int) float32 {
	s := float32(0)
	if f.ok {
		for i, a := range f.answer.alpha {
			s += t.naming * a * t.said[concept][i]
		}
	}
	return s
}

// checked measures a tag on the rows that it was learned from.
func (t *trainer) checked(f learned, l int, threshold float32) (precision, recall float32) {
	var right, given, yes float32
	for i, counts := range f.counts {
		if !counts {
			continue
		}
		y, g := t.yes[i][t.task.Labels[l].ID], f.unseen[i] > threshold
		if y {
			yes++
		}
		if g {
			given++
			if y {
				right++
			}
		}
	}
	return right / max(given, 1), right / max(yes, 1)
}

// byName learns from all tags together what it means that a text speaks of what a
// tag's name says: the log odds are byName[0] + byName[1] × how much it does.
func (t *trainer) byName(found []learned) [2]float32 {
	var says []float64
	var yes []bool
	for l, f := range found {
		concepts := t.called(l)
		if !f.ok || len(concepts) == 0 {
			continue
		}
		for i, counts := range f.counts {
			if s := t.namesSaid(concepts, i); counts && s > 0 {
				says = append(says, float64(s))
				yes = append(yes, t.yes[i][t.task.Labels[l].ID])
			}
		}
	}
	b, k := -2.0, 1.0
	for range 25 { // Newton, held near the start where there is little to learn from
		gb, gk, bb, bk, kk := -(b + 2), -(k - 1), 1.0, 0.0, 1.0
		for i, s := range says {
			p := sigmoid(b + k*s)
			e, h := -p, p*(1-p)
			if yes[i] {
				e++
			}
			gb, gk = gb+e, gk+e*s
			bb, bk, kk = bb+h, bk+h*s, kk+h*s*s
		}
		d := bb*kk - bk*bk
		b, k = b+(gb*kk-gk*bk)/d, k+(gk*bb-gb*bk)/d
	}
	return [2]float32{float32(b), float32(k)}
}

// namesSaid is how much a row says of the concept of a name that it says least of.
func (t *trainer) namesSaid(concepts []int, row int) float32 {
	s := float32(math.MaxFloat32)
	for _, c := range concepts {
		s = min(s, t.said[c][row])
	}
	return s
}

// keep writes the weights in 255 steps.
func (m *Model) keep(weights [][]float32) {
	m.weights = make([]int8, m.space.size()*m.stride)
	for l, w := range weights {
		if w == nil {
			continue
		}
		most := float32(0)
		for _, x := range w {
			most = max(most, float32(math.Abs(float64(x))))
		}
		scale := max(most/127, 1e-9)
		m.labels[l].scale = scale
		for k, x := range w {
			m.weights[k*m.stride+l] = int8(math.Round(float64(x / scale)))
		}
	}
}
