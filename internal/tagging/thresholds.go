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
	yes          float64
}

func (t *tally) add(score float32, yes bool) {
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
	t.yes += o.yes
	for k := range steps {
		t.given[k] += o.given[k]
		t.right[k] += o.right[k]
	}
}

// threshold is the log odds from which on the tag is suggested. No tag may die of
// it: one in ten of its commitments, and one at least, is suggested at it, unless that
// is below the step from which on any is tried.
func (t *tally) threshold(all *tally, from int) float32 {
	share := 0.0
	if all.yes > 0 {
		share = lent / all.yes
	}
	best, at := -1.0, from
	for k := from; k < steps; k++ {
		if k > from && t.yes >= Least && t.right[k] < math.Floor((t.yes-1)/10)+1 {
			break
		}
		f := 2 * (t.right[k] + share*all.right[k]) / (t.given[k] + t.yes + share*(all.given[k]+all.yes))
		if f > best {
			best, at = f, k
		}
	}
	return float32(lowest + stepSize*float64(at))
}
