package cli_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"avow/internal/cli"
)

func TestWarningsOfSeveralFilesNameTheirFile(t *testing.T) {
	dir := t.TempDir()
	mapped := write(t, filepath.Join(dir, "map.json"), mapping)
	head, _, _ := strings.Cut(table, "\n")
	first := write(t, filepath.Join(dir, "first.csv"), table+"LT103,Lithuania,LTU,1,3,Title,Text\n")
	second := write(t, filepath.Join(dir, "second.csv"), head+"\nLT104,Lithuania,LTU,1,4,Title,Text\nLT0105,Lithuania,LTU,1,5,Title,Text\n")
	var got struct {
		Warnings []struct {
			File *string
			Row  int
		}
	}
	r := run(t, filepath.Join(dir, "data"), "import", "table", first, second, "--map", mapped, "--json")
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || r.code != cli.ExitPart || len(got.Warnings) != 2 {
		t.Fatalf("%v: %+v", err, r)
	}
	for i, want := range []struct {
		file string
		row  int
	}{{"first.csv", 4}, {"second.csv", 2}} {
		if w := got.Warnings[i]; w.File == nil || *w.File != want.file || w.Row != want.row {
			t.Errorf("warning %d: %s", i, r.stdout)
		}
	}
	if r := run(t, filepath.Join(dir, "data"), "import", "table", first, second, "--map", mapped); !strings.Contains(r.stdout, "second.csv: ") {
		t.Errorf("in words: %s", r.stdout)
	}
	if r := run(t, filepath.Join(dir, "data"), "import", "table", first, "--map", mapped, "--json"); strings.Contains(r.stdout, `"file"`) {
		t.Errorf("one file alone: %s", r.stdout)
	}
}
