package htmlcheck_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/htmlcheck"
)

const good = `<!doctype html><html lang="en" dir="ltr"><head><title>Members – Avow</title></head><body>
<nav aria-label="Main"><ul><li><a href="#main">Skip</a></li></ul></nav>
<main id="main"><h1>Members</h1><h2>List</h2>
<form action="/en"><label for="q">Words</label><input id="q" name="q"><button type="submit">Go</button></form>
<table><caption>Members</caption><thead><tr><th scope="col">Name</th><th scope="col">Plans</th></tr></thead>
<tbody><tr><th scope="row">Chile</th><td>4</td></tr></tbody></table>
<details><summary>More</summary><p>Text</p></details><svg aria-hidden="true"></svg></main></body></html>`

func problems(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return htmlcheck.Problems(root)
}

func TestAGoodPageHasNoProblems(t *testing.T) {
	if got := problems(t, good); len(got) > 0 {
		t.Errorf("problems: %q", got)
	}
}

func TestEachFaultIsNamed(t *testing.T) {
	faults := []struct{ old, new, want string }{
		{` lang="en"`, ``, "the page does not say its language"},
		{` dir="ltr"`, ``, "the page does not say its direction"},
		{`<title>Members – Avow</title>`, ``, "the page has no title"},
		{`Members – Avow`, strings.Repeat("long ", 20), "longer than 70 characters"},
		{`<main id="main">`, `<main id="main"><main>`, "2 main parts"},
		{`<h1>Members</h1>`, ``, "0 main headings"},
		{`<h2>List</h2>`, `<h3>List</h3>`, "jumps from level 1 to 3"},
		{`<h2>List</h2>`, `<h2></h2>`, "heading of level 2 is empty"},
		{`<h2>List</h2>`, `<h2 id="q">List</h2>`, `the id "q" stands 2 times`},
		{`<h2>List</h2>`, `<h2>List</h2><nav aria-label="Main"></nav>`, `share the name "Main"`},
		{`<label for="q">Words</label>`, ``, `the field "q" has no label`},
		{`for="q"`, `for="z"`, `refers to "z"`},
		{`type="submit"`, ``, `the button "Go" has no type`},
		{`<caption>Members</caption>`, ``, "a table has no caption"},
		{`<th scope="row">`, `<th>`, `the heading "Chile"`},
		{`<td>4</td>`, ``, "has 1 cells under 2 headings"},
		{`<summary>More</summary>`, ``, "does not say what it is"},
		{`<svg aria-hidden="true">`, `<svg>`, "a drawing has no name"},
		{`href="#main"`, `href="#gone"`, "leads to #gone"},
		{`<p>Text</p>`, `<p style="color:red">Text</p>`, "style of its own"},
		{`<p>Text</p>`, `<p onclick="x()">Text</p>`, "carries a script"},
		{`<p>Text</p>`, `<script src="/x.js"></script>`, "the page has a script"},
		{`<p>Text</p>`, `<img src="/x.png">`, "no text beside it"},
		{`<p>Text</p>`, `<img alt="" src="https://elsewhere.example/x.png">`, "loads from another site"},
		{`<p>Text</p>`, `<a href="/en"></a>`, "has no words"},
		{`<p>Text</p>`, `<ul><p>x</p></ul>`, "a list holds a p"},
		{`<p>Text</p>`, `<p lang="">x</p>`, `"" is no language`},
		{`<p>Text</p>`, `<p tabindex="3">x</p>`, "order of the keyboard"},
	}
	for _, f := range faults {
		page := strings.Replace(good, f.old, f.new, 1)
		if page == good {
			t.Fatalf("the fault %q is not planted", f.new)
		}
		if got := problems(t, page); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, f.want) }) {
			t.Errorf("%s instead of %s: want a problem with %q, have %q", f.new, f.old, f.want, got)
		}
	}
}

func TestAPageIsReadAsAReaderReadsIt(t *testing.T) {
	p := htmlcheck.Read(t, []byte(good))
	p.IsSound()
	p.IsIn("en", "ltr")
	p.IsTitled("Members – Avow")
	p.IsHeaded("Members")
	p.Says("Chile 4")
	p.DoesNotSay("Peru")
	p.LinksTo("#main")
	p.Marks("caption", "Members")
	if n := p.Count("th", "td"); n != 4 {
		t.Errorf("cells: %d", n)
	}
}
