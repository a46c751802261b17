package api

import (
	"context"
	"io"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"

	"github.com/danielgtaylor/huma/v2"
)

// sheetLanguages are the languages in which a workbook is made and told of.
var sheetLanguages = []string{"en", "fr", "es", "ar"}

// SheetRef names a period of a plan.
type SheetRef struct {
	Ref    string `path:"ref" maxLength:"200" doc:"Our slug or ID of the plan, or the source's ID" example:"lithuania-5"`
	Period string `path:"period" maxLength:"40" doc:"Key of one of the plan's reporting periods" example:"2026-1"`
	Lang   string `query:"lang" enum:"en,fr,es,ar" default:"en" doc:"Language of the headings and of what is told"`
}

type workbookOut struct {
	Disposition string `header:"Content-Disposition"`
	Body        func(huma.Context)
}

type workbookIn struct {
	SheetRef
	DryRun  bool `query:"dry_run" doc:"Say what would happen and change nothing"`
	Partial bool `query:"partial" doc:"Take the rows without fault and leave the others; otherwise one fault holds everything back"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true" doc:"The filled workbook, XLSX or CSV; its content says which"`
	}]
}

// SheetResult says what a workbook did, or would do. Counts are of reports.
type SheetResult struct {
	DryRun    bool         `json:"dry_run"`
	Taken     bool         `json:"taken" doc:"False after a dry run, and when faults held everything back"`
	Rows      int          `json:"rows"`
	New       int          `json:"new"`
	Changed   int          `json:"changed"`
	Unchanged int          `json:"unchanged"`
	Empty     int          `json:"empty" doc:"Not reported: nothing filled in, or not in the file"`
	Refused   int          `json:"refused"`
	Faults    []SheetFault `json:"faults"`
	Notes     []SheetFault `json:"notes" doc:"Told, and hold nothing back"`
	Reports   []SheetRow   `json:"reports"`
}

// SheetFault is something about a cell, a row or the whole file.
type SheetFault struct {
	Sheet  *string `json:"sheet"`
	Cell   *string `json:"cell" example:"E14"`
	Row    *int    `json:"row"`
	Line   *int    `json:"line" doc:"Within the cell, from 1"`
	Column *string `json:"column" doc:"Name of the column" example:"done.fr"`
	Field  *string `json:"field" doc:"Of the report" example:"done.fr"`
	Code   string  `json:"code" doc:"Which fault this is; stable" example:"report.fault.challenges"`
	Detail string  `json:"detail" doc:"What is wrong and what to do, for a person"`
}

// SheetRow is one report of the file.
type SheetRow struct {
	Row    *int    `json:"row"`
	Code   string  `json:"code" doc:"Of the indicator, else the commitment's number"`
	Fate   string  `json:"fate" enum:"new,changed,unchanged,empty,refused"`
	Status *string `json:"status" doc:"As the file says it"`
	Report *string `json:"report" doc:"ID of the report, where there is one"`
}

func (a *API) mountSheet() {
	change(a, "get-workbook", func(ctx context.Context, who civic.Caller, in *SheetRef) (*workbookOut, error) {
		return a.workbook(ctx, who, in, ".xlsx", mediaXLSX, app.SheetBook.WriteXLSX)
	})
	change(a, "get-workbook-csv", func(ctx context.Context, who civic.Caller, in *SheetRef) (*workbookOut, error) {
		return a.workbook(ctx, who, in, ".csv", "text/csv; charset=utf-8", app.SheetBook.WriteCSV)
	})
	change(a, "take-workbook", a.takeWorkbook)
}

func (a *API) workbook(ctx context.Context, who civic.Caller, in *SheetRef, ending, media string, write func(app.SheetBook, io.Writer) error) (*workbookOut, error) {
	book, err := a.App.SheetFor(ctx, who, in.Ref, in.Period, sheetWords(in.Lang))
	if err != nil {
		return nil, err
	}
	return &workbookOut{httpx.Attachment("reports-" + in.Ref + "-" + in.Period + ending), func(hc huma.Context) {
		a.streamed(hc, media, func(_ context.Context, w io.Writer) error { return write(book, w) })
	}}, nil
}

func (a *API) takeWorkbook(ctx context.Context, who civic.Caller, in *workbookIn) (*body[SheetResult], error) {
	f := in.RawBody.Data().File
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, &civic.Error{Kind: civic.Invalid, Key: "error.form", Cause: err}
	}
	var said []app.SheetWords
	for _, lang := range sheetLanguages {
		said = append(said, sheetWords(lang))
	}
	r, err := a.App.TakeSheet(ctx, who, in.Ref, in.Period, app.UploadedSheet(f.Filename, content), said, app.TakeOptions{DryRun: in.DryRun, Partial: in.Partial})
	if err != nil {
		return nil, err
	}
	out := SheetResult{DryRun: r.DryRun, Taken: r.Taken, Rows: r.Rows, New: r.New, Changed: r.Changed, Unchanged: r.Unchanged, Empty: r.Empty, Refused: r.Refused}
	words := i18n.For(in.Lang)
	out.Faults, out.Notes = each(r.Faults, sheetFault(words)), each(r.Notes, sheetFault(words))
	out.Reports = each(r.Lines, func(l app.SheetLine) SheetRow {
		return SheetRow{Row: positive(l.Row), Code: l.Code, Fate: string(l.Fate), Status: orNull(string(l.Status)), Report: orNull(string(l.Report))}
	})
	return answer(out), nil
}

func sheetFault(words *i18n.Printer) func(app.SheetFault) SheetFault {
	return func(f app.SheetFault) SheetFault {
		return SheetFault{Sheet: orNull(f.Sheet), Cell: orNull(f.Cell), Row: positive(f.Row), Line: positive(f.Line), Column: orNull(f.Column), Field: orNull(f.Field),
			Code: f.Key, Detail: words.TMap(f.Key, f.Args)}
	}
}

func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func sheetWords(lang string) app.SheetWords {
	p := i18n.For(lang)
	return app.SheetWords{Lang: p.Code, Dir: p.Dir, Say: p.T, Language: p.LanguageName, Date: p.CivilDate}
}
