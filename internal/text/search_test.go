package text

import (
	"os"
	"strings"
	"testing"
)

type searchCase struct{ lang, document, query string }

// searchCases reads a table of cases: a comment, a header line, then rows.
func searchCases(t *testing.T, name string) []searchCase {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []searchCase
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[2:] {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("%s: %q has not three fields", name, line)
		}
		out = append(out, searchCase{f[0], f[1], f[2]})
	}
	return out
}

// missing returns the query's words of which the document holds no variant;
// found means none is missing and there was a word.
func missing(document, lang, query string) (missed []string, found bool) {
	tokens := map[string]bool{}
	for _, t := range Tokens(document, lang) {
		tokens[t] = true
	}
	words := Query(query)
	for _, w := range words {
		hit := false
		for _, v := range w {
			hit = hit || tokens[v]
		}
		if !hit {
			missed = append(missed, strings.Join(w, "|"))
		}
	}
	return missed, len(words) > 0 && len(missed) == 0
}

func TestHardSearchCasesAreFound(t *testing.T) {
	for name, least := range map[string]int{"hard-cases.tsv": 28, "more-cases.tsv": 34, "hard-cases-heldout.tsv": 24} {
		cases, found := searchCases(t, name), 0
		for _, c := range cases {
			missed, ok := missing(c.document, c.lang, c.query)
			if ok {
				found++
				continue
			}
			if testing.Verbose() && name != "hard-cases-heldout.tsv" {
				t.Logf("%s: %q does not find %q: %v\n%v", c.lang, c.query, c.document, missed, Tokens(c.document, c.lang))
			}
		}
		t.Logf("%s: %d of %d found", name, found, len(cases))
		if found < least {
			t.Errorf("%s: %d found, %d were", name, found, least)
		}
	}
}

func TestQueriesDoNotFindWhatOnlyLooksAlike(t *testing.T) {
	for _, c := range searchCases(t, "negative-cases.tsv") {
		if _, ok := missing(c.document, c.lang, c.query); ok {
			t.Errorf("%s: %q finds %q", c.lang, c.query, c.document)
		}
	}
}

func TestStemsOfOneLanguageDoNotFindWordsOfAnother(t *testing.T) {
	for _, c := range []struct{ document, lang, query string }{
		{"Chile opens its data", "en", "child"}, {"A plan for the city", "en", "forest"}, {"Parts of the plan", "en", "party"},
		{"The ball went far", "en", "ballot"}, {"Una parte del plan", "es", "party"}, {"The organ", "en", "organisation"},
		{"Die Wahl der Mittel", "de", "walks"},
	} {
		if _, ok := missing(c.document, c.lang, c.query); ok {
			t.Errorf("%s: %q finds %q", c.lang, c.query, c.document)
		}
	}
}
