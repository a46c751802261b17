package web

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"avow/internal/app"
	"avow/internal/httpx"
	"avow/internal/tell"
)

func (s *Site) commitmentFeed(c *call) error { return c.feed(c.toldCommitment) }
func (s *Site) planFeed(c *call) error       { return c.feed(c.toldPlan) }
func (s *Site) memberFeed(c *call) error     { return c.feed(c.toldMember) }
func (s *Site) tagFeed(c *call) error        { return c.feed(c.toldTag) }
func (s *Site) changesFeed(c *call) error    { return c.feed(c.toldRecord) }

// An Atom feed (RFC 4287), in parts that link to each other (RFC 5005).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  atomAuthor `xml:"author"`
	Links   []atomLink `xml:"link"`
	Content atomText   `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

const atomType = "application/atom+xml"

// feed sends a story as an Atom feed: an entry for each entry of the record.
func (c *call) feed(find func() (told, error)) error {
	if err := c.readState(); err != nil {
		return err
	}
	tag := httpx.ETag("feed", strconv.FormatInt(c.state.size, 10), c.state.root, c.site.Build, c.site.BaseURL, c.r.URL.RequestURI(), c.p.Code)
	if httpx.Fresh(c.w, c.r, tag) {
		return nil
	}
	t, err := find()
	if err != nil {
		return err
	}
	sentences, next, err := c.part(t)
	if err != nil {
		return err
	}
	self := c.url(t.path + "/feed.atom")
	f := atomFeed{
		Lang: c.p.Code, ID: c.tagURI(c.p.Code + t.path), Title: c.p.T("story.feed", "name", cmp.Or(t.name, c.p.T("site.name"))),
		Updated: instant(c.state.newest), Author: atomAuthor{c.p.T("site.name")},
		Links: []atomLink{{"self", atomType, c.full(c.r.URL.RequestURI())}, {"alternate", "text/html", c.full(c.storyURL(t))}},
	}
	if next > 0 {
		f.Links = append(f.Links, atomLink{"next", atomType, c.full(self + query("cursor", strconv.FormatInt(next, 10)))})
	}
	for i, s := range sentences {
		if i == 0 || sentences[i-1].Entry != s.Entry {
			f.Entries = append(f.Entries, c.atomEntry(s, t))
		}
		e := &f.Entries[len(f.Entries)-1]
		if e.Content.Text != "" {
			e.Content.Text += "\n"
		}
		e.Content.Text += clean(tell.Say(c.p, s.Said()...))
	}
	for i, e := range f.Entries {
		if i == 0 || e.Updated > f.Updated { // of what citizens say the month alone is told
			f.Updated = e.Updated
		}
	}
	b := bytes.NewBufferString(xml.Header)
	if err := xml.NewEncoder(b).Encode(f); err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", atomType+"; charset=utf-8")
	c.w.Header().Set("Content-Language", c.p.Code)
	_, err = c.w.Write(b.Bytes())
	return err
}

func (c *call) atomEntry(s app.Sentence, t told) atomEntry {
	title := tell.Cut(tell.Say(c.p, s.Said()[0]), 140)
	if place := tell.Place(c.p, s.About, s.MemberName, s.PlanNumber); place != "" && s.Path != t.path {
		title = c.p.T("unit.labelled", "label", tell.Cut(place, 80), "value", title)
	}
	e := atomEntry{
		ID: c.tagURI("entry/" + strconv.FormatInt(s.Entry, 10)), Title: clean(title), Updated: instant(s.At),
		Author: atomAuthor{tell.Begin(tell.Word(c.p, s.Actor))}, Content: atomText{Type: "text"},
	}
	if s.Path != "" {
		e.Links = []atomLink{{"alternate", "text/html", c.full(c.url(s.Path))}}
	}
	return e
}

// storyURL is the page of a story.
func (c *call) storyURL(t told) string {
	if t.path == "/record" {
		return c.url("/record/changes")
	}
	return c.url(t.path + "/history")
}

// tagURI is a name of something of this record for ever (RFC 4151): it stays when
// the site moves to another address.
func (c *call) tagURI(what string) string {
	authority, rest, _ := strings.Cut(c.state.origin, "/")
	return "tag:" + authority + ",2026:" + rest + "/" + what
}

// full is an address with its host: the public one, else where the site listens.
func (c *call) full(path string) string { return cmp.Or(c.site.BaseURL, c.site.Address) + path }

func instant(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }

// clean leaves out what XML 1.0 cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
