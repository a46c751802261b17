package web

import (
	"net/http"
	"strings"

	"avow/internal/httpx"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// Fail answers with a page that says what happened, why, and what to do next, in
// the language of the address. What a person cannot act on is logged.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, err error) {
	status := httpx.Status(err)
	if status >= 500 && r.Context().Err() == nil {
		s.Log.ErrorContext(r.Context(), "request failed", "id", httpx.RequestID(r.Context()), "error", err.Error())
	}
	c := &call{site: s, w: w, r: r, p: s.printer(r, "")}
	_ = c.readState() // the page stands without it
	key, args := httpx.MessageKey(err)
	if noun, ok := strings.CutSuffix(key, ".not_found"); ok {
		key = "not_found." + noun // the same with its own heading and advice
	}
	kind := "error." + kindWord(status)
	page := pages.Error{
		Title: c.p.Or(key+".title", c.p.T(kind+".title")),
		What:  c.p.T(kind),
		Next:  c.p.Or(key+".next", c.p.T(kind+".next")),
	}
	if c.p.Or(key, "") != "" {
		page.What = c.p.TMap(key, lower(args))
	}
	page.Yours = status == http.StatusForbidden
	if status >= 500 {
		page.ID = httpx.RequestID(r.Context())
	}
	page.Page = c.layout("", page.Title)
	page.Page.Hidden, page.Page.Search = true, false
	if page.Kept = c.givenBack(status, key); page.Kept != nil {
		page.Page.Work, page.Page.Path = true, c.readable()
	}
	h := w.Header()
	h.Del("ETag")
	if h.Get("Cache-Control") != "no-store" { // of what depends on who asks
		h.Set("Cache-Control", "no-cache")
	}
	if status == http.StatusMethodNotAllowed {
		allowed := s.methods(r.URL.Path)
		if len(allowed) == 0 { // an address of the operator, which is read
			allowed = []string{http.MethodGet, http.MethodHead}
		}
		h.Set("Allow", strings.Join(allowed, ", "))
	}
	if err := c.send(status, pages.ErrorPage(page)); err != nil {
		s.Log.ErrorContext(r.Context(), "request failed", "id", httpx.RequestID(r.Context()), "error", err.Error())
		http.Error(w, http.StatusText(status), status)
	}
}

func kindWord(status int) string {
	switch status {
	case http.StatusNotFound:
		return "not_found"
	case http.StatusBadRequest:
		return "invalid"
	case http.StatusUnauthorized:
		return "unauthenticated"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusTooManyRequests:
		return "too_many"
	case http.StatusConflict:
		return "conflict"
	case http.StatusMethodNotAllowed:
		return "method_not_allowed"
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusRequestURITooLong:
		return "url_too_long"
	case http.StatusServiceUnavailable:
		return "unavailable"
	}
	return "internal"
}

// lower gives the arguments the names that the catalogues use, and cuts what is
// too long for a sentence.
func lower(args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		if s, ok := v.(string); ok {
			v = layout.Cut(s, 80)
		}
		out[strings.ToLower(k)] = v
	}
	return out
}

// elsewhere answers every address that has no row: with the page that was meant
// when that can be told, else with an error page.
func (s *Site) elsewhere(c *call) error {
	path := c.r.URL.Path
	if strings.HasPrefix(path, "//") {
		return notFound() // an address of another site, to a browser
	}
	if len(s.methods(path)) > 0 {
		return httpx.MethodNotAllowed(c.r.Method)
	}
	if c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		return notFound()
	}
	if trimmed := strings.TrimRight(path, "/"); trimmed != path && trimmed != "" && s.has(trimmed) {
		return c.redirect(trimmed, http.StatusPermanentRedirect)
	}
	if to := c.url(path); !strings.HasPrefix(path, "/"+c.p.Code+"/") && s.has(to) {
		c.w.Header().Add("Vary", "Accept-Language")
		return c.redirect(to, http.StatusFound)
	}
	return notFound()
}

// has reports whether a GET of the path has a row of its own.
func (s *Site) has(path string) bool { return s.takes(http.MethodGet, path) }

// methods are those for which the path has a row of its own.
func (s *Site) methods(path string) (out []string) {
	if s.has(path) {
		out = append(out, http.MethodGet, http.MethodHead)
	}
	for _, m := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if s.takes(m, path) {
			out = append(out, m)
		}
	}
	return out
}

// takes reports whether a method of the path has a row of its own.
func (s *Site) takes(method, path string) bool {
	probe, err := http.NewRequest(method, path, nil)
	if err != nil {
		return false
	}
	_, pattern := s.mux.Handler(probe)
	return pattern != "" && pattern != "/"
}
