package webtest

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

const script = `
# a page in French
GET /fr/
with Accept-Language: fr
code == 200
header Content-Type contains text/html
body contains <h1>
text contains Bonjour
text !contains <h1>
text ~ ^Bon.*e$
code != 404
body !~ scripts?
`

func TestAScriptIsRun(t *testing.T) {
	Run(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.Header.Get("Accept-Language") != "fr" || r.URL.Path != "/fr/" {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write([]byte("<body><h1>Bonjour</h1> monde</body>"))
	}), "script", script)
}

// desk is a small program with a form, sessions, mails, a clock and a record.
type desk struct {
	clock  *Clock
	mails  []Mail
	record []string
	secret string
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	session, _ := r.Cookie("session")
	switch r.Method + " " + r.URL.Path {
	case "GET /form":
		fmt.Fprint(w, `<title>The form</title><body><a href="/more?x=1">Read more</a><form method="post" action="/keep" enctype="multipart/form-data">
<input type="hidden" name="version" value="7"><label for="n">Your name</label><input id="n" name="n" value="old">
<input type="checkbox" name="tick" value="a" checked><input type="checkbox" name="tick" value="b">
<select name="way"><option value="web">Web<option value="paper" selected>Paper</select><textarea name="note">
as it was</textarea><input type="file" name="paper"><button name="go" value="now">Keep it</button><button name="go" value="later">Later</button></form>`)
	case "POST /keep":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			if err := r.ParseForm(); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		paper := ""
		if f, head, err := r.FormFile("paper"); err == nil {
			b, _ := io.ReadAll(f)
			paper = head.Filename + ":" + head.Header.Get("Content-Type") + ":" + string(b)
		}
		d.record = append(d.record, "keep")
		d.mails = append(d.mails, Mail{"a@b.example", "Kept", fmt.Sprint(r.PostForm["version"], r.PostForm["n"], r.PostForm["tick"], r.PostForm["way"], r.PostForm["note"], r.PostForm["go"], paper)})
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "s1"})
		http.Redirect(w, r, "/kept/42", http.StatusSeeOther)
	case "GET /kept/42":
		fmt.Fprintf(w, "<body>kept on %s, session %v", d.clock.Now().Format(time.DateOnly), session != nil)
	case "POST /json":
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, `{"got":%s,"type":%q,"as":%q,"list":[{"n":3}]}`, b, r.Header.Get("Content-Type"), r.Header.Get("Authorization"))
	case "GET /code":
		fmt.Fprint(w, totp.Validate(r.URL.Query().Get("code"), d.secret))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

const tale = `
on 2026-01-10

# forms go as a browser sends them
as Ada <ada@b.example>
GET /form
title == The form
keep version from field version
keep more from link Read more
send Keep it
with "Your name" = {my-mail} {version}
with tick = b
with paper = file a.txt (text/plain): on\nto
code == 303
record grew by keep
keep number from location ~ /kept/(\d+)
mail a@b.example contains [7] [ada@b.example 7] [b] [paper] [as it was] [now]a.txt:text/plain:on
mails a@b.example == 1
follow
text contains session true

# cookies belong to a person, and time goes on
as nobody
on 2026-02-01 at 10:00
3 days later
GET /kept/{number}
text == kept on 2026-02-04, session false
record grew by nothing

as Ada
GET /form
code == 200
click more
code == 404

POST /json
with bearer tok
with body: {"a":{version}}
json got.a == 7
json list.0.n == 3
json list.length == 1
json as == Bearer tok
json nothing ==

do more
`

func TestATaleIsToldWithPeopleMailsAndAClock(t *testing.T) {
	d := &desk{clock: NewClock(Noon.AddDate(-1, 0, 0)), secret: "JBSWY3DPEHPK3PXP"}
	how := t.TempDir()
	if err := os.WriteFile(filepath.Join(how, "more.txt"), []byte("GET /form\ncode == 200\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := &World{Handler: d, Clock: d.clock, Howto: how, Mail: func() ([]Mail, error) { return d.mails, nil }, Record: func() ([]string, error) { return d.record, nil }}
	cases, err := Parse(tale)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		problems, _ := w.try("tale", c)
		for _, problem := range problems {
			t.Error(problem)
		}
	}
	w.Keep("secret", d.secret)
	if problems, _ := w.try("code", Case{Steps: []Step{{Verb: "request", Request: &Request{Method: "GET", URL: "/code?code={code from secret}"}}}}); problems != nil {
		t.Error(problems)
	}
	if first, err := w.code(d.secret); err != nil {
		t.Error(err)
	} else if second, _ := w.code(d.secret); first == second {
		t.Error("two codes are the same")
	}
}

func TestAScriptThatCannotBeMeantIsRefused(t *testing.T) {
	for _, bad := range []string{"get /en", "GET en", "GET /en", "GET /en\ncode is 200", "GET /en\nwith nothing\ncode == 1", "GET /en\nbody ~ (",
		"with a = b", "on 2026-1-1", "as", "keep x", "keep x from nowhere", "send\nwith a = b", "click", "GET /en\nGET /fr\ncode == 200"} {
		if _, err := Parse(bad); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: want an error with a line, have %v", bad, err)
		}
	}
}

func TestEachCheckCanFail(t *testing.T) {
	w := &World{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p>text</p>") }),
		Mail:    func() ([]Mail, error) { return []Mail{{"a@b.example", "Hello", "there"}}, nil },
		Record:  func() ([]string, error) { return nil, nil }, Verify: func() error { return fmt.Errorf("it does not fit") },
	}
	cases, err := Parse("GET /\ncode == 404\ncode != 200\nbody == x\nbody contains x y\nbody !contains text\nbody ~ ^x\nbody !~ text\nheader A == b\ntext == p\n" +
		"page is sound\nmail a@b.example contains there not\nmail c@b.example ~ .\nmails a@b.example == 2\njson a == 1\nlocation == /\ntitle == x\n" +
		"record grew by all\nrecord verifies\ntext contains {unknown}")
	if err != nil {
		t.Fatal(err)
	}
	if problems, _ := w.try("script", cases[0]); len(problems) != len(cases[0].Steps)-1 {
		want := len(cases[0].Steps) - 1
		t.Errorf("%d of %d checks failed: %q", len(problems), want, problems)
	}
	for _, bad := range []string{"GET /\ncode == 200\nfollow", "GET /\ncode == 200\nclick here\ncode == 200", "GET /\ncode == 200\nsend\ncode == 200",
		"GET /{unknown}\ncode == 200", "keep x from body", "on 2026-01-01", "1 day later", "do nothing", "GET /\nkeep x from body ~ ^x"} {
		cases, err := Parse(bad)
		if err != nil {
			t.Fatalf("%q: %v", bad, err)
		}
		fresh := &World{Handler: w.Handler}
		if problems, _ := fresh.try("script", cases[0]); len(problems) == 0 || !strings.Contains(problems[0], "script:") {
			t.Errorf("%q: nothing is wrong: %q", bad, problems)
		}
	}
}

func TestTheClockNeverGoesBack(t *testing.T) {
	c := NewClock(Noon)
	if err := c.Set(Noon.Add(-time.Second)); err == nil || !c.Now().Equal(Noon) {
		t.Errorf("it went back to %v", c.Now())
	}
}

func FuzzParse(f *testing.F) {
	f.Add(script)
	f.Add(tale)
	f.Add("GET /\nbody ~ (\n\n# x\nPOST /a\nheader X == y")
	f.Fuzz(func(t *testing.T, s string) {
		cases, err := Parse(s)
		if err != nil {
			return
		}
		for _, c := range cases {
			if len(c.Steps) == 0 || c.Line < 1 {
				t.Errorf("accepted %+v", c)
			}
		}
	})
}
