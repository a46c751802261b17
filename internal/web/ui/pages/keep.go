package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Keep is a working page with one form: its questions in their order, and below it
// perhaps a second, smaller form that takes the thing back.
type Keep struct {
	Page      layout.Page
	Trail     []Link
	Title     string
	Lead      string
	Saved     string
	Problem   string // heading of the summary of errors
	Faults    []form.Fault
	Before    []Fact // what the form is about
	Quote     *phrase.Text
	Action    string
	Multipart bool
	Questions []KeepQuestion
	Hidden    [][2]string
	Submit    string
	Undo      *Undo
	Theirs    []FormPart // what somebody else wrote meanwhile, beside what was sent
	Mine      []FormPart
}

// KeepQuestion is one question of a form: one of its fields is set.
type KeepQuestion struct {
	Text   *form.Field
	Pick   *form.Choices
	Select *form.Menu
	Upload *form.Upload
	Kept   string // a file that is kept already, in words
}

// Undo is the form with which something is taken back, with a reason.
type Undo struct {
	Title, Lead, Action, Submit string
	Reason                      form.Field
}

// RepositoryDesk is where the process of a member is kept.
type RepositoryDesk struct {
	Page   layout.Page
	Trail  []Link
	Title  string
	Lead   string
	Saved  string
	Groups []KeptGroup
	Links  []Link
}

// KeptGroup is one kind of thing with what there is of it.
type KeptGroup struct {
	ID, Title, Empty string
	Add              []Link
	Rows             []KeptRow
}

// KeptRow is one thing with the link that changes it.
type KeptRow struct {
	Title phrase.Text
	URL   string
	Notes string
}
