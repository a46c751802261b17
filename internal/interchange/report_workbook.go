package interchange

// SheetWords are the words of a workbook in one language.
type SheetWords struct {
	Lang, Dir string
	Say       func(key string, args ...any) string
	Language  func(code string) string // name of a language
	Date      func(date string) string // a civil date, written out
}

// ReportBook is the workbook of a plan's reports in one period.
type ReportBook struct{}

// CellFault is something about one cell of an uploaded table, told to a person.
// Cell and Row are empty when the whole file is meant.
type CellFault struct {
	Sheet  string
	Cell   string // "E14"
	Row    int
	Column string // name of the column in the format: "done.fr"
	Field  string // field of the report: "done.fr"
	Key    string
	Args   map[string]any
}
