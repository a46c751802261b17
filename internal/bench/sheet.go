package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// How many reports the workbook of the bench holds, and on how many commitments.
const (
	sheetReports     = 1000
	sheetCommitments = 100
)

// workbook measures a filled workbook: what it would change, and saving it.
func (b *bench) workbook(p place) error {
	plan := filepath.Join(b.dir, "living"+p.suffix+".jsonl")
	if err := writeLiving(plan); err != nil {
		return err
	}
	at := p.at("living")
	if _, err := b.measure(p, append([]string{"import", "jsonl", plan, "--json"}, at...)...); err != nil {
		return err
	}
	book := filepath.Join(b.dir, "reports"+p.suffix+".xlsx")
	of := []string{"--plan", "bench-living", "--period", "bench"}
	u, err := b.measure(p, append(append([]string{"reports", "workbook", "--out", book}, of...), at...)...)
	if err != nil {
		return err
	}
	b.tell("workbook-out-1000"+p.suffix, u.wall.Seconds(), "s")
	if err := fillWorkbook(book); err != nil {
		return err
	}
	var dry []float64
	for range runs {
		if u, err = b.takeWorkbook(p, book, append(append([]string{"--dry-run"}, of...), at...)); err != nil {
			return err
		}
		dry = append(dry, u.wall.Seconds())
	}
	b.report("workbook-dry-run-1000"+p.suffix, percentile(dry, 0.5), "s", 3, 1)
	if u, err = b.takeWorkbook(p, book, append(of, at...)); err != nil {
		return err
	}
	b.report("workbook-save-1000"+p.suffix, u.wall.Seconds(), "s", 5, 2, fmt.Sprintf("cpu %.3g s", u.cpu.Seconds()))
	b.tell("workbook-save-memory"+p.suffix, u.peak, "MB")
	return nil
}

// takeWorkbook reads the workbook and holds the answer against what is in it.
func (b *bench) takeWorkbook(p place, book string, args []string) (usage, error) {
	u, err := b.measure(p, append([]string{"reports", "take", book, "--json"}, args...)...)
	if err != nil {
		return u, err
	}
	var got struct{ New, Refused int }
	if err := json.Unmarshal([]byte(u.out), &got); err != nil {
		return u, err
	}
	if got.New != sheetReports || got.Refused != 0 {
		return u, fmt.Errorf("%d new and %d refused reports", got.New, got.Refused)
	}
	return u, nil
}

// writeLiving writes a plan in implementation in two languages, with a period
// that has begun, in the program's own format.
func writeLiving(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	line := func(kind string, subject any) {
		b, _ := json.Marshal(map[string]any{"kind": kind, "subject": subject})
		w.Write(b)
		w.WriteByte('\n')
	}
	text := func(words string) any {
		return []any{map[string]any{"lang": "en", "text": words}, map[string]any{"lang": "fr", "text": words + " (fr)"}}
	}
	fmt.Fprintln(w, `{"format":"avow-jsonl","version":1}`)
	member, plan, body := id('m', 0), id('p', 0), id('j', 0)
	line("member", map[string]any{"id": member, "name": "Benchland", "slug": "benchland", "regime": "national"})
	line("institution", map[string]any{"id": body, "member": member, "name": text("Ministry of Measures")})
	year := time.Now().UTC().Year()
	line("plan", map[string]any{"id": plan, "member": member, "slug": "bench-living", "number": "1", "title": text("A living plan"), "regime": "national",
		"stage": "implementation", "languages": []string{"en", "fr"}, "periods": []any{map[string]any{"key": "bench",
			"start": fmt.Sprintf("%d-01-01", year-1), "end": fmt.Sprintf("%d-12-31", year), "due": fmt.Sprintf("%d-12-31", year)}}})
	for c := range sheetCommitments {
		var indicators []any
		for i := range sheetReports / sheetCommitments {
			indicators = append(indicators, map[string]any{"id": id('n', c*100+i), "code": fmt.Sprintf("%d.%d", c+1, i+1), "kind": "indicator",
				"title": text(fmt.Sprint("Indicator ", i+1)), "due": map[string]any{"date": fmt.Sprintf("%d-12", year)}})
		}
		line("commitment", map[string]any{"id": id('c', c), "member": member, "plans": []any{map[string]any{"plan": plan, "number": strconv.Itoa(c + 1)}},
			"title": text(fmt.Sprint("Commitment ", c+1)), "milestones": indicators,
			"institutions": []any{map[string]any{"role": "lead", "institution": body, "name": "Ministry of Measures"}}})
	}
	return w.Flush()
}

// fillWorkbook fills every row in, as a spreadsheet program saves it.
func fillWorkbook(path string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	words := "A consultation was held in each region, its results were published, and the draft regulation was sent to parliament. "
	for i := range sheetReports {
		row := strconv.Itoa(i + 2)
		cells := map[string]string{"J": []string{"not_started", "limited", "substantial", "completed"}[i%4],
			"K": words + row, "L": words + row, "M": "The budget came late. " + row, "N": "Le budget est venu tard. " + row,
			"O": "Adoption.", "P": "Adoption.", "Q": "Page | Page | https://benchland.example/" + row + "\nhttps://benchland.example/minutes/" + row}
		for column, text := range cells {
			if err := f.SetCellStr(sheet, column+row, text); err != nil {
				return err
			}
		}
	}
	return f.Save()
}
