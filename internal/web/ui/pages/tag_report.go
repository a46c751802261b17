package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
)

// TagReport is what looks wrong in the tags, as tables.
type TagReport struct {
	Page     layout.Page
	Title    string
	Action   string // address of the page
	Sections []TagReportSection
	After    []Link
}

// TagReportSection is one question with its table; Empty says that nothing was found.
type TagReportSection struct {
	ID, Title, Lead, Empty string
	Notes                  []string   // what the lead leaves out: bounds, shares
	Pick                   *form.Menu // what the question is asked of
	Table                  StudyTable
}
