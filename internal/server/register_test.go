package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// registrars are the places where an address gets a handler. Each takes it from
// a row of a map; an address that is registered anywhere else has no row, and
// with it no checks.
var registrars = map[string]int{
	"internal/server/handler.go": 4, // the API, the site, and the rows for operators
	"internal/web/site.go":       1, // rows of the site map
	"internal/api/api.go":        1, // rows of the API map
}

func TestAnAddressGetsAHandlerFromARowAlone(t *testing.T) {
	root := filepath.Join("..", "..")
	found := map[string]int{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "HandleFunc" || sel.Sel.Name == "Handle") {
					found[filepath.ToSlash(rel)]++
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, n := range found {
		if n != registrars[file] {
			t.Errorf("%s registers %d handlers, %d are known: an address needs a row in a map", file, n, registrars[file])
		}
	}
	for file, n := range registrars {
		if found[file] != n {
			t.Errorf("%s no longer registers %d handlers", file, n)
		}
	}
}
