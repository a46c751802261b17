package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Taxonomy is the list of the versions of the tags.
type Taxonomy struct {
	Page   layout.Page
	Trail  []Link
	Count  string
	Action string // address that takes a day
	Today  string // YYYY-MM-DD
	Rows   []VersionRow
	After  []Link
}

// VersionRow is a version in the list.
type VersionRow struct {
	Version       TagName
	Step          string
	From, InForce string
	Why           *phrase.Text
}

// TaxonomyVersion is the page of a version.
type TaxonomyVersion struct {
	Page    layout.Page
	Trail   []Link
	Name    phrase.Text
	Facts   []Fact
	Changes []ChangeRow
	Action  string   // address that takes another version
	Others  []Option // the versions to compare with
	From    *TagName // the one that is compared with, nil for none
	// Differences from From, tag by tag.
	Differences []TagDifference
	// What became of the tags of the edition before, in an edition.
	Crosswalk string // whose tags, in words
	Mappings  []MappingRow
	// Figures under both, where there is a version before.
	Before, After string
	Figures       []FigureRow
	Count         string
	Tags          []TagNode
}

// ChangeRow is an operation: what it did to which tag, and why.
type ChangeRow struct {
	Op     string
	Tag    TagName
	To     []TagName // names, parents, successors: what it is about
	Reason phrase.Text
}

// TagDifference is a tag that is not the same in two versions.
type TagDifference struct {
	Tag    TagName
	Whole  string // that it is new or gone, in words; else
	Fields []FieldChange
}

// FigureRow is how many commitments a tag has in two versions; "" where a version has
// no such tag.
type FigureRow struct {
	Tag                                      TagName
	Before, After, DirectBefore, DirectAfter string
	Same                                     bool
}

// MappingRow is what became of a tag of the edition before.
type MappingRow struct {
	From, To           TagName
	Match, Basis, None string // None stands instead of To
}
