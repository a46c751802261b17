// Package span draws stretches of time on a common axis, one in each row of a
// table that also says them in words.
//
// Accessibility: the bars are hidden from screen readers, since the row says its
// period; they are mirrored in pages that run from right to left.
package span

import (
	"strconv"
	"strings"
)

// Axis is the range of years that all rows share: from the start of From to the
// end of To.
type Axis struct{ From, To int }

// Bar is one stretch, in twelfths of a year since year 0 (civil months), end
// included. Zero Start or End means that it is not known.
type Bar struct {
	Start, End int
	Minor      bool // a part of the whole, drawn thinner
}

// Month turns a civil date ("2012", "2012-04", "2012-04-05") into months since
// year 0; last asks for the end of a coarse date. It gives 0 for anything else.
func Month(date string, last bool) int {
	if len(date) < 4 {
		return 0
	}
	y, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	if len(date) >= 7 {
		m, err := strconv.Atoi(date[5:7])
		if err != nil || m < 1 || m > 12 {
			return 0
		}
		return y*12 + m - 1
	}
	if last {
		return y*12 + 11
	}
	return y * 12
}

// Cover widens the axis so that it holds the bar.
func (a *Axis) Cover(b Bar) {
	for _, m := range []int{b.Start, b.End} {
		if m == 0 {
			continue
		}
		y := m / 12
		if a.From == 0 || y < a.From {
			a.From = y
		}
		if y > a.To {
			a.To = y
		}
	}
}

// Drawable reports whether the axis has room for a picture that says something.
func (a Axis) Drawable() bool { return a.From > 0 && a.To-a.From < 60 }

const height = 20

func (a Axis) box() string {
	return "0 0 " + strconv.Itoa((a.To-a.From+1)*12) + " " + strconv.Itoa(height)
}

// grid is a line at the start of each year.
func (a Axis) grid() string {
	var b strings.Builder
	for y := a.From; y <= a.To; y++ {
		b.WriteString("M" + strconv.Itoa((y-a.From)*12) + " 0v20")
	}
	return b.String()
}

func (a Axis) x(b Bar) string {
	return strconv.Itoa(b.first() - a.From*12)
}

func (a Axis) w(b Bar) string {
	return strconv.Itoa(max(b.last()-b.first()+1, 1))
}

func (b Bar) first() int {
	if b.Start == 0 {
		return b.End
	}
	return b.Start
}

func (b Bar) last() int {
	if b.End == 0 || b.End < b.Start {
		return b.first()
	}
	return b.End
}

func (b Bar) class() string {
	switch {
	case b.Start == 0 || b.End == 0 || b.End < b.Start:
		return "open"
	case b.Minor:
		return "minor"
	}
	return "whole"
}
