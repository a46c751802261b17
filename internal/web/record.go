package web

import "avow/internal/web/ui/pages"

// record says what the public record is, where it stands and how to check it.
func (s *Site) record(c *call) error {
	p := pages.Record{Page: c.layout("record", c.p.T("record.title")), Facts: c.recordFacts(), JSON: "/api/v1/record"}
	p.Page.About = c.p.T("record.lead")
	p.Checkpoint, p.Key = c.state.checkpoint, c.state.key
	return c.show(pages.RecordPage(p))
}

func (c *call) recordFacts() pages.RecordFacts {
	f := pages.RecordFacts{Entries: c.p.Number(int(c.state.size)), Root: c.state.root, Origin: c.state.origin}
	if c.state.newest > 0 {
		f.Newest = c.p.DateTime(c.state.newest)
	}
	return f
}
