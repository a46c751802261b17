package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/layout"
)

// Commitment is a commitment's page, in the order in which it answers: what was
// promised, by whom, until when; how far it is and who says so; what changed;
// what independent review found; the rest.
type Commitment struct {
	Page        layout.Page
	Trail       []Link
	Kicker      string // "Commitment LT0031"
	Titles      []phrase.Text
	Long        bool // the title is a paragraph
	Remarks     []string
	Facts       []Fact
	Promise     []phrase.Text // whole, or its beginning when Full is set
	NoPromise   *value.Value
	Status      []Status
	Reports     *Link // to its reports by period
	Changes     []Entry
	Earlier     []Entry
	Reviews     []Assessment
	OlderReview []Assessment
	Milestones  []Milestone
	Tags        []TagGroup
	Digital     *Digital
	TagsOn      []TagOnIt // in force
	TagsOff     []TagOnIt // a person says that they do not hold
	Notes       []Note
	Full        []phrase.Text
	Sources     []Source
	JSON        string
	Preview     bool            // of a draft: nothing was said of it yet
	Moved       *Link           // to what changed since it was adopted
	Answers     []PromiseAnswer // to the other questions of OGP's template
}

// Status is how far one voice says that it is; a government may say several
// things of several parts.
type Status struct {
	Voice  voice.Voice
	Word   string
	Values []value.Value
	By     string // report and year, or a remark
	Source string // edition
	Link   string // to where it stands below, or ""
}

// Assessment is one report as one source tells it.
type Assessment struct {
	ID      string
	Title   string // product and year
	Source  string // edition
	Unit    string // remark when a cluster or a part was judged
	Ratings []Rating
}

// Rating is one variable of an assessment.
type Rating struct {
	Variable string
	Value    value.Value
	Scale    string
	Newer    bool // a newer edition tells the same report's variable
}

// Entry is one entry of the public record about this commitment.
type Entry struct {
	ID       string
	When     string
	What     string // "Imported from … by the local operator"
	Ledger   string
	Fields   []FieldChange
	Rest     []FieldChange // folded
	All      string        // words that unfold them
	Added    []FieldChange // fields that had nothing before, folded
	AddedAll string        // words that unfold those
	More     string        // words about fields that are not shown
}

// FieldChange is one field before and after. Name is set when a part of the
// field's name is data: the English name of a tag.
type FieldChange struct {
	Field, Name   string
	Before, After Side
}

// Side is a value before or after: empty, missing, or a text.
type Side struct {
	None    string // the words for "nothing"
	Missing *value.Value
	Text    string
	// Lang and Dir are set when Text is a source's and not ours.
	Lang, Dir string
}

// Milestone is a step with its indicators.
type Milestone struct {
	ID       string // of the milestone, for those who add to it
	Code     string
	Titles   []phrase.Text
	Texts    []phrase.Text
	Facts    []Fact
	Cells    []Cell
	Children []Milestone
}

// TagGroup is the tags of one edition.
type TagGroup struct {
	Edition string
	Tags    []TagMark
}

// TagMark is one tag; Value is set when it is neither yes nor no.
type TagMark struct {
	Link  Link
	Value *value.Value
}

// Note is a sourced remark.
type Note struct {
	Text   phrase.Text
	Source string
}

// Source is every public column of one edition's row, as it stands there.
type Source struct {
	ID    string
	Title string
	Cells []Cell
}

// Cell is a column. Ref is set when the value is a long text that stands on this
// page already. Lang is set for texts.
type Cell struct {
	Column, Value, Ref, Lang, Dir string
	Blank                         *value.Value // instead of an empty Value
}

// PromiseAnswer is an answer to a question of OGP's commitment template.
type PromiseAnswer struct {
	Head  string
	Texts []phrase.Text
	Lines []string
}
