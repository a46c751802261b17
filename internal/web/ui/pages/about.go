package pages

import "avow/internal/web/ui/layout"

// Plain is a page of headed texts from the catalogue: PREFIX.title, the intro
// and, for each part, PREFIX.PART.title and its text or its points.
type Plain struct {
	Page   layout.Page
	Prefix string
	Intro  string
	Parts  []string
	Points map[string][]string // by part, keys of its points; a part without has a text
}
