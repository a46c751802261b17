package interchange

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avow/internal/civic"
)

// sharedTable opens a real table of OGP, which is not part of the project.
func sharedTable(t testing.TB, name string) Input {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "ogp", name)
	info, err := os.Stat(path)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the shared tables are needed: %v", err)
		}
		t.Skip("the shared tables are not here: ../shared/data")
	}
	return Input{Name: name, Size: info.Size(), Open: func() (ReadAtSeekCloser, error) { return os.Open(path) }}
}

var sharedTables = []struct {
	file    string
	edition civic.Edition
	lines   int
	rows    int
	clashes int
}{
	{"commitments-2015.csv", OGP2015, 2, 1249, 3},
	{"commitments-2017.csv", OGP2017, 2, 1203, 22},
	{"commitments-2024.csv", OGP2024, 1, 287, 6},
}

// rawRows reads a table independently of ReadTable.
func rawRows(t *testing.T, in Input, lines int) [][]string {
	t.Helper()
	f, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[lines:]
}

func TestEveryCellOfTheRealTablesComesBack(t *testing.T) {
	for _, table := range sharedTables {
		t.Run(string(table.edition), func(t *testing.T) {
			in := sharedTable(t, table.file)
			parsed, err := ParseOGP(in)
			if err != nil {
				t.Fatal(err)
			}
			if parsed.Edition != table.edition || parsed.Records != table.rows || len(parsed.Drafts) != table.rows || len(parsed.Refused) != 0 {
				t.Fatalf("edition %s, %d records, %d drafts, refused %v", parsed.Edition, parsed.Records, len(parsed.Drafts), parsed.Refused)
			}
			e := editions()[table.edition]
			wrong, overridden := 0, map[string]int{}
			for i, raw := range rawRows(t, in, table.lines) {
				d := parsed.Drafts[i]
				if d.Row != i+1+table.lines {
					t.Fatalf("draft %d says row %d", i, d.Row)
				}
				full := FullRow(table.edition, d.Commitment)
				for k, want := range raw {
					if e.columns[k].kind == kindContact {
						want = ""
					}
					if full[k] != want && wrong < 20 {
						wrong++
						t.Errorf("row %d, column %q: %q, want %q", d.Row, e.columns[k].key, full[k], want)
					}
				}
				for _, cell := range d.Commitment.Sources[0].Cells {
					if k := e.places[cell.Column]; e.columns[k].kind != kindCell {
						overridden[cell.Column]++
					}
				}
			}
			t.Log("overrides of columns that have a field:", overridden)
			codes := map[string]int{}
			for _, w := range parsed.Warnings {
				codes[w.Code]++
			}
			t.Log("warnings:", codes)
			if codes["label_code_clash"] != table.clashes {
				t.Errorf("%d clashes of label and code, want %d", codes["label_code_clash"], table.clashes)
			}
		})
	}
}

func TestHeaderRowsAreThoseOfTheRealTables(t *testing.T) {
	for _, table := range sharedTables {
		f, err := sharedTable(t, table.file).Open()
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		for i, line := range HeaderRows(table.edition) {
			want, err := r.Read()
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(line, "\x1f") != strings.Join(want, "\x1f") {
				t.Errorf("%s: header line %d differs", table.edition, i+1)
			}
		}
		f.Close()
	}
}
