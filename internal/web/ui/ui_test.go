package ui_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"avow/internal/htmlcheck"
	"avow/internal/i18n"
	"avow/internal/web/ui/components/bars"
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/components/span"
	"avow/internal/web/ui/components/testimony"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

func render(t *testing.T, c templ.Component) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEachExampleOfAComponentIsSound(t *testing.T) {
	for name, examples := range map[string][]templ.Component{
		"bars": bars.Examples(), "form": form.Examples(), "phrase": phrase.Examples(), "search": search.Examples(), "span": span.Examples(), "testimony": testimony.Examples(), "value": value.Examples(), "voice": voice.Examples(),
	} {
		if len(examples) == 0 {
			t.Errorf("%s has no examples", name)
		}
		for _, e := range examples {
			body := `<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head><body><main><h1>x</h1>` + string(render(t, e)) + `</main></body></html>`
			htmlcheck.Read(t, []byte(body)).IsSound()
			if t.Failed() {
				t.Fatalf("in an example of %s", name)
			}
		}
	}
}

func TestEveryComponentHasExamples(t *testing.T) {
	dirs, err := os.ReadDir("components")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if _, err := os.Stat(filepath.Join("components", d.Name(), "examples.go")); err != nil {
			t.Errorf("the component %s has no examples", d.Name())
		}
	}
}

// raw are the ways in which text reaches a page unescaped, and style or script
// past the policy.
var raw = regexp.MustCompile(`templ\.(Raw|Safe\w+|JS\w*|Script\w*|FromGoHTML|ToGoHTML)|@templ\.|<script|<style|\bstyle=|\son[a-z]+=`)

// looked are the lines that may: the one script, without which passkeys cannot be
// used, and the address that opens the app of a second factor, whose scheme is checked.
var looked = []string{`<script src={ p.Script } defer></script>`, `func (e Enrol) link() templ.SafeURL {`, `return templ.SafeURL(e.URL)`}

func TestNothingIsWrittenUnescaped(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if ext := filepath.Ext(path); ext != ".templ" && ext != ".go" {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(src), "\n") {
			if slices.Contains(looked, strings.TrimSpace(line)) {
				continue
			}
			if found := raw.FindString(line); found != "" && !strings.Contains(path, "examples.go") {
				t.Errorf("%s:%d uses %s", path, i+1, found)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	hostile := `"><img src=x onerror=alert(1)><br/><script>alert(2)</script>`
	for _, c := range []templ.Component{
		phrase.Block(phrase.Text{Lang: `en" onclick="x`, Dir: "ltr", Text: hostile}), phrase.Inline(phrase.Text{Lang: "en", Dir: "ltr", Text: hostile}),
		value.Chip(value.Value{Text: hostile, Code: hostile, Note: hostile}), search.Form(search.Box{ID: "q", Label: hostile, Button: "x", Q: hostile}),
	} {
		page := htmlcheck.Read(t, render(t, c))
		if n := page.Count("img", "script"); n > 0 {
			t.Errorf("%d elements of the text became elements of the page", n)
		}
	}
}

// many is the number of items with which every list is tried.
const many = 500

func TestListsWithManyItemsAreSound(t *testing.T) {
	set, err := i18n.Load(i18n.Options{Pseudo: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range set.Languages() {
		p := layout.Page{P: set.For(l.Code), Title: strings.Repeat("long title ", 30), Path: "/x", Languages: set.Languages(), CSS: "/assets/a.css", Icon: "/assets/i.svg"}
		columns := make([]pages.Column, 5)
		for i := range columns {
			columns[i] = pages.Column{Text: fmt.Sprint("Column ", i), URL: "/en/x"}
		}
		members := pages.Members{Page: p, Count: "500", Columns: columns}
		list := pages.Commitments{Page: p, Count: "500", Search: search.Box{ID: "q", Action: "/en/commitments", Label: "Search", Button: "Search"}}
		tags := pages.Tags{Page: p, Count: "500", Search: search.Box{ID: "q", Action: "/en/tags", Label: "Search", Button: "Search"}}
		plan := pages.Plan{Page: p, Name: "Plan", Axis: span.Axis{From: 2012, To: 2014}, Period: "2012 to 2014"}
		commitment := pages.Commitment{Page: p, Kicker: "Commitment", Titles: []phrase.Text{{Lang: "es", Dir: "ltr", Text: "Título"}}, JSON: "/api/v1/commitments/x"}
		source := pages.Source{ID: "source-x", Title: "Source"}
		for i := range many {
			id := fmt.Sprint("LT", i)
			text := phrase.Text{Lang: "ar", Dir: "rtl", Text: "نص"}
			members.Rows = append(members.Rows, pages.MemberRow{Member: pages.Link{URL: "/en/members/" + id, Text: id}})
			list.Rows = append(list.Rows, pages.CommitmentRow{URL: "/en/commitments/" + id, Title: text, Member: pages.Link{URL: "/en/members/x", Text: "x"}, Completion: value.Value{Text: "Not reported", Missing: true}})
			tags.Roots = append(tags.Roots, pages.TagNode{Tag: pages.TagName{URL: "/en/tags/" + id, Name: text}, Marks: []string{"a", "b"}})
			plan.Commitments = append(plan.Commitments, pages.PlanCommitment{URL: "/en/commitments/" + id, Title: text, Bar: span.Bar{Start: 2012 * 12, End: 2013 * 12, Minor: true}})
			source.Cells = append(source.Cells, pages.Cell{Column: "Column " + id, Value: "0"})
			commitment.Milestones = append(commitment.Milestones, pages.Milestone{Code: id, Titles: []phrase.Text{text}})
		}
		commitment.Sources = []pages.Source{source}
		for _, c := range []templ.Component{pages.MembersPage(members), pages.CommitmentsPage(list), pages.TagsPage(tags), pages.PlanPage(plan), pages.CommitmentPage(commitment)} {
			page := htmlcheck.Read(t, render(t, c))
			page.IsSound()
			page.IsIn(l.Code, l.Dir)
			if n := page.Count("tbody", "li", "tr"); n < many {
				t.Errorf("only %d rows are shown", n)
			}
		}
		if t.Failed() {
			t.Fatalf("in %s", l.Code)
		}
	}
}
