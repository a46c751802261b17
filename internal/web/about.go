package web

import "avow/internal/web/ui/pages"

// about says what this is, for whom and what it is not.
func (s *Site) about(c *call) error {
	return c.show(pages.PlainPage(pages.Plain{
		Page: c.layout("about", c.p.T("about.title")), Prefix: "about", Intro: "site.description",
		Parts: []string{"what", "who", "apart", "missing", "record", "sources", "irm", "not", "software"},
	}))
}

// accessibility is the accessibility statement.
func (s *Site) accessibility(c *call) error {
	return c.show(pages.PlainPage(pages.Plain{
		Page: c.layout("accessibility", c.p.T("accessibility.title")), Prefix: "accessibility", Intro: "accessibility.lead",
		Parts: []string{"status", "features", "tested", "untested", "problems", "feedback"},
		Points: map[string][]string{
			"tested":   {"axe", "width", "keyboard", "script", "rtl"},
			"untested": {"people", "screen_reader", "translation", "sources"},
			"problems": {"language", "tags"},
		},
	}))
}
