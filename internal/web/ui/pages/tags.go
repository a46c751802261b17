package pages

import "avow/internal/web/ui/layout"

// Tags is the list of tags.
type Tags struct {
	Page    layout.Page
	Count   string
	Columns []Column
	Rows    []TagRow
}

// TagRow is a tag in the list.
type TagRow struct {
	Tag         Link
	Commitments string
	Editions    []string
}

// Tag is a tag's page.
type Tag struct {
	Page        layout.Page
	Trail       []Link
	Name        string
	Count       string
	Commitments string // address of the list
	Editions    []TagEditionRow
}

// TagEditionRow is a tag in one edition of a source.
type TagEditionRow struct {
	Edition, Name, Yes, Unknown string
	None                        string // instead of the others when the edition has no such tag
}
