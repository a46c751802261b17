package tagging

import (
	"math"
	"math/rand/v2"
)

// problem is one tag to be learned by logistic regression in its dual form (Yu,
// Huang and Lin, Machine Learning 85, 2011): each row has one number, and what is
// needed of the features is the likeness of two rows alone.
//
// Rows of one source share habits: their likeness counts more, and each source has
// a constant of its own. Rows in which a concept of the tag's own name stands are
// alike for that alone.
type problem struct {
	recipe
	like  [][]float32
	from  []int32     // where the rows of the row's source begin
	to    []int32     // and end
	named [][]float32 // by concept of the tag's name: how much each row says of it
	yes   []bool
	cost  []float32 // of a mistake; 0 leaves the row out
}

// recipe is what the methods of this package differ in.
type recipe struct {
	mistake  float32 // the cost of a mistake (C)
	shared   float32 // how much more alike two rows of one source are
	naming   float32 // how much a concept of the tag's name counts
	concepts bool    // whether the lexicon is used at all
	floor    int     // the lowest step that may be a threshold
	scarce   int     // the same for a tag that would never be suggested
}

// Nothing below one in ten is suggested (step 23), of a tag that is never likelier
// nothing below one in twenty (step 16).
var ours = recipe{mistake: 4, shared: 0.5, naming: 4, concepts: true, floor: 23, scarce: 16}

const (
	rounds  = 12 // at most, over all rows
	settled = 0.03
	slight  = 2e-5 // of its cost: a row that would change less is left as it is
)

// answer is what was learned: a number for each row, and what they make of each
// row, the rows left out as well.
type answer struct {
	alpha []float32 // positive speaks for the tag
	score []float32 // log odds
}

// solve learns. Equal problems give equal answers. What was learned with other rows
// left out is a good place to start from.
func (p *problem) solve(start *answer) answer {
	n := len(p.like)
	a := answer{make([]float32, n), make([]float32, n)}
	size := make([]float64, n)
	if start != nil {
		copy(a.score, start.score)
		for i, x := range start.alpha {
			switch {
			case p.cost[i] > 0:
				size[i] = math.Abs(float64(x))
			case x != 0:
				p.push(a.score, i, -x)
			}
		}
	}
	self := make([]float64, n)
	for i := range self {
		self[i] = float64(p.like[i][i])*float64(1+p.shared) + 1
		for _, c := range p.named {
			self[i] += float64(p.naming) * float64(c[i]) * float64(c[i])
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	order := make([]int, 0, n)
	for i, c := range p.cost {
		if c > 0 {
			order = append(order, i)
		}
	}
	for range rounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst := 0.0
		for _, i := range order {
			sign := -1.0
			if p.yes[i] {
				sign = 1
			}
			old := size[i]
			z, off := minimum(old, float64(p.cost[i]), self[i], sign*float64(a.score[i]))
			if math.Abs(z-old) > slight*float64(p.cost[i]) {
				worst = max(worst, off)
				size[i] = z
				p.push(a.score, i, float32(sign*(z-old)))
			}
		}
		if worst < settled {
			break
		}
	}
	for i, z := range size {
		a.alpha[i] = float32(z)
		if !p.yes[i] {
			a.alpha[i] = -a.alpha[i]
		}
	}
	return a
}

// minimum finds the best number of one row, all others as they are, and how far
// off the old one was. A row that has none yet begins with what its score says.
func minimum(old, cost, self, score float64) (z, off float64) {
	z = old
	if z == 0 {
		z = cost * sigmoid(-score)
	}
	for k := range 20 {
		g := self*(z-old) + score + math.Log(z/(cost-z))
		if k == 0 {
			off = math.Abs(g)
		}
		if math.Abs(g) < 1e-3 {
			break
		}
		next := z - g/(self+cost/(z*(cost-z)))
		switch {
		case next <= 0:
			next = z * 0.1
		case next >= cost:
			next = cost - (cost-z)*0.1
		}
		z = next
	}
	return z, off
}

// push tells all rows that row i speaks louder by d.
func (p *problem) push(score []float32, i int, d float32) {
	from, to := p.from[i], p.to[i]
	add(score, p.like[i], d)
	add(score[from:to], p.like[i][from:to], d*p.shared)
	own := score[from:to]
	for j := range own {
		own[j] += d
	}
	for _, c := range p.named {
		if c[i] != 0 {
			add(score, c, p.naming*d*c[i])
		}
	}
}

// add adds k times b to a.
func add(a, b []float32, k float32) {
	b = b[:len(a)]
	for len(a) >= 8 {
		x, y := a[:8:8], b[:8:8]
		x[0] += k * y[0]
		x[1] += k * y[1]
		x[2] += k * y[2]
		x[3] += k * y[3]
		x[4] += k * y[4]
		x[5] += k * y[5]
		x[6] += k * y[6]
		x[7] += k * y[7]
		a, b = a[8:], b[8:]
	}
	for i := range a {
		a[i] += k * b[i]
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
