package tagging

import (
	"cmp"
	"math"
	"slices"
)

// Neighbours is the first baseline: the tags of the nearest rows of the same source
// by their words (TF-IDF), each weighed by its likeness.
func Neighbours(train []Row, task Task, source string, test []Row) (*Told, error) {
	train = slices.DeleteFunc(slices.Clone(train), func(r Row) bool { return r.Source != source })
	if err := task.check(train); err != nil {
		return nil, err
	}
	var r reader
	readings := make([]*reading, len(train))
	counted := make([]map[uint64]float32, len(train))
	for i, row := range train {
		readings[i] = r.read(row.Title, row.Text)
		counted[i] = readings[i].wordCounts()
	}
	s := newSpace(counted, readings, false)
	n := &neighbourhood{train: train, tags: make([]map[int]bool, len(train)), has: make([][]mention, s.size())}
	told := &Told{Tags: enough(train, task, source)}
	for i, row := range train {
		n.tags[i] = map[int]bool{}
		for _, id := range row.Yes {
			if t := slices.Index(told.Tags, id); t >= 0 {
				n.tags[i][t] = true
			}
		}
		v := s.vector(counted[i], readings[i].concepts)
		n.vectors = append(n.vectors, v)
		for j, k := range v.at {
			n.has[k] = append(n.has[k], mention{i, v.v[j]})
		}
	}
	part := membersApart(train, parts)
	tallies := make([]tally, len(told.Tags))
	var all tally
	for i := range train {
		for t, p := range n.near(n.vectors[i], len(told.Tags), func(j int) bool { return part[j] != part[i] }) {
			tallies[t].add(float32(logOdds(p)), n.tags[i][t])
		}
	}
	for t := range tallies {
		all.sum(&tallies[t])
	}
	for t := range tallies {
		told.Thresholds = append(told.Thresholds, sigmoid(float64(tallies[t].threshold(&all, 0))))
	}
	for _, row := range test {
		d := r.read(row.Title, row.Text)
		told.Confidence = append(told.Confidence, n.near(s.vector(d.wordCounts(), d.concepts), len(told.Tags), func(int) bool { return true }))
	}
	return told, nil
}

// nearest is how many neighbours are asked.
const nearest = 15

type mention struct {
	row int
	v   float32
}

type neighbourhood struct {
	train   []Row
	vectors []vector
	tags    []map[int]bool
	has     [][]mention
}

// near weighs the tags of the nearest rows that may be asked.
func (n *neighbourhood) near(v vector, tags int, may func(row int) bool) []float64 {
	like := make([]float64, len(n.train))
	for j, k := range v.at {
		for _, e := range n.has[k] {
			like[e.row] += float64(e.v * v.v[j])
		}
	}
	var order []int
	for i := range like {
		if may(i) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(like[b], like[a]), cmp.Compare(a, b)) })
	out := make([]float64, tags)
	sum := 1e-9
	for _, i := range order[:min(len(order), nearest)] {
		sum += like[i]
		for t := range n.tags[i] {
			out[t] += like[i]
		}
	}
	for t := range out {
		out[t] /= sum
	}
	return out
}

// wordCounts are the stems alone.
func (d *reading) wordCounts() map[uint64]float32 {
	out := make(map[uint64]float32, len(d.words))
	for i, w := range d.words {
		out[w.stem] += d.times[i]
	}
	return out
}

func logOdds(p float64) float64 { return math.Log((p + 1e-4) / (1 - p + 1e-4)) }

// Regression is the second baseline: one-against-rest logistic regression on stems,
// their pairs and groups of letters, from rows of the same source alone.
func Regression(train []Row, task Task, source string, test []Row) (*Told, error) {
	train = slices.DeleteFunc(slices.Clone(train), func(r Row) bool { return r.Source != source })
	task.Labels = slices.Clone(task.Labels)
	for i := range task.Labels {
		task.Labels[i].Below = nil
	}
	m, err := recipe{mistake: 20}.train(train, task)
	if err != nil {
		return nil, err
	}
	m.plain = true
	return m.tell(enough(train, task, source), test), nil
}

// Alone is this package's own method on rows of the same source alone.
func Alone(train []Row, task Task, source string, test []Row) (*Told, error) {
	return Learner(slices.DeleteFunc(slices.Clone(train), func(r Row) bool { return r.Source != source }), task, source, test)
}
