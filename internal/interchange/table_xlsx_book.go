package interchange

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The looks of a cell in a workbook that people fill in; places in bookStyles.
const (
	lookPlain  = iota
	lookHead   // heading of a column
	lookKnown  // filled in by the program: grey and locked
	lookText   // to fill in: text, wrapped
	lookDate   // to fill in: a day
	lookTitle  // heading of a page of words
	lookWords  // a paragraph
	lookStrong // a line that stands out in words
)

// bookStyles holds the looks in their order. Text is text ("@"), so that what
// begins with "=" is no formula; dates are shown as they are read.
const bookStyles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>` +
	`<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>` +
	`<font><sz val="11"/><color rgb="FF404040"/><name val="Calibri"/></font><font><b/><sz val="16"/><name val="Calibri"/></font></fonts>` +
	`<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFD9E2EC"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/></patternFill></fill></fills>` +
	`<borders count="2"><border/><border><left style="thin"><color rgb="FFBBBBBB"/></left><right style="thin"><color rgb="FFBBBBBB"/></right>` +
	`<top style="thin"><color rgb="FFBBBBBB"/></top><bottom style="thin"><color rgb="FFBBBBBB"/></bottom></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="2" fillId="3" borderId="1" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyAlignment="1" applyProtection="1"><alignment vertical="top"/><protection locked="0"/></xf>` +
	`<xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`</cellXfs></styleSheet>`

// bookCell is a cell with its look.
type bookCell struct {
	text string
	look int
}

// bookColumn is a column's width in characters.
type bookColumn struct {
	width  float64
	hidden bool
}

// bookChoice offers the values of a range for some cells.
type bookChoice struct {
	cells, from   string // "J2:J9", "avow!$D$1:$D$4"
	title, prompt string
	refusal       string
}

// bookSheet is one sheet of a workbook that people fill in.
type bookSheet struct {
	name    string
	hidden  bool
	mirror  bool // from right to left
	locked  bool // cells but those to fill in cannot be changed by mistake
	frozen  int  // rows at the top that stay in view
	columns []bookColumn
	choices []bookChoice
	rows    [][]bookCell
}

// writeBook writes a workbook of several sheets. Every text is guarded; what a
// cell cannot hold is cut as shownInCell does.
func writeBook(w io.Writer, sheets []bookSheet) error {
	z := zip.NewWriter(w)
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`
	book := `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView activeTab="0"/></bookViews><sheets>`
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`
	for i, s := range sheets {
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		book += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, xmlText(s.name), i+1, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", types + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", book + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", rels + `</Relationships>`},
		{"xl/styles.xml", bookStyles},
	} {
		if err := writePart(z, part[0], func(w *bufio.Writer) { _, _ = w.WriteString(part[1]) }); err != nil {
			return err
		}
	}
	for i, s := range sheets {
		if err := writePart(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.write); err != nil {
			return err
		}
	}
	return z.Close()
}

func writePart(z *zip.Writer, path string, write func(*bufio.Writer)) error {
	part, err := z.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(part, 1<<16)
	_, _ = w.WriteString(xml.Header)
	write(w)
	return w.Flush() // bufio keeps the first error
}

// write gives the sheet's elements in the order that the format demands.
func (s bookSheet) write(w *bufio.Writer) {
	_, _ = w.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"`)
	if s.mirror {
		_, _ = w.WriteString(` rightToLeft="1"`)
	}
	_, _ = w.WriteString(`>`)
	if s.frozen > 0 {
		_, _ = fmt.Fprintf(w, `<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, s.frozen, s.frozen+1)
	}
	_, _ = w.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	if len(s.columns) > 0 {
		_, _ = w.WriteString(`<cols>`)
		for i, c := range s.columns {
			hidden := ""
			if c.hidden {
				hidden = ` hidden="1"`
			}
			_, _ = fmt.Fprintf(w, `<col min="%d" max="%d" width="%g" customWidth="1"%s/>`, i+1, i+1, c.width, hidden)
		}
		_, _ = w.WriteString(`</cols>`)
	}
	_, _ = w.WriteString(`<sheetData>`)
	for i, row := range s.rows {
		_, _ = fmt.Fprintf(w, `<row r="%d">`, i+1)
		for k, c := range row {
			_, _ = fmt.Fprintf(w, `<c r="%s%d" s="%d"`, columnName(k), i+1, c.look)
			if c.text == "" {
				_, _ = w.WriteString(`/>`)
				continue
			}
			_, _ = w.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
			_ = xml.EscapeText(w, []byte(escapeOffice(Guard(c.text))))
			_, _ = w.WriteString(`</t></is></c>`)
		}
		_, _ = w.WriteString(`</row>`)
	}
	_, _ = w.WriteString(`</sheetData>`)
	if s.locked {
		_, _ = w.WriteString(`<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>`)
	}
	if len(s.choices) > 0 {
		_, _ = fmt.Fprintf(w, `<dataValidations count="%d">`, len(s.choices))
		for _, c := range s.choices {
			_, _ = fmt.Fprintf(w, `<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" promptTitle="%s" prompt="%s" errorTitle="%s" error="%s" sqref="%s"><formula1>%s</formula1></dataValidation>`,
				xmlText(cut(c.title, 32)), xmlText(cut(c.prompt, 250)), xmlText(cut(c.title, 32)), xmlText(cut(c.refusal, 220)), c.cells, xmlText(c.from))
		}
		_, _ = w.WriteString(`</dataValidations>`)
	}
	_, _ = w.WriteString(`<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`)
}

// xmlText escapes a text for an attribute or an element.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(escapeOffice(s)))
	return b.String()
}

// cut shortens a text to a number of characters.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// sheetName makes a text a name that a sheet may have.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, s)
	return cut(strings.TrimSpace(s), 31)
}

// cellRef is what a spreadsheet calls a cell: column from 0, row from 1.
func cellRef(column, row int) string { return columnName(column) + strconv.Itoa(row) }
