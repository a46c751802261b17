package study

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// How many groups can be asked for, and bounds of the search for them.
const (
	FewestGroups = 2
	MostGroups   = 30

	mostAlone  = 12  // groups that the program chooses by itself at most
	dimensions = 24  // in which texts are compared
	starts     = 8   // beginnings that are tried
	turns      = 100 // of one beginning at most
	judged     = 400 // texts on which a number of groups is judged
	heldBy     = 8   // words that are named
)

// Suggestion is how the program would group texts. It is a beginning: nothing
// counts before a person named it.
type Suggestion struct {
	Groups []Together
	Alone  []int // places of texts that are too short to group
	Places []*Point
	Shown  int // per mille of the differences that Places show
}

// Together is one suggested group: places of its texts, and the words that hold
// them together, the strongest first.
type Together struct {
	Texts []int
	Words []string
}

// Suggest groups documents by the words they share: spherical k-means on the axes
// of latent semantic analysis. groups 0 lets the program choose the number with
// the clearest borders (the mean silhouette). The largest group comes first. The
// same documents and seed give the same answer.
func Suggest(docs []Document, groups int, seed uint64) Suggestion {
	rows, vocabulary := vectors(docs)
	out := Suggestion{Places: make([]*Point, len(docs))}
	var kept []vector
	var at []int
	for i, r := range rows {
		if len(r.word) < 2 {
			out.Alone = append(out.Alone, i)
			continue
		}
		kept, at = append(kept, r), append(at, i)
	}
	if len(kept) < 2*FewestGroups {
		out.Alone = nil
		for i := range docs {
			out.Alone = append(out.Alone, i)
		}
		return out
	}
	points := axes(kept, len(vocabulary.shown), min(dimensions, len(kept)-1, len(vocabulary.shown)), seed)
	unit(points)
	places, shown := plane(points)
	out.Shown = shown
	for i, p := range places {
		out.Places[at[i]] = &p
	}
	in := cut(points, groups, seed)
	for g := range slices.Max(in) + 1 {
		var t Together
		for i, group := range in {
			if group == g {
				t.Texts = append(t.Texts, at[i])
			}
		}
		if len(t.Texts) > 0 {
			t.Words = holding(kept, in, g, vocabulary)
			out.Groups = append(out.Groups, t)
		}
	}
	slices.SortFunc(out.Groups, func(a, b Together) int {
		return cmp.Or(cmp.Compare(len(b.Texts), len(a.Texts)), cmp.Compare(a.Texts[0], b.Texts[0]))
	})
	return out
}

// cut puts points into groups and returns each one's.
func cut(points [][]float64, groups int, seed uint64) []int {
	if groups != 0 {
		return means(points, min(groups, len(points)), seed)
	}
	var best []int
	clearest := math.Inf(-1)
	// Clearest of all are two heaps or pairs of near copies: neither says what texts
	// are about. So the search stays where a person can still read all groups.
	root := math.Sqrt(float64(len(points)))
	fewest, most := min(max(FewestGroups, int(root/2)), 8), min(mostAlone, max(FewestGroups, int(root*0.85)))
	for k := fewest; k <= most; k++ {
		in := means(points, k, seed)
		if s := silhouette(points, in, k); s > clearest+1e-9 {
			best, clearest = in, s
		}
	}
	if best == nil {
		return means(points, FewestGroups, seed)
	}
	return best
}

// means is spherical k-means: points of length 1, compared by their angle, from
// several seeded beginnings (k-means++); the one with the nearest centres wins.
func means(points [][]float64, k int, seed uint64) []int {
	var best []int
	nearest := math.Inf(-1)
	for start := range starts {
		source := rand.New(rand.NewPCG(seed, uint64(k*1000+start)))
		in, near := settle(points, begin(points, k, source))
		if near > nearest+1e-9 {
			best, nearest = in, near
		}
	}
	return best
}

// begin chooses centres far from each other.
func begin(points [][]float64, k int, source *rand.Rand) [][]float64 {
	centres := [][]float64{slices.Clone(points[source.IntN(len(points))])}
	far := make([]float64, len(points))
	for len(centres) < k {
		total := 0.0
		for i, p := range points {
			far[i] = 2
			for _, c := range centres {
				far[i] = min(far[i], max(0, 1-dot(p, c)))
			}
			total += far[i]
		}
		at, left := 0, source.Float64()*total
		for at < len(points)-1 && left > far[at] {
			left -= far[at]
			at++
		}
		centres = append(centres, slices.Clone(points[at]))
	}
	return centres
}

// settle moves points to their nearest centre and centres to the middle of their
// points until nothing moves.
func settle(points, centres [][]float64) (in []int, near float64) {
	in = make([]int, len(points))
	for turn := range turns {
		moved := false
		near = 0
		for i, p := range points {
			best, closest := 0, math.Inf(-1)
			for g, c := range centres {
				if x := dot(p, c); x > closest+1e-12 {
					best, closest = g, x
				}
			}
			moved = moved || in[i] != best || turn == 0
			in[i] = best
			near += closest
		}
		if !moved {
			break
		}
		next := matrix(len(centres), len(points[0]))
		count := make([]int, len(centres))
		for i, p := range points {
			count[in[i]]++
			for k := range p {
				next[in[i]][k] += p[k]
			}
		}
		for g := range next {
			if count[g] == 0 {
				next[g] = centres[g]
			}
		}
		unit(next)
		centres = next
	}
	return in, near
}

// silhouette says how clear the borders of groups are, from -1 to 1: how much
// farther points are from the nearest other group than from their own, on average
// (Rousseeuw 1987), over an even choice of the points.
func silhouette(points [][]float64, in []int, k int) float64 {
	step := max(1, len(points)/judged)
	total, n := 0.0, 0
	for i := 0; i < len(points); i += step {
		away, count := make([]float64, k), make([]int, k)
		for j := 0; j < len(points); j += step {
			if i != j {
				away[in[j]] += 1 - dot(points[i], points[j])
				count[in[j]]++
			}
		}
		n++
		own := in[i]
		if count[own] == 0 {
			continue // alone in its group: 0
		}
		a, b := away[own]/float64(count[own]), math.Inf(1)
		for g := range k {
			if g != own && count[g] > 0 {
				b = min(b, away[g]/float64(count[g]))
			}
		}
		if larger := max(a, b); !math.IsInf(b, 1) && larger > 1e-12 {
			total += (b - a) / larger
		}
	}
	return total / float64(max(n, 1))
}

// holding names the words that are heavier in a group than outside of it.
func holding(rows []vector, in []int, group int, all words) []string {
	inside, outside := make([]float64, len(all.shown)), make([]float64, len(all.shown))
	own, others := 0.0, 0.0
	for i, r := range rows {
		to := outside
		if in[i] == group {
			to = inside
			own++
		} else {
			others++
		}
		for j, w := range r.word {
			to[w] += r.weight[j]
		}
	}
	order := make([]int, 0, len(all.shown))
	score := make([]float64, len(all.shown))
	for w := range all.shown {
		score[w] = inside[w]/max(own, 1) - outside[w]/max(others, 1)
		if score[w] > 1e-9 {
			order = append(order, w)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	var out []string
	for _, w := range order {
		if !slices.Contains(out, all.shown[w]) {
			out = append(out, all.shown[w])
		}
		if len(out) == heldBy {
			break
		}
	}
	return out
}
