package tagging

import "math"

// model makes the model of what was learned.
func (t *trainer) model(found []learned) *Model {
	m := &Model{space: t.space, rows: len(t.rows), lexicon: words().mark}
	weights := make([][]float32, len(found))
	tallies := make([]tally, len(found))
	each(len(found), func(l int) {
		m.habit(t, l, &found[l])
		weights[l] = t.weights(&found[l])
		for i, counts := range found[l].counts {
			if counts {
				tallies[l].add(found[l].unseen[i], t.yes[i][t.task.Labels[l].ID])
			}
		}
	})
	var all tally
	for l := range tallies {
		if found[l].ok {
			all.sum(&tallies[l])
		}
	}
	m.byName = t.byName(found)
	for l, f := range found {
		out := label{id: t.task.Labels[l].ID, learned: f.ok, positives: f.positives, threshold: all.threshold(&all)}
		for _, c := range t.named(l) {
			out.named = append(out.named, spoken{c, t.spoken(f, c)})
		}
		if f.ok {
			out.threshold = tallies[l].threshold(&all)
			out.constant = t.constant(f)
			out.precision, out.recall = t.checked(f, l, out.threshold)
		}
		m.labels = append(m.labels, out)
	}
	m.keep(weights)
	return m
}

// habit settles whose habits are followed: where none is wished for, those of the
// source with the most rows that were asked.
func (m *Model) habit(t *trainer, l int, f *learned) {
	if f.habit != "" {
		return
	}
	rows := map[string]int{}
	for _, r := range t.rows {
		if t.asks(r.Source, l) {
			rows[r.Source]++
			if n, best := rows[r.Source], rows[f.habit]; n > best || n == best && r.Source < f.habit {
				f.habit = r.Source
			}
		}
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
		concepts := t.named(l)
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
	m.weights = make([]int8, m.space.size()*len(m.labels))
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
			m.weights[k*len(m.labels)+l] = int8(math.Round(float64(x / scale)))
		}
	}
}
