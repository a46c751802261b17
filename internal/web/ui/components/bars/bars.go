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

const width = 1000

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
	sum := 0
	for _, r := range c.Rows {
		from, to := sum*width/total, (sum+r.N)*width/total
		sum += r.N
		w := max(to-from-4, 2)
		out = append(out, segment{r.class(), strconv.Itoa(from + 2), strconv.Itoa(w)})
	}
	return out
}
