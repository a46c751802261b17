package server

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// structural is the test that must notice a missing row or a handler without one.
const structural = "^TestAnAddressGetsItsHandlerFromARowAlone$"

// TestTheTestsFailForEachMissingRow does to a copy of the program what
// TestARowThatIsMissingIsFoundEachTime only imagines: it takes away each row of
// each map, adds each handler without a row, and runs the tests.
func TestTheTestsFailForEachMissingRow(t *testing.T) {
	if os.Getenv("AVOW_TEST_MUTATE") != "true" {
		t.Skip("takes minutes: run scripts/mutate-routes")
	}
	root := t.TempDir()
	copyTree(t, filepath.Join("..", ".."), root)
	test := func() bool {
		return command(t, root, "test", "-vet=off", "-run", structural, "./internal/server") == nil
	}
	if !test() {
		t.Fatal("the tests of the copy fail before anything is changed")
	}
	tried, found := 0, 0
	note := func(what string, passed bool) {
		tried++
		if passed {
			t.Errorf("nobody notices: %s", what)
			return
		}
		found++
		t.Logf("found: %s", what)
	}
	for _, table := range slices.Sorted(maps.Keys(parse(t).tables())) {
		name, _, _ := strings.Cut(table, " ")
		path := filepath.Join(root, name)
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range (tree{name: file}).tables()[table].Elts {
			from, to := set.Position(row.Pos()).Offset, set.Position(row.End()).Offset
			rest := strings.TrimPrefix(string(source[to:]), ",")
			write(t, path, string(source[:from])+rest)
			note(fmt.Sprintf("row %d of %s is missing", i+1, table), test())
		}
		write(t, path, string(source))
	}
	for _, name := range slices.Sorted(maps.Keys(strangers)) {
		path := filepath.Join(root, name)
		write(t, path, strangers[name])
		if err := command(t, root, "build", "./cmd/avow"); err != nil {
			t.Errorf("%s does not compile, so it shows nothing: %v", name, err)
		}
		note(name, test())
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d found", found, tried)
}

func command(t *testing.T, dir string, args ...string) error {
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "AVOW_TEST_MUTATE=", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"node_modules", ".git", "build", "avow-data"}, d.Name()) {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
