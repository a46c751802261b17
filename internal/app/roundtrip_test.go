package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

func TestTablesAndLinesComeBackByteForByte(t *testing.T) {
	a, _ := held(t, "sqlite", table2015, table2017, table2024)
	b, c := newTestApp(t), newTestApp(t)
	lines := exportSubjects(t, a)
	report := mustImport(t, b, ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("all.jsonl", lines)}})
	if report.Refused+report.Undecided > 0 {
		t.Errorf("our own lines: %+v %v", countsOf(report), report.Warnings[:min(3, len(report.Warnings))])
	}
	if again := exportSubjects(t, b); !bytes.Equal(lines, again) {
		t.Errorf("the lines differ after a round trip: %s", firstDifference(lines, again))
	}
	for _, edition := range interchange.Editions() {
		table := exportOGP(t, a, edition, "csv")
		if again := exportOGP(t, b, edition, "csv"); !bytes.Equal(table, again) {
			t.Errorf("%s out of imported lines differs: %s", edition, firstDifference(table, again))
		}
		mustImport(t, c, ImportRequest{Format: "ogp", Inputs: []interchange.Input{interchange.BytesInput(string(edition)+".csv", table)}})
	}
	for _, edition := range interchange.Editions() {
		table, again := exportOGP(t, a, edition, "csv"), exportOGP(t, c, edition, "csv")
		if !bytes.Equal(table, again) {
			t.Errorf("%s differs after a round trip: %s", edition, firstDifference(table, again))
		}
	}
}

func TestATableThroughXLSXComesBackByteForByte(t *testing.T) {
	a, _ := held(t, "sqlite", table2024)
	b := newTestApp(t)
	sheet := exportOGP(t, a, interchange.OGP2024, "xlsx")
	mustImport(t, b, ImportRequest{Format: "ogp", Inputs: []interchange.Input{interchange.BytesInput("table.xlsx", sheet)}})
	if x, y := exportOGP(t, a, interchange.OGP2024, "csv"), exportOGP(t, b, interchange.OGP2024, "csv"); !bytes.Equal(x, y) {
		t.Errorf("differs: %s", firstDifference(x, y))
	}
}

func TestACorrectedRatingChangesExactlyItsCells(t *testing.T) {
	a, _ := held(t, "sqlite", table2024)
	before := rows(t, exportOGP(t, a, interchange.OGP2024, "csv"))
	err := a.CorrectRating(context.Background(), civic.LocalOperator, "al0003", RatingChange{
		Edition: interchange.OGP2024, Product: "progress_report", Variable: "completion", Value: "complete",
	})
	if err != nil {
		t.Fatal(err)
	}
	corrected := exportOGP(t, a, interchange.OGP2024, "csv")
	after := rows(t, corrected)
	var changed []string
	for i := range before {
		for j := range before[i] {
			if before[i][j] != after[i][j] {
				changed = append(changed, before[i][0]+" "+before[0][j]+": "+before[i][j]+" > "+after[i][j])
			}
		}
	}
	want := "AL0003 Completion (Progress Report): Limited > Complete, AL0003 _CompletionProgress: 3 > 5"
	if got := strings.Join(changed, ", "); got != want {
		t.Errorf("changed: %s\nwant %s", got, want)
	}
	page, err := a.Commitment(context.Background(), "AL0003")
	if err != nil {
		t.Fatal(err)
	}
	if h := page.History[0]; h.Field != "rating.completion.progress_report" || h.Before != "limited" || h.After != "complete" || h.Verb != verbCorrect {
		t.Errorf("history begins with %+v", h)
	}
	head, _ := a.Head(context.Background())
	again := mustImport(t, a, ImportRequest{Format: "ogp", Inputs: []interchange.Input{sharedFile(t, table2024)}})
	if now, _ := a.Head(context.Background()); again.Updated != 0 || now.Size != head.Size {
		t.Errorf("the table read again undid the correction: %+v", countsOf(again))
	}
	if !bytes.Equal(exportOGP(t, a, interchange.OGP2024, "csv"), corrected) {
		t.Error("the table read again changed the export")
	}
}

func TestEveryCellOfTheSourceOf2024ComesBack(t *testing.T) {
	a, _ := held(t, "sqlite", table2024)
	in := sharedFile(t, table2024)
	f, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	source, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	ours := rows(t, exportOGP(t, a, interchange.OGP2024, "csv"))
	if len(ours) != len(source) {
		t.Fatalf("%d rows came back of %d", len(ours), len(source))
	}
	for i := range source {
		for j := range source[i] {
			if got := interchange.Unguard(ours[i][j]); got != source[i][j] {
				t.Errorf("row %d %s: %q came back as %q", i+1, source[0][j], source[i][j], got)
			}
		}
	}
}

func rows(t *testing.T, table []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// firstDifference shows where two texts part.
func firstDifference(a, b []byte) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	from := max(0, n-60)
	return string(a[from:min(len(a), n+60)]) + " <> " + string(b[from:min(len(b), n+60)])
}
