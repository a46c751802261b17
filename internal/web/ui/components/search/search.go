// Package search is the search box.
//
// Accessibility: a search landmark with a visible label, a hint that belongs to
// the field, a button of at least 44 pixels; it is a plain GET form.
package search

// Box is a search box. Name must be unique on the page, for its id.
type Box struct {
	ID     string
	Action string
	Label  string
	Hint   string
	Button string
	Q      string
}
