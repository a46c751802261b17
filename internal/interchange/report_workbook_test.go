package interchange

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"

	"github.com/xuri/excelize/v2"
)

// sheetWords are the words of a language straight from its catalogue.
func sheetWords(t testing.TB, lang string) SheetWords {
	t.Helper()
	data, err := os.ReadFile("../i18n/catalogues/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	dir := "ltr"
	if lang == "ar" {
		dir = "rtl"
	}
	return SheetWords{Lang: lang, Dir: dir, Say: func(key string, _ ...any) string {
		s, ok := raw[key].(string)
		if !ok {
			t.Errorf("%s has no %s", lang, key)
		}
		return s
	}, Language: func(code string) string { return code }, Date: func(d string) string { return d }}
}

func allWords(t testing.TB) []SheetWords {
	return []SheetWords{sheetWords(t, "en"), sheetWords(t, "fr"), sheetWords(t, "es"), sheetWords(t, "ar")}
}

func phrases(en, fr string) civic.Text { return bilingual(en, fr) }

// sampleBook has an indicator that was reported, one that was not, and a
// commitment that is reported as a whole with a milestone.
func sampleBook(t testing.TB, lang string) ReportBook {
	last := &civic.Report{Status: civic.SelfLimited, Done: phrases("- a beginning", "- un début")}
	now := &civic.Report{ID: "r1", Status: civic.SelfCompleted, Done: phrases("=SUM(1) is text", "+1 aussi"), Next: phrases("-5", "@x"),
		Evidence: []civic.Evidence{{Title: phrases("A | bar", "Une barre"), URL: "https://a.example/x"}, {File: &civic.File{SHA256: strings.Repeat("a", 64), Name: "m.pdf"}}},
		Steps:    []civic.MilestoneState{{Milestone: "m1", Status: civic.SelfCompleted, DoneOn: "2026-02-03"}}}
	return ReportBook{
		Head:   ReportHead{Format: 1, Plan: "p1", Period: "2026-1 & 2", Record: 42, Languages: []string{"en", "fr"}, Lang: lang},
		Plan:   phrases("Plan <&> one", "Plan un"),
		Period: civic.Period{Key: "2026-1 & 2", Start: "2026-01-01", End: "2026-06-30", Due: "2026-07-15"},
		Words:  sheetWords(t, lang), Rules: civic.ReportRules(),
		Rows: []ReportRow{
			{Commitment: "c1", Milestone: "m1", Number: "C01", Code: "C01.1.1", Title: phrases("Open <forests>", "Forêts"), Part: phrases("A map", "Une carte"),
				Due: civic.When{Date: "2026-05"}, Lead: "=Woods", Last: last, Now: now},
			{Commitment: "c1", Milestone: "m2", Number: "C01", Code: "C01.1.2", Title: phrases("Open <forests>", "Forêts"), Part: phrases("B", "B"), DueIn: phrases("soon", "bientôt")},
			{Commitment: "c2", Number: "4.10", Title: phrases("Whole", "Entier")},
			{Commitment: "c2", Milestone: "m3", Step: true, Number: "4.10", Code: "4.10.1", Title: phrases("Whole", "Entier"), Part: phrases("Step", "Pas")},
		},
	}
}

func written(t testing.TB, b ReportBook, csv bool) []byte {
	t.Helper()
	var out bytes.Buffer
	write := b.WriteXLSX
	if csv {
		write = b.WriteCSV
	}
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookComesBackAsItWasWrittenInEveryLanguageAsXLSXAndCSV(t *testing.T) {
	said := allWords(t)
	for _, w := range said {
		for _, csv := range []bool{false, true} {
			book := sampleBook(t, w.Lang)
			got, err := ReadReports(BytesInput("w", written(t, book, csv)), []string{"en", "fr"}, said)
			if err != nil {
				t.Fatal(err)
			}
			if got.Head.String() != book.Head.String() || len(got.Faults)+len(got.Notes) > 0 || len(got.Rows) != 4 {
				t.Fatalf("%s: head %v, faults %v, notes %v, %d rows", w.Lang, got.Head, got.Faults, got.Notes, len(got.Rows))
			}
			for i, row := range got.Rows {
				if !row.Intact || row.Ref != book.Rows[i].Ref() || row.Row != i+2 || got.Filled(row) != (i == 0) {
					t.Errorf("%s row %d: %+v", w.Lang, i, row)
				}
			}
			r, faults := got.ReportFrom(got.Rows[0], book.Rows[0], []string{"en", "fr"}, said, nil, nil)
			want := *book.Rows[0].Now
			want.Commitment, want.Milestone = "c1", "m1"
			if a, b := asJSON(t, r), asJSON(t, want); a != b || len(faults) > 0 {
				t.Errorf("%s:\n%s\n%s %v", w.Lang, a, b, faults)
			}
			// Without what is known the same cells give the same report, save its file.
			bare := book.Rows[0]
			bare.Now = nil
			r, faults = got.ReportFrom(got.Rows[0], bare, []string{"en", "fr"}, said, nil, nil)
			if len(faults) > 0 || r.Status != civic.SelfCompleted || r.Done.In("fr").Text != "+1 aussi" || r.Next.In("en").Text != "-5" || r.Next.In("fr").Text != "@x" ||
				r.Done.In("en").Text != "=SUM(1) is text" || r.Steps[0].DoneOn != "2026-02-03" || r.Evidence[0].URL != "https://a.example/x" || len(r.Evidence[0].Title) != 2 {
				t.Errorf("%s: %+v %v", w.Lang, r, faults)
			}
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// edited is a workbook as another program leaves it after some changes.
func edited(t *testing.T, data []byte, change func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func set(t *testing.T, f *excelize.File, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue("Reports", cell, v); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherProgramOpensTheWorkbookWithItsProtectionWidthsAndChoices(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sampleBook(t, "en"), false)))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(f.GetSheetList(), "|"); got != "Reports|How to|avow" {
		t.Errorf("sheets %s", got)
	}
	if visible, _ := f.GetSheetVisible("avow"); visible {
		t.Error("the sheet for programs is not hidden")
	}
	if visible, _ := f.GetColVisible("Reports", "A"); visible {
		t.Error("the column of references is not hidden")
	}
	panes, err := f.GetPanes("Reports")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v %v", panes, err)
	}
	choices, err := f.GetDataValidations("Reports")
	if err != nil || len(choices) != 1 || choices[0].Sqref != "J2:J5" || !strings.Contains(choices[0].Formula1, "avow!$D$1:$D$4") {
		t.Errorf("choices %+v %v", choices, err)
	}
	for i, want := range []string{"Not started", "Limited", "Substantial", "Completed"} {
		if got, _ := f.GetCellValue("avow", cellRef(3, i+1)); got != want {
			t.Errorf("choice %d is %q", i, got)
		}
	}
	look := func(cell string) *excelize.Style {
		id, err := f.GetCellStyle("Reports", cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	open := func(cell string) bool { s := look(cell); return s.Protection != nil && !s.Protection.Locked }
	for cell, want := range map[string]bool{"C2": false, "J2": true, "K2": true, "R2": true, "K5": false, "J5": true, "R5": true, "R4": false, "A2": false} {
		if open(cell) != want {
			t.Errorf("%s can be filled in: %v, want %v", cell, open(cell), want)
		}
	}
	if s := look("K2"); s.Alignment == nil || !s.Alignment.WrapText || s.NumFmt != 49 {
		t.Errorf("K2 looks %+v", s)
	}
	if got, _ := f.GetCellValue("Reports", "K2"); got != "'=SUM(1) is text" {
		t.Errorf("a text like a formula is %q", got)
	}
	if formula, _ := f.GetCellFormula("Reports", "K2"); formula != "" {
		t.Error("a text became a formula")
	}
	if width, _ := f.GetColWidth("Reports", "K"); width != 44 {
		t.Errorf("width %v", width)
	}
	rules, _ := f.GetRows("How to")
	if len(rules) < 10+len(civic.ReportRules()) {
		t.Errorf("%d lines of how to", len(rules))
	}
	mirrored, err := excelize.OpenReader(bytes.NewReader(written(t, sampleBook(t, "ar"), false)))
	if err != nil {
		t.Fatal(err)
	}
	if view, err := mirrored.GetSheetView(mirrored.GetSheetName(0), 0); err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Error("the Arabic workbook does not run from right to left")
	}
}

func TestWhatPeopleDoToAWorkbookIsReadCellByCell(t *testing.T) {
	data := edited(t, written(t, sampleBook(t, "en"), false), func(f *excelize.File) {
		set(t, f, "J3", "PROGRÈS limité ")
		set(t, f, "K3", -5)
		if err := f.SetCellFormula("Reports", "L3", "1+1"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "Q3", "Minutes | Procès-verbal | https://b.example\n\nwww.c.example")
		set(t, f, "R3", "2026-03-04 00:00:00")
		set(t, f, "C4", "Another title")
		set(t, f, "J4", "#REF!")
		set(t, f, "K9", "an added row")
		set(t, f, "X1", "My own column")
		f.SetSheetName("Reports", "Renamed")
	})
	said := allWords(t)
	got, err := ReadReports(BytesInput("w.xlsx", data), []string{"en", "fr"}, said)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range slices.Concat(got.Faults, got.Notes) {
		told = append(told, f.Sheet+"!"+f.Cell+" "+f.Key)
	}
	want := "Renamed!L3 sheet.fault.formula|Renamed!J4 sheet.fault.error_value|Renamed!X1 sheet.note.column_unknown"
	if strings.Join(told, "|") != want {
		t.Errorf("told %q", told)
	}
	if got.Rows[2].Intact || !got.Rows[1].Intact || got.Rows[len(got.Rows)-1].Ref != "" || got.Rows[len(got.Rows)-1].Row != 9 {
		t.Errorf("rows %+v", got.Rows)
	}
	r, faults := got.ReportFrom(got.Rows[1], sampleBook(t, "en").Rows[1], []string{"en", "fr"}, said, nil, nil)
	if len(faults) != 1 || faults[0].Cell != "J3" || faults[0].Key != "sheet.fault.status" || !strings.Contains(faults[0].Args["choices"].(string), "Not started") {
		t.Errorf("faults %+v", faults)
	}
	if r.Done.In("en").Text != "-5" || len(r.Evidence) != 2 || r.Evidence[0].Title.In("fr").Text != "Procès-verbal" || r.Evidence[0].URL != "https://b.example" ||
		r.Evidence[1].URL != "www.c.example" || EvidenceLineAt(got.Rows[1].Cells["evidence"], 1) != 3 || r.Steps[0].DoneOn != "2026-03-04" {
		t.Errorf("%+v", r)
	}
}

func TestAStatusIsReadInEveryLanguageAndByItsCode(t *testing.T) {
	said := allWords(t)
	for word, want := range map[string]civic.SelfCompletion{
		"not_started": civic.SelfNotStarted, "Not Started": civic.SelfNotStarted, " COMPLETED": civic.SelfCompleted, "substantial": civic.SelfSubstantial,
		"done": "", "": "", "0": "", "NS": "",
	} {
		if got, _ := StatusFrom(word, said); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	for _, w := range said {
		for _, s := range civic.SelfCompletions {
			if got, ok := StatusFrom(StatusWord(s, w), said); !ok || got != s {
				t.Errorf("%s %s is %s", w.Lang, StatusWord(s, w), got)
			}
		}
	}
}

func TestFilesThatAreNoWorkbookOfReportsAreRefusedWithOneReason(t *testing.T) {
	said := allWords(t)
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	_, _ = z.Create("[Content_Types].xml")
	_, _ = z.Create("xl/workbook.xml")
	part, _ := z.Create("xl/worksheets/sheet1.xml")
	_, _ = part.Write(bytes.Repeat([]byte(" "), 40<<20))
	_ = z.Close()
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"other.xlsx": {xlsx(t, [][]string{{"a", "b"}, {"1", "2"}}), "sheet.not_ours"},
		"other.csv":  {[]byte("a,b\r\n1,2\r\n"), "sheet.not_ours"},
		"cut.xlsx":   {written(t, sampleBook(t, "en"), false)[:900], "import.xlsx_damaged"},
		"bomb.xlsx":  {bomb.Bytes(), "import.zip_bomb"},
		"large.xlsx": {make([]byte, maxReportFile+1), "sheet.too_large"},
		"many.csv":   {[]byte(sampleBook(t, "en").Head.String() + ",status\r\n" + strings.Repeat("x,y\r\n", maxReportRows+1)), "sheet.too_many"},
	} {
		_, err := ReadReports(BytesInput(name, c.data), []string{"en"}, said)
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestLibreOfficeOpensTheWorkbook(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not here")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(path, written(t, sampleBook(t, "fr"), false), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir+"/out", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(dir + "/out/book.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	said := allWords(t)
	got, err := ReadReports(BytesInput("w.xlsx", data), []string{"en", "fr"}, said)
	if err != nil || len(got.Rows) != 4 || len(got.Faults)+len(got.Notes) > 0 || !got.Rows[0].Intact || got.Head.Record != 42 {
		t.Errorf("after LibreOffice: %v %+v", err, got)
	}
}

func FuzzReportWorkbook(f *testing.F) {
	f.Add(written(f, sampleBook(f, "en"), true))
	f.Add(written(f, sampleBook(f, "ar"), false))
	f.Add([]byte("avow-reports/1?plan=p&period=q&record=1&languages=en%2Cfr&lang=en,status,done.en,evidence\r\nc1/m1/00,limited,=x,a | b | http://x\r\n,,,'-5\r\n"))
	said, known := allWords(f), sampleBook(f, "en").Rows[0].Now
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadReports(BytesInput("f", data), []string{"en", "fr"}, said)
		if err != nil {
			return
		}
		for _, row := range b.Rows {
			r, _ := b.ReportFrom(row, ReportRow{Commitment: "c1", Milestone: "m1", Now: known}, []string{"en", "fr"}, said, nil, nil)
			if _, err := civic.Encode(r); err != nil {
				t.Error(err)
			}
			for _, c := range b.columns {
				_ = b.At(row.Row, c.Name)
			}
		}
	})
}
