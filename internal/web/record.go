package web

import "avow/internal/web/ui/pages"

// record says what the public record is, where it stands and how to check it.
func (s *Site) record(c *call) error {
	return c.show(pages.RecordPage(pages.Record{Page: c.layout("record", c.p.T("record.title")), Facts: c.recordFacts()}))
}

func (c *call) recordFacts() pages.RecordFacts {
	f := pages.RecordFacts{Entries: c.p.Number(int(c.state.size)), Root: c.state.root, Origin: c.state.origin}
	if c.state.newest > 0 {
		f.Newest = c.p.DateTime(c.state.newest)
	}
	return f
}
