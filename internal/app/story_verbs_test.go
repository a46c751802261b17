package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"avow/internal/civic"
)

// writtenVerbs reads in the source which verbs the entries of the record get: the
// field verb of an edit or a pending change, and what is assigned to it.
func writtenVerbs(t *testing.T) map[string]string {
	t.Helper()
	verbs := map[string]string{}
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "story_tell.go" {
			continue
		}
		src, err := parser.ParseFile(token.NewFileSet(), filepath.Join(".", file), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		note := func(e ast.Expr) {
			ast.Inspect(e, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if word, err := strconv.Unquote(l.Value); err == nil && word != "" {
						verbs[word] = file
					}
				}
				return true
			})
		}
		ast.Inspect(src, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				name, _ := n.Type.(*ast.Ident)
				edits := name != nil && (name.Name == "edit" || name.Name == "pending")
				for i, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "verb" {
							note(kv.Value)
						}
					} else if edits && i == 1 {
						note(e)
					}
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					sel, isField := left.(*ast.SelectorExpr)
					id, isName := left.(*ast.Ident)
					if i < len(n.Rhs) && (isField && sel.Sel.Name == "verb" || isName && (id.Name == "verb" || strings.HasSuffix(id.Name, "Verb"))) {
						note(n.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if i < len(n.Values) && (strings.HasPrefix(id.Name, "verb") || strings.HasSuffix(id.Name, "Verb")) {
						note(n.Values[i])
					}
				}
			}
			return true
		})
	}
	return verbs
}

func TestEveryKindHasItsStory(t *testing.T) {
	for _, k := range civic.Kinds {
		if _, ok := stories[k]; !ok {
			t.Errorf("nothing tells the story of a %s", k)
		}
	}
}

func TestEveryVerbThatIsWrittenHasASentence(t *testing.T) {
	known := map[string]bool{}
	for _, s := range stories {
		for _, v := range s.verbs {
			known[v] = true
		}
	}
	written := writtenVerbs(t)
	if len(written) < 5 {
		t.Fatalf("only %v were found: the forms in this test no longer fit the code", written)
	}
	for verb, file := range written {
		if !known[verb] {
			t.Errorf("%s writes the verb %q, and no story says what that is", file, verb)
		}
	}
	for kind, s := range stories {
		for _, v := range s.verbs {
			if written[v] == "" && !slices.Contains(imported, v) {
				t.Errorf("the story of a %s knows the verb %q, which nobody writes", kind, v)
			}
		}
	}
}
