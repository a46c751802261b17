package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Workbook offers the workbook of a period's reports and takes a filled one.
type Workbook struct {
	Page                 layout.Page
	Done                 string // what was just saved
	Plan                 phrase.Text
	Period, Due, Reports string
	XLSX, CSV            string // addresses
	Action               string
	Upload               form.Upload
	Faults               []form.Fault
}

// WorkbookCheck shows what an uploaded workbook would do.
type WorkbookCheck struct {
	Page    layout.Page
	Action  string
	Back    string // address of the page before
	Counts  []SheetCount
	Good    bool // something would be saved
	Clean   bool // nothing is at fault
	Confirm string
	Faults  []SheetFault
	Notes   []SheetFault
	Lines   []SheetLine
}

// SheetCount is how many reports have one fate.
type SheetCount struct{ Name, Number string }

// SheetFault is something about a cell, a row or the file.
type SheetFault struct{ Where, Cell, Text string }

// SheetLine is one report of the file.
type SheetLine struct {
	Row, Code, Status, Fate string
	Title                   phrase.Text
	Wrong                   bool
}
