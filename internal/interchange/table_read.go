package interchange

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"slices"

	"avow/internal/civic"
)

// headerRows is how many rows TableOptions.HeaderLines sees at most.
const headerRows = 5

// ReadTable opens a CSV or XLSX file, told apart by content; a name that ends in
// .csv or .xlsx must be true. Cells come back unguarded. Errors about the file
// are *civic.Error of Kind Invalid or TooLarge whose Args name file, row and column.
func ReadTable(in Input, opt TableOptions) (*Table, error) {
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	format, err := sniffTable(in, f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	var t *Table
	if format == "xlsx" {
		t, err = readXLSX(in, f, opt)
	} else {
		t, err = readCSV(in, f, opt)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	t.closers = append(t.closers, f)
	return t, nil
}

func readCSV(in Input, f ReadAtSeekCloser, opt TableOptions) (*Table, error) {
	text, warning, err := decodeText(f)
	if err != nil {
		return nil, err
	}
	t := &Table{Format: "csv"}
	if warning != "" {
		t.Warnings = append(t.Warnings, Issue{Code: warning, Args: map[string]any{"file": in.Name}})
	}
	buffered := bufio.NewReaderSize(text, 1<<18)
	c := &csvReader{r: buffered, name: in.Name, comma: detectComma(buffered)}
	return t, t.start(in.Name, c.next, opt)
}

// start reads the header and sets up the rows. next gives the records of the
// file or sheet, and io.EOF.
func (t *Table) start(name string, next func() (record, error), opt TableOptions) error {
	var first []record
	var failed error
	for len(first) < headerRows {
		rec, err := next()
		if err != nil {
			failed = err // the rows before it may still be fine: it is told when they have been read
			break
		}
		for i, cell := range rec.cells {
			rec.cells[i] = Unguard(cell)
		}
		first = append(first, rec)
	}
	if len(first) == 0 {
		if failed != nil && failed != io.EOF {
			return withHeading(failed, nil)
		}
		return fileError(civic.Invalid, "empty_file", name, nil)
	}
	lines := 1
	if opt.HeaderLines != nil {
		seen := make([][]string, len(first))
		for i := range first {
			seen[i] = first[i].cells
		}
		if lines = min(opt.HeaderLines(seen), len(first)); lines == 0 {
			if failed != nil && failed != io.EOF {
				return withHeading(failed, nil)
			}
			return fileError(civic.Invalid, "header_unknown", name, nil)
		}
	}
	width := 0
	for _, rec := range first[:lines] {
		width = max(width, len(rec.cells))
	}
	for _, rec := range first[:lines] {
		t.Header = append(t.Header, append(slices.Clone(rec.cells), make([]string, width-len(rec.cells))...))
	}
	t.rows = t.iterate(first[lines:], failed, next, width)
	return nil
}

func (t *Table) iterate(first []record, failed error, next func() (record, error), width int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, rec := range first {
			if !yield(t.row(rec, width, true), nil) {
				return
			}
		}
		for failed == nil {
			var rec record
			if rec, failed = next(); failed != nil {
				break
			}
			if !yield(t.row(rec, width, false), nil) {
				return
			}
		}
		if failed != io.EOF {
			yield(Row{}, withHeading(failed, t.Header[len(t.Header)-1]))
		}
	}
}

func (t *Table) row(rec record, width int, unguarded bool) Row {
	if !unguarded {
		for i, cell := range rec.cells {
			rec.cells[i] = Unguard(cell)
		}
	}
	row := Row{Number: rec.row, Cells: rec.cells}
	heading := t.Header[len(t.Header)-1]
	switch {
	case rec.problem != "":
		row.Problem = &Issue{Row: rec.row, Column: columnLabel(heading, rec.column), Code: rec.problem}
	case len(rec.cells) > width:
		row.Problem = &Issue{Row: rec.row, Column: columnName(width), Code: "too_many_cells", Args: map[string]any{"cells": len(rec.cells), "expected": width}}
	case len(rec.cells) < width && t.Format == "csv":
		row.Problem = &Issue{Row: rec.row, Code: "too_few_cells", Args: map[string]any{"cells": len(rec.cells), "expected": width}}
	case len(rec.cells) < width:
		row.Cells = append(rec.cells, make([]string, width-len(rec.cells))...)
	}
	return row
}
