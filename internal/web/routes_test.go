package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/web"
)

// sources are the parsed files of this package, without tests.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// handlers are the methods of Site that take a call and give an error, and how
// often a row names each.
func handlers(files []*ast.File) map[string]int {
	rows := map[string]int{}
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Recv != nil && name(fn.Recv.List[0].Type) == "Site" && fn.Type.Results != nil &&
				len(fn.Type.Params.List) == 1 && name(fn.Type.Params.List[0].Type) == "call" {
				rows[fn.Name.Name] += 0
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if paren, ok := sel.X.(*ast.ParenExpr); ok && name(paren.X) == "Site" {
					rows[sel.Sel.Name]++
				}
			}
			return true
		})
	}
	return rows
}

func name(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

func TestEveryHandlerHasExactlyOneRow(t *testing.T) {
	for handler, rows := range handlers(sources(t)) {
		if rows != 1 {
			t.Errorf("the handler %s has %d rows in the site map", handler, rows)
		}
	}
	if n, rows := len(handlers(sources(t))), len(web.Routes()); n != rows {
		t.Errorf("%d handlers for %d rows: each row names its own", n, rows)
	}
}

func TestNothingIsRegisteredPastTheSiteMap(t *testing.T) {
	calls := map[string]int{}
	for _, f := range sources(t) {
		in := ""
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				in = n.Name.Name
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Handle" || sel.Sel.Name == "HandleFunc") {
					calls[in]++
				}
			}
			return true
		})
	}
	if !maps.Equal(calls, map[string]int{"register": 1}) {
		t.Errorf("addresses get their handler in %v; only register may do that, once", calls)
	}
}

func TestEachRowSaysWhatItsChecksNeed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range web.Routes() {
		address := r.Method + " " + r.Path
		if seen[r.Name] || seen[address] {
			t.Errorf("the row %s %s stands twice", r.Name, address)
		}
		seen[r.Name], seen[address] = true, true
		if len(r.Samples) == 0 {
			t.Errorf("%s has no sample to check", r.Name)
		}
		reads := r.Kind == web.KindPage || r.Kind == web.KindWork || r.Kind == web.KindFile || r.Kind == web.KindRedirect || r.Kind == web.KindAsset
		switch {
		case r.Kind == web.KindError:
		case r.Kind == web.KindAction && (r.Method != "POST" || r.Ledger == ""):
			t.Errorf("the action %s is a %s and writes %q", r.Name, r.Method, r.Ledger)
		case reads && (r.Method != "GET" || r.Ledger != web.NoEntry):
			t.Errorf("%s is read with %s and writes %q", r.Name, r.Method, r.Ledger)
		case r.Kind == web.KindPage && r.Permission != web.Everybody:
			t.Errorf("the page %s is the same for everybody and asks for %q", r.Name, r.Permission)
		case r.Kind != web.KindAction && !reads:
			t.Errorf("%s is of no kind: %q", r.Name, r.Kind)
		}
		if p := r.Permission; p != web.Everybody && p != web.AnAccount && len(civic.Holders(p)) == 0 {
			t.Errorf("%s asks for %q, which nobody has", r.Name, p)
		}
	}
}

func TestSamplesAreFilledWithWhatIsKnown(t *testing.T) {
	r := web.Route{Samples: []string{"/{lang}/x", "/{lang}/members/{member}", "/{lang}/tags/{tag}"}}
	got := r.Addresses("fr", web.Known{Members: []string{"chile", "peru"}})
	if want := []string{"/fr/x", "/fr/members/chile", "/fr/members/peru"}; !slices.Equal(got, want) {
		t.Errorf("have %q, want %q", got, want)
	}
}
