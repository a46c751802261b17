// Package search is the search box.
//
// Accessibility: a search landmark with a visible label, a hint that belongs to
// the field, a button of at least 44 pixels; it is a plain GET form.
package search

import "strconv"

// Most is how many characters a search can have.
const Most = 200

var most = strconv.Itoa(Most)

// Box is a search box. Name must be unique on the page, for its id.
type Box struct {
	ID     string
	Action string
	Label  string
	Hint   string
	Button string
	Q      string
}
