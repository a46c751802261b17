package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/cli"
)

// split writes a public table as two, by its column of countries, as one would to
// measure on countries never seen. change may alter a row that is measured.
func split(t *testing.T, change func(header, row []string)) (train, test string, rows [2]int) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "ogp", "commitments-2024.csv"))
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skipf("the public tables are not here: %v", err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := all[0]
	country := slices.IndexFunc(header, func(name string) bool { return strings.HasPrefix(name, "Country") })
	parts := [2][][]string{{header}, {header}}
	for _, row := range all[1:] {
		h := fnv.New32a()
		h.Write([]byte(row[country]))
		side := 0
		if h.Sum32()%4 == 0 {
			side = 1
			if change != nil {
				change(header, row)
			}
		}
		parts[side] = append(parts[side], row)
	}
	var paths [2]string
	for side, name := range []string{"train.csv", "test.csv"} {
		var b strings.Builder
		w := csv.NewWriter(&b)
		if err := w.WriteAll(parts[side]); err != nil {
			t.Fatal(err)
		}
		paths[side], rows[side] = write(t, filepath.Join(t.TempDir(), name), b.String()), len(parts[side])-1
	}
	return paths[0], paths[1], rows
}

func TestAMeasurementPrintsItsFiguresAndSaysWhatIsNotInThem(t *testing.T) {
	train, test, rows := split(t, nil)
	r := run(t, t.TempDir(), "tags", "evaluate", "--train", train, "--test", test, "--json")
	var got map[string]any
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || r.code != cli.ExitDone {
		t.Fatalf("%v: %+v", err, r)
	}
	for _, key := range []string{"train", "test", "tags", "micro_f1", "macro_f1", "precision_at_3", "recall_at_10", "per_tag", "seconds"} {
		if _, ok := got[key]; !ok {
			t.Errorf("%s is missing", key)
		}
	}
	if got["train"] != float64(rows[0]) || got["test"] != float64(rows[1]) {
		t.Errorf("learned from %v of %d rows, asked %v of %d", got["train"], rows[0], got["test"], rows[1])
	}
	blank := 0
	_, some, _ := split(t, func(header, row []string) {
		if blank < 3 {
			blank++
			row[slices.Index(header, "Commitment Title")] = ""
		}
	})
	r = run(t, t.TempDir(), "tags", "evaluate", "--train", train, "--test", some)
	if r.code != cli.ExitDone || !strings.Contains(r.stdout, "micro-F1") || !strings.Contains(r.stderr, "test.csv that cannot be read and are not in the figures: 3") {
		t.Errorf("%+v", r)
	}
}

func TestATableIsNotMeasuredByItself(t *testing.T) {
	_, test, _ := split(t, nil)
	for says, args := range map[string][]string{"itself": {"--train", test, "--test", test}, "no test": {"--train", test}, "an unknown flag": {"--train", test, "--tables", test}} {
		r := run(t, t.TempDir(), append([]string{"tags", "evaluate", "--json"}, args...)...)
		if r.code != cli.ExitFailed || r.stdout != "" || r.stderr == "" || unfilled.MatchString(r.stderr) {
			t.Errorf("%s: %+v", says, r)
		}
	}
}
