package web

import (
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"

	"avow/internal/app"
	"avow/internal/httpx"
	"avow/internal/i18n"
	"avow/internal/web/ui/pages"
)

//go:embed static
var static embed.FS

// Options are what the site takes from the outside. App and Words are required.
type Options struct {
	App     *app.App
	Words   *i18n.Set
	Log     *slog.Logger
	BaseURL string // public address without a trailing slash, "" when not known
	Address string // where people reach the site as long as BaseURL is not known; "" when nobody knows
	Build   string // changes every validator when the program changes
	// Checkpoint returns the newest signed checkpoint and the key that verifies it,
	// empty when there is none; nil: there is never one.
	Checkpoint  func() (text, key string)
	Description []byte // the OpenAPI document of the API, for its page
	// Provider is an organisation's own sign-in, nil when there is none.
	Provider *Provider
	// Hooks is how addresses of webhooks are looked at and tested; zero: there are none.
	Hooks Hooks
}

// Site is the handler of everything for people.
type Site struct {
	Options
	mux        *http.ServeMux
	assets     *httpx.Assets
	operations []pages.Operation
}

// New builds the site from its map.
func New(o Options) (*Site, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	dir, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	assets, err := httpx.NewAssets(dir, "/assets/")
	if err != nil {
		return nil, err
	}
	s := &Site{Options: o, mux: http.NewServeMux(), assets: assets}
	if s.operations, err = readOperations(o.Description); err != nil {
		return nil, err
	}
	for _, r := range routes {
		if !strings.Contains(r.Path, "{lang}") {
			s.register(r, "")
			continue
		}
		for _, l := range o.Words.Languages() {
			s.register(r, l.Code)
		}
	}
	return s, nil
}

// register is the only place where an address gets a handler: that of a row.
func (s *Site) register(r Route, lang string) {
	pattern := strings.TrimSpace(r.Method + " " + strings.ReplaceAll(r.Path, "{lang}", lang))
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) {
		c := &call{site: s, w: w, r: req, route: r, p: s.printer(req, lang)}
		if err := c.answer(); err != nil {
			s.Fail(w, req, err)
		}
	})
}

// ServeHTTP answers for the whole site.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// printer gives the language of the path, else the one that the browser asks for.
func (s *Site) printer(r *http.Request, lang string) *i18n.Printer {
	if lang == "" {
		lang, _, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if !s.Words.Has(lang) {
			lang = s.Words.Negotiate(r.Header.Get("Accept-Language"))
		}
	}
	return s.Words.For(lang)
}
