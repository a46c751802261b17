package webtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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

func TestAScriptThatCannotBeMeantIsRefused(t *testing.T) {
	for _, bad := range []string{"get /en", "GET en", "GET /en", "GET /en\ncode is 200", "GET /en\nwith nothing\ncode == 1", "GET /en\nbody ~ ("} {
		if _, err := Parse(bad); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: want an error with a line, have %v", bad, err)
		}
	}
}

func TestEachSignCanFail(t *testing.T) {
	rec := httptest.NewRecorder()
	_, _ = rec.WriteString("<p>text</p>")
	cases, err := Parse("GET /\ncode == 404\ncode != 200\nbody == x\nbody contains x y\nbody !contains text\nbody ~ ^x\nbody !~ text\nheader A == b\ntext == p\npage is sound")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases[0].Checks {
		if c.problem(rec) == "" {
			t.Errorf("line %d did not fail", c.Line)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(script)
	f.Add("GET /\nbody ~ (\n\n# x\nPOST /a\nheader X == y")
	f.Fuzz(func(t *testing.T, s string) {
		cases, err := Parse(s)
		if err != nil {
			return
		}
		for _, c := range cases {
			if len(c.Checks) == 0 || !strings.HasPrefix(c.URL, "/") {
				t.Errorf("accepted %+v", c)
			}
		}
	})
}
