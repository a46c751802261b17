package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Ask is a page that asks something: one question, or a few that belong together.
type Ask struct {
	Page   layout.Page
	Trail  []Link
	Title  string
	Intro  string
	Done   string // what was kept, after a redirect
	Faults []form.Fault
	Steps  []AskStep // where in a long form this page stands
	Label  string    // of the steps
	Notes  []string
	Facts  []Fact
	Forms  []AskForm
	Rows   []AskRow // what there is already, with ways to change it
	After  []Link
}

// AskStep is one page of a long form.
type AskStep struct {
	Text, URL string
	Current   bool
	State     string // "filled in", in words
}

// AskForm is one form of the page.
type AskForm struct {
	Heading string
	Text    string
	Action  string
	Hidden  [][2]string
	Blocks  []AskBlock
	Button  string
	Quiet   bool // a button that few will press
}

// AskBlock is a question, or a heading between questions.
type AskBlock struct {
	Heading, Text string
	Field         *form.Field
	Choices       *form.Choices
	Menu          *form.Menu
}

// AskRow is something that the form has collected: a milestone.
type AskRow struct {
	Title      phrase.Text
	URL        string // of the title, "" for none
	Note       string
	Links      []Link
	Remove     string // address that takes it away
	Revision   string
	RemoveWord string
}

// DraftReview is the last page of a draft: what it says, what it lacks, what
// reviewers will ask, and what can be done with it.
type DraftReview struct {
	Ask
	Lacks    []Link // what keeps it from being published
	Ready    string // that nothing does
	Findings []DraftFinding
	Values   string
	Answers  []form.Answer
	Preview  string
}

// DraftFinding is a question of the drafting check.
type DraftFinding struct {
	Question, Why, Advice string
	Link                  Link
}

// DraftConflict shows answers that two people changed.
type DraftConflict struct {
	Page   layout.Page
	Trail  []Link
	Title  string
	Intro  string
	Action string
	Hidden [][2]string
	Fields []ConflictField
	Button string
	None   string // when no answer is in conflict
	Back   Link
}

// ConflictField is one answer with both texts.
type ConflictField struct {
	Name, Label, Before string
	Mine, Theirs        Side
	MineRaw             string
	Lang, Dir           string
}

// PlanDesk is the page of those who work on a plan.
type PlanDesk struct {
	Page        layout.Page
	Trail       []Link
	Title       string
	Done        string
	Facts       []Fact
	Hints       []string
	Stages      []AskStep
	Next        []Link // what can be done next with the plan
	Actions     []AskForm
	Drafts      []DeskRow
	NoDrafts    string
	Commitments []DeskRow
	Periods     []DeskRow
	PeriodsURL  Link
	Bulk        Link
	Others      []Link
}

// DeskRow is a draft, a commitment or a period.
type DeskRow struct {
	Ref    string
	Title  phrase.Text
	URL    string
	State  string
	Notes  []string
	Links  []Link
	Action string // address of a form with a single button
	Button string
}

// BulkChoose asks which commitments and which change.
type BulkChoose struct {
	Ask
	Search   form.Field
	SearchGo string
	Base     string
	Rows     []form.Choice
	Legend   string
	Fault    string
	Blocks   []AskBlock
	Button   string
	Empty    string
}

// BulkPreview shows every row of a change, or what became of it.
type BulkPreview struct {
	Ask
	Caption string
	Rows    []BulkLine
	Back    Link
}

// BulkLine is a commitment with what changes, or why nothing does.
type BulkLine struct {
	Ref     string
	URL     string
	Title   phrase.Text
	Changes []FieldChange
	Fault   string
	Same    string
}

// Moved shows how a commitment or a plan departs from what was adopted.
type Moved struct {
	Page        layout.Page
	Trail       []Link
	Title       string
	Name        *phrase.Text
	Intro       string
	Facts       []Fact
	Unknown     string
	Dates       []MovedDate
	Changes     []FieldChange
	Same        string
	Amendments  []MovedAmendment
	Commitments []MovedCommitment
	API         Link
}

// MovedDate is a date that was moved.
type MovedDate struct {
	What     string
	Title    *phrase.Text
	From, To string
	By       string // how many days
	Later    bool
	Reason   []phrase.Text
	Who      string
}

// MovedAmendment is an amendment with its reason and who decided.
type MovedAmendment struct {
	ID      string
	When    string
	By      string
	Reason  []phrase.Text
	What    string
	Changes []FieldChange
	Ledger  string
}

// MovedCommitment is a commitment of a plan and how it stands to what was adopted.
type MovedCommitment struct {
	Number string
	URL    string
	Title  phrase.Text
	Ref    string
	State  string
	Dates  []string
	More   *Link
}
