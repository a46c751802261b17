package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// TaxonomyDesk is where the tags are changed: by a set that is part of the program,
// by a file, or by one operation.
type TaxonomyDesk struct {
	Page       layout.Page
	Title      string
	Done       string
	Faults     []form.Fault
	Action     string // address that shows what a set would do
	Shipped    form.Choices
	File       form.Upload
	Text       form.Field
	Operations []Link
	Sets       []SetRow
	After      []Link
}

// SetRow is a set that was applied, with the way to undo it or bring it back.
type SetRow struct {
	VersionRow
	Act Link
}

// SetPreview is what a set would do.
type SetPreview struct {
	Page          layout.Page
	Trail         []Link
	Name          phrase.Text
	Touches       string
	Settings      []form.Choices // what is left to decide
	Again         string         // address that previews with other settings
	Hidden        [][2]string    // what names the set
	Effects       []EffectRow
	Before, After string
	Figures       []FigureRow
	Persons       []TagName // commitments that need a person
	MorePersons   string
	AllPersons    string // of the button that names them all
	Action        string // address that applies it
	All           [][2]string
	Apply         string
}

// EffectRow is what one operation touches.
type EffectRow struct {
	ChangeRow
	Commitments, Members string
	Shifts               []TagName // tags whose counts change, with how
	Person, Because      string
}

// TagDesk is the list of what is proposed, to be decided on.
type TagDesk struct {
	Page   layout.Page
	Title  string
	Done   string
	Faults []form.Fault
	Action string // of the search
	Ask    []KeepQuestion
	Count  string // "" where nothing was looked for
	Empty  string // said where there are no rows
	Rows   []ProposalRow
	Send   string // address that previews decisions
	Hidden [][2]string
	Decide []KeepQuestion
	All    Link // the same list with every row chosen
	Next   string
	First  string

	Together      []StoryItem // what was decided at once just now, with its place in the record
	TogetherCount string
	TogetherNext  Link // the rest of it
	InRecord      Link
}

// ProposalRow is a tag proposed for a commitment.
type ProposalRow struct {
	ID, Value  string // of its box; "" where nothing is to choose
	Chosen     bool
	Commitment TagName
	Member     string
	Tag        TagName
	Why        []string
	After      string // what becomes of it, in a preview
}

// TagPreview shows every decision before it is written.
type TagPreview struct {
	Page   layout.Page
	Trail  []Link
	Title  string
	Intro  string
	Rows   []ProposalRow
	Action string
	Hidden [][2]string
	Send   string
}

// TagDecide is where a person decides on the tags of one commitment.
type TagDecide struct {
	Keep
	Commitment TagName
	On, Off    []TagOnIt
	After      []Link
}
