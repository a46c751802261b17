package search

import "github.com/a-h/templ"

// Examples shows the box empty with a hint, and filled without one.
func Examples() []templ.Component {
	return []templ.Component{
		Form(Box{ID: "q", Action: "/en/commitments", Label: "Search commitments", Hint: "Words or an ID", Button: "Search"}),
		Form(Box{ID: "find", Action: "/en/commitments", Label: "Search commitments", Button: "Search", Q: `"open" <data>`}),
	}
}
