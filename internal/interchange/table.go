package interchange

import (
	"io"
	"iter"
)

// TableOptions says how ReadTable finds the header of a table.
type TableOptions struct {
	// HeaderLines looks at the first rows of a sheet (at most five, cells already
	// unguarded) and returns how many of them are the header, or 0 when it does not
	// know this header. Nil means: one line, whatever it holds.
	HeaderLines func(first [][]string) int
	// Sheet names the sheet of an XLSX; empty means the first whose header is known.
	Sheet string
}

// Table is an open CSV or XLSX file.
type Table struct {
	Header   [][]string // the header lines, each as wide as the widest of them
	Sheet    string     // name of the sheet, "" for CSV
	Format   string     // "csv" or "xlsx"
	Warnings []Issue    // about the file: "encoding_windows_1252"; complete after the last row
	rows     iter.Seq2[Row, error]
	closers  []io.Closer
}

// Row is one record of a table. Number is the row a spreadsheet shows, header
// lines counted; Cells has as many cells as the header unless Problem says why
// the row cannot be taken.
type Row struct {
	Number  int
	Cells   []string
	Problem *Issue
}

// Rows reads the records, once. It stops at the first error, which is a
// *civic.Error when the file is at fault.
func (t *Table) Rows() iter.Seq2[Row, error] { return t.rows }

// Close releases the file.
func (t *Table) Close() error {
	var first error
	for _, c := range t.closers {
		if err := c.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// TableWriter writes a table row by row at constant memory; every cell is
// guarded. Close finishes the file and does not close the underlying writer.
type TableWriter interface {
	WriteRow(cells []string) error
	Close() error
}
