package webtest

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"avow/internal/htmlcheck"
)

// World is what a script acts in. Handler is required; what else is missing
// cannot be asked for.
type World struct {
	Handler http.Handler
	Clock   *Clock
	Mail    func() ([]Mail, error) // everything that was sent, oldest first
	Record  func() ([]string, error)
	Verify  func() error
	Howto   string // folder of procedures

	// Play says that each case builds on those before it: the first that breaks off is the last.
	Play bool

	people map[string]*person
	at     *person
	kept   map[string]string
	before int // length of the record before the last request
}

// Mail is a mail that was sent, as its reader sees it.
type Mail struct{ To, Subject, Text string }

// Run runs a script against a handler; each case is a test of its own.
func Run(t *testing.T, h http.Handler, name, script string) {
	t.Helper()
	(&World{Handler: h}).Run(t, name, script)
}

// Run runs a script; each case is a test of its own.
func (w *World) Run(t *testing.T, name, script string) {
	t.Helper()
	cases, err := Parse(script)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(cases) == 0 {
		t.Fatalf("%s holds no request", name)
	}
	for _, c := range cases {
		broken := false
		t.Run(fmt.Sprintf("%s:%d %s", name, c.Line, c.About), func(t *testing.T) {
			var problems []string
			problems, broken = w.try(name, c)
			for _, problem := range problems {
				t.Error(problem)
			}
		})
		if broken && w.Play {
			t.FailNow()
		}
	}
}

// try does the steps of a case and says what is wrong. A step that cannot be
// done breaks the case off; a check that does not hold lets it go on.
func (w *World) try(name string, c Case) (problems []string, broken bool) {
	for _, s := range c.Steps {
		err := w.step(s)
		if err == nil {
			continue
		}
		problems = append(problems, fmt.Sprintf("%s:%d: %s%v", name, s.Line, w.scene(), err))
		if s.Verb != "check" {
			return problems, true
		}
	}
	return problems, false
}

// scene says who looks at what, for the words of an error.
func (w *World) scene() string {
	if w.at == nil || w.at.last == nil {
		return ""
	}
	return fmt.Sprintf("(%s at %s, %d) ", w.at.name, w.at.last.url, w.at.last.code)
}

func (w *World) step(s Step) error {
	switch s.Verb {
	case "as":
		w.become(s.Args[0], s.Args[1])
		return nil
	case "on", "later":
		return w.setClock(s)
	case "do":
		return w.do(s.Args[0])
	case "value":
		value, err := w.fill(s.Args[1])
		if err == nil {
			w.Keep(s.Args[0], value)
		}
		return err
	case "request":
		return w.request(*s.Request)
	case "send":
		return w.send(s.Args[0], *s.Request)
	case "click":
		last, err := w.page()
		if err != nil {
			return err
		}
		label, err := w.fill(s.Args[0])
		if err != nil {
			return err
		}
		to, err := last.link(label)
		if err != nil {
			return err
		}
		return w.request(Request{Method: "GET", URL: resolve(last.url, to), Header: s.Request.Header})
	case "follow":
		last, err := w.page()
		if err != nil {
			return err
		}
		if last.location() == "" {
			return fmt.Errorf("the answer leads nowhere%s", last.hint())
		}
		return w.request(Request{Method: "GET", URL: last.location(), Header: http.Header{}})
	case "keep":
		got, err := w.take(*s.Check)
		if err != nil {
			return err
		}
		w.Keep(s.Keep, got)
		return nil
	}
	return w.check(*s.Check)
}

func (w *World) become(name, mail string) {
	if w.people == nil {
		w.people, w.kept = map[string]*person{}, map[string]string{}
	}
	if w.people[name] == nil || name == "nobody" {
		w.people[name] = &person{name: name, cookies: map[string]string{}, own: map[string]string{}}
	}
	w.at = w.people[name]
	if mail != "" {
		w.at.own["my-mail"] = mail
	}
}

// me is who asks: nobody until a line says otherwise.
func (w *World) me() *person {
	if w.at == nil {
		w.become("nobody", "")
	}
	return w.at
}

func (w *World) page() (*answer, error) {
	if w.me().last == nil {
		return nil, fmt.Errorf("%s has no page yet", w.me().name)
	}
	return w.at.last, nil
}

// Keep keeps a value under a name, as a line of a script does.
func (w *World) Keep(name, value string) {
	if strings.HasPrefix(name, "my-") {
		w.me().own[name] = value
		return
	}
	w.me()
	w.kept[name] = value
}

// setClock follows "on" and "later".
func (w *World) setClock(s Step) error {
	if w.Clock == nil {
		return fmt.Errorf("the clock of this program cannot be set")
	}
	if s.Verb == "on" {
		at := s.Args[1]
		if at == "" {
			at = "09:00"
		}
		day, err := time.Parse("2006-01-02 15:04", s.Args[0]+" "+at)
		if err != nil {
			return err
		}
		return w.Clock.Set(day)
	}
	n, err := strconv.Atoi(s.Args[0])
	if err != nil {
		return err
	}
	unit := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}[s.Args[1]]
	return w.Clock.Set(w.Clock.Now().Add(time.Duration(n) * unit))
}

// do does the cases of a procedure.
func (w *World) do(name string) error {
	path := filepath.Join(w.Howto, name+".txt")
	script, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	cases, err := Parse(string(script))
	if err != nil {
		return fmt.Errorf("%s.txt: %w", name, err)
	}
	for _, c := range cases {
		if problems, _ := w.try(name+".txt", c); len(problems) > 0 {
			return fmt.Errorf("%s", strings.Join(problems, "; "))
		}
	}
	return nil
}

var valueForm = regexp.MustCompile(`\{(code from )?([a-z][a-z0-9-]*)\}`)

// fill puts kept values into a text.
func (w *World) fill(text string) (string, error) {
	var fault error
	out := valueForm.ReplaceAllStringFunc(text, func(hole string) string {
		m := valueForm.FindStringSubmatch(hole)
		value, known := w.me().own[m[2]]
		if !known {
			value, known = w.kept[m[2]]
		}
		switch {
		case !known:
			fault = fmt.Errorf("nothing is kept as %s", hole)
		case m[1] != "":
			value, fault = w.code(value)
		}
		return value
	})
	return out, fault
}

// filled is a request with kept values in every part of it.
func (w *World) filled(r Request) (Request, error) {
	var faults []error
	fill := func(text string) string {
		out, err := w.fill(text)
		if err != nil {
			faults = append(faults, err)
		}
		return out
	}
	r.URL, r.Body, r.Bearer = fill(r.URL), fill(r.Body), fill(r.Bearer)
	r.Fields = slices.Clone(r.Fields)
	for i, f := range r.Fields {
		r.Fields[i].Name, r.Fields[i].Label, r.Fields[i].Value = fill(f.Name), fill(f.Label), fill(f.Value)
	}
	r.Header = maps.Clone(r.Header)
	for name, values := range r.Header {
		r.Header[name] = slices.Clone(values)
		for i := range values {
			r.Header[name][i] = fill(values[i])
		}
	}
	if len(faults) > 0 {
		return r, faults[0]
	}
	return r, nil
}

// request makes a request and keeps its answer as the person's page.
func (w *World) request(r Request) error {
	r, err := w.filled(r)
	if err != nil {
		return err
	}
	body, kind, err := r.encode()
	if err != nil {
		return err
	}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if kind != "" && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", kind)
	}
	if r.Bearer != "" {
		r.Header.Set("Authorization", "Bearer "+r.Bearer)
	}
	if w.Record != nil {
		entries, err := w.Record()
		if err != nil {
			return err
		}
		w.before = len(entries)
	}
	if w.Clock != nil { // time goes on while people do things
		if err := w.Clock.Set(w.Clock.Now().Add(time.Second)); err != nil {
			return err
		}
	}
	w.me().ask(w.Handler, r.Method, path(r.URL), r.Header, body)
	return nil
}

// send sends the form of the person's page.
func (w *World) send(button string, r Request) error {
	last, err := w.page()
	if err != nil {
		return err
	}
	if button, err = w.fill(button); err != nil {
		return err
	}
	form, pressed, err := last.form(button)
	if err != nil {
		return err
	}
	if r, err = w.filled(r); err != nil {
		return err
	}
	whole, err := form.fill(pressed, &r)
	if err != nil {
		return fmt.Errorf("%s: %w", last.url, err)
	}
	whole.URL = resolve(last.url, whole.URL)
	return w.request(*whole)
}

// hint tells the faults that a page names.
func (a *answer) hint() string {
	root, err := a.parse()
	if err != nil {
		return ""
	}
	text := htmlcheck.Text(root)
	if len(text) > 500 {
		text = text[:500] + "…"
	}
	return ": " + text
}
