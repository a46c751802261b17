package app

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/interchange"

	"github.com/xuri/excelize/v2"
)

func wordsOf(lang string) interchange.SheetWords {
	p := i18n.For(lang)
	return interchange.SheetWords{Lang: lang, Dir: p.Dir, Say: p.T, Language: p.LanguageName, Date: p.CivilDate}
}

func everyWords() []interchange.SheetWords {
	return []interchange.SheetWords{wordsOf("en"), wordsOf("fr"), wordsOf("es"), wordsOf("ar")}
}

// sheetOf is the workbook of a period as a file, with some cells changed.
func sheetOf(t testing.TB, a *App, plan, period, lang string, change func(f *excelize.File, sheet string)) interchange.Input {
	t.Helper()
	book, err := a.SheetFor(context.Background(), civic.Operator(), plan, period, wordsOf(lang))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	return reworked(t, out.Bytes(), change)
}

func reworked(t testing.TB, data []byte, change func(f *excelize.File, sheet string)) interchange.Input {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	change(f, f.GetSheetName(0))
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return interchange.BytesInput("reports.xlsx", out.Bytes())
}

// fillRow writes cells of a row by their columns' letters.
func fillRow(t testing.TB, f *excelize.File, sheet string, row string, cells map[string]any) {
	t.Helper()
	for column, v := range cells {
		if err := f.SetCellValue(sheet, column+row, v); err != nil {
			t.Fatal(err)
		}
	}
}

func takeSheet(t testing.TB, a *App, plan, period string, in interchange.Input, o TakeOptions) SheetReport {
	t.Helper()
	r, err := a.TakeSheet(context.Background(), civic.Operator(), plan, period, in, everyWords(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func cellsOf(list []interchange.CellFault) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Cell+" "+f.Key)
	}
	return strings.Join(out, "|")
}

// Columns of the workbook of a plan in English and French: J status, K L done,
// M N challenges, O P next, Q evidence, R date done.

func TestAFilledWorkbookIsRehearsedAndThenTakenAsRehearsed(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		in := sheetOf(t, l.App, "republic-1", "2026-1", "fr", func(f *excelize.File, s string) {
			// Rows: 2 promise 1, 3 its milestone, 4 promise 2, 5 and 6 the indicators of promise 3.
			fillRow(t, f, s, "2", map[string]any{"J": "Substantiel", "K": "Drafted.", "L": "Rédigé.", "Q": "Minutes | Procès-verbal | https://a.example/1"})
			fillRow(t, f, s, "3", map[string]any{"J": "completed", "R": "2026-03-04"})
			fillRow(t, f, s, "5", map[string]any{"J": "limited", "K": "=x", "L": "-5", "M": "+1", "N": "@money"})
		})
		if word := wordsOf("fr").Say("report.status.substantial"); word != "Substantiel" {
			in = sheetOf(t, l.App, "republic-1", "2026-1", "fr", func(f *excelize.File, s string) {
				fillRow(t, f, s, "2", map[string]any{"J": word, "K": "Drafted.", "L": "Rédigé.", "Q": "Minutes | Procès-verbal | https://a.example/1"})
				fillRow(t, f, s, "3", map[string]any{"J": "completed", "R": "2026-03-04"})
				fillRow(t, f, s, "5", map[string]any{"J": "limited", "K": "=x", "L": "-5", "M": "+1", "N": "@money"})
			})
		}
		before, _ := l.Head(t.Context())
		rehearsed := takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{DryRun: true})
		if after, _ := l.Head(t.Context()); after.Size != before.Size || rehearsed.Taken {
			t.Error("a dry run wrote something")
		}
		real := takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{})
		if real.New != 2 || real.Empty != 2 || real.Refused != 0 || !real.Taken || len(real.Faults)+len(real.Notes) > 0 || real.Rows != 4 {
			t.Fatalf("%+v", real)
		}
		if rehearsed.New != real.New || rehearsed.Empty != real.Empty || cellsOf(rehearsed.Faults) != cellsOf(real.Faults) {
			t.Errorf("rehearsed %+v, real %+v", rehearsed, real)
		}
		if after, _ := l.Head(t.Context()); after.Size != before.Size+2 {
			t.Errorf("%d entries, want 2", after.Size-before.Size)
		}
		first, _, err := read[civic.Report](t.Context(), l.App, civic.KindReport, string(real.Lines[0].Report))
		if err != nil || first.Status != civic.SelfSubstantial || first.Done.In("fr").Text != "Rédigé." || first.Evidence[0].Title.In("fr").Text != "Procès-verbal" ||
			!slices.Equal(first.Steps, []civic.MilestoneState{{Milestone: "m1", Status: civic.SelfCompleted, DoneOn: "2026-03-04"}}) || first.Period != "2026-1" {
			t.Errorf("%+v %v", first, err)
		}
		risky, _, err := read[civic.Report](t.Context(), l.App, civic.KindReport, string(real.Lines[2].Report))
		if err != nil || risky.Done.In("en").Text != "=x" || risky.Done.In("fr").Text != "-5" || risky.Challenges.In("en").Text != "+1" || risky.Milestone != "m31" {
			t.Errorf("%+v %v", risky, err)
		}
		// The same file again: its rows are what is there now.
		again := takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{})
		if again.Unchanged != 2 || again.New+again.Changed+again.Refused != 0 {
			t.Errorf("again: %+v", again)
		}
		// Downloaded again and sent back untouched, as XLSX and CSV.
		for _, csv := range []bool{false, true} {
			book, err := l.SheetFor(t.Context(), civic.Operator(), "republic-1", "2026-1", wordsOf("ar"))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			write := book.WriteXLSX
			if csv {
				write = book.WriteCSV
			}
			if err := write(&out); err != nil {
				t.Fatal(err)
			}
			r := takeSheet(t, l.App, "republic-1", "2026-1", interchange.BytesInput("x", out.Bytes()), TakeOptions{})
			if r.Unchanged != 2 || r.Empty != 2 || r.New+r.Changed+r.Refused != 0 || len(r.Faults)+len(r.Notes) > 0 {
				t.Errorf("untouched: %+v", r)
			}
		}
	})
}

func TestEveryFaultNamesItsCellAndNothingIsWrittenUnlessOnlyTheGoodRowsAreAskedFor(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		in := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "2", map[string]any{"J": "Limited", "K": "Some.", "L": "Un peu.", "Q": "ftp://x\nNo address"})
			fillRow(t, f, s, "3", map[string]any{"K": "misplaced"})
			fillRow(t, f, s, "4", map[string]any{"J": "Completed", "K": "All.", "L": "Tout."})
			fillRow(t, f, s, "5", map[string]any{"J": "finished", "K": "Only English."})
			fillRow(t, f, s, "6", map[string]any{"J": "Completed", "K": "x", "L": "y", "R": "yesterday", "C": "Changed"})
			fillRow(t, f, s, "9", map[string]any{"J": "Limited"})
			if err := f.SetCellFormula(s, "O5", "1+1"); err != nil {
				t.Fatal(err)
			}
		})
		want := "M2 report.fault.challenges|Q2 report.fault.evidence|Q2 report.fault.evidence|K3 sheet.fault.step_text|J5 sheet.fault.status|" +
			"L5 report.fault.languages|O5 sheet.fault.formula|R6 report.fault.day| sheet.fault.row_added"
		before, _ := l.Head(t.Context())
		whole := takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{})
		if got := cellsOf(whole.Faults); got != want || whole.Taken {
			t.Errorf("faults\n%s\n%s", got, want)
		}
		if whole.Faults[2].Line != 2 || cellsOf(whole.Notes) != "C6 sheet.note.known_changed" {
			t.Errorf("%+v %s", whole.Faults[2], cellsOf(whole.Notes))
		}
		if after, _ := l.Head(t.Context()); after.Size != before.Size {
			t.Error("something was written")
		}
		part := takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{Partial: true})
		if cellsOf(part.Faults) != want || part.New != 1 || part.Refused != 4 || !part.Taken {
			t.Errorf("partial: %+v", part)
		}
		told := part.Faults[0].Told(i18n.For("en").TMap)
		if told != "Sheet Reports, cell M2: Say what stands in the way: the status is not started or limited." {
			t.Error(told)
		}
	})
}

func TestAWorkbookOfAnotherPlanOrPeriodIsRefusedWithTheReason(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		in := sheetOf(t, l.App, "republic-1", "2026-2", "en", func(*excelize.File, string) {})
		_, err := l.TakeSheet(t.Context(), civic.Operator(), "republic-1", "2026-1", in, everyWords(), TakeOptions{})
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != "sheet.other_period" || e.Args["other"] != "2026-2" {
			t.Error(err)
		}
		other := l.plan
		other.ID, other.Slug, other.Number = "plan000000000000000000000b", "republic-2", "2"
		c := l.c[1]
		c.ID, c.OGPID, c.Plans = "commitment0000000000000009", "RE0009", []civic.PlanEntry{{Plan: other.ID, Number: "1"}}
		l.put(other, c)
		_, err = l.TakeSheet(t.Context(), civic.Operator(), "republic-2", "2026-2", in, everyWords(), TakeOptions{})
		if !errors.As(err, &e) || e.Key != "sheet.other_plan" {
			t.Error(err)
		}
		if _, err := l.TakeSheet(t.Context(), civic.Caller{}, "republic-1", "2026-2", in, everyWords(), TakeOptions{}); civic.KindOf(err) != civic.Unauthenticated {
			t.Error(err)
		}
		if _, err := l.SheetFor(t.Context(), civic.Caller{}, "republic-1", "2026-2", wordsOf("en")); civic.KindOf(err) != civic.Unauthenticated {
			t.Error(err)
		}
	})
}

func TestWhatOthersChangedMeanwhileIsNeverOverwritten(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		in := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "4", map[string]any{"J": "Completed", "K": "All.", "L": "Tout."})
			fillRow(t, f, s, "5", map[string]any{"J": "Completed", "K": "a", "L": "b"})
		})
		takeSheet(t, l.App, "republic-1", "2026-1", in, TakeOptions{})
		early := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "4", map[string]any{"K": "All of it."})
			fillRow(t, f, s, "6", map[string]any{"J": "Completed", "K": "a", "L": "b"})
			if err := f.RemoveRow(s, 2); err != nil { // rows below move up
				t.Fatal(err)
			}
		})
		late := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "4", map[string]any{"L": "Absolument tout."})
			fillRow(t, f, s, "5", map[string]any{"L": "bb"})
		})
		if r := takeSheet(t, l.App, "republic-1", "2026-1", late, TakeOptions{}); r.Changed != 2 {
			t.Fatalf("%+v", r)
		}
		r := takeSheet(t, l.App, "republic-1", "2026-1", early, TakeOptions{Partial: true})
		if r.New != 1 || r.Refused != 1 || r.Unchanged != 1 || cellsOf(r.Faults) != " sheet.fault.conflict" || cellsOf(r.Notes) != " sheet.note.row_gone| sheet.note.moved_on" {
			t.Fatalf("%+v", r)
		}
		if f := r.Faults[0]; f.Row != 3 || !slices.Equal(f.Args["columns"].([]string), []string{"What was done (French)"}) {
			t.Errorf("%+v", f)
		}
		now := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			if got, _ := f.GetCellValue(s, "L4"); got != "Absolument tout." {
				t.Errorf("overwritten: %q", got)
			}
		})
		// A row that is emptied takes nothing away.
		emptied := sheetOf(t, l.App, "republic-1", "2026-1", "en", func(f *excelize.File, s string) {
			fillRow(t, f, s, "4", map[string]any{"J": "", "K": "", "L": ""})
		})
		if r := takeSheet(t, l.App, "republic-1", "2026-1", emptied, TakeOptions{}); r.Unchanged != 2 || cellsOf(r.Notes) != " sheet.note.emptied" {
			t.Errorf("%+v", r)
		}
		_ = now
	})
}
