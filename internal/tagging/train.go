package tagging

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"avow/internal/taxonomy"
)

// parts is in how many parts the members are cut to choose thresholds.
const parts = 5

// Train learns a model. Rows in which nobody gave any tag are taken as they are:
// they say no to everything that their source was asked. Errors are civic.Errors
// on "rows": no rows, no words, fewer than two tags, no tag often enough, the same
// commitment twice. Memory grows with the square of the rows, of which MostRows
// are taken.
func Train(rows []Row, task Task) (*Model, error) { return ours.train(rows, task) }

func (r recipe) train(rows []Row, task Task) (*Model, error) {
	if err := task.check(rows); err != nil {
		return nil, err
	}
	return r.learn(rows, task), nil
}

// learn learns from rows that were checked.
func (r recipe) learn(rows []Row, task Task) *Model {
	t := newTrainer(thinned(rows), task, r)
	out := make([]learned, len(task.Labels))
	each(len(task.Labels), func(l int) { out[l] = t.learn(l) })
	return t.model(out)
}

// thinned takes every k-th row, the first of each k, so that MostRows are left at most.
func thinned(rows []Row) []Row {
	if len(rows) <= MostRows {
		return slices.Clone(rows)
	}
	out := make([]Row, 0, MostRows)
	for i := range MostRows {
		out = append(out, rows[i*len(rows)/MostRows])
	}
	return out
}

// each runs f for 0 to n-1 on all processors.
func each(n int, f func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), max(n, 1)) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// trainer is what all tags share while they are learned.
type trainer struct {
	recipe
	task    Task
	rows    []Row // sources together
	asks    func(source string, label int) bool
	yes     []map[taxonomy.ID]bool
	unknown []map[taxonomy.ID]bool
	space   *space
	vectors []vector
	said    [][]float32 // by concept and row: how much the row says of it, up to 1
	like    [][]float32
	from    []int32
	to      []int32
	part    []int // by row
}

// learned is one tag, as scores by row and as weights by feature.
type learned struct {
	ok        bool
	positives int
	answer    answer
	unseen    []float32 // log odds of each row by a model that had not seen its member
	counts    []bool    // rows by which the threshold is chosen
	habit     string
}

func newTrainer(rows []Row, task Task, how recipe) *trainer {
	t := &trainer{recipe: how, task: task, rows: rows, asks: task.asks()}
	slices.SortStableFunc(t.rows, func(a, b Row) int { return cmp.Compare(a.Source, b.Source) })
	readings := make([]*reading, len(t.rows))
	counted := make([]map[uint64]float32, len(t.rows))
	var r reader
	for i, row := range t.rows {
		readings[i] = r.read(row.Title, row.Text)
		counted[i] = readings[i].counts()
		t.yes = append(t.yes, setOf(row.Yes))
		t.unknown = append(t.unknown, setOf(row.Unknown))
	}
	t.space = newSpace(counted, readings, how.concepts)
	t.vectors = make([]vector, len(t.rows))
	t.said = make([][]float32, len(words().names))
	for c := range t.said {
		t.said[c] = make([]float32, len(t.rows))
	}
	for i := range t.rows {
		t.vectors[i] = t.space.vector(counted[i], readings[i].concepts)
		for c, n := range readings[i].concepts {
			t.said[c][i] = saying(n)
		}
	}
	t.like = likeness(t.vectors, t.space.size())
	t.bounds()
	t.part = membersApart(t.rows, parts)
	return t
}

// saying is how much a text says of a concept that it names n times.
func saying(n float32) float32 { return float32(min(1, math.Log(1+float64(n))/2)) }

func (t *trainer) bounds() {
	t.from, t.to = make([]int32, len(t.rows)), make([]int32, len(t.rows))
	for i := 0; i < len(t.rows); {
		j := i
		for j < len(t.rows) && t.rows[j].Source == t.rows[i].Source {
			j++
		}
		for k := i; k < j; k++ {
			t.from[k], t.to[k] = int32(i), int32(j)
		}
		i = j
	}
}

// learn learns one tag: with all rows, and with each part of the members left out.
func (t *trainer) learn(l int) learned {
	label := t.task.Labels[l]
	out := learned{habit: label.Habit}
	p := &problem{recipe: t.recipe, like: t.like, from: t.from, to: t.to, yes: make([]bool, len(t.rows)), cost: make([]float32, len(t.rows))}
	for i, r := range t.rows {
		p.yes[i] = t.yes[i][label.ID]
		if p.yes[i] || t.asks(r.Source, l) && !t.unknown[i][label.ID] {
			p.cost[i] = t.mistake
		}
		if p.yes[i] {
			out.positives++
		}
	}
	if !slices.ContainsFunc(p.cost, func(c float32) bool { return c > 0 }) || out.positives < Least {
		return out
	}
	for _, c := range t.named(l) {
		p.named = append(p.named, t.said[c])
	}
	out.ok = true
	out.answer = p.solve(nil)
	out.unseen = slices.Repeat([]float32{unheard}, len(t.rows))
	out.counts = make([]bool, len(t.rows))
	all := slices.Clone(p.cost)
	for part := range parts {
		for i := range p.cost {
			p.cost[i] = all[i]
			if t.part[i] == part {
				p.cost[i] = 0
			}
		}
		a := p.solve(&out.answer)
		for i := range t.rows {
			if t.part[i] == part && all[i] > 0 {
				out.unseen[i] = a.score[i]
				out.counts[i] = true
			}
		}
	}
	return out
}

// named lists the concepts of a label's names.
func (t *trainer) named(l int) []int {
	if t.naming == 0 {
		return nil
	}
	return conceptsIn(t.task.Labels[l].Names)
}

// called lists the concepts of a label's first name, all of which a text must speak
// of to be told by the name alone.
func (t *trainer) called(l int) []int {
	if n := t.task.Labels[l].Names; t.naming > 0 && len(n) > 0 {
		return conceptsIn(n[:1])
	}
	return nil
}

func setOf(ids []taxonomy.ID) map[taxonomy.ID]bool {
	out := make(map[taxonomy.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}
