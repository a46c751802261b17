package web

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"
	"avow/internal/web/ui/layout"
)

// call is one request on its way through a handler.
type call struct {
	site  *Site
	w     http.ResponseWriter
	r     *http.Request
	route Route
	p     *i18n.Printer
	state state
	who   civic.Caller // who asks; read only for rows that ask for a permission
	sent  *sent        // what was sent, once it was read
}

// state is the public record as the page was made.
type state struct {
	size   int64
	root   string // base64
	newest int64  // microseconds
	origin string
	// The signed state and its key, on the page of the record only: it is signed
	// some seconds after the record grew.
	checkpoint, key string
}

// answer runs the row's handler; a page only when the client does not hold it yet.
func (c *call) answer() error {
	if c.route.Kind == KindWork || c.route.Kind == KindAction {
		c.w.Header().Set("Cache-Control", "no-store") // also where everybody may ask
	}
	if c.route.Permission != Everybody {
		if done, err := c.enter(); done || err != nil {
			return err
		}
	}
	if c.route.Kind == KindPage {
		if err := c.readState(); err != nil {
			return err
		}
		if c.route.Name == "record" && c.site.Checkpoint != nil {
			c.state.checkpoint, c.state.key = c.site.Checkpoint()
		}
		tag := httpx.ETag(strconv.FormatInt(c.state.size, 10), c.state.root, c.state.checkpoint, c.site.Build, c.site.App.Today(), c.r.URL.RequestURI(), c.p.Code)
		if httpx.Fresh(c.w, c.r, tag) {
			return nil
		}
	}
	return c.route.handle(c.site, c)
}

func (c *call) readState() error {
	head, err := c.site.App.Head(c.r.Context())
	if err != nil {
		return err
	}
	c.state = state{size: head.Size, newest: head.Newest, origin: head.Origin}
	if head.Size > 0 {
		c.state.root = base64.StdEncoding.EncodeToString(head.Root[:])
	}
	return nil
}

// maxAddress is how long an address may be for the page to repeat it in its links
// to other languages (bytes).
const maxAddress = 2000

// layout is the page around the content.
func (c *call) layout(section, title string) layout.Page {
	path := strings.TrimPrefix(c.r.URL.EscapedPath(), "/"+c.p.Code)
	if c.r.URL.RawQuery != "" {
		path += "?" + c.r.URL.RawQuery
	}
	if len(path) > maxAddress {
		path = "/"
	}
	works := c.route.Kind == KindWork || c.route.Kind == KindAction
	if works && c.state.size == 0 {
		_ = c.readState() // the page stands without it
	}
	p := layout.Page{
		P: c.p, Title: title, Path: path, Section: section, Search: true,
		Languages: c.site.Words.Languages(), Base: c.site.BaseURL,
		CSS: c.site.assets.URL("avow.css"), WorkCSS: c.site.assets.URL("work.css"), Icon: c.site.assets.URL("icon.svg"),
		Entries: c.state.size, Newest: c.state.newest,
	}
	p.History, p.Feed, p.Ways = c.ways(title)
	if works {
		c.worksHere(&p)
	}
	return p
}

// component is a page of ui, ready to be written.
type component interface {
	Render(ctx context.Context, w io.Writer) error
}

// show sends a page.
func (c *call) show(page component) error { return c.send(http.StatusOK, page) }

func (c *call) send(status int, page component) error {
	c.w.Header().Set("Content-Language", c.p.Code)
	return httpx.Send(c.w, status, "text/html; charset=utf-8", func(w io.Writer) error {
		return page.Render(c.r.Context(), w)
	})
}

// redirect sends the reader to another address of the site.
func (c *call) redirect(to string, status int) error {
	if q := c.r.URL.RawQuery; q != "" && !strings.Contains(to, "?") {
		to += "?" + q
	}
	http.Redirect(c.w, c.r, to, status)
	return nil
}

// url is the address of a path in the reader's language.
func (c *call) url(path string) string { return "/" + c.p.Code + path }

// query is a value of the address, trimmed and without control characters.
func (c *call) query(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, c.r.URL.Query().Get(name)))
}

// notFound is the error of an address whose subject is not here.
func notFound() error { return &civic.Error{Kind: civic.NotFound, Key: "error.not_found"} }
