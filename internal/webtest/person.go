package webtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"avow/internal/htmlcheck"
)

// person is somebody in front of a browser: cookies, values of their own, and
// the page that they look at.
type person struct {
	name    string
	cookies map[string]string
	own     map[string]string
	last    *answer
}

// answer is what came back.
type answer struct {
	url    string
	code   int
	header http.Header
	body   string
}

// ask sends a request with the person's cookies and keeps those of the answer.
func (p *person) ask(h http.Handler, method, address string, header http.Header, body io.Reader) *answer {
	req := httptest.NewRequest(method, address, body)
	if u, err := url.Parse(address); err == nil && u.Host == "" {
		req.Host = "avow.example"
	}
	for k, v := range header {
		req.Header[k] = v
	}
	for name, value := range p.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	for _, c := range rec.Result().Cookies() {
		if c.MaxAge < 0 || c.Value == "" {
			delete(p.cookies, c.Name)
			continue
		}
		p.cookies[c.Name] = c.Value
	}
	p.last = &answer{url: req.URL.RequestURI(), code: rec.Code, header: rec.Header(), body: rec.Body.String()}
	return p.last
}

// encode gives the body of a request and its media type.
func (r *Request) encode() (io.Reader, string, error) {
	if r.Body != "" {
		return strings.NewReader(r.Body), "application/json", nil
	}
	if len(r.Fields) == 0 {
		return nil, "", nil
	}
	values, files := url.Values{}, false
	for _, f := range r.Fields {
		values.Add(f.Name, f.Value)
		files = files || f.File != ""
	}
	if !files {
		return strings.NewReader(values.Encode()), "application/x-www-form-urlencoded", nil
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range r.Fields {
		part, err := w.CreatePart(f.head())
		if err != nil {
			return nil, "", err
		}
		_, _ = io.WriteString(part, f.Value) // into memory
	}
	return &b, w.FormDataContentType(), w.Close()
}

// head is the head of a field's part of a multipart body.
func (f Field) head() textproto.MIMEHeader {
	disposition := fmt.Sprintf(`form-data; name=%q`, f.Name)
	h := textproto.MIMEHeader{}
	if f.File != "" {
		disposition += fmt.Sprintf(`; filename=%q`, f.File)
		h.Set("Content-Type", f.Type)
	}
	h.Set("Content-Disposition", disposition)
	return h
}

func (a *answer) parse() (*html.Node, error) { return html.Parse(strings.NewReader(a.body)) }

// text is what a reader sees of a page.
func (a *answer) text() (string, error) {
	root, err := a.parse()
	if err != nil {
		return "", err
	}
	return htmlcheck.Text(root), nil
}

// location is where the answer leads to, as a path of this site.
func (a *answer) location() string {
	to := a.header.Get("Location")
	u, err := url.Parse(to)
	if err != nil || to == "" {
		return to
	}
	base, err := url.Parse(a.url)
	if err != nil {
		return to
	}
	return base.ResolveReference(u).RequestURI()
}

// json gives the value at a path of names and numbers, with a dot between two.
func (a *answer) json(path string) (string, error) {
	var v any
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		return "", fmt.Errorf("the answer is no JSON: %w", err)
	}
	for _, name := range strings.Split(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			n, err := strconv.Atoi(name)
			if name == "length" {
				v = float64(len(at))
				continue
			}
			if err != nil || n < 0 || n >= len(at) {
				return "", nil
			}
			v = at[n]
		default:
			return "", nil
		}
	}
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}
