package webtest

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Case is what stands between two empty lines of a script.
type Case struct {
	Line  int
	About string
	Steps []Step
}

// Step is a line of a case, or a request with the lines that say what goes along.
type Step struct {
	Line    int
	Verb    string // "as", "on", "later", "do", "value", "request", "send", "click", "follow", "check", "keep"
	Args    []string
	Request *Request
	Check   *Check
	Keep    string // name under which what the check's subject gives is kept
}

// Request is what goes along with a request.
type Request struct {
	Method, URL string
	Header      http.Header
	Fields      []Field
	Without     []string
	Body        string
	Bearer      string
}

// Field is a value of a form, or a file.
type Field struct {
	Name, Label string // one of them
	Value       string
	File, Type  string // name and media type of a file whose content is Value
}

// Check is one thing that must be true of an answer.
type Check struct {
	Line           int
	Subject, Named string // "header" and its name
	Sign, Want     string
}

var (
	checkForm  = regexp.MustCompile(`^(?:(code|location|body|text|title)|(header|json|mail|mails) (\S+)) (==|!=|contains|!contains|~|!~)(?: (.*))?$`)
	keepForm   = regexp.MustCompile(`^keep ([a-z][a-z0-9-]*) from (?:(?:(location|body|text)|(header|json|mail) (\S+))(?: ~ (.+))?|(link|field) (.+))$`)
	valueLine  = regexp.MustCompile(`^keep ([a-z][a-z0-9-]*) = (.*)$`)
	asForm     = regexp.MustCompile(`^as ([^<>]+?)(?: <([^<> ]+@[^<> ]+)>)?$`)
	onForm     = regexp.MustCompile(`^on (\d{4}-\d\d-\d\d)(?: at (\d\d:\d\d))?$`)
	laterForm  = regexp.MustCompile(`^(\d+) (second|minute|hour|day)s? later$`)
	fieldForm  = regexp.MustCompile(`^with (?:"([^"]+)"|([^\s=:"]+)) =(?: (.*))?$`)
	fileForm   = regexp.MustCompile(`^file (\S.*?) \(([a-z]+/[a-z0-9.+-]+)\): ?(.*)$`)
	headerForm = regexp.MustCompile(`^with ([A-Z][A-Za-z-]*):(.*)$`)
	methodForm = regexp.MustCompile(`^([A-Z]+) (/\S*|\{[a-z][a-z0-9-]*\}\S*)$`)
	grewForm   = regexp.MustCompile(`^record grew by (.+)$`)
)

// Parse reads a script. Its errors name the line.
func Parse(script string) ([]Case, error) {
	var cases []Case
	var c *Case
	about := ""
	for i, line := range strings.Split(strings.ReplaceAll(script, "\r\n", "\n"), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			c, about = nil, ""
			continue
		case strings.HasPrefix(line, "#"):
			about = strings.TrimSpace(strings.TrimLeft(line, "#"))
			continue
		case c == nil:
			cases = append(cases, Case{Line: i + 1, About: about})
			c = &cases[len(cases)-1]
		}
		if err := c.add(i+1, line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	for _, c := range cases {
		if err := c.idle(); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// idle finds a request of which nothing is checked.
func (c Case) idle() error {
	var open *Step
	for i, s := range c.Steps {
		switch s.Verb {
		case "request", "send", "click":
			if open != nil {
				return fmt.Errorf("line %d: nothing is checked of the answer", open.Line)
			}
			open = &c.Steps[i]
		case "check", "keep":
			open = nil
		}
	}
	if open != nil {
		return fmt.Errorf("line %d: nothing is checked of the answer", open.Line)
	}
	return nil
}

func (c *Case) add(n int, line string) error {
	step := Step{Line: n}
	verb, rest, _ := strings.Cut(line, " ")
	switch {
	case verb == "with" || verb == "without":
		last := len(c.Steps) - 1
		if last < 0 || c.Steps[last].Request == nil {
			return fmt.Errorf("%q goes along with no request", line)
		}
		return c.Steps[last].Request.along(line)
	case line == "page is sound":
		step.Verb, step.Check = "check", &Check{Line: n, Subject: "sound"}
	case line == "record verifies":
		step.Verb, step.Check = "check", &Check{Line: n, Subject: "verifies"}
	case grewForm.MatchString(line):
		step.Verb, step.Check = "check", &Check{Line: n, Subject: "grew", Sign: "==", Want: grewForm.FindStringSubmatch(line)[1]}
	case verb == "as" && asForm.MatchString(line):
		step.Verb, step.Args = "as", asForm.FindStringSubmatch(line)[1:]
	case onForm.MatchString(line):
		step.Verb, step.Args = "on", onForm.FindStringSubmatch(line)[1:]
	case laterForm.MatchString(line):
		step.Verb, step.Args = "later", laterForm.FindStringSubmatch(line)[1:]
	case verb == "do" && rest != "":
		step.Verb, step.Args = "do", []string{rest}
	case line == "follow":
		step.Verb = "follow"
	case verb == "send" || verb == "click" && rest != "":
		step.Verb, step.Args, step.Request = verb, []string{rest}, &Request{Header: http.Header{}}
	case methodForm.MatchString(line):
		m := methodForm.FindStringSubmatch(line)
		step.Verb, step.Request = "request", &Request{Method: m[1], URL: m[2], Header: http.Header{}}
	case valueLine.MatchString(line):
		m := valueLine.FindStringSubmatch(line)
		step.Verb, step.Args = "value", m[1:]
	case keepForm.MatchString(line):
		m := keepForm.FindStringSubmatch(line)
		step.Verb, step.Keep = "keep", m[1]
		step.Check = &Check{Line: n, Subject: m[2] + m[3] + m[6], Named: m[4] + m[7], Sign: "~", Want: m[5]}
	default:
		m := checkForm.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("%q is no sentence of a script", line)
		}
		step.Verb, step.Check = "check", &Check{Line: n, Subject: m[1] + m[2], Named: m[3], Sign: m[4], Want: m[5]}
	}
	if step.Check != nil && strings.HasSuffix(step.Check.Sign, "~") {
		if _, err := regexp.Compile(step.Check.Want); err != nil {
			return err
		}
	}
	c.Steps = append(c.Steps, step)
	return nil
}

// along adds what a line says to a request.
func (r *Request) along(line string) error {
	if body, ok := strings.CutPrefix(line, "with body: "); ok {
		r.Body = body
		return nil
	}
	if token, ok := strings.CutPrefix(line, "with bearer "); ok {
		r.Bearer = token
		return nil
	}
	if name, ok := strings.CutPrefix(line, "without "); ok && name != "" {
		r.Without = append(r.Without, name)
		return nil
	}
	if m := headerForm.FindStringSubmatch(line); m != nil {
		r.Header.Add(m[1], strings.TrimSpace(m[2]))
		return nil
	}
	m := fieldForm.FindStringSubmatch(line)
	if m == nil {
		return fmt.Errorf("%q is neither a header (Name: value) nor a field (name = value)", line)
	}
	f := Field{Label: m[1], Name: m[2], Value: m[3]}
	if m := fileForm.FindStringSubmatch(f.Value); m != nil {
		f.File, f.Type, f.Value = m[1], m[2], m[3]
	}
	f.Value = strings.ReplaceAll(f.Value, `\n`, "\n")
	r.Fields = append(r.Fields, f)
	return nil
}
