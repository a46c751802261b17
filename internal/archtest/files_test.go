package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// maxLines is where a file stops being readable in one go. A longer one needs a
// reason here.
const maxLines = 600

var longFiles = map[string]string{}

// clockRooms may read the clock; everybody else is handed one.
var clockRooms = []string{"internal/server", "internal/jobs", "internal/httpx", "internal/cli", "internal/bench"}

var badNames = []string{"models", "types", "common", "core", "utils", "helpers", "manager", "util"}

func TestFilesStayShort(t *testing.T) {
	eachGoFile(t, func(path string, src []byte) {
		if generated(path) {
			return
		}
		if n := bytes.Count(src, []byte("\n")); n > maxLines && longFiles[path] == "" {
			t.Errorf("%s has %d lines; the most is %d", path, n, maxLines)
		}
	})
}

func TestTheClockIsHandedIn(t *testing.T) {
	eachGoFile(t, func(path string, src []byte) {
		if strings.HasSuffix(path, "_test.go") || slices.ContainsFunc(clockRooms, func(r string) bool { return strings.HasPrefix(path, r+"/") }) {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Sleep") {
				t.Errorf("%s reads the clock: time.%s", path, sel.Sel.Name)
			}
			return true
		})
	})
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	docs := map[string]bool{}
	eachGoFile(t, func(path string, src []byte) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		dir := filepath.Dir(path)
		f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		docs[dir] = docs[dir] || f.Doc != nil
	})
	for dir, ok := range docs {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
		if slices.Contains(badNames, filepath.Base(dir)) {
			t.Errorf("%s: this name says nothing", dir)
		}
	}
}

func TestNoGoFileAtTheRoot(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(root, "*.go"))
	if err != nil || len(found) > 0 {
		t.Errorf("Go files at the root: %v %v", found, err)
	}
}

func generated(path string) bool {
	return strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_generated.go")
}

func eachGoFile(t *testing.T, do func(path string, src []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "build") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		do(filepath.ToSlash(rel), src)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
