package webtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/htmlcheck"
)

// A script is a file of cases, with an empty line between two. A case is a
// request and what must be true of its answer:
//
//	# words that say what the case is about
//	GET /en/commitments/LT0031
//	with Accept-Language: fr
//	code == 200
//	header Content-Type contains text/html
//	body contains Lithuania
//	body !contains <script
//	page is sound
//
// Subjects are code, header NAME, body (the bytes) and text (what a reader
// sees). Signs are ==, !=, contains, !contains, ~ and !~ (regular expressions).

// Case is one request with its checks.
type Case struct {
	Line   int
	About  string
	Method string
	URL    string
	Header http.Header
	Checks []Check
}

// Check is one thing that must be true of an answer.
type Check struct {
	Line           int
	Subject, Named string // "header" and its name
	Sign, Want     string
}

var checkForm = regexp.MustCompile(`^(code|body|text|header (\S+)) (==|!=|contains|!contains|~|!~) ?(.*)$`)

// Parse reads a script. Its errors name the line.
func Parse(script string) ([]Case, error) {
	var cases []Case
	var c *Case
	about := ""
	for i, line := range strings.Split(strings.ReplaceAll(script, "\r\n", "\n"), "\n") {
		n := i + 1
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			c, about = nil, ""
		case strings.HasPrefix(line, "#"):
			about = strings.TrimSpace(strings.TrimLeft(line, "#"))
		case c == nil:
			method, url, ok := strings.Cut(line, " ")
			if !ok || method != strings.ToUpper(method) || !strings.HasPrefix(url, "/") {
				return nil, fmt.Errorf("line %d: %q is no request", n, line)
			}
			cases = append(cases, Case{Line: n, About: about, Method: method, URL: url, Header: http.Header{}})
			c = &cases[len(cases)-1]
		case line == "page is sound":
			c.Checks = append(c.Checks, Check{Line: n, Subject: "sound"})
		default:
			if head, ok := strings.CutPrefix(line, "with "); ok {
				name, value, found := strings.Cut(head, ":")
				if !found {
					return nil, fmt.Errorf("line %d: %q is no header", n, head)
				}
				c.Header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
				continue
			}
			m := checkForm.FindStringSubmatch(line)
			if m == nil {
				return nil, fmt.Errorf("line %d: %q is no check", n, line)
			}
			subject, _, _ := strings.Cut(m[1], " ")
			if strings.HasSuffix(m[3], "~") {
				if _, err := regexp.Compile(m[4]); err != nil {
					return nil, fmt.Errorf("line %d: %w", n, err)
				}
			}
			c.Checks = append(c.Checks, Check{Line: n, Subject: subject, Named: m[2], Sign: m[3], Want: m[4]})
		}
	}
	for _, c := range cases {
		if len(c.Checks) == 0 {
			return nil, fmt.Errorf("line %d: the request %s %s checks nothing", c.Line, c.Method, c.URL)
		}
	}
	return cases, nil
}

// Run runs a script against a handler; each case is a test of its own.
func Run(t *testing.T, h http.Handler, name, script string) {
	t.Helper()
	cases, err := Parse(script)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(cases) == 0 {
		t.Fatalf("%s holds no request", name)
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s:%d %s", name, c.Line, c.About), func(t *testing.T) {
			req := httptest.NewRequest(c.Method, c.URL, nil)
			for k, v := range c.Header {
				req.Header[k] = v
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			for _, check := range c.Checks {
				if problem := check.problem(rec); problem != "" {
					t.Errorf("%s:%d: %s %s: %s", name, check.Line, c.Method, c.URL, problem)
				}
			}
		})
	}
}

// problem says what is not true, or "".
func (c Check) problem(rec *httptest.ResponseRecorder) string {
	body := rec.Body.String()
	got := ""
	switch c.Subject {
	case "sound":
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			return err.Error()
		}
		return strings.Join(htmlcheck.Problems(root), "; ")
	case "code":
		got = strconv.Itoa(rec.Code)
	case "header":
		got = strings.Join(rec.Header().Values(c.Named), ", ")
	case "body":
		got = body
	case "text":
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			return err.Error()
		}
		got = htmlcheck.Text(root)
	}
	if c.holds(got) {
		return ""
	}
	if len(got) > 600 {
		got = got[:600] + "…"
	}
	return fmt.Sprintf("%s %s is not %s %q but %q", c.Subject, c.Named, c.Sign, c.Want, got)
}

func (c Check) holds(got string) bool {
	sign, not := strings.CutPrefix(c.Sign, "!")
	holds := false
	switch sign {
	case "==", "=":
		holds = got == c.Want
	case "contains":
		holds = strings.Contains(got, c.Want)
	case "~":
		holds = regexp.MustCompile(c.Want).MatchString(got)
	}
	return holds != not
}
