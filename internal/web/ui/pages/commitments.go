package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
)

// Commitments is the list of commitments with search and filters.
type Commitments struct {
	Page    layout.Page
	Search  search.Box
	Filters []Filter
	Open    bool   // the filters are unfolded
	Active  []Link // each takes one filter away
	Clear   string // address without any filter
	Count   string
	Named   *TagName // the tag that has the words looked for as a name; Note is how many commitments it has
	Unknown []string // what is asked for and not known here at all
	Rows    []CommitmentRow
	Next    string
	First   string // address of the first page when this is another
	Exports []Link
}

// Filter is a choice of the search form.
type Filter struct {
	Name    string
	Label   string
	Any     string
	Options []Option
}

// Option is a value with its count in its words.
type Option struct {
	Value, Text string
	Selected    bool
	Lang        string // of Text when it is data in another language than the page
}

// CommitmentRow is a commitment in a list.
type CommitmentRow struct {
	URL        string
	Title      phrase.Text
	Excerpt    phrase.Text
	Ref        string
	Member     Link
	Plan       *Link
	Completion value.Value
	// CompletionIs leads up to Completion where it is read aloud: "Completion:".
	CompletionIs string
}
