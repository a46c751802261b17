package tagging

import "math"

// How sure a suggestion has to be is chosen for each tag so that its F1 on the
// rows that were learned from, each told by a model that had not seen its member,
// is highest. Few rows would make that a gamble: so each tag is lent this many
// commitments that behave as all tags together do.
const lent = 60

// steps are the confidences that are tried, as log odds.
const (
	lowest   = -4.5
	stepSize = 0.1
	steps    = 65
)

// tally counts, for each step, what would be suggested at it.
type tally struct {
	given, right [steps]float64
	yes, rows    float64
}

func (t *tally) add(score float32, yes bool) {
	t.rows++
	if yes {
		t.yes++
	}
	n := int(math.Ceil((float64(score) - lowest) / stepSize))
	for k := range min(max(n, 0), steps) {
		t.given[k]++
		if yes {
			t.right[k]++
		}
	}
}

func (t *tally) sum(o *tally) {
	t.yes, t.rows = t.yes+o.yes, t.rows+o.rows
	for k := range steps {
		t.given[k] += o.given[k]
		t.right[k] += o.right[k]
	}
}

// threshold is the log odds from which on the tag is suggested, no lower than a step.
// No tag may die of it: as many of its commitments as kept says are suggested at it,
// unless that is below the step from which on any is tried.
func (t *tally) threshold(all *tally, from int) float32 {
	share := 0.0
	if all.yes > 0 {
		share = lent / all.yes
	}
	best, at := -1.0, from
	for k := from; k < steps; k++ {
		if k > from && t.yes >= Least && t.right[k] < t.kept() {
			break
		}
		f := 2 * (t.right[k] + share*all.right[k]) / (t.given[k] + t.yes + share*(all.given[k]+all.yes))
		if f > best {
			best, at = f, k
		}
	}
	return float32(lowest + stepSize*float64(at))
}

// kept is how many of its commitments a tag is suggested for at least: one in ten.
func (t *tally) kept() float64 { return math.Floor((t.yes-1)/10) + 1 }

// few is how many rows must say whether they have a tag for its threshold to be left
// to F1 alone. Where fewer do, it is not below the share of them that has the tag: F1
// would rather suggest such a tag for everything.
const few = 100

// lowest is the lowest step that may be the threshold: the recipe's, unless the tag
// would die of it and a lower one saves it.
func (r recipe) lowest(t *tally) int {
	from := r.floor
	if r.floor > 0 && t.yes > 0 && t.yes < t.rows && t.rows < few {
		share := math.Ceil((math.Log(t.yes/(t.rows-t.yes)) - lowest) / stepSize)
		from = min(max(from, int(share)), steps-1)
	}
	for k := from; k >= r.scarce; k-- {
		if t.right[k] >= t.kept() {
			return k
		}
	}
	return from
}
