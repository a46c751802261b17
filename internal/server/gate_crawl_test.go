package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/api"
	"avow/internal/config"
	"avow/internal/store/storetest"
)

// public is the address of the site in these tests.
const public = "https://avow.example"

// link is an address on a page, and what leads to it.
type link struct{ element, rel, lang, to string }

func links(t *testing.T, page string) (out []link) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		l := link{element: n.Data}
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "action", "src":
				l.to = a.Val
			case "rel":
				l.rel = a.Val
			case "hreflang":
				l.lang = a.Val
			}
		}
		if l.to != "" {
			out = append(out, l)
		}
	}
	return out
}

// crawler follows every link of the site once.
type crawler struct {
	gate
	t        *testing.T
	queue    []string
	seen     map[string]string // address to the page that led there
	pages    int
	download map[string]bool
}

func (c *crawler) find(from string, l link) {
	to, err := url.Parse(l.to)
	if err != nil {
		c.t.Errorf("%s: %q is no address", from, l.to)
		return
	}
	base, _ := url.Parse(public + from)
	full := base.ResolveReference(to)
	full.Fragment = ""
	if full.Scheme+"://"+full.Host != public {
		switch {
		case l.element != "a":
			c.t.Errorf("%s: a %s loads from %s", from, l.element, full.Host)
		case full.Scheme != "https" && full.Scheme != "http" && full.Scheme != "mailto":
			c.t.Errorf("%s: a link leads to %q", from, l.to)
		}
		return
	}
	address := full.RequestURI()
	if _, known := c.seen[address]; !known {
		c.seen[address] = from
		c.queue = append(c.queue, address)
	}
}

// visit asks for an address and gathers the links of a page. Pages of filters
// are visited and not followed: they lead to each other without end.
func (c *crawler) visit(address string) {
	res := c.ask("GET", address)
	text := body(c.t, res)
	switch {
	case strings.Contains(res.Header.Get("Location"), "/sign-in?"):
		return // for people who are signed in: the checks with a cast ask it
	case res.StatusCode >= 300 && res.StatusCode < 400:
		c.t.Errorf("%s leads to %s, which only leads on to %s", c.seen[address], address, res.Header.Get("Location"))
		return
	case res.StatusCode != http.StatusOK:
		c.t.Errorf("%s leads to %s, which answers %d", c.seen[address], address, res.StatusCode)
		return
	}
	if strings.Contains(address, "/exports/") {
		c.file(address, res)
		return
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return
	}
	c.pages++
	if strings.Contains(address, "cursor=") || strings.Count(address, "=") > 1 {
		return
	}
	found := links(c.t, text)
	if !strings.Contains(text, `<meta name="robots" content="noindex">`) {
		c.alternates(address, found)
	}
	for _, l := range found {
		if strings.Contains(address, "?") && !(strings.Contains(l.to, "/exports/") || strings.Contains(l.to, "cursor=")) {
			continue
		}
		c.find(address, l)
	}
}

// alternates checks that a page names itself and its translations, each by its full address.
func (c *crawler) alternates(address string, found []link) {
	if strings.Contains(address, "?q=") {
		return // what somebody searched for is no lasting page
	}
	lang := strings.Split(address, "/")[1]
	named := map[string]string{}
	canonical := 0
	for _, l := range found {
		switch {
		case l.element == "link" && l.rel == "canonical":
			canonical++
			if !strings.HasPrefix(l.to, public+"/"+lang+"/") {
				c.t.Errorf("%s: its lasting address is %q", address, l.to)
			}
		case l.element == "link" && l.rel == "alternate":
			named[l.lang] = l.to
		}
	}
	if canonical != 1 {
		c.t.Errorf("%s names %d lasting addresses of itself", address, canonical)
	}
	for _, l := range c.words.Languages() {
		want := public + "/" + l.Code + strings.TrimPrefix(address, "/"+lang)
		if named[l.Code] != want {
			c.t.Errorf("%s: in %s it is %q, not %q", address, l.Code, named[l.Code], want)
		}
	}
}

// file checks that a download is what its row says, under a name.
func (c *crawler) file(address string, res *http.Response) {
	path, _, _ := strings.Cut(address, "?")
	for _, r := range api.Routes() {
		if r.Path != path {
			continue
		}
		kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
		name := `filename="` + path[strings.LastIndex(path, "/")+1:]
		stem, ext, _ := strings.Cut(name, ".")
		if got := res.Header.Get("Content-Disposition"); kind != r.Media || !strings.HasPrefix(got, "attachment;") || !strings.Contains(got, stem) || !strings.Contains(got, "."+ext) {
			c.t.Errorf("%s: the type is %q, the name %q", address, kind, got)
		}
		c.download[r.Operation] = true
		return
	}
	c.t.Errorf("%s is a download without a row", address)
}

// sometimes are pages to which links lead where there is something to show, and the
// one to which whoever has to sign in is sent.
var sometimes = map[string]bool{"sign-in": true, "commitment-changes": true, "plan-changes": true, "reports": true, "progress": true}

func TestEveryLinkOfEveryPageLeadsToAnAnswer(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	c := &crawler{gate: g, t: t, seen: map[string]string{"/en/": ""}, queue: []string{"/en/"}, download: map[string]bool{}}
	for len(c.queue) > 0 {
		address := c.queue[0]
		c.queue = c.queue[1:]
		c.visit(address)
	}
	for _, s := range g.samples(t) {
		if sometimes[s.row.Name] {
			continue
		}
		if _, found := c.seen[s.address]; !found && s.row.Page && s.row.Name != "elsewhere" && !strings.Contains(s.address, "?") {
			t.Errorf("no link leads to %s", s.address)
		}
	}
	if len(c.download) != 5 {
		t.Errorf("links lead to the downloads %v", c.download)
	}
	t.Logf("%d addresses, %d of them pages", len(c.seen), c.pages)
}

func TestEveryPageNamesItsTranslationsAndTheyAnswer(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	for _, s := range g.samples(t) {
		if !s.row.Page || s.row.Name == "elsewhere" {
			continue
		}
		n := 0
		page := body(t, g.ask("GET", s.address))
		if strings.Contains(page, `<meta name="robots" content="noindex">`) {
			if !strings.Contains(s.address, "?") && s.row.Name != "sign-in" {
				t.Errorf("%s is kept from search engines", s.address)
			}
			continue // what somebody chose or searched for is no lasting page
		}
		for _, l := range links(t, page) {
			if l.element != "link" || l.rel != "alternate" && l.rel != "canonical" || l.rel == "alternate" && l.lang == "" { // without a language it is a feed
				continue
			}
			n++
			if res := g.ask("GET", strings.TrimPrefix(l.to, public)); res.StatusCode != http.StatusOK || l.lang != "" && res.Header.Get("Content-Language") != l.lang {
				t.Errorf("%s: %s answers %d in %q", s.address, l.to, res.StatusCode, res.Header.Get("Content-Language"))
			}
		}
		if want := len(g.words.Languages()) + 1; n != want {
			t.Errorf("%s names %d addresses of itself, not %d", s.address, n, want)
		}
	}
}
