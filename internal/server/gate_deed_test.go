package server

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/webtest"
)

// deed is what is sent to an action so that it succeeds. What stands in braces is
// a name of the address, or {home}: the member of the person.
type deed struct {
	page  string            // of the site: where its form stands, when not at the address of the action
	with  map[string]string // of the site: fields beside those that the form has filled and fillings fills
	body  string            // of the API: JSON, or "file " and the content of a file
	query string            // of the API
	read  string            // of the API: the address whose answer holds the version for If-Match
	swap  []string          // of a file: what is replaced in it
	lacks string            // why it may also be refused as not fit to be done, or change nothing: with the reason
	fresh bool              // needs the demonstration as it was
	none  string            // why what it is about may not be there, 404: with the reason
	verbs []string          // what it may write besides the verb of its row

	before func(t *testing.T, g gate, p player, s *spot) // makes the address ready
	after  func(t *testing.T, g gate, p player, s spot, res *http.Response)
}

// fill puts the names of an address into a text.
func (s spot) fill(p player, text string) string {
	home := "esperia"
	if strings.HasPrefix(p.name, "foreign-") {
		home = "lithuania"
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "{home}", home), "{lang}", "en")
	for name, value := range s.names {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

var versioned = regexp.MustCompile(`"(?:version|revision)":\s*(\d+)`)

// perform sends a deed; look tells to open the page of the form first.
func (g gate) perform(t *testing.T, d deed, p player, s spot, look bool) *http.Response {
	t.Helper()
	if s.row.Room == "api" {
		return g.program(t, d, p, s)
	}
	form, multi := url.Values{}, false
	if look {
		page := s.address
		if d.page != "" {
			page = s.fill(p, d.page)
		}
		if f, found := g.formFor(t, p, page, s.address); found {
			form, multi = sentAsItIs(f), f.Multipart
		}
	}
	content := ""
	for name, value := range d.with {
		if name == "file" {
			content, multi = g.fileOf(t, d, p, s, value), true
			continue
		}
		form.Del(s.fill(p, name))
		for one := range strings.SplitSeq(s.fill(p, value), "|") {
			form.Add(s.fill(p, name), one)
		}
	}
	if !multi {
		return g.by(p, s.row.Method, s.address, form)
	}
	return g.send(p, parts(t, s.address, form, content))
}

// fileOf is the content of a file: a text, or what an address gives.
func (g gate) fileOf(t *testing.T, d deed, p player, s spot, value string) string {
	t.Helper()
	if !strings.HasPrefix(value, "/") {
		return value
	}
	return strings.NewReplacer(d.swap...).Replace(body(t, g.by(p, "GET", s.fill(p, value), nil)))
}

// parts is a form with a file in it.
func parts(t *testing.T, address string, form url.Values, content string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	name := "paper.txt"
	if strings.Contains(address, "workbook") {
		name = "reports.csv"
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, address, &b)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}

func (g gate) program(t *testing.T, d deed, p player, s spot) *http.Response {
	t.Helper()
	var req *http.Request
	if content, isFile := strings.CutPrefix(d.body, "file "); isFile {
		req = parts(t, s.address, nil, g.fileOf(t, d, p, s, content))
	} else {
		req = httptest.NewRequest(s.row.Method, s.address+d.query, strings.NewReader(s.fill(p, d.body)))
		req.Header.Set("Content-Type", "application/json")
	}
	if d.read != "" {
		version := "1"
		if m := versioned.FindStringSubmatch(body(t, g.by(p, "GET", s.fill(p, d.read), nil))); m != nil {
			version = m[1]
		}
		req.Header.Set("If-Match", `"`+version+`"`)
	}
	return g.send(p, req)
}

// formFor finds on a page the form that sends to an address.
func (g gate) formFor(t *testing.T, p player, page, to string) (webtest.Form, bool) {
	t.Helper()
	hidden := webtest.Form{} // what other forms of the page carry along
	for _, f := range g.forms(t, p, page) {
		for _, in := range f.Inputs {
			if in.Kind == "hidden" && f.Main {
				hidden.Inputs = append(hidden.Inputs, in)
			}
		}
		action, err := url.Parse(f.Action)
		if err == nil && (action.Path == to || action.Path == "" && page == to) {
			return f, true
		}
	}
	return hidden, len(hidden.Inputs) > 0
}

// sentAsItIs is a form as somebody sends it who fills what is empty.
func sentAsItIs(f webtest.Form) url.Values {
	out := url.Values{}
	for _, in := range f.Inputs {
		base, _, _ := strings.Cut(in.Name, ".")
		word := fillings[base]
		switch {
		case in.Kind == "radio":
			if in.Sent || !out.Has(in.Name) {
				out.Set(in.Name, in.Value)
			}
		case in.Kind == "select" && in.Value == "" && len(in.Options) > 1 && word == "":
			out.Add(in.Name, in.Options[1])
		case in.Sent && in.Value != "" || in.Kind == "hidden":
			out.Add(in.Name, in.Value)
		case in.Kind == "hidden" && out.Has(in.Name):
		case in.Kind == "checkbox" && word != "":
			out.Add(in.Name, in.Value)
		case in.Kind == "file" || in.Kind == "checkbox":
		case word != "":
			out.Add(in.Name, word)
		case in.Sent:
			out.Add(in.Name, in.Value)
		}
	}
	return out
}

// faults is what an error page says, in short.
func faults(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil || !strings.Contains(page, "<main") {
		return page[:min(len(page), 300)]
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "main" {
			var b strings.Builder
			for k := range n.Descendants() {
				if k.Type == html.TextNode {
					b.WriteString(k.Data + " ")
				}
			}
			text := strings.Join(strings.Fields(b.String()), " ")
			return text[:min(len(text), 300)]
		}
	}
	return ""
}
