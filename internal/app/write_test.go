package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// line is a row of a table of OGP's: cells by column; the others hold nothing.
type line map[string]string

// ogpTable writes a table of an edition.
func ogpTable(t *testing.T, edition civic.Edition, lines ...line) interchange.Input {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(interchange.HeaderRows(edition)); err != nil {
		t.Fatal(err)
	}
	keys, tags := interchange.ColumnKeys(edition), interchange.TagNames(edition)
	for _, l := range lines {
		row := make([]string, len(keys))
		for i, key := range keys {
			cell, said := l[key]
			switch {
			case said:
				row[i] = cell
			case slices.Contains(tags, key):
				row[i] = "0"
			default:
				row[i] = "NR"
			}
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return interchange.BytesInput(string(edition)+".csv", b.Bytes())
}

func in2015(title string) line {
	return line{"Country": "Kenya", "Action Plan No.": "1", "Commitment Title": title, "Full Text": "What is promised about: " + title, "Lead institution (Responsible Instutitution)": "Ministry of " + title}
}

func in2017(title, text string) line {
	return line{"Country": "Kenya", "Action Plan Number": "1", "Commitment Title": title, "Full Text": text, "Lead Institution": "Ministry of " + title}
}

func ogpRequest(inputs ...interchange.Input) ImportRequest {
	return ImportRequest{Format: "ogp", Inputs: inputs}
}

// door is a use case that writes: how to call it, and what it does when it may.
type door struct {
	says    string
	method  string // of App
	before  func(t *testing.T, a *App)
	call    func(t *testing.T, ctx context.Context, a *App, actor civic.Actor) error
	verbs   []string // of the entries it makes, each once for each subject
	nothing bool     // it succeeds and finds nothing to do
	invalid bool     // it is refused for what it asks
}

func importing(req func(t *testing.T) ImportRequest) func(*testing.T, context.Context, *App, civic.Actor) error {
	return func(t *testing.T, ctx context.Context, a *App, actor civic.Actor) error {
		_, err := a.Import(ctx, actor, req(t))
		return err
	}
}

// two is a record with two commitments of 2015.
func two(t *testing.T, a *App) {
	t.Helper()
	report := mustImport(t, a, ogpRequest(ogpTable(t, interchange.OGP2015, in2015("Water"), in2015("Roads"))))
	if report.Created != 2 {
		t.Fatalf("%+v %v", countsOf(report), report.Warnings)
	}
}

func firstID(t *testing.T, a *App) string {
	t.Helper()
	ids, err := a.subjectIDs(context.Background(), civic.KindCommitment)
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	return ids[0]
}

func doors() []door {
	table := func(edition civic.Edition, change func(*ImportRequest), lines ...line) func(*testing.T) ImportRequest {
		return func(t *testing.T) ImportRequest {
			req := ogpRequest(ogpTable(t, edition, lines...))
			if change != nil {
				change(&req)
			}
			return req
		}
	}
	same := in2017("Water", "What is promised about: Water")
	other := in2017("Water", "What is promised about: Water")
	other["Start Date"] = "2012-03-04"
	other["Completion (progress report)"], other["_CompletionProgress"] = "b. Limited", "3"
	wrong := in2017("Bridges", "A plan that is no number")
	wrong["Action Plan Number"] = "first"
	rate := func(value string, missing *civic.Missing) func(*testing.T, context.Context, *App, civic.Actor) error {
		return func(t *testing.T, ctx context.Context, a *App, actor civic.Actor) error {
			return a.CorrectRating(ctx, actor, firstID(t, a), RatingChange{Edition: interchange.OGP2015, Product: "progress_report", Variable: "completion", Value: value, Missing: missing})
		}
	}
	language := func(ref, lang string) func(*testing.T, context.Context, *App, civic.Actor) error {
		return func(t *testing.T, ctx context.Context, a *App, actor civic.Actor) error {
			which := ref
			if which == "" {
				which = firstID(t, a)
			}
			return a.CorrectLanguage(ctx, actor, which, lang)
		}
	}
	return []door{
		{says: "an import of what is new", method: "Import", call: importing(table(interchange.OGP2015, nil, in2015("Water"), in2015("Roads"))),
			verbs: []string{verbCreate, verbCreate, verbCreate, verbCreate, verbCreate, verbCreate}}, // member, plan, two institutions, two commitments
		{says: "an import of what changed, and without one that it had", method: "Import", before: two, call: importing(table(interchange.OGP2017, nil, other)),
			verbs: []string{verbUpdate, verbAbsent}},
		{says: "an import of what another edition says the same", method: "Import", before: two, call: importing(table(interchange.OGP2017, nil, same, in2017("Roads", "What is promised about: Roads"))),
			verbs: []string{verbConfirm, verbConfirm}},
		{says: "an import of what is known", method: "Import", before: two, call: importing(table(interchange.OGP2015, nil, in2015("Water"), in2015("Roads"))), nothing: true},
		{says: "a dry run", method: "Import", before: two, call: importing(table(interchange.OGP2017, func(r *ImportRequest) { r.DryRun = true }, other)), nothing: true},
		{says: "a strict import with a row that cannot be taken", method: "Import", before: two, call: importing(table(interchange.OGP2017, func(r *ImportRequest) { r.Strict = true }, other, wrong)), nothing: true},
		{says: "an import of a file that is no table", method: "Import", before: two, invalid: true, call: importing(func(*testing.T) ImportRequest {
			return ogpRequest(interchange.BytesInput("notes.csv", []byte("a,b\n1,2\n")))
		})},
		{says: "an import whose second file is no table", method: "Import", invalid: true, call: importing(func(t *testing.T) ImportRequest {
			return ogpRequest(ogpTable(t, interchange.OGP2015, in2015("Water")), interchange.BytesInput("notes.csv", []byte("a,b\n1,2\n")))
		})},
		{says: "a corrected language", method: "CorrectLanguage", before: two, call: language("", "sw"), verbs: []string{verbCorrect}},
		{says: "a language that is none", method: "CorrectLanguage", before: two, call: language("", "not a language"), invalid: true},
		{says: "a language of nothing", method: "CorrectLanguage", before: two, call: language("KE9999", "sw"), invalid: true},
		{says: "a corrected rating", method: "CorrectRating", before: two, call: rate("complete", nil), verbs: []string{verbCorrect}},
		{says: "a rating that becomes missing in another way", method: "CorrectRating", before: two, call: rate("", missing(civic.NoData, "ND")), verbs: []string{verbCorrect}},
		{says: "a rating that is so already", method: "CorrectRating", before: two, call: rate("", missing(civic.NotReported, "NR")), nothing: true},
		{says: "a rating off its scale", method: "CorrectRating", before: two, call: rate("splendid", nil), invalid: true},
		{says: "a rating with a value and missing at once", method: "CorrectRating", before: two, call: rate("complete", missing(civic.NoData, "ND")), invalid: true},
		{says: "a rating that is missing in no known way", method: "CorrectRating", before: two, call: rate("", missing("lost", "?")), invalid: true},
	}
}

// entries lists the verbs of the entries from a size on; each subject may occur once.
func entries(t *testing.T, a *App, from int64) []string {
	t.Helper()
	var verbs []string
	for _, kind := range civic.Kinds {
		err := a.store.EachNewest(context.Background(), kind, func(v store.Version) error {
			if v.Entry >= from {
				verbs = append(verbs, v.Verb)
				if v.Actor != civic.LocalOperator {
					t.Errorf("%s %s was written by %q", v.Kind, v.ID, v.Actor)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := recordSize(t, a) - from; n != int64(len(verbs)) {
		t.Errorf("%d entries for %d subjects", n, len(verbs))
	}
	return verbs
}

func TestEachUseCaseThatWritesKeepsTheDoor(t *testing.T) {
	for _, d := range doors() {
		t.Run(d.says, func(t *testing.T) {
			each(t, func(t *testing.T, a *App) {
				ctx := context.Background()
				if d.before != nil {
					d.before(t, a)
				}
				size := recordSize(t, a)
				untouched := func(when string) {
					t.Helper()
					if now := recordSize(t, a); now != size {
						t.Errorf("%s: %d entries", when, now-size)
					}
				}
				for _, actor := range []civic.Actor{"", "somebody", "Local-Operator"} {
					if err := d.call(t, ctx, a, actor); civic.KindOf(err) != civic.Unauthenticated {
						t.Errorf("%q was not refused: %v", actor, err)
					}
					untouched("refused")
				}
				gone, cancel := context.WithCancel(ctx)
				cancel()
				if err := d.call(t, gone, a, civic.LocalOperator); err == nil {
					t.Error("a cancelled request succeeded")
				}
				untouched("cancelled")
				err := d.call(t, ctx, a, civic.LocalOperator)
				var told *civic.Error
				switch {
				case d.invalid:
					if !errors.As(err, &told) || told.Kind == civic.Unauthenticated || told.Key == "" {
						t.Errorf("got %v, want an error that people can read", err)
					}
					untouched("invalid")
				case err != nil:
					t.Fatal(err)
				case d.nothing:
					untouched("nothing to do")
				default:
					if got := entries(t, a, size); !slices.Equal(got, d.verbs) {
						t.Errorf("entries %v, want %v", got, d.verbs)
					}
					size = recordSize(t, a)
					if err := d.call(t, ctx, a, civic.LocalOperator); err != nil && d.method == "Import" {
						t.Error(err)
					}
					untouched("done already")
				}
				if report, err := a.store.Verify(ctx, store.VerifyOptions{}); err != nil || !report.OK() {
					t.Errorf("the record does not fit: %v %v", report.Problems, err)
				}
			})
		})
	}
}

// Whatever writes is handed an actor; so a use case that is missing above shows.
func TestEachUseCaseThatTakesAnActorIsInTheTableOfDoors(t *testing.T) {
	listed := map[string]bool{}
	for _, d := range doors() {
		listed[d.method] = true
	}
	app, actor := reflect.TypeFor[*App](), reflect.TypeFor[civic.Actor]()
	for m := range app.Methods() {
		takes := false
		for in := range m.Type.Ins() {
			takes = takes || in == actor
		}
		if takes != listed[m.Name] {
			t.Errorf("%s takes an actor: %v; has a row: %v", m.Name, takes, listed[m.Name])
		}
	}
}

// TestThereIsOneDoor holds the rooms of the package against the rule: store's door
// is opened in write.go alone, no use case names the actor itself, and each verb
// is made by some row of the table of doors.
func TestThereIsOneDoor(t *testing.T) {
	made := map[string]bool{}
	for _, d := range doors() {
		for _, v := range d.verbs {
			made[v] = true
		}
	}
	for _, s := range stories {
		for _, v := range s.verbs { // what people change goes through act; each verb has its sentences
			made[v] = true
		}
	}
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range pkgs["app"].Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if n.Sel.Name == "LocalOperator" {
					t.Errorf("%s names the actor", name)
				}
				if inner, ok := n.X.(*ast.SelectorExpr); ok && n.Sel.Name == "Write" && inner.Sel.Name == "store" && name != "write.go" {
					t.Errorf("%s opens the store's door", name)
				}
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if strings.HasPrefix(id.Name, "verb") && i < len(n.Values) {
						verb, err := strconv.Unquote(n.Values[i].(*ast.BasicLit).Value)
						if err != nil || !made[verb] {
							t.Errorf("%s: nothing in the table makes the verb %s", name, id.Name)
						}
					}
				}
			}
			return true
		})
	}
}
