package storetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/text"
)

// sampleTokens returns the tokens of every document and query of the search cases.
func sampleTokens(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../text/testdata/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files: %v", err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			fields := strings.Split(strings.TrimSpace(line), "\t")
			for _, f := range fields {
				for _, token := range slices.Concat(text.Tokens(f, fields[0]), text.Tokens(f, ""), text.Tokens(f, "und")) {
					seen[token] = true
				}
				for _, variants := range text.Query(f) {
					for _, v := range variants {
						seen[v] = true
					}
				}
			}
		}
	}
	out := make([]string, 0, len(seen))
	for token := range seen {
		out = append(out, token)
	}
	slices.Sort(out)
	return out
}

// The search of both databases must see the tokens of package text and nothing
// else: no splitting, no folding, no stemming of its own.
func TestEveryTokenSurvivesTheDatabaseUnchanged(t *testing.T) {
	tokens := sampleTokens(t)
	if len(tokens) < 1000 {
		t.Fatalf("only %d tokens in the sample", len(tokens))
	}
	Each(t, func(t *testing.T, db Database) {
		db.Open(t)
		raw := db.Raw(t)
		statements := []string{"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, search, row)"}
		insert, list := "INSERT INTO search (rowid, title, body) VALUES ($1, '', $2)", "SELECT term FROM temp.vocabulary"
		if db.Name == "postgres" {
			// The expression of the index on search.
			statements, list = nil, "SELECT DISTINCT unnest(tsvector_to_array(array_to_tsvector(string_to_array(btrim(title || ' ' || body), ' ')))) FROM search"
		}
		for _, s := range statements {
			if _, err := raw.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		row := 0
		for some := range slices.Chunk(tokens, 100) {
			row++
			if _, err := raw.Exec(insert, row, strings.Join(some, " ")); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := raw.Query(list)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var held []string
		for rows.Next() {
			var term string
			if err := rows.Scan(&term); err != nil {
				t.Fatal(err)
			}
			held = append(held, term)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(held)
		for _, token := range tokens {
			if _, ok := slices.BinarySearch(held, token); !ok {
				t.Errorf("%q did not survive", token)
			}
		}
		for _, term := range held {
			if _, ok := slices.BinarySearch(tokens, term); !ok {
				t.Errorf("%q was made by the database", term)
			}
		}
	})
}
