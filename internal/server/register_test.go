package server

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// registrars are the places where an address gets a handler. Each takes it from
// a row of a map; an address that is registered anywhere else has no row, and
// with it no checks.
var registrars = map[string]int{
	"internal/server/handler.go": 4, // the API twice, the site, and the rows for operators
	"internal/web/site.go":       1, // rows of the site map
	"internal/api/api.go":        3, // rows of the API map, and the mounts of huma: reading, changing
	"internal/api/change.go":     1,
}

// registering are the functions that give an address a handler: of net/http and of huma.
var registering = []string{"Handle", "HandleFunc", "Register", "Get", "Post", "Put", "Patch", "Delete", "AutoRegister"}

// tree is the program's source, parsed: path to file, without tests.
type tree map[string]*ast.File

func parse(t *testing.T) tree {
	t.Helper()
	root := filepath.Join("..", "..")
	out := tree{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{"node_modules", ".git", "build", "avow-data"}, d.Name()):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// faults lists every handler without a row, every row without a handler, and
// every address that gets its handler past the maps.
func (tr tree) faults() (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	found := map[string]int{}
	for path, file := range tr {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(registering, sel.Sel.Name) {
				of, _ := sel.X.(*ast.Ident)
				if strings.HasPrefix(sel.Sel.Name, "Handle") || of != nil && of.Name == "huma" {
					found[path]++
				}
			}
			return true
		})
	}
	for path, n := range found {
		if n != registrars[path] {
			say("%s registers %d handlers, %d are known: an address needs a row in a map", path, n, registrars[path])
		}
	}
	for path, n := range registrars {
		if found[path] != n {
			say("%s no longer registers %d handlers", path, n)
		}
	}
	for _, room := range []struct{ folder, receiver, parameters string }{
		{"internal/web/", "Site", "call"},
		{"internal/server/", "keeper", "ResponseWriter Request"},
	} {
		for handler, rows := range tr.handlers(room.folder, room.receiver, room.parameters) {
			if rows != 1 {
				say("%s: the handler %s has %d rows", room.folder, handler, rows)
			}
		}
	}
	mounted, rows := tr.operations()
	for name := range mounted {
		if rows[name] != 1 || mounted[name] != 1 {
			say("internal/api/: the operation %s is mounted %d times and has %d rows", name, mounted[name], rows[name])
		}
	}
	for name := range rows {
		if mounted[name] == 0 {
			say("internal/api/: the row %s has no operation", name)
		}
	}
	return out
}

// handlers are the methods of a type that answer requests, and how often a row names each.
func (tr tree) handlers(folder, receiver, parameters string) map[string]int {
	out := map[string]int{}
	for path, file := range tr {
		if !strings.HasPrefix(path, folder) || strings.Contains(strings.TrimPrefix(path, folder), "/") {
			continue
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || base(fn.Recv.List[0].Type) != receiver || fn.Name.Name == "ServeHTTP" {
				continue
			}
			var takes []string
			for _, p := range fn.Type.Params.List {
				takes = append(takes, base(p.Type))
			}
			if strings.Join(takes, " ") == parameters {
				out[fn.Name.Name] += 0
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if paren, ok := sel.X.(*ast.ParenExpr); ok && base(paren.X) == receiver {
					out[sel.Sel.Name]++
				}
			}
			return true
		})
	}
	return out
}

// base is the last name of a type: call of *call, Request of *http.Request.
func base(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return base(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// operations are the operations that the API mounts, and those of its rows.
func (tr tree) operations() (mounted, rows map[string]int) {
	mounted, rows = map[string]int{}, map[string]int{}
	for path, file := range tr {
		if !strings.HasPrefix(path, "internal/api/") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			of := call.Fun
			if index, ok := of.(*ast.IndexListExpr); ok {
				of = index.X
			}
			if (base(of) == "mount" || base(of) == "change") && len(call.Args) > 1 {
				mounted[text(call.Args[1])]++
			}
			return true
		})
	}
	for name, lit := range tr.tables() {
		if !strings.HasPrefix(name, "internal/api/") {
			continue
		}
		for _, row := range lit.Elts {
			rows[text(row.(*ast.CompositeLit).Elts[2])]++
		}
	}
	return mounted, rows
}

func text(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(lit.Value); err == nil {
			return s
		}
	}
	return ""
}

// rooms are the folders whose files routes*.go hold maps of addresses, each in a
// variable whose name ends in Routes; operatorRoutes stands beside its handlers.
var rooms = []string{"internal/web/routes", "internal/api/routes", "internal/server/handler.go"}

// tables finds the literals that hold the rows of each map, by file and variable.
func (tr tree) tables() map[string]*ast.CompositeLit {
	out := map[string]*ast.CompositeLit{}
	for path, file := range tr {
		if !slices.ContainsFunc(rooms, func(room string) bool { return strings.HasPrefix(path, room) }) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 && strings.HasSuffix(v.Names[0].Name, "Routes") {
				if lit, ok := v.Values[0].(*ast.CompositeLit); ok {
					out[path+" "+v.Names[0].Name] = lit
				}
			}
			return true
		})
	}
	return out
}

func TestAnAddressGetsItsHandlerFromARowAlone(t *testing.T) {
	for _, fault := range parse(t).faults() {
		t.Error(fault)
	}
}

func TestARowThatIsMissingIsFoundEachTime(t *testing.T) {
	tr := parse(t)
	tried, found := 0, 0
	for path, lit := range tr.tables() {
		all := lit.Elts
		for i := range all {
			tried++
			lit.Elts = slices.Delete(slices.Clone(all), i, i+1)
			if len(tr.faults()) > 0 {
				found++
			} else {
				t.Errorf("%s: nobody misses row %d", path, i+1)
			}
		}
		lit.Elts = all
	}
	if tried < 35 {
		t.Errorf("only %d rows were taken away", tried)
	}
	t.Logf("%d of %d missing rows found", found, tried)
}

// strangers are handlers without a row, each written as somebody in a hurry would.
var strangers = map[string]string{
	"internal/web/stranger.go":    "package web\n\nfunc (s *Site) stranger(c *call) error { return nil }\n",
	"internal/web/straight.go":    "package web\n\nfunc (s *Site) more() { s.mux.HandleFunc(\"/more\", nil) }\n",
	"internal/api/stranger.go":    "package api\n\nfunc (a *API) more() { mount(a, \"stranger\", a.overview) }\n",
	"internal/api/straight.go":    "package api\n\nimport \"github.com/danielgtaylor/huma/v2\"\n\nfunc (a *API) more() { huma.Get(a.huma, \"/api/v1/more\", a.overview) }\n",
	"internal/api/mux.go":         "package api\n\nfunc (a *API) more() { a.mux.Handle(\"GET /api/v1/more\", nil) }\n",
	"internal/server/stranger.go": "package server\n\nimport \"net/http\"\n\nfunc (k *keeper) stranger(w http.ResponseWriter, r *http.Request) {}\n",
	"internal/httpx/straight.go":  "package httpx\n\nimport \"net/http\"\n\nfunc init() { http.HandleFunc(\"/debug\", nil) }\n",
	"cmd/avow/straight.go":        "package main\n\nimport \"net/http\"\n\nfunc more() { http.Handle(\"/debug\", nil) }\n",
}

func TestAHandlerWithoutARowIsFoundEachTime(t *testing.T) {
	tr := parse(t)
	for path, source := range strangers {
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		tr[path] = file
		if len(tr.faults()) == 0 {
			t.Errorf("nobody notices %s", path)
		}
		delete(tr, path)
	}
}
