package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// State is how something stands: in words, and drawn so that it can be told
// without colour. Class is "v" for met, "v no" for not met, "m" for cannot be told.
type State struct{ Text, Class string }

// Requirements is how a member stands with the minimum requirements on a day.
type Requirements struct {
	Page    layout.Page
	Trail   []Link
	Name    string // of the page
	Lead    string
	Demo    string
	Facts   []Fact
	Asked   string // the day that is asked about, as the field shows it
	Action  string
	Rows    []RequirementRow
	Empty   string // instead of rows: why there are none
	Cycles  []CycleRow
	Review  string
	NextDue string
	Links   []Link
}

// RequirementRow is one requirement.
type RequirementRow struct {
	ID, Name, Help string
	Number         string // "1.1", "" for rules that have no numbers
	State          State
	Parts          []RequirementPart
}

// RequirementPart is one thing that a requirement asks for.
type RequirementPart struct {
	State    State
	Reason   string
	Next     string
	Evidence []Dated
}

// Dated is a link to something with its day.
type Dated struct {
	Link  Link
	Title phrase.Text
	Day   string
}

// CycleRow is an action plan cycle with how it stands by the rules of its time.
type CycleRow struct {
	Plan    Link
	Rules   string
	State   State
	Reasons []string
}

// Documents is a member's repository.
type Documents struct {
	Page      layout.Page
	Trail     []Link
	Name      string
	Lead      string
	Fresh     string // how fresh it is
	Demo      string
	KindLabel string
	Kinds     []Link
	Within    string // what the list is narrowed to, "" when it is not
	All       string // address of the whole list
	Rows      []DocumentRow
	Withdrawn string
	Links     []Link
}

// DocumentRow is a document in a list.
type DocumentRow struct {
	URL   string
	Title phrase.Text
	Kind  string
	Day   string
	Of    []Link // what it belongs to
	File  *Link  // the file or the address; Count is its kind and size
	Lang  string
}

// Document is the page of one document.
type Document struct {
	Page      layout.Page
	Trail     []Link
	Title     phrase.Text
	Others    []phrase.Text // the title in other languages
	Kind      string
	Demo      string
	Withdrawn string // why it was withdrawn, in the words of who did
	Facts     []Fact
	File      *Link
	FileHelp  string
}

// Meetings is a member's forum and its meetings.
type Meetings struct {
	Page     layout.Page
	Trail    []Link
	Name     string
	Lead     string
	Demo     string
	Forum    []Fact
	NoForum  string
	Meetings []MeetingRow
	Links    []Link
}

// MeetingRow is a meeting in a list.
type MeetingRow struct {
	ID        string
	Title     phrase.Text
	Kind, Day string
	State     string // "cancelled", "still to come", ""
	Facts     []Fact
	Decided   *phrase.Text
	Documents []DocumentRow
}

// Process is the process of a plan.
type Process struct {
	Page     layout.Page
	Trail    []Link
	Name     string
	Lead     string
	Demo     string
	Invite   *Link // to contribute, while that is possible
	Events   []Event
	Rows     []ContributionRow
	Count    string
	Channels []Fact
	CSV      *Link
	Links    []Link
	Saved    string // after a form
	Filters  []Link // of the desk
}

// Event is something on the time line: a step, a meeting or a document.
type Event struct {
	ID, Kind, Day string
	Title         phrase.Text
	URL           string
	Notes         []string
	State         string
}

// ContributionRow is a contribution with its response.
type ContributionRow struct {
	ID       string
	Number   string
	Text     *phrase.Text // nil when it is hidden
	Hidden   string       // by which rule
	Channel  string
	Month    string
	Place    string
	About    *Link
	State    State
	Response *phrase.Text
	Answered string
	EditURL  string // to answer it, for those who do
}
