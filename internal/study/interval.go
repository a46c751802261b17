package study

import (
	"math"
	"math/rand/v2"
	"slices"
)

// The bootstrap: units are drawn again with replacement, the measure is counted of
// each draw, and the interval holds the middle 95 % of what came out.
const (
	draws     = 1000
	fewest    = 10   // units below which an interval would pretend to know
	countable = 0.95 // share of draws of which the measure must be told
)

// Measure is an agreement with its interval. Value, Low and High are numbers of at
// most 1, rounded to four decimals. Known is false when the agreement cannot be
// told; Why then says why. Interval is false when the units are too few or too
// much alike to tell how sure the value is.
type Measure struct {
	Known    bool    `json:"known"`
	Value    float64 `json:"value"`
	Interval bool    `json:"interval,omitempty"`
	Low      float64 `json:"low,omitempty"`
	High     float64 `json:"high,omitempty"`
	Why      string  `json:"why,omitempty"`
}

// measure tells an agreement over units, each a few rows that are drawn together
// (a commitment with its yes or no to each code). The same units and seed give the
// same interval.
func measure(units []Table, seed uint64, of func(Table) (float64, string)) Measure {
	value, why := of(slices.Concat(units...))
	if why != "" {
		return Measure{Why: why}
	}
	m := Measure{Known: true, Value: rounded(value)}
	if len(units) < fewest {
		return m
	}
	source := rand.New(rand.NewPCG(seed, uint64(len(units))))
	found := make([]float64, 0, draws)
	var drawn Table
	for range draws {
		drawn = drawn[:0]
		for range units {
			drawn = append(drawn, units[source.IntN(len(units))]...)
		}
		if v, why := of(drawn); why == "" {
			found = append(found, v)
		}
	}
	if float64(len(found)) < countable*draws {
		return m
	}
	slices.Sort(found)
	m.Interval, m.Low, m.High = true, rounded(quantile(found, 0.025)), rounded(quantile(found, 0.975))
	return m
}

// quantile is a quantile of sorted values, between neighbours in proportion.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := int(math.Floor(at))
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := at - float64(below)
	return sorted[below]*(1-part) + sorted[below+1]*part
}
