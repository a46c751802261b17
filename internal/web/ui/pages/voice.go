package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/testimony"
	"avow/internal/web/ui/layout"
)

// VoicesOn is what stands of a report beside it: what citizens say, and disputes.
type VoicesOn struct {
	About     string // on which of several reports, "" on a report's own page
	Citizens  testimony.Citizens
	Disputes  []testimony.Dispute
	NoDispute string
	Contest   testimony.Link
}

// Speak is a form with which somebody says something of a report.
type Speak struct {
	Page    layout.Page
	Title   string
	Intro   string
	Done    string
	About   []Fact
	Says    []phrase.Text // what is answered or hidden
	Faults  []form.Fault
	Action  string
	Hidden  [][2]string // names and values
	Picks   []form.Choices
	Fields  []form.Field
	Menus   []form.Menu
	After   []form.Choices // behind the fields
	Send    string
	Back    Link
	Further *Further // another thing to do, with a form of its own
}

// Further is a button that does something else on the same page.
type Further struct{ Action, Send, Hint string }

// Moderation is what a moderator may hide.
type Moderation struct {
	Page layout.Page
	Done string
	Rows []ModerationRow
}

// ModerationRow is something that a citizen said.
type ModerationRow struct {
	Kind   string
	Texts  []phrase.Text
	On     Link
	Hidden string // by which rule, "" when it is shown
	Act    Link
}

// OpenDisputes are the disputes that wait for somebody.
type OpenDisputes struct {
	Page layout.Page
	Done string
	Rows []OpenDispute
}

// OpenDispute is one of them, with what this person can do.
type OpenDispute struct {
	ID      string // of its heading
	Dispute testimony.Dispute
	On      Link
	Acts    []Link
}
