package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

func exported(t *testing.T, a *App, format string, f CommitmentFilter) string {
	t.Helper()
	var b bytes.Buffer
	if err := a.ExportCommitments(context.Background(), format, f, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheFlatTableHasARowForEachSelectedCommitment(t *testing.T) {
	a := reading(t, smallWorld()...)
	rows, err := csv.NewReader(strings.NewReader(exported(t, a, "csv", CommitmentFilter{Member: "lithuania"}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5 || !slices.Equal(rows[0], ExportColumns()) {
		t.Fatalf("%d rows below %v", len(rows)-1, rows[0])
	}
	cell := func(row int, column string) string { return rows[row][slices.Index(rows[0], column)] }
	for _, c := range []struct {
		row          int
		column, want string
	}{
		{1, "ogp_id", "LT0031"}, {1, "member_code", "LTU"}, {1, "plans", "lithuania-4"}, {1, "numbers", "10"}, {1, "region", "europe"},
		{1, "lead", "Public Procurement Office"}, {1, "supporting", "Ministry of Justice"}, {1, "tags", "Open Contracting; Open Data"},
		{1, "rating.completion.end_of_term_report", "substantial"}, {1, "report_year.progress_report", "2020"}, {1, "completion", "substantial"},
		{1, "milestones", "1"}, {1, "editions", "ogp-2024"}, {1, "versions", "1"}, {1, "entry", "8"}, {1, "other_ratings", ""},
		{2, "rating.completion.progress_report", "missing:not_reported:NR"}, {2, "tags_unknown", "Tax (ND)"}, {2, "completion", "not_reported"},
		{3, "completion", ""}, {4, "plans", "lithuania-5; lithuania-4"}, {4, "title_language", "lt"},
	} {
		if got := cell(c.row, c.column); got != c.want {
			t.Errorf("row %d, %s: got %q, want %q", c.row, c.column, got, c.want)
		}
	}
}

func TestTheDataDictionaryDescribesEachColumnInOrder(t *testing.T) {
	doc, err := os.ReadFile("../../docs/data-dictionary.md")
	if err != nil {
		t.Fatal(err)
	}
	commitments, _, _ := strings.Cut(string(doc), "## The tags")
	var described []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_.0-9]+)` \\| (?:ID|code|slugs?|texts?|words?|year|date|language|number|address) \\| ").FindAllStringSubmatch(commitments, -1) {
		described = append(described, m[1])
	}
	if want := ExportColumns(); !slices.Equal(described, want) {
		t.Errorf("described: %v\ncolumns:   %v", described, want)
	}
	for _, k := range civic.MissingKinds {
		if !strings.Contains(string(doc), "| `"+string(k)+"` |") {
			t.Errorf("the kind %s is not described", k)
		}
	}
}

func TestNoCellOfAnExportIsAFormula(t *testing.T) {
	world := smallWorld()
	c := world[8].(civic.Commitment)
	c.Title, c.Short = en("=HYPERLINK(\"http://example.org\")"), en("-5")
	world[8] = c
	a := reading(t, world...)
	got := exported(t, a, "csv", CommitmentFilter{Q: "LT0031"})
	if !strings.Contains(got, `"'=HYPERLINK(""http://example.org"")"`) || !strings.Contains(got, ",-5,") {
		t.Errorf("got %s", got)
	}
}

func TestAWorkbookHasTheSameCellsAsTheCSV(t *testing.T) {
	a := reading(t, smallWorld()...)
	book := exported(t, a, "xlsx", CommitmentFilter{})
	table, err := interchange.ReadTable(interchange.BytesInput("commitments.xlsx", []byte(book)), interchange.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	want, err := csv.NewReader(strings.NewReader(exported(t, a, "csv", CommitmentFilter{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Clone(table.Header)
	for row, err := range table.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row.Cells)
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows in the workbook, %d in the CSV", len(got), len(want))
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("row %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLosslessLinesOfASelectionHoldWhatItRefersToFirst(t *testing.T) {
	a := reading(t, smallWorld()...)
	lines := strings.Split(strings.TrimSuffix(exported(t, a, "jsonl", CommitmentFilter{Q: "LT0031"}), "\n"), "\n")
	var got []string
	for _, l := range lines[1:] {
		kind, _, _ := strings.Cut(strings.TrimPrefix(l, `{"kind":"`), `"`)
		got = append(got, kind)
	}
	if want := []string{"member", "institution", "institution", "plan", "commitment"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnExportOfEverythingIsTheSameAfterReadingItIntoAnotherRecord(t *testing.T) {
	a := reading(t, smallWorld()...)
	var first, second bytes.Buffer
	if err := a.ExportSubjects(context.Background(), &first); err != nil {
		t.Fatal(err)
	}
	parsed, err := interchange.ParseJSONL(interchange.BytesInput("all.jsonl", first.Bytes()))
	if err != nil || len(parsed.Refused) > 0 {
		t.Fatal(err, parsed.Refused)
	}
	b := reading(t, parsed.Subjects...)
	if err := b.ExportSubjects(context.Background(), &second); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("first:\n%s\nsecond:\n%s", first.String(), second.String())
	}
}

func TestAnExportShowsTheStateAtWhichItBegan(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	s, err := a.index.current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	changed := smallWorld()[8].(civic.Commitment)
	changed.Title = en("Changed meanwhile")
	record(t, a, "update", "ogp-2024", changed, civic.Commitment{ID: civic.CommitmentID(testID('c', 9)), Member: kenya.ID, Title: en("Too late")})
	ids, err := a.subjectIDs(ctx, civic.KindCommitment)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	err = a.eachCommitment(ctx, s, ids, func(c civic.Commitment, _ store.Version) error {
		titles = append(titles, c.Title.String())
		return nil
	})
	if err != nil || len(titles) != 6 || titles[0] != "Publish procurement data" {
		t.Errorf("got %v, %v", titles, err)
	}
}

func TestAnUnknownFormatOrFilterIsInvalid(t *testing.T) {
	a := reading(t, smallWorld()...)
	for _, c := range []struct {
		format string
		filter CommitmentFilter
	}{{"pdf", CommitmentFilter{}}, {"csv", CommitmentFilter{Region: "atlantis"}}} {
		var b bytes.Buffer
		if err := a.ExportCommitments(context.Background(), c.format, c.filter, &b); civic.KindOf(err) != civic.Invalid || b.Len() > 0 {
			t.Errorf("%+v: %v after %d bytes", c, err, b.Len())
		}
	}
}
