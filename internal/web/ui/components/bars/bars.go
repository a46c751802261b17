// Package bars draws how a number of things divides among values: one bar of
// segments, and the table that it is drawn from.
//
// Accessibility: the picture is hidden from screen readers because the table
// beside it says the same in words and numbers; steps differ in depth of one
// colour and keep a gap; what is missing is a dotted outline without filling.
package bars

import "strconv"

// Chart is a divided bar with its table.
type Chart struct {
	Caption string
	Head    [3]string // headings: value, number, share
	Rows    []Row
	Total   int
}

// Row is one value. Tone is its depth from 1 (light) to 5 (deep).
type Row struct {
	Label   string
	URL     string
	N       int
	Count   string // N as people read it
	Share   string
	Missing bool
	Tone    int
}

func (r Row) class() string {
	if r.Missing {
		return "tm"
	}
	return "t" + strconv.Itoa(r.Tone)
}

// The bar's length in its own units, the least of it that a row gets, and the gap
// on either side of a segment.
const (
	width = 1000
	least = 8
	gap   = 2
)

type segment struct{ class, x, w string }

// segments gives each row its place on the bar; a row of few things keeps a sliver.
func (c Chart) segments() []segment {
	var out []segment
	total := 0
	for _, r := range c.Rows {
		total += r.N
	}
	if total == 0 {
		return nil
	}
	share, sum := width-least*len(c.Rows), 0
	for i, r := range c.Rows {
		from := least*i + sum*share/total
		sum += r.N
		to := least*(i+1) + sum*share/total
		out = append(out, segment{r.class(), strconv.Itoa(from + gap), strconv.Itoa(to - from - 2*gap)})
	}
	return out
}
