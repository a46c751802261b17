package tagging

import (
	"math/rand/v2"
	"slices"

	"avow/internal/taxonomy"
)

// Interval is where a figure would lie in 95 of 100 other choices of members.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// draws is how many choices of members are tried.
const draws = 1000

// memberHits are the hits of one member, in all and by tag.
type memberHits struct {
	all  hits
	tags []hits
}

// byMember adds up the rows of each member.
func (v Validation) byMember() []memberHits {
	count := scored(v.rows)
	number := map[taxonomy.ID]int{}
	for _, s := range v.PerTag {
		number[s.Tag] = len(number)
	}
	at := map[string]int{}
	var out []memberHits
	for _, r := range v.rows {
		i, ok := at[r.member]
		if !ok {
			i = len(out)
			at[r.member] = i
			out = append(out, memberHits{tags: make([]hits, len(number))})
		}
		for t, id := range r.told.Tags {
			if count[id] && !r.unknown[id] {
				yes, given := r.yes[id], r.told.Confidence[r.at][t] > r.told.Thresholds[t]
				out[i].all.add(yes, given)
				out[i].tags[number[id]].add(yes, given)
			}
		}
	}
	return out
}

// MicroInterval is the interval of micro-F1. The same validation gives the same interval.
func (v Validation) MicroInterval() Interval {
	members := v.byMember()
	return draw(len(members), func(pick []int) float64 { return micro(members, pick) })
}

// MacroInterval is the interval of macro-F1.
func (v Validation) MacroInterval() Interval {
	members := v.byMember()
	return draw(len(members), func(pick []int) float64 {
		sum := make([]hits, len(v.PerTag))
		for _, i := range pick {
			for t, h := range members[i].tags {
				sum[t].sum(h)
			}
		}
		total, n := 0.0, 0.0
		for _, h := range sum {
			if h.right+h.missed > 0 {
				total, n = total+h.f1(), n+1
			}
		}
		return total / max(n, 1)
	})
}

// Beyond is the interval of how far micro-F1 is above another method's on the same
// rows in the same parts.
func (v Validation) Beyond(other Validation) Interval {
	a, b := v.byMember(), other.byMember()
	return draw(len(a), func(pick []int) float64 { return micro(a, pick) - micro(b, pick) })
}

func micro(members []memberHits, pick []int) float64 {
	var h hits
	for _, i := range pick {
		h.sum(members[i].all)
	}
	return h.f1()
}

// draw draws n members with replacement, many times.
func draw(n int, figure func(pick []int) float64) Interval {
	random := rand.New(rand.NewPCG(3, 4))
	found := make([]float64, draws)
	pick := make([]int, n)
	for d := range found {
		for i := range pick {
			pick[i] = random.IntN(n)
		}
		found[d] = figure(pick)
	}
	slices.Sort(found)
	return Interval{found[draws/40], found[draws-1-draws/40]}
}
