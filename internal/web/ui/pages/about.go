package pages

import "avow/internal/web/ui/layout"

// Plain is a page of headed texts from the catalogue: PREFIX.title, PREFIX.intro
// and, for each part, PREFIX.PART.title and PREFIX.PART.text.
type Plain struct {
	Page   layout.Page
	Prefix string
	Parts  []string
}
