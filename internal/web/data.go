package web

import (
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/web/ui/pages"
)

// data offers everything for download and says what it means.
func (s *Site) data(c *call) error {
	w := words{c.p}
	d := pages.Data{Page: c.layout("data", c.p.T("data.title")), Studies: c.url("/studies")}
	d.Page.About = c.p.T("data.lead")
	for _, id := range formats {
		d.Formats = append(d.Formats, pages.Format{ID: id, URL: exportURL(id, ""), Name: c.p.T("format." + id), Help: c.p.T("format." + id + ".help")})
	}
	for _, name := range app.ExportColumns() {
		meaning := c.p.Or("data.column."+name, "")
		if meaning == "" {
			meaning = c.fieldName(name)
		}
		d.Columns = append(d.Columns, pages.Fact{Term: name, Text: meaning})
	}
	for _, v := range review.Variables {
		if help := c.p.Or("variable."+v+".help", ""); help != "" {
			d.Scales = append(d.Scales, pages.Fact{Term: w.variable(v), Text: help})
		}
	}
	for _, kind := range civic.MissingKinds {
		v := w.missing(civic.Missing{Kind: kind})
		d.Missing = append(d.Missing, pages.Fact{Value: &v, Text: c.p.Or("missing."+string(kind)+".help", "")})
	}
	return c.show(pages.DataPage(d))
}

// formats are the downloads of commitments that the API offers.
var formats = []string{"csv", "jsonl", "xlsx"}

// exportURL is the address of a download; query selects what is in it.
func exportURL(format, query string) string {
	return "/api/v1/exports/commitments." + format + query
}
