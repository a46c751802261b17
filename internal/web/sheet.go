package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// sheetWords are the words of a workbook in one language.
func sheetWords(p *i18n.Printer) app.SheetWords {
	return app.SheetWords{Lang: p.Code, Dir: p.Dir, Say: p.T, Language: p.LanguageName, Date: p.CivilDate}
}

// allSheetWords are those of every language in which a workbook may come back.
func (s *Site) allSheetWords() []app.SheetWords {
	var out []app.SheetWords
	for _, l := range s.Words.Languages() {
		out = append(out, sheetWords(s.Words.For(l.Code)))
	}
	return out
}

// sheetPath is the address of a period's workbook without the language.
func (c *call) sheetPath() string {
	return "/work/plans/" + c.r.PathValue("plan") + "/periods/" + c.r.PathValue("period") + "/workbook"
}

// workbook offers the workbook of a period and takes a filled one.
func (s *Site) workbook(c *call) error {
	page, err := c.workbookPage(nil)
	if err != nil {
		return err
	}
	if c.query("done") == "saved" {
		count := func(name string) int { n, _ := strconv.Atoi(c.query(name)); return min(max(n, 0), 1<<20) }
		page.Done = c.p.T("sheet.done", "new", count("new"), "changed", count("changed"))
		if left := count("refused"); left > 0 {
			page.Done += " " + c.p.N("sheet.done.left", left)
		}
	}
	return c.show(pages.WorkbookPage(page))
}

func (c *call) workbookPage(faults []components.Fault) (pages.Workbook, error) {
	book, err := c.site.App.SheetFor(c.r.Context(), c.who, c.r.PathValue("plan"), c.r.PathValue("period"), sheetWords(c.p))
	if err != nil {
		return pages.Workbook{}, err
	}
	at := c.url(c.sheetPath())
	reports := 0
	for _, r := range book.Rows {
		if !r.Step {
			reports++
		}
	}
	p := pages.Workbook{Page: c.layout("", c.p.T("sheet.title")), Plan: phrase.Of(book.Plan.In(c.p.Code)), Period: periodName(c.p, book.Period),
		Due: c.p.CivilDate(book.Period.Due), Reports: c.p.N("sheet.rows", reports), XLSX: at + ".xlsx", CSV: at + ".csv", Action: at, Faults: faults,
		Upload: components.Upload{Name: "file", Label: c.p.T("sheet.file"), Hint: c.p.T("sheet.file.hint"), Accept: ".xlsx,.csv", Fault: components.Of(faults, "file")}}
	if len(faults) > 0 {
		p.Page.Title = c.p.T("form.error", "title", p.Page.Title)
	}
	return p, nil
}

// periodName is a period's title in the reader's language, else its days.
func periodName(p *i18n.Printer, of civic.Period) string {
	if title := of.Title.In(p.Code).Text; title != "" {
		return title
	}
	return p.T("sheet.period", "key", of.Key, "start", p.CivilDate(of.Start), "end", p.CivilDate(of.End))
}

// workbookXLSX gives the workbook.
func (s *Site) workbookXLSX(c *call) error {
	return c.workbookFile(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", app.SheetBook.WriteXLSX)
}

// workbookCSV gives the table of the workbook.
func (s *Site) workbookCSV(c *call) error {
	return c.workbookFile(".csv", "text/csv; charset=utf-8", app.SheetBook.WriteCSV)
}

func (c *call) workbookFile(ending, kind string, write func(app.SheetBook, io.Writer) error) error {
	book, err := c.site.App.SheetFor(c.r.Context(), c.who, c.r.PathValue("plan"), c.r.PathValue("period"), sheetWords(c.p))
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Disposition", httpx.Attachment("reports-"+c.r.PathValue("plan")+"-"+book.Period.Key+ending))
	c.w.Header().Set("X-Content-Type-Options", "nosniff")
	return httpx.Send(c.w, http.StatusOK, kind, func(w io.Writer) error { return write(book, w) })
}

// workbookUpload keeps a filled workbook and leads to what it would do. A file
// that cannot be taken at all is refused with its reason.
func (s *Site) workbookUpload(c *call) error {
	hash, err := c.keepWorkbook()
	if faults, ok := c.faults(err); ok || civic.KindOf(err) == civic.TooLarge {
		if !ok {
			faults = c.faultOf(err)
		}
		for i := range faults {
			faults[i].Field = "file"
		}
		page, err := c.workbookPage(faults)
		if err != nil {
			return err
		}
		return c.again(pages.WorkbookPage(page))
	}
	if err != nil {
		return err
	}
	return c.goOn(c.sheetPath() + "/" + hash)
}

// faultOf is an error of one file in words.
func (c *call) faultOf(err error) []components.Fault {
	var e *civic.Error
	if !errors.As(err, &e) {
		return nil
	}
	return []components.Fault{{Field: "file", Text: c.p.TMap(e.Key, e.Args)}}
}

func (c *call) keepWorkbook() (string, error) {
	f, err := c.form()
	if err != nil {
		return "", err
	}
	head := f.upload("file")
	if head == nil {
		return "", &civic.Error{Kind: civic.Invalid, Key: "sheet.no_file", Field: "file"}
	}
	open, err := head.Open()
	if err != nil {
		return "", err
	}
	defer open.Close()
	content, err := io.ReadAll(open)
	if err != nil {
		return "", err
	}
	in := app.UploadedSheet(path.Base(strings.ReplaceAll(head.Filename, `\`, "/")), content)
	if _, err := c.takeSheet(in, app.TakeOptions{DryRun: true}); err != nil {
		return "", err
	}
	// What it is called does not matter from here on: its content says what it is.
	name := "reports.csv"
	if bytes.HasPrefix(content, []byte("PK")) {
		name = "reports.xlsx"
	}
	return c.site.App.KeepSheet(c.r.Context(), c.who, name, content)
}

func (c *call) takeSheet(in app.SheetFile, o app.TakeOptions) (app.SheetReport, error) {
	return c.site.App.TakeSheet(c.r.Context(), c.who, c.r.PathValue("plan"), c.r.PathValue("period"), in, c.site.allSheetWords(), o)
}

// workbookCheck shows what an upload would do, row by row and fault by fault.
func (s *Site) workbookCheck(c *call) error {
	in, err := s.App.Sheet(c.r.Context(), c.who, c.r.PathValue("upload"))
	if err != nil {
		return err
	}
	report, err := c.takeSheet(in, app.TakeOptions{DryRun: true, Partial: true})
	if err != nil {
		return err
	}
	return c.show(pages.WorkbookCheckPage(c.checkPage(report)))
}

// workbookTake saves what was checked. What changed in between is told and held back.
func (s *Site) workbookTake(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	in, err := s.App.Sheet(c.r.Context(), c.who, c.r.PathValue("upload"))
	if err != nil {
		return err
	}
	report, err := c.takeSheet(in, app.TakeOptions{Partial: f.has("partial")})
	if err != nil {
		return err
	}
	if !report.Taken {
		return c.again(pages.WorkbookCheckPage(c.checkPage(report)))
	}
	return c.goOn(c.sheetPath() + "?done=saved&new=" + strconv.Itoa(report.New) + "&changed=" + strconv.Itoa(report.Changed) + "&refused=" + strconv.Itoa(report.Refused))
}

func (c *call) checkPage(r app.SheetReport) pages.WorkbookCheck {
	p := pages.WorkbookCheck{Page: c.layout("", c.p.T("sheet.check.title")), Action: c.url(c.sheetPath() + "/" + c.r.PathValue("upload")), Back: c.url(c.sheetPath())}
	for _, count := range []struct {
		key string
		n   int
	}{{"new", r.New}, {"changed", r.Changed}, {"unchanged", r.Unchanged}, {"empty", r.Empty}, {"refused", r.Refused}} {
		p.Counts = append(p.Counts, pages.SheetCount{Name: c.p.T("sheet.fate." + count.key), Number: c.p.Number(count.n)})
	}
	good := r.New + r.Changed
	p.Good, p.Clean = good > 0, r.Refused == 0
	p.Confirm = c.p.N("sheet.confirm", good)
	if !p.Clean {
		p.Confirm = c.p.N("sheet.confirm.partial", good)
	}
	p.Faults, p.Notes = c.sheetFaults(r.Faults), c.sheetFaults(r.Notes)
	for _, line := range r.Lines {
		row := pages.SheetLine{Code: line.Code, Title: phrase.Of(line.Title.In(c.p.Code)), Fate: c.p.T("sheet.fate." + string(line.Fate)), Wrong: line.Fate == app.SheetRefused}
		if line.Row > 0 {
			row.Row = c.p.Plain(line.Row)
		}
		if line.Status != "" {
			row.Status = c.p.T("report.status." + string(line.Status))
		}
		p.Lines = append(p.Lines, row)
	}
	return p
}

// mostTold is how many faults a page lists; a file with more is better mended first.
const mostTold = 500

func (c *call) sheetFaults(list []app.SheetFault) []pages.SheetFault {
	var out []pages.SheetFault
	for _, f := range list[:min(len(list), mostTold)] {
		args := map[string]any{}
		for k, v := range f.Args {
			args[k] = v
			if list, ok := v.([]string); ok {
				args[k] = c.p.List(list)
			}
		}
		out = append(out, pages.SheetFault{Where: f.Where(c.p.TMap), Cell: f.Cell, Text: c.p.TMap(f.Key, lower(args))})
	}
	return out
}
