package web

import (
	"net/http"

	"avow/internal/httpx"
)

// root sends the reader to the home page in the best of our languages.
func (s *Site) root(c *call) error {
	c.w.Header().Add("Vary", "Accept-Language")
	c.w.Header().Set("Cache-Control", "no-cache")
	return c.redirect(c.url("/"), http.StatusFound)
}

// language sends /fr to /fr/.
func (s *Site) language(c *call) error {
	return c.redirect(c.url("/"), http.StatusPermanentRedirect)
}

// asset serves a file of ours for ever: its name changes with its content.
func (s *Site) asset(c *call) error {
	if !s.assets.Serve(c.w, c.r, c.r.PathValue("file")) {
		return notFound()
	}
	return nil
}

// favicon is where browsers look when a page names no icon.
func (s *Site) favicon(c *call) error { return s.plain(c, "icon.svg", "image/svg+xml") }

// robots asks crawlers to leave the API to programs.
func (s *Site) robots(c *call) error { return s.plain(c, "robots.txt", "text/plain; charset=utf-8") }

func (s *Site) plain(c *call, name, kind string) error {
	body, err := static.ReadFile("static/" + name)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", kind)
	if httpx.Fresh(c.w, c.r, httpx.ETag(string(body))) {
		return nil
	}
	_, _ = c.w.Write(body) // the client is gone; nobody to tell
	return nil
}
