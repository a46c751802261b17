package interchange

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"avow/internal/civic"
)

// sheetRows reads the rows of one sheet as a stream.
type sheetRows struct {
	*part
	book *workbook
	row  int
	read int  // row elements so far
	main bool // cells may go on in the sheet "Continued"

	formula bool // the cell read last holds a formula
}

func (b *workbook) openSheet(s sheetRef) (*sheetRows, error) {
	p, err := b.open(s.part)
	if err == nil && p == nil {
		err = fileError(civic.Invalid, "xlsx_damaged", b.name, nil)
	}
	return &sheetRows{part: p, book: b, main: s.name != continuedSheet}, err
}

// others tells which sheets of a workbook are not read.
func (b *workbook) others(read string) []Issue {
	var names []string
	for _, s := range b.sheets {
		if s.name != read && (s.name != continuedSheet || b.continued == nil) {
			names = append(names, s.name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []Issue{{Code: "sheets_ignored", Args: map[string]any{"sheet": read, "others": strings.Join(names, ", ")}}}
}

// next returns the next row that holds anything, or io.EOF.
func (s *sheetRows) next() (record, error) {
	for {
		token, err := s.part.next()
		if err != nil {
			return record{}, err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "row" {
			if s.read++; s.read > maxRows {
				return record{}, fileError(civic.TooLarge, "too_many_rows", s.book.name, map[string]any{"limit": maxRows})
			}
			s.row++
			if r, err := strconv.Atoi(attr(e, "r")); err == nil && r > 0 && r <= maxRows {
				s.row = r
			}
			rec, err := s.cells()
			if err != nil || len(rec.cells) > 0 {
				return rec, err
			}
		}
	}
}

// cells reads a row to its end; blank cells at the end are left out.
func (s *sheetRows) cells() (record, error) {
	rec := record{row: s.row}
	column, size := -1, 0
	for {
		token, err := s.part.next()
		if err == io.EOF {
			err = s.book.damaged(err)
		}
		if err != nil {
			return rec, err
		}
		switch e := token.(type) {
		case xml.EndElement:
			if e.Name.Local == "row" {
				for len(rec.cells) > 0 && rec.cells[len(rec.cells)-1] == "" {
					rec.cells = rec.cells[:len(rec.cells)-1]
				}
				return rec, nil
			}
		case xml.StartElement:
			if e.Name.Local != "c" {
				continue
			}
			column++
			at := strings.TrimRight(attr(e, "r"), "0123456789")
			if at != "" {
				column = columnIndex(at)
			}
			if column < 0 || column >= maxColumns {
				return rec, fileError(civic.Invalid, "too_many_columns", s.book.name, map[string]any{"row": s.row, "column": quoted(at, 4), "limit": maxColumns})
			}
			text, err := s.cell(e)
			if err != nil {
				return rec, s.located(err, column)
			}
			if s.formula {
				rec.formulas = append(rec.formulas, column)
			}
			if s.main && s.book.continued != nil {
				text += s.book.continued[columnName(column)+strconv.Itoa(s.row)]
			}
			if size += len(text); len(text) > maxCell || size > maxRecord {
				return rec, fileError(civic.TooLarge, "cell_too_large", s.book.name, map[string]any{"row": s.row, "column": columnName(column), columnAt: column, "limit_kb": maxCell >> 10})
			}
			for len(rec.cells) <= column {
				rec.cells = append(rec.cells, "")
			}
			rec.cells[column] = text
		}
	}
}

// located adds row and column to a fault of the cell being read.
func (s *sheetRows) located(err error, column int) error {
	var e *civic.Error
	if errors.As(err, &e) {
		e.Args["row"], e.Args["column"], e.Args[columnAt] = s.row, columnName(column), column
	}
	return err
}

// cell reads one c element: its text, or its number as the file stores it, or
// its date as YYYY-MM-DD.
func (s *sheetRows) cell(e xml.StartElement) (string, error) {
	kind, style := attr(e, "t"), attr(e, "s")
	value, inline, inValue := "", "", false
	s.formula = false
	for {
		token, err := s.part.next()
		if err == io.EOF {
			err = s.book.damaged(err)
		}
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			inValue = t.Name.Local == "v"
			s.formula = s.formula || t.Name.Local == "f"
			if t.Name.Local == "is" {
				if inline, err = s.text("is"); err != nil {
					return "", err
				}
			}
		case xml.CharData:
			if inValue {
				if len(value)+len(t) > maxXMLToken {
					return "", s.book.damaged(errXMLToken)
				}
				value += string(t)
			}
		case xml.EndElement:
			inValue = false
			if t.Name.Local == "c" {
				return s.shown(kind, style, value, inline), nil
			}
		}
	}
}

func (s *sheetRows) shown(kind, style, value, inline string) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(s.book.shared) {
			return s.book.shared[i]
		}
		return ""
	case "inlineStr":
		return inline
	case "str":
		return unescapeOffice(value)
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "e", "d":
		return value
	}
	value = strings.TrimSpace(value)
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(s.book.dates) && s.book.dates[i] {
		if date := serialDate(value, s.book.base1904); date != "" {
			return date
		}
	}
	return wholeNumber(value)
}

// wholeNumber writes a whole number without the point or exponent that some
// programs store it with ("2012.0", "2.012E3"); every other value stays.
func wholeNumber(value string) string {
	if !strings.ContainsAny(value, ".eE") || !plainNumber.MatchString(value) {
		return value
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) >= 1<<53 {
		return value
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}

// serialDate turns a spreadsheet's day number into a date, with the time of day
// when it has one. Day 60 of the 1900 system does not exist.
func serialDate(value string, base1904 bool) string {
	days, err := strconv.ParseFloat(value, 64)
	if err != nil || days < 1 || days > 2958465 || !base1904 && days >= 60 && days < 61 {
		return ""
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if base1904 {
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if days < 60 {
		base = base.AddDate(0, 0, 1)
	}
	whole := math.Floor(days)
	day := base.AddDate(0, 0, int(whole))
	if seconds := math.Round((days - whole) * 86400); seconds > 0 {
		return day.Add(time.Duration(seconds) * time.Second).Format("2006-01-02 15:04:05")
	}
	return day.Format("2006-01-02")
}
