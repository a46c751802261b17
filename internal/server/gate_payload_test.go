package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/webtest"
)

// payload is markup that must come out as the text that it is.
const payload = `"><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">z</a>{{7*7}}`

// forms are the forms of a page that send something.
func (g gate) forms(t *testing.T, p player, address string) []webtest.Form {
	t.Helper()
	res := g.by(p, "GET", address, nil)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	all, err := webtest.Forms(body(t, res))
	if err != nil {
		t.Fatal(err)
	}
	var out []webtest.Form
	for _, f := range all {
		if f.Method == "POST" {
			out = append(out, f)
		}
	}
	return out
}

// harmless reports what of the payload became markup.
func harmless(t *testing.T, where, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && !strings.HasPrefix(get(n, "src"), "/assets/") {
			t.Errorf("%s: a script came out of a field", where)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: %s=%q came out of a field", where, a.Key, a.Val)
			}
		}
	}
}

func TestMarkupInAnyFieldComesOutAsText(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	fields := 0
	for _, s := range append(g.workSamples(t), g.samples(t)...) {
		if s.lang != "en" || strings.Contains(s.row.Pattern, "sign-") {
			continue
		}
		p := g.fit(t, cast, s)
		for _, f := range g.forms(t, p, s.address) {
			to, err := url.Parse(f.Action)
			if err != nil || strings.Contains(f.Action, "sign-out") || strings.Contains(f.Action, "/account") {
				continue
			}
			values := url.Values{}
			for _, in := range f.Inputs {
				switch in.Kind {
				case "text", "", "textarea", "search":
					values.Set(in.Name, payload)
					fields++
				case "email":
					values.Set(in.Name, `"<b>x</b>"@avow.example`)
					fields++
				case "url":
					values.Set(in.Name, "javascript:alert(1)")
					fields++
				default:
					if in.Sent {
						values.Add(in.Name, in.Value)
					}
				}
			}
			if to.Path == "" {
				to.Path = s.address
			}
			res := g.by(p, "POST", to.RequestURI(), values)
			if res.StatusCode >= 500 {
				t.Errorf("%s: markup in its fields gives %d", to, res.StatusCode)
			}
			harmless(t, "POST "+to.String(), body(t, res))
		}
	}
	for _, s := range append(g.workSamples(t), g.samples(t)...) {
		if s.lang == "en" {
			res := g.by(g.fit(t, cast, s), "GET", s.address, nil)
			if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				harmless(t, s.address, body(t, res))
			}
		}
	}
	t.Logf("D3 %d fields were written", fields)
	if fields < 20 {
		t.Errorf("only %d fields were found", fields)
	}
}
