package interchange

import (
	"errors"
	"maps"

	"avow/internal/civic"
)

// Limits of outside files. A cell holds at most maxCell bytes of UTF-8, a record
// at most maxRecord, a file at most maxFile; an XLSX at most maxArchive bytes as
// it lies on the disk and maxUnzipped when unpacked.
const (
	maxFile     = 512 << 20
	maxArchive  = 128 << 20
	maxUnzipped = 512 << 20
	maxCell     = 1 << 20
	maxRecord   = 16 << 20
	maxColumns  = 16384
	maxRows     = 1 << 20 // as many as a spreadsheet has
	maxRefused  = 10000   // a file with more bad rows is not what it claims
	maxWarnings = 100000  // of one file; further ones are counted
	maxQuoted   = 200     // characters of a value that a message repeats
	maxListed   = 1000    // the same of an error about a whole file, which may list headings
)

// fileError is a fault of a whole file. Args always hold the file's name, and
// row and column where they are known.
func fileError(kind civic.ErrorKind, key, file string, args map[string]any) *civic.Error {
	all := map[string]any{"file": file}
	maps.Copy(all, args)
	return &civic.Error{Kind: kind, Key: "import." + key, Field: file, Args: all}
}

// columnAt is the argument of a fault that holds its column's index until the
// heading is known.
const columnAt = "column_at"

// withHeading names the column of a fault by its heading where it has one.
func withHeading(err error, headings []string) error {
	var e *civic.Error
	if !errors.As(err, &e) {
		return err
	}
	if i, ok := e.Args[columnAt].(int); ok {
		e.Args["column"] = columnLabel(headings, i)
		delete(e.Args, columnAt)
	}
	return err
}

// columnLabel is a column's heading, or what a spreadsheet calls it.
func columnLabel(headings []string, i int) string {
	if i < len(headings) && headings[i] != "" {
		return foldHeading(headings[i])
	}
	return columnName(i)
}

// columnName returns what a spreadsheet calls a column: 0 is "A".
func columnName(index int) string {
	name := ""
	for index >= 0 {
		name = string(rune('A'+index%26)) + name
		index = index/26 - 1
	}
	return name
}

// columnIndex reads the letters of a spreadsheet's column name; -1 when it is none.
func columnIndex(name string) int {
	index := 0
	for _, r := range name {
		if r < 'A' || r > 'Z' || index > maxColumns {
			return -1
		}
		index = index*26 + int(r-'A') + 1
	}
	return index - 1
}
