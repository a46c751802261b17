package span

import "github.com/a-h/templ"

// Examples shows a whole stretch, a part, and one without an end.
func Examples() []templ.Component {
	a := Axis{From: 2012, To: 2016}
	return []templ.Component{
		Scale("2012", "2016"),
		Draw(a, Bar{Start: 2012 * 12, End: 2014*12 + 11}),
		Draw(a, Bar{Start: 2013*12 + 5, End: 2013*12 + 8, Minor: true}),
		Draw(a, Bar{End: 2014 * 12}),
		Draw(a, Bar{}),
	}
}
