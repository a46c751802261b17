package interchange

import (
	"io"
	"iter"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/text"
)

// Bounds of an uploaded table of reports.
const (
	maxReportFile  = 10 << 20 // bytes
	maxReportRows  = 20_000
	maxReportText  = 64 << 20 // bytes of all cells together
	maxReportFault = 2_000    // faults that are told one by one
)

// CellFault is something about one cell of an uploaded table, told to a person.
// Cell is empty when a row is meant, Row too when the whole table is.
type CellFault struct {
	Sheet  string         `json:"sheet,omitempty"` // "" in CSV
	Cell   string         `json:"cell,omitempty"`  // "E14"
	Row    int            `json:"row,omitempty"`
	Line   int            `json:"line,omitempty"`   // within the cell, from 1; 0: the whole cell
	Column string         `json:"column,omitempty"` // name of the column: "done.fr"
	Field  string         `json:"field,omitempty"`  // of the report: "done.fr", "evidence.0.url"
	Key    string         `json:"key"`
	Args   map[string]any `json:"args,omitempty"`
}

// Told is the fault in words, with its place in front: "Sheet Reports, cell E14: …".
// say writes the message of a key.
func (f CellFault) Told(say func(key string, args map[string]any) string) string {
	message := say(f.Key, f.Args)
	where := f.Where(say)
	if where == "" {
		return message
	}
	return say("unit.labelled", map[string]any{"label": where, "value": message})
}

// Where names the place in words: "Sheet Reports, cell E14", "" for the whole file.
func (f CellFault) Where(say func(key string, args map[string]any) string) string {
	in, plain := "", ""
	switch {
	case f.Cell != "" && f.Line > 1:
		in, plain = "sheet.at.line", "sheet.at.plain_line"
	case f.Cell != "":
		in, plain = "sheet.at.cell", "sheet.at.plain_cell"
	case f.Row > 0:
		in, plain = "sheet.at.row", "sheet.at.plain_row"
	default:
		return ""
	}
	if f.Sheet == "" {
		in = plain
	}
	return say(in, map[string]any{"sheet": f.Sheet, "cell": f.Cell, "line": f.Line, "row": f.Row})
}

// FilledBook is an uploaded table of reports as it stands there.
type FilledBook struct {
	Format string // "xlsx" or "csv"
	Sheet  string
	Head   ReportHead
	Rows   []FilledRow
	Faults []CellFault
	Notes  []CellFault

	columns []ReportColumn
	at      map[string]int // where each column stands
}

// FilledRow is one row of it. Cells are those that hold anything, by column.
type FilledRow struct {
	Row    int
	Ref    string // of ReportRow, "" when the row has none
	Intact bool   // the cells that the program filled in are as it left them
	Cells  map[string]string
}

// Filled reports whether anything stands in the columns that people fill in.
func (b *FilledBook) Filled(r FilledRow) bool {
	return slices.ContainsFunc(b.columns, func(c ReportColumn) bool { return !c.Known && r.Cells[c.Name] != "" })
}

// At names a cell.
func (b *FilledBook) At(row int, column string) CellFault {
	f := CellFault{Sheet: b.Sheet, Row: row, Column: column, Field: column}
	if i, ok := b.at[column]; ok {
		f.Cell = cellRef(i, row)
	}
	return f
}

// Has reports whether the table has a column.
func (b *FilledBook) Has(column string) bool { _, ok := b.at[column]; return ok }

func (b *FilledBook) fault(f CellFault, key string, args map[string]any) {
	f.Key, f.Args = key, args
	b.Faults = append(b.Faults, f)
}

func (b *FilledBook) note(f CellFault, key string, args map[string]any) {
	f.Key, f.Args = key, args
	b.Notes = append(b.Notes, f)
}

// ReadReports reads a workbook or CSV of reports, told apart by content. languages
// are those of the plan that it should be for, said the words of every language
// in which headings may be. Errors about the whole file are *civic.Error; what is
// wrong with single cells is in the result.
func ReadReports(in Input, languages []string, said []SheetWords) (*FilledBook, error) {
	if in.Size > maxReportFile {
		return nil, sheetError(civic.TooLarge, "sheet.too_large", in, map[string]any{"limit_mb": maxReportFile >> 20})
	}
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	format, err := sniffTable(in, f)
	if err != nil {
		return nil, err
	}
	if format == "csv" {
		return readReportsCSV(in, languages, said)
	}
	book, err := openWorkbook(in, f)
	if err != nil {
		return nil, err
	}
	for _, sheet := range book.sheets {
		rows, err := book.openSheet(sheet)
		if err != nil {
			return nil, err
		}
		b := &FilledBook{Format: format, Sheet: sheet.name}
		found, err := b.read(in, languages, said, xlsxRecords(rows))
		_ = rows.Close()
		if found || err != nil {
			return b, err
		}
	}
	return nil, sheetError(civic.Invalid, "sheet.not_ours", in, nil)
}

func readReportsCSV(in Input, languages []string, said []SheetWords) (*FilledBook, error) {
	table, err := ReadTable(in, TableOptions{})
	if err != nil {
		return nil, err
	}
	defer table.Close()
	b := &FilledBook{Format: "csv"}
	found, err := b.read(in, languages, said, func(yield func(record, error) bool) {
		if !yield(record{row: 1, cells: table.Header[0]}, nil) {
			return
		}
		for row, err := range table.Rows() {
			rec := record{row: row.Number, cells: row.Cells}
			if row.Problem != nil && row.Problem.Code != "too_few_cells" {
				rec.problem = row.Problem.Code
			}
			if !yield(rec, err) {
				return
			}
		}
	})
	if err == nil && !found {
		err = sheetError(civic.Invalid, "sheet.not_ours", in, nil)
	}
	return b, err
}

// xlsxRecords gives the rows of a sheet with their cells unguarded.
func xlsxRecords(rows *sheetRows) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for {
			rec, err := rows.next()
			if err == io.EOF {
				return
			}
			for i, cell := range rec.cells {
				rec.cells[i] = Unguard(cell)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// read takes a sheet in. found is false when its first row is not the headings of
// a table of reports.
func (b *FilledBook) read(in Input, languages []string, said []SheetWords, records iter.Seq2[record, error]) (found bool, err error) {
	size, first := 0, true
	for rec, err := range records {
		if err != nil {
			return found, withHeading(err, nil)
		}
		if first {
			first = false
			if !b.headings(rec, languages, said) {
				return false, nil
			}
			found = true
			continue
		}
		for _, cell := range rec.cells {
			size += len(cell)
		}
		if len(b.Rows) >= maxReportRows || size > maxReportText {
			return found, sheetError(civic.TooLarge, "sheet.too_many", in, map[string]any{"limit": maxReportRows})
		}
		b.row(rec)
	}
	return found, nil
}

// headings places the columns by their headings, in whatever language and order.
func (b *FilledBook) headings(rec record, languages []string, said []SheetWords) bool {
	for _, cell := range rec.cells {
		if h, ok := parseHead(cell); ok {
			b.Head = h
			break
		}
	}
	langs := slices.Clone(languages)
	for _, l := range b.Head.Languages {
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	b.columns, b.at = ReportColumns(langs), map[string]int{}
	names := map[string]string{}
	for _, c := range b.columns {
		names[c.Name] = c.Name
		for _, w := range said {
			names[text.Fold(c.Heading(w))] = c.Name
		}
	}
	for i, cell := range rec.cells {
		name, known := names[strings.TrimSpace(cell)]
		if !known {
			name, known = names[text.Fold(cell)]
		}
		if _, ok := parseHead(cell); ok {
			name, known = "row", true
		}
		at := CellFault{Sheet: b.Sheet, Row: rec.row, Cell: cellRef(i, rec.row)}
		_, twice := b.at[name]
		switch {
		case strings.TrimSpace(cell) == "":
		case !known:
			b.note(at, "sheet.note.column_unknown", map[string]any{"heading": quoted(cell, maxQuoted)})
		case twice:
			b.note(at, "sheet.note.column_twice", map[string]any{"heading": quoted(cell, maxQuoted)})
		default:
			b.at[name] = i
		}
	}
	if !b.Has("row") || !b.Has("status") {
		return false
	}
	for _, c := range b.columns {
		if !c.Known && !b.Has(c.Name) && (c.Lang == "" || slices.Contains(languages, c.Lang)) {
			f := CellFault{Sheet: b.Sheet, Row: rec.row, Column: c.Name}
			b.note(f, "sheet.note.column_missing", map[string]any{"heading": heading(c, b.Head.Lang, said)})
		}
	}
	return true
}

// heading is a column's heading in a language, else in the first there is.
func heading(c ReportColumn, lang string, said []SheetWords) string {
	if len(said) == 0 {
		return c.Name
	}
	i := max(0, slices.IndexFunc(said, func(w SheetWords) bool { return w.Lang == lang }))
	return c.Heading(said[i])
}

// row takes a row in, whatever it holds: whether it is expected is for others to say.
func (b *FilledBook) row(rec record) {
	r := FilledRow{Row: rec.row, Cells: map[string]string{}}
	if rec.problem != "" {
		b.fault(CellFault{Sheet: b.Sheet, Row: rec.row}, "import."+rec.problem, map[string]any{"cells": len(rec.cells), "expected": len(b.columns)})
		return
	}
	known := make([]string, len(b.columns))
	for k, c := range b.columns {
		i, ok := b.at[c.Name]
		if !ok || i >= len(rec.cells) {
			continue
		}
		cell := tidyCell(rec.cells[i])
		at := b.At(rec.row, c.Name)
		switch {
		case strings.ContainsRune(cell, 0) || strings.ContainsRune(cell, '\ufffd') && c.Name != "row":
			b.fault(at, "sheet.fault.characters", nil)
			continue
		case c.Known:
			known[k] = cell
		case slices.Contains(rec.formulas, i):
			b.fault(at, "sheet.fault.formula", nil)
			r.Cells["!"+c.Name] = "formula"
			continue
		case spreadsheetErrors[cell]:
			b.fault(at, "sheet.fault.error_value", map[string]any{"value": cell})
			r.Cells["!"+c.Name] = cell
			continue
		}
		if cell != "" {
			r.Cells[c.Name] = cell
		}
	}
	for _, i := range rec.formulas { // an empty formula at the end of a row has no cell
		for _, c := range b.columns {
			if at, ok := b.at[c.Name]; ok && at == i && i >= len(rec.cells) && !c.Known {
				b.fault(b.At(rec.row, c.Name), "sheet.fault.formula", nil)
				r.Cells["!"+c.Name] = "formula"
			}
		}
	}
	if len(r.Cells) == 0 {
		return
	}
	ref, print, _ := cutLast(r.Cells["row"], "/")
	r.Ref, r.Intact = ref, print == fingerprint(known[1:], b.columns[1:])
	delete(r.Cells, "row")
	b.Rows = append(b.Rows, r)
}

// Broken reports whether a cell of the row could not be read and was told already.
func (r FilledRow) Broken(column string) bool { return r.Cells["!"+column] != "" }

// AnyBroken reports whether any cell of the row could not be read.
func (r FilledRow) AnyBroken() bool {
	for name := range r.Cells {
		if strings.HasPrefix(name, "!") {
			return true
		}
	}
	return false
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// sheetError is a fault of a whole file of reports.
func sheetError(kind civic.ErrorKind, key string, in Input, args map[string]any) error {
	all := map[string]any{"file": in.Name}
	for k, v := range args {
		all[k] = v
	}
	return &civic.Error{Kind: kind, Key: key, Field: "file", Args: all}
}
