package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// The plan of the bench has five years of quarters; on yearsWhole commitments is
// reported as a whole, on yearsIndicated by indicators: together more reports than
// any plan that we know of has.
const (
	yearsPeriods    = 20
	yearsWhole      = 40
	yearsIndicated  = 5
	yearsIndicators = 21
	yearsRows       = yearsWhole + yearsIndicated*yearsIndicators
)

// reportPages measures, beside 60,000 commitments, the page of a commitment's
// reports over five years, and the roll-up of the plan after one report more.
func (b *bench) reportPages(p place) error {
	if err := b.fiveYears(p); err != nil {
		return err
	}
	s, err := b.serve(p, "large")
	if err != nil {
		return err
	}
	defer s.stop()
	random := rand.New(rand.NewPCG(3, 4))
	paths := func(from, n int) []string {
		out := make([]string, requests/2)
		for i := range out {
			out[i] = fmt.Sprintf("/en/commitments/BENCH%04d/reports", from+random.IntN(n))
		}
		return out
	}
	if _, err := s.load(paths(0, yearsWhole+yearsIndicated)); err != nil { // once, to fill what is kept in memory
		return err
	}
	times, err := s.load(paths(0, yearsWhole))
	if err != nil {
		return err
	}
	b.tell("report-page-p50"+p.suffix, percentile(times, 0.5), "ms")
	b.report("report-page-p99"+p.suffix, percentile(times, 0.99), "ms", 50, 15)
	if times, err = s.load(paths(yearsWhole, yearsIndicated)); err != nil {
		return err
	}
	b.tell("report-page-of-420-reports-p99"+p.suffix, percentile(times, 0.99), "ms")
	return b.rollUp(p, s)
}

// rollUp corrects one report and measures the first answer that shows it.
func (b *bench) rollUp(p place, s *served) error {
	address := s.base + "/api/v1/plans/bench-years/progress"
	var times []float64
	for i := range 2 * runs {
		if err := b.takePeriod(p, yearsPeriods-1, 1, fmt.Sprintf("Said again, %d.", i)); err != nil {
			return err
		}
		began := time.Now()
		if err := fetchAll(http.DefaultClient, address); err != nil {
			return err
		}
		times = append(times, float64(time.Since(began).Microseconds())/1000)
	}
	b.report("roll-up-after-a-report"+p.suffix, percentile(times, 0.5), "ms", 20, 10, fmt.Sprintf("%d reports", yearsRows*yearsPeriods))
	return nil
}

// fiveYears loads the plan and files every report of it, a period at a time.
func (b *bench) fiveYears(p place) error {
	path := filepath.Join(b.dir, "years"+p.suffix+".jsonl")
	if err := writeYears(path); err != nil {
		return err
	}
	if _, err := b.measure(p, append([]string{"import", "jsonl", path, "--json"}, p.at("large")...)...); err != nil {
		return err
	}
	for i := range yearsPeriods {
		if err := b.takePeriod(p, i, yearsRows, "A consultation was held in each region and its results were published. "); err != nil {
			return err
		}
	}
	return nil
}

// takePeriod fills in the first rows of a period's workbook and takes it in.
func (b *bench) takePeriod(p place, period, rows int, words string) error {
	book := filepath.Join(b.dir, "years"+p.suffix+".xlsx")
	of := append([]string{"--plan", "bench-years", "--period", "q" + strconv.Itoa(period)}, p.at("large")...)
	if _, err := b.measure(p, append([]string{"reports", "workbook", "--out", book}, of...)...); err != nil {
		return err
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		return err
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	for i := range rows {
		row := strconv.Itoa(i + 2)
		for column, text := range map[string]string{"J": []string{"limited", "substantial"}[i%2], "K": words + row, "L": words + row,
			"M": "The budget came late.", "N": "Le budget est venu tard.", "Q": "Page | Page | https://benchland.example/" + row} {
			if err := f.SetCellStr(sheet, column+row, text); err != nil {
				return err
			}
		}
	}
	if err := f.Save(); err != nil {
		return err
	}
	u, err := b.measure(p, append([]string{"reports", "take", book, "--json"}, of...)...)
	if err != nil {
		return err
	}
	var got struct{ New, Changed int }
	if err := json.Unmarshal([]byte(u.out), &got); err != nil {
		return err
	}
	if got.New+got.Changed != rows {
		return fmt.Errorf("period %d: %d new and %d changed reports of %d", period, got.New, got.Changed, rows)
	}
	return nil
}

// writeYears writes the plan with its commitments in the program's own format.
func writeYears(path string) error {
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
	member, plan, body := id('m', 900_000), id('p', 900_000), id('j', 900_000)
	line("member", map[string]any{"id": member, "name": "Yearland", "slug": "yearland", "regime": "national"})
	line("institution", map[string]any{"id": body, "member": member, "name": text("Ministry of Years")})
	first := time.Now().UTC().AddDate(-5, 0, 0)
	var periods []any
	for i := range yearsPeriods {
		start, end := first.AddDate(0, 3*i, 0), first.AddDate(0, 3*(i+1), -1)
		periods = append(periods, map[string]any{"key": "q" + strconv.Itoa(i), "start": start.Format(time.DateOnly), "end": end.Format(time.DateOnly),
			"due": end.AddDate(0, 1, 0).Format(time.DateOnly)})
	}
	line("plan", map[string]any{"id": plan, "member": member, "slug": "bench-years", "number": "1", "title": text("Five years"), "regime": "national",
		"stage": "implementation", "languages": []string{"en", "fr"}, "periods": periods})
	for c := range yearsWhole + yearsIndicated {
		var indicators []any
		for i := range yearsIndicators {
			if c >= yearsWhole {
				indicators = append(indicators, map[string]any{"id": id('n', 9_000_000+c*100+i), "code": fmt.Sprintf("%d.%d", c+1, i+1), "kind": "indicator",
					"title": text(fmt.Sprint("Indicator ", i+1))})
			}
		}
		line("commitment", map[string]any{"id": id('c', 9_000_000+c), "ogp_id": fmt.Sprintf("BENCH%04d", c), "member": member,
			"plans": []any{map[string]any{"plan": plan, "number": strconv.Itoa(c + 1)}}, "title": text(fmt.Sprint("Commitment ", c+1)), "milestones": indicators,
			"institutions": []any{map[string]any{"role": "lead", "institution": body, "name": "Ministry of Years"}}})
	}
	return w.Flush()
}
