package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

func TestTheTablesOf2015And2017ShowWhatChangedBetweenThem(t *testing.T) {
	a, _ := held(t, "sqlite", table2015, table2017)
	ctx := context.Background()
	l, err := a.Commitments(ctx, CommitmentFilter{Member: "canada", Q: "Open Regulation engagement activities"}, 5, "")
	if err != nil || len(l.Items) == 0 {
		t.Fatal(l.Total, err)
	}
	page, err := a.Commitment(ctx, l.Items[0].Ref)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string][2]string{}
	for _, h := range page.History {
		said[h.Field] = [2]string{h.Before, h.After}
		if h.Source != "ogp-2015" && h.Source != "ogp-2017" {
			t.Errorf("%+v has no source", h)
		}
	}
	for field, want := range map[string][2]string{
		"created":                             {"", ""},
		"rating.completion.progress_report":   {"not_started", "complete"},
		"rating.starred_2014.progress_report": {"", "yes"}, // the newer table names the rule, the older did not
		"submitted":                           {"", "2012"},
		"rating.starred_2015.progress_report": {}, // the newer table asks and has no answer
	} {
		if got := said[field]; got != want {
			t.Errorf("%s: got %v, want %v", field, got, want)
		}
	}
	if last := page.History[len(page.History)-1]; last.Field != createdField || last.Source != "ogp-2015" {
		t.Errorf("the oldest line is %+v", last)
	}
	completions := 0
	for _, r := range page.Ratings {
		if r.Variable == "completion" && r.Product == "progress_report" {
			completions++
			if want := r.Edition == "ogp-2017"; r.Current != want {
				t.Errorf("%s is current: %v", r.Edition, r.Current)
			}
		}
	}
	if completions != 2 || len(page.Sources) != 2 || page.Sources[0].Edition != "ogp-2017" {
		t.Errorf("%d completions, %d sources", completions, len(page.Sources))
	}
}

func TestEachColumnOfTheSourceIsOnThePage(t *testing.T) {
	for name, edition := range map[string]civic.Edition{
		"ogp/commitments-2015.csv": "ogp-2015", "ogp/commitments-2017.csv": "ogp-2017", "ogp/commitments-2024.csv": "ogp-2024",
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := held(t, "sqlite", name)
			raw, err := os.ReadFile(filepath.Join(shared, name))
			if err != nil {
				t.Fatal(err)
			}
			r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
			r.FieldsPerRecord, r.LazyQuotes = -1, true
			table, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			ctx := context.Background()
			s, err := a.index.current(ctx)
			if err != nil {
				t.Fatal(err)
			}
			keys := interchange.ColumnKeys(edition)
			random := rand.New(rand.NewPCG(7, 8))
			for range 50 {
				page, err := a.Commitment(ctx, string(s.rows[random.IntN(len(s.rows))].id))
				if err != nil {
					t.Fatal(err)
				}
				got := map[string]string{}
				for _, c := range page.Sources[0].Columns {
					got[c.Column] = c.Value
				}
				for i, want := range table[page.Sources[0].Row-1] {
					if interchange.IsContactColumn(edition, keys[i]) {
						if _, shown := got[keys[i]]; shown {
							t.Errorf("row %d: %s is personal and shown", page.Sources[0].Row, keys[i])
						}
						continue
					}
					if value, shown := got[keys[i]]; !shown || value != strings.ReplaceAll(want, "\r\n", "\n") && value != want {
						t.Errorf("row %d, %s: got %q, want %q", page.Sources[0].Row, keys[i], value, want)
					}
				}
			}
		})
	}
}

func TestEachRatingOfTheTablesHasAColumnInTheFlatExport(t *testing.T) {
	a, _ := held(t, "sqlite", table2015, table2017, table2024)
	rows, err := csv.NewReader(strings.NewReader(exported(t, a, "csv", CommitmentFilter{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	others := slices.Index(rows[0], "other_ratings")
	for i, row := range rows[1:] {
		for _, o := range strings.Split(row[others], listMark) {
			if o != "" && !strings.Contains(o, ".cluster=") {
				t.Errorf("row %d: %s has no column", i+2, o)
			}
		}
	}
}

func TestTheEditionsThatAreHeldAreListedOldestFirst(t *testing.T) {
	a, _ := held(t, "sqlite", table2015, table2017)
	editions, elsewhere, err := a.OGPEditions(context.Background())
	if err != nil || !slices.Equal(editions, []civic.Edition{"ogp-2015", "ogp-2017"}) || elsewhere != 0 {
		t.Fatalf("%v, %d elsewhere, %v", editions, elsewhere, err)
	}
}
