package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"avow/internal/civic"
)

func readAll(in Input) (*Table, []Row, error) {
	t, err := ReadTable(in, TableOptions{})
	if err != nil {
		return nil, nil, err
	}
	defer t.Close()
	var rows []Row
	for row, err := range t.Rows() {
		if err != nil {
			return t, rows, err
		}
		rows = append(rows, row)
	}
	return t, rows, nil
}

func TestCSVIsReadAsASpreadsheetShowsIt(t *testing.T) {
	type row struct {
		number int
		cells  string // joined by |
		code   string
	}
	tests := map[string]struct {
		data string
		want []row
	}{
		"commas and a quoted line break": {"a,b\n\"x\ny\",2\n3,4\n", []row{{2, "x\ny|2", ""}, {3, "3|4", ""}}},
		"semicolons":                     {"a;b\n1,5;2\n", []row{{2, "1,5|2", ""}}},
		"tabs":                           {"a\tb\n1;5\t2\n", []row{{2, "1;5|2", ""}}},
		"CRLF and lone CR":               {"a,b\r\n1,2\r3,4\r\n", []row{{2, "1|2", ""}, {3, "3|4", ""}}},
		"an empty line counts":           {"a,b\n\n1,2\n,\n3,4", []row{{3, "1|2", ""}, {5, "3|4", ""}}},
		"doubled quotes":                 {"a,b\n\"say \"\"x\"\"\",2\n", []row{{2, `say "x"|2`, ""}}},
		"a byte order mark":              {bomUTF8 + "a,b\né,2\n", []row{{2, "é|2", ""}}},
		"one apostrophe is taken away":   {"a,b\n'=1,''-x\n", []row{{2, "=1|'-x", ""}}},
		"too many cells":                 {"a,b\n1,2,3\n4,5\n", []row{{2, "1|2|3", "too_many_cells"}, {3, "4|5", ""}}},
		"too few cells":                  {"a,b\n1\n4,5\n", []row{{2, "1", "too_few_cells"}, {3, "4|5", ""}}},
		"a NUL byte":                     {"a,b\n1,x\x00y\n4,5\n", []row{{2, "1|x\x00y", "nul_character"}, {3, "4|5", ""}}},
		"text after a closing quote":     {"a,b\n\"1\"x,2\n4,5\n", []row{{2, "1x|2", "stray_quote"}, {3, "4|5", ""}}},
		"a quote inside a bare cell":     {"a,b\n5\" disk,2\n", []row{{2, `5" disk|2`, ""}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, rows, err := readAll(BytesInput("x.csv", []byte(test.data)))
			if err != nil {
				t.Fatal(err)
			}
			var got []row
			for _, r := range rows {
				g := row{number: r.Number, cells: strings.Join(r.Cells, "|")}
				if r.Problem != nil {
					g.code = r.Problem.Code
				}
				got = append(got, g)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestEncodingsAreToldApart(t *testing.T) {
	text := "név;größe\n“a”;Łódź\n"
	utf16le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	utf16be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	western := "né;größe\n“a”;ñ\n"
	cp1252, _ := charmap.Windows1252.NewEncoder().Bytes([]byte(western))
	for name, test := range map[string]struct {
		data    []byte
		want    string
		warning string
	}{
		"UTF-8":         {[]byte(text), "“a”|Łódź", ""},
		"UTF-16 LE":     {utf16le, "“a”|Łódź", ""},
		"UTF-16 BE":     {utf16be, "“a”|Łódź", ""},
		"Windows-1252":  {cp1252, "“a”|ñ", "encoding_windows_1252"},
		"damaged UTF-8": {[]byte("áéíóúñü;b\n\xff;ñ\n"), "\uFFFD|ñ", "encoding_damaged"},
	} {
		table, rows, err := readAll(BytesInput("x.csv", test.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(rows[0].Cells, "|"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		warning := ""
		for _, w := range table.Warnings {
			warning += w.Code
		}
		if warning != test.warning {
			t.Errorf("%s: warning %q, want %q", name, warning, test.warning)
		}
	}
}

// zeros gives n bytes of one letter without holding them.
type zeros struct{ n int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.n <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	z.n -= n
	return int(n), nil
}

func TestFilesThatAreNoTablesAreRefusedWithAReason(t *testing.T) {
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, _ := z.Create(name)
			_, _ = w.Write([]byte("<x/>"))
		}
		_ = z.Close()
		return b.Bytes()
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, _ := z.Create(name)
		_, _ = io.Copy(w, &zeros{17 << 20})
	}
	_ = z.Close()
	good := xlsx(t, [][]string{{"a", "b"}, {"1", "2"}})
	for name, test := range map[string]struct {
		file string
		data []byte
		key  string
		kind civic.ErrorKind
	}{
		"empty":                     {"x.csv", nil, "import.empty_file", civic.Invalid},
		"blank":                     {"x.csv", []byte(" \n\n"), "import.empty_file", civic.Invalid},
		"only empty cells":          {"x.csv", []byte(",,\n,,\n"), "import.empty_file", civic.Invalid},
		"PDF":                       {"x.csv", []byte("%PDF-1.7\n%..."), "import.not_a_table", civic.Invalid},
		"PNG":                       {"x.csv", []byte("\x89PNG\r\n\x1a\n"), "import.not_a_table", civic.Invalid},
		"old Excel":                 {"x.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1"), "import.not_a_table", civic.Invalid},
		"binary":                    {"x.csv", bytes.Repeat([]byte{0, 1, 2, 3, 'a'}, 100), "import.not_text", civic.Invalid},
		"HTML":                      {"x.csv", []byte("<!DOCTYPE html><html>"), "import.not_a_table", civic.Invalid},
		"CSV called XLSX":           {"x.xlsx", []byte("a,b\n1,2\n"), "import.not_xlsx", civic.Invalid},
		"XLSX called CSV":           {"x.csv", good, "import.not_csv", civic.Invalid},
		"a ZIP of something else":   {"x.zip", zipped("a.txt"), "import.not_a_table", civic.Invalid},
		"a cut ZIP":                 {"x.xlsx", good[:len(good)-30], "import.xlsx_damaged", civic.Invalid},
		"a workbook without sheets": {"x.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "import.xlsx_damaged", civic.Invalid},
		"a ZIP bomb":                {"x.xlsx", bomb.Bytes(), "import.zip_bomb", civic.TooLarge},
		"an unclosed quote":         {"x.csv", []byte("a,b\n1,2\n3,\"4\n5,6\n"), "import.unclosed_quote", civic.Invalid},
		"a cell over 1 MB":          {"x.csv", []byte("a,b\n1," + strings.Repeat("x", maxCell+1) + "\n"), "import.cell_too_large", civic.TooLarge},
		"a quoted cell over 1 MB":   {"x.csv", []byte("a,b\n1,\"" + strings.Repeat("x", maxCell+1) + "\"\n"), "import.cell_too_large", civic.TooLarge},
		"an unclosed quote, large":  {"x.csv", []byte("a,b\n1,\"" + strings.Repeat("x", maxCell+1) + "\n"), "import.unclosed_quote", civic.Invalid},
	} {
		_, _, err := readAll(BytesInput(test.file, test.data))
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != test.key || e.Kind != test.kind {
			t.Errorf("%s: %v, want %s", name, err, test.key)
			continue
		}
		if strings.Contains(name, "quote") || strings.Contains(name, "cell") && test.kind == civic.TooLarge {
			if e.Args["row"] == 0 || e.Args["column"] != "b" {
				t.Errorf("%s: row %v, column %v", name, e.Args["row"], e.Args["column"])
			}
		}
	}
	_, err := ReadTable(Input{Name: "x.csv", Size: maxFile + 1, Open: BytesInput("x.csv", []byte("a,b")).Open}, TableOptions{})
	if civic.KindOf(err) != civic.TooLarge {
		t.Errorf("a file over the limit: %v", err)
	}
}

func xlsx(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewXLSXWriter(&b, "Commitments")
	if err != nil {
		t.Fatal(err)
	}
	writeRows(t, w, rows)
	return b.Bytes()
}

func writeRows(t testing.TB, w TableWriter, rows [][]string) {
	t.Helper()
	for _, row := range rows {
		if err := w.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rows := [][]string{
		{"head", "other", "third"},
		{"=1+1", "'-x", "-5"},
		{"line\nbreak", "cr\r\nlf\rx", "tab\tx"},
		{"\x01\x02", "_x000D_", "_x005F_x000D__x0041_"},
		{"  spaces  ", "<br/>&amp;", "\"quoted\", 'so'"},
		{"العربية", "𝄞\U0001F600", "\ufffe\uffff"},
		{"x", "", strings.Repeat("ä=\n", 40000)},
		{strings.Repeat("=", 70000), strings.Repeat("_x0041_", 9000), "z"},
	}
	var c bytes.Buffer
	writeRows(t, NewCSVWriter(&c), rows)
	for name, in := range map[string]Input{"csv": BytesInput("x.csv", c.Bytes()), "xlsx": BytesInput("x.xlsx", xlsx(t, rows))} {
		table, got, err := readAll(in)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(table.Header, rows[:1]) {
			t.Errorf("%s: header %q", name, table.Header)
		}
		for i, want := range rows[1:] {
			for k := range want {
				if got[i].Cells[k] != want[k] {
					t.Errorf("%s, row %d, cell %d: %.60q, want %.60q", name, i+2, k, got[i].Cells[k], want[k])
				}
			}
		}
	}
}

func TestAnyTextSurvivesOfficeEscapes(t *testing.T) {
	pieces := []string{"_", "x", "_x", "0041", "005F", "_x005F_", "_x0041_", "\r", "\x00", "é", "_xD800_", "+", "_x+123_"}
	if err := quick.Check(func(picks []uint8) bool {
		s := ""
		for _, p := range picks {
			s += pieces[int(p)%len(pieces)]
		}
		return unescapeOffice(escapeOffice(s)) == s
	}, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestAnotherLibraryReadsOurWorkbooks(t *testing.T) {
	rows := [][]string{{"a", "b"}, {"=1+1", "cr\rx _x000D_ & <b>"}, {"", "15"}}
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, rows)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("Commitments")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"a", "b"}, {"'=1+1", "cr\rx _x000D_ & <b>"}, {"", "15"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if formula, _ := f.GetCellFormula("Commitments", "A2"); formula != "" {
		t.Errorf("a cell became the formula %q", formula)
	}
}

func TestWorkbooksOfOthersAreRead(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	_ = f.SetSheetRow("Sheet1", "A1", &[]any{"About this file"})
	_, _ = f.NewSheet("Data")
	_ = f.SetSheetRow("Data", "A1", &[]any{"id", "number", "when", "flag", "shown"})
	_ = f.SetSheetRow("Data", "A3", &[]any{"LT0031", 8.25, 42482, true, "rich"})
	style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	_ = f.SetCellStyle("Data", "C3", "C3", style)
	_ = f.SetSheetRow("Data", "A4", &[]any{"'=x", 15, "12/31/2022", false, nil})
	_ = f.SetCellFormula("Data", "E4", "1+1")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	table, err := ReadTable(BytesInput("x.xlsx", b.Bytes()), TableOptions{HeaderLines: func(first [][]string) int {
		if first[0][0] == "id" {
			return 1
		}
		return 0
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	got := ""
	for row, err := range table.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprint(row.Number, row.Cells, row.Problem == nil, ";")
	}
	if want := "3 [LT0031 8.25 2016-04-22 TRUE rich] true;4 [=x 15 12/31/2022 FALSE ] true;"; got != want || table.Sheet != "Data" {
		t.Errorf("sheet %q: %s, want %s", table.Sheet, got, want)
	}
}

func FuzzReadTable(f *testing.F) {
	f.Add("x.csv", []byte("a,b\n1,2\n"))
	f.Add("x.csv", []byte("a;b\n\"1\n2\";'=3\n\n4;5;6\n"))
	f.Add("x.csv", []byte("\xff\xfea\x00,\x00b\x00\n\x00"))
	f.Add("x.csv", []byte("a\tb\n\xe9\t\"open"))
	f.Add("x.xlsx", xlsx(f, [][]string{{"a", "b"}, {"=1", "\r_x000D_"}}))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		table, rows, err := readAll(BytesInput(name, data))
		if err != nil {
			return
		}
		last := len(table.Header)
		for _, row := range rows {
			if row.Number <= 0 || table.Format == "csv" && row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			if row.Problem == nil && len(row.Cells) != len(table.Header[0]) {
				t.Fatalf("row %d has %d cells", row.Number, len(row.Cells))
			}
		}
	})
}
