package web

import (
	"slices"
	"strings"
	"unicode/utf8"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/pages"
)

// sources shows every public column as it stands. A text that this page shows
// already is linked instead of repeated.
func (c *call) sources(page app.CommitmentPage, full bool) []pages.Source {
	w := words{c.p}
	cm := page.Dossier.Commitment
	anchor := "#promise"
	if full {
		anchor = "#text"
	}
	shown := map[string]string{}
	for _, t := range cm.Text {
		if utf8.RuneCountInString(t.Text) > 200 {
			shown[strings.TrimSpace(t.Text)] = anchor
		}
	}
	lang := cm.Text.Original().Lang
	var out []pages.Source
	for _, s := range page.Sources {
		if len(s.Columns) == 0 {
			continue
		}
		name := w.edition(s.Edition)
		v := pages.Source{ID: "source-" + slug(string(s.Edition)), Title: name}
		if s.Row > 0 {
			v.Title = c.p.T("commitment.evidence.source", "source", name, "row", s.Row)
		}
		single, shared := apart(s.Columns)
		v.Cells = slices.Grow(v.Cells, len(single)+len(shared))
		for _, cell := range single {
			k := pages.Cell{Column: cell.Column, Value: cell.Value, Ref: shown[strings.TrimSpace(cell.Value)]}
			if len(cell.Value) > 60 && lang != "" && !strings.HasPrefix(cell.Value, "http") {
				k.Lang, k.Dir = lang, civic.Direction(lang)
			}
			v.Cells = append(v.Cells, k)
		}
		for _, cell := range shared {
			k := pages.Cell{Column: cell.Column, Value: cell.Value}
			if cell.Value == "" {
				blank := w.missing(civic.Missing{Kind: civic.Blank})
				k.Blank = &blank
			}
			v.Cells = append(v.Cells, k)
		}
		out = append(out, v)
	}
	return out
}

// A short value that so many columns of a row hold is told once, with their names.
const (
	manyColumns = 8
	shortValue  = 24
)

// apart splits the columns of a row into those that stand alone and, for each
// value that many columns hold, one cell with the names of all of them.
func apart(columns []civic.Cell) (single, shared []civic.Cell) {
	with := map[string][]string{}
	for _, c := range columns {
		if utf8.RuneCountInString(c.Value) <= shortValue {
			with[c.Value] = append(with[c.Value], c.Column)
		}
	}
	done := map[string]bool{}
	for _, c := range columns {
		switch names := with[c.Value]; {
		case len(names) < manyColumns:
			single = append(single, c)
		case !done[c.Value]:
			done[c.Value] = true
			shared = append(shared, civic.Cell{Column: strings.Join(names, " · "), Value: c.Value})
		}
	}
	return single, shared
}
