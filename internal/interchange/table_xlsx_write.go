package interchange

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"avow/internal/civic"
)

// xlsxCellLimit is how many UTF-16 units a cell of a spreadsheet holds.
const xlsxCellLimit = 32767

// continuedSheet holds what does not fit into cells of the first sheet: one line
// for each further piece, with the row and the column it belongs to.
const continuedSheet = "Continued"

var continuedHeader = []string{"Row", "Column", "Text"}

// maxContinued bounds the pieces that wait for the second sheet.
const maxContinued = 64 << 20

type xlsxWriter struct {
	zip       *zip.Writer
	sheet     *bufio.Writer
	name      string
	row       int
	continued [][]string
	waiting   int
	names     []string // of the columns so far
}

// NewXLSXWriter writes one sheet of text cells, straight into w and without
// formulas, styles or temporary files. Characters that XML cannot hold are
// written as Office writes them (_x000D_). Text beyond 32,767 characters goes on
// in a second sheet "Continued", which ReadTable joins again.
func NewXLSXWriter(w io.Writer, sheet string) (TableWriter, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w), name: sheet}
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return x, x.begin("xl/worksheets/sheet1.xml")
}

func (x *xlsxWriter) begin(path string) error {
	part, err := x.zip.Create(path)
	if err != nil {
		return err
	}
	x.sheet, x.row = bufio.NewWriterSize(part, 1<<16), 0
	_, err = x.sheet.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	return err
}

func (x *xlsxWriter) end() error {
	_, _ = x.sheet.WriteString(`</sheetData></worksheet>`)
	return x.sheet.Flush()
}

func (x *xlsxWriter) WriteRow(cells []string) error {
	if len(cells) > maxColumns || x.row >= 1<<20 {
		return &civic.Error{Kind: civic.TooLarge, Key: "export.xlsx_too_large"}
	}
	x.row++
	_, _ = x.sheet.WriteString(`<row r="` + strconv.Itoa(x.row) + `">`)
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		pieces := splitCell(Guard(cell))
		x.writeCell(i, pieces[0])
		for _, piece := range pieces[1:] {
			x.continued = append(x.continued, []string{strconv.Itoa(x.row), columnName(i), piece})
			x.waiting += len(piece)
		}
	}
	if x.waiting > maxContinued {
		return &civic.Error{Kind: civic.TooLarge, Key: "export.xlsx_too_large"}
	}
	_, err := x.sheet.WriteString(`</row>`)
	return err
}

func (x *xlsxWriter) writeCell(column int, text string) {
	for len(x.names) <= column {
		x.names = append(x.names, columnName(len(x.names)))
	}
	_, _ = x.sheet.WriteString(`<c r="`)
	_, _ = x.sheet.WriteString(x.names[column])
	_, _ = x.sheet.WriteString(strconv.Itoa(x.row))
	_, _ = x.sheet.WriteString(`" t="inlineStr"><is><t xml:space="preserve">`)
	if isPlainWord(text) {
		_, _ = x.sheet.WriteString(text)
	} else {
		_ = xml.EscapeText(x.sheet, []byte(escapeOffice(text)))
	}
	_, _ = x.sheet.WriteString(`</t></is></c>`)
}

// isPlainWord holds for text that stands in XML as it is.
func isPlainWord(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '_' || c == '"' || c == '\'' {
			return false
		}
	}
	return true
}

// Close writes what a workbook needs besides its rows.
func (x *xlsxWriter) Close() error {
	if err := x.end(); err != nil {
		return err
	}
	sheets := []string{x.name}
	if len(x.continued) > 0 {
		sheets = append(sheets, continuedSheet)
		if err := x.writeContinued(); err != nil {
			return err
		}
	}
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`
	book := `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i, name := range sheets {
		var quoted strings.Builder
		_ = xml.EscapeText(&quoted, []byte(name))
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		book += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, quoted.String(), i+1, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", types + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", book + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", rels + `</Relationships>`},
	} {
		w, err := x.zip.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+part[1]); err != nil {
			return err
		}
	}
	return x.zip.Close()
}

func (x *xlsxWriter) writeContinued() error {
	if err := x.begin("xl/worksheets/sheet2.xml"); err != nil {
		return err
	}
	for _, cells := range append([][]string{continuedHeader}, x.continued...) {
		x.row++
		_, _ = fmt.Fprintf(x.sheet, `<row r="%d">`, x.row)
		for i, cell := range cells {
			x.writeCell(i, cell)
		}
		_, _ = x.sheet.WriteString(`</row>`)
	}
	return x.end()
}

// splitCell cuts text into pieces of at most xlsxCellLimit UTF-16 units. It looks
// for a cut after which a piece does not begin like a formula.
func splitCell(text string) []string {
	if len(text) <= xlsxCellLimit {
		return []string{text}
	}
	var pieces []string
	start, units := 0, 0
	for i, r := range text {
		width := 1
		if r > 0xffff {
			width = 2
		}
		if units+width > xlsxCellLimit {
			cut := i
			for back := 0; back < 64 && cut > start+1 && strings.IndexByte("'=+-@\t\r", text[cut]) >= 0; back++ {
				_, size := utf8.DecodeLastRuneInString(text[:cut])
				cut -= size
			}
			pieces = append(pieces, text[start:cut])
			units = len(utf16.Encode([]rune(text[cut:i])))
			start = cut
		}
		units += width
	}
	return append(pieces, text[start:])
}

// escapeOffice writes characters that XML cannot hold, and what looks like such
// an escape already, in Office's form: _xHHHH_. Bytes that are no UTF-8 become U+FFFD.
func escapeOffice(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 0x20 && s[i] != '_' && s[i] < 0xed || s[i] == '\t' || s[i] == '\n'
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '_' && looksEscaped(s[i:]):
			b.WriteString("_x005F_")
		case r < 0x20 && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// looksEscaped reports whether s begins with _xHHHH, which an escape behind it
// would make one.
func looksEscaped(s string) bool {
	if len(s) < 6 || s[1] != 'x' {
		return false
	}
	return strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// isOfficeEscape reports whether s begins with _xHHHH_.
func isOfficeEscape(s string) bool { return len(s) > 6 && s[6] == '_' && looksEscaped(s) }

// unescapeOffice is the reverse of escapeOffice. Surrogates stay as they stand.
func unescapeOffice(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '_' && isOfficeEscape(s[i:]) {
			code, _ := strconv.ParseUint(s[i+2:i+6], 16, 16)
			if code < 0xd800 || code > 0xdfff {
				b.WriteRune(rune(code))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}
