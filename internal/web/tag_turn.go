package web

import (
	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// undoTaxonomy and redoTaxonomy ask why a set is undone or brought back.
func (s *Site) undoTaxonomy(c *call) error {
	return s.turnForm(c, &sent{values: c.r.URL.Query()}, nil, false)
}
func (s *Site) redoTaxonomy(c *call) error {
	return s.turnForm(c, &sent{values: c.r.URL.Query()}, nil, true)
}

func (s *Site) turnForm(c *call, f *sent, faults []components.Fault, redo bool) error {
	timeline, _, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	word, title, lead := "undo", "tagwork.undo", "tagwork.undo.lead"
	if redo {
		word, title, lead = "redo", "tagwork.redo", "tagwork.redo.lead"
	}
	var sets []choice
	for _, v := range lastOfSets(timeline) {
		if (v.Step == taxonomy.StepUndo) == redo {
			sets = append(sets, choice{v.Set, v.About.Title.In(c.p.Code).Text})
		}
	}
	a := c.typed(f, faults, []string{c.p.Code})
	a.menu("set", "tagwork.set", sets)
	a.text("why", "tagwork.why", 3, civic.MaxLine, false)
	page := c.asks(c.p.T(title), c.p.T(lead), "/work/taxonomy/"+word, c.p.T(title), a)
	page.Trail = []pages.Link{{URL: c.url("/work/taxonomy"), Text: c.p.T("tagwork.taxonomy")}}
	if len(faults) > 0 {
		return c.again(pages.KeepPage(page))
	}
	return c.show(pages.KeepPage(page))
}

func (s *Site) undoTaxonomySend(c *call) error { return s.turn(c, false) }
func (s *Site) redoTaxonomySend(c *call) error { return s.turn(c, true) }

// turn undoes a set or brings it back.
func (s *Site) turn(c *call, redo bool) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	set, why := f.text("set"), textOf(f, "why", []string{c.p.Code})
	if set == "" {
		return s.turnForm(c, f, []components.Fault{{Field: "set", Text: c.p.T("tagwork.choose")}}, redo)
	}
	do, done := s.App.UndoTags, "undone"
	if redo {
		do, done = s.App.RedoTags, "redone"
	}
	err = do(c.r.Context(), c.who, set, why)
	if faults, ok := c.setFaults(err, func(field string) string {
		if field == "why" {
			return field + "." + c.p.Code
		}
		return ""
	}); ok {
		return s.turnForm(c, f, faults, redo)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/taxonomy?done=" + done)
}
