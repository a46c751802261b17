package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
)

// WorkReports are the reports that one person may file, by plan and period.
type WorkReports struct {
	Page   layout.Page
	Saved  string
	Groups []WorkGroup
}

// WorkGroup is a period of a plan.
type WorkGroup struct {
	ID, Heading, When string
	Sum               []Counted
	Links             []Link
	Rows              []WorkRow
}

// WorkRow is a report that may be filed or corrected.
type WorkRow struct {
	Code   string
	Title  phrase.Text
	State  value.Value
	Status value.Value
	Action Link
}

// ReportForm is one step of writing a report.
type ReportForm struct {
	Page    layout.Page
	Trail   []Link
	Heading string
	Title   phrase.Text
	Unit    *ReportUnit
	Steps   []Link // every step, the present one marked
	Saved   string
	Faults  []form.Fault
	Action  string
	Files   bool // takes files
	Parts   []FormPart
	Before  string // said before the button
	Button  string
	Hidden  [][2]string
	Other   []FormPart // what somebody else wrote meanwhile
	Over    string     // the version that this one would replace, "" where there is no conflict
	Drop    string     // words of the button that throws the draft away
}

// FormPart is a part of a step: questions below a heading, or answers.
type FormPart struct {
	Legend  string
	Lang    string
	Note    string
	Choices *form.Choices
	Menu    *form.Menu
	Fields  []form.Field
	Upload  *form.Upload
	Answers []form.Answer
}
