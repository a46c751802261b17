package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/layout"
)

// Tags is the list of tags: a hierarchy, or what a search found.
type Tags struct {
	Page    layout.Page
	Count   string
	Search  search.Box
	Sorts   []Link
	Roots   []TagNode
	Strange []TagNode // tags of sources that the taxonomy does not know
	Asked   bool      // somebody searched: Hits instead of Roots
	Hits    []TagHit
	After   []Link
}

// TagName is a tag's name with its address; "" for a tag that has no page.
type TagName struct {
	URL  string
	Name phrase.Text // Lang is "" when it is that of the page
	Note string      // in words
}

// TagNode is a tag in the hierarchy with the tags below it. A tag that stands
// under several parents has its children at the first place alone.
type TagNode struct {
	Tag      TagName
	Count    string
	Marks    []string // "derived", in words
	Children []TagNode
}

// TagHit is a tag that a search found, and why.
type TagHit struct {
	TagNode
	Under []TagName
	Why   []string
}

// Tag is a tag's page.
type Tag struct {
	Page        layout.Page
	Trail       []Link
	Name        phrase.Text
	Notes       []TagNote // what a reader should know first: deprecated, derived
	Count       string
	Commitments string // address of the list
	Direct      string
	Facts       []Fact
	Definition  *TagDefinition // nil when none is known
	Ties        []TagTies
	States      []TagState
	Editions    []TagEditionRow
	After       []Link
}

// TagNote is a remark with the tags that it speaks of.
type TagNote struct {
	Text string
	Tags []TagName
}

// TagDefinition is what a tag means, by whom.
type TagDefinition struct {
	Text   phrase.Text
	Source string // as it is cited
}

// TagTies are the tags, names or words of one relation.
type TagTies struct {
	Term  string
	Tags  []TagName
	Words []TagWord // instead of Tags
	None  string    // when there are neither
}

// TagWord is a value of a tag in words, with what it means.
type TagWord struct {
	Text phrase.Text
	Help string
}

// TagState is what a tag was in a stretch of days.
type TagState struct {
	When       string
	Name       phrase.Text
	Definition *TagDefinition // where it is another one than before
	None       string         // that there is none; "" where it is as before
	Changed    string         // what is different from before, in words
	Version    TagName
}

// TagEditionRow is a tag in one edition of a source.
type TagEditionRow struct {
	Edition, Name, Yes, Unknown string
	None                        string // instead of the others when the edition has no such tag
}
