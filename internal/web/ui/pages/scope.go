package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Facets is how the commitments spread over digital government.
type Facets struct {
	Page    layout.Page
	Trail   []Link
	Action  string // of the choice of a member
	Members []Option
	Count   string
	Covers  []Cover
	After   []Link
}

// Cover is a table of values with how many commitments each has.
type Cover struct {
	ID, Title, Lead string
	Head            string // of the first column
	Rows            []CoverRow
}

// CoverRow is a value: its name and what it means, and its counts.
type CoverRow struct {
	Name, Help                           string
	URL                                  string // of the list; "" for none
	Commitments, Members, Said, Proposed string
	None                                 string // instead of the counts, where no commitment has it
}

// Digital is where a commitment stands in digital government, and who says so.
type Digital struct {
	Ties   []TagTies
	By     string
	Reason *phrase.Text
}

// ScopeForm is where a person answers for one commitment.
type ScopeForm struct {
	Keep
	Commitment TagName
	Now        Digital
}
