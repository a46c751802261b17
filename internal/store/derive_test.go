package store

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/text"
)

var update = flag.Bool("update", false, "write the derived values of testdata/derivation.tsv anew")

// derivedSample is a fixed sample of what derived rows are made from. Its first
// line is the count that the values belong to; each further line is what is
// derived, a language, the source and the value, parted by tabs.
const derivedSample = "testdata/derivation.tsv"

// derive computes the value of one line of the sample.
func derive(t *testing.T, what, lang, source string) string {
	t.Helper()
	switch what {
	case "tokens":
		return strings.Join(text.Tokens(source, lang), " ")
	case "fold":
		return text.Fold(source)
	case "slug":
		return civic.Slug(source)
	case "commitment":
		var c civic.Commitment
		if err := json.Unmarshal([]byte(source), &c); err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		rows, places := deriveCommitment(c)
		out, err := json.Marshal([]any{rows[0].values, rows[1].values, places})
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	t.Fatalf("%q is nothing that is derived", what)
	return ""
}

func TestWhatIsDerivedChangesOnlyWithItsCount(t *testing.T) {
	raw, err := os.ReadFile(derivedSample)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(raw), "\n")
	same := head == fmt.Sprint("derivation ", derivation)
	if !same && !*update {
		t.Fatalf("the sample belongs to %q, the program has derivation %d: go test ./internal/store -update", head, derivation)
	}
	out := fmt.Sprintf("derivation %d\n", derivation)
	changed := 0
	for line := range strings.Lines(body) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			t.Fatalf("%q has not four fields", line)
		}
		value := derive(t, f[0], f[1], f[2])
		out += strings.Join([]string{f[0], f[1], f[2], value}, "\t") + "\n"
		if value != f[3] && (same || !*update) {
			changed++
			t.Errorf("%s of %q (%s) was\n%s\nand is\n%s", f[0], f[2], f[1], f[3], value)
		}
	}
	switch {
	case changed > 0:
		t.Fatal("databases that exist hold the former values: raise derivation in derive.go, then go test ./internal/store -update")
	case *update:
		if err := os.WriteFile(derivedSample, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
