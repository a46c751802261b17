package web

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/tell"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// storyPage is how many entries of the record one page of a story tells.
const storyPage = 40

// told is whose story a page or a feed tells.
type told struct {
	path    string // of the subject's own page, "/record" for everything
	section string
	name    string // in the reader's language
	title   *phrase.Text
	trail   []pages.Link
	read    func(ctx context.Context, page app.StoryPage) ([]app.Sentence, error)
}

func (s *Site) story(kind civic.Kind, id string) func(context.Context, app.StoryPage) ([]app.Sentence, error) {
	return func(ctx context.Context, page app.StoryPage) ([]app.Sentence, error) {
		return s.App.Story(ctx, kind, id, page)
	}
}

func (c *call) toldCommitment() (told, error) {
	page, err := c.site.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return told{}, err
	}
	title := words{c.p}.title(page.Dossier.Commitment)
	id := page.Dossier.Commitment.ID
	return told{path: "/commitments/" + page.Ref, section: "commitments", name: title.Text, title: &title,
		trail: []pages.Link{{URL: c.url("/commitments"), Text: c.p.T("nav.commitments")}, {URL: c.commitmentURL(page.Ref), Text: tell.Cut(title.Text, 60), Lang: title.Lang}},
		read:  c.site.story(civic.KindCommitment, string(id))}, nil
}

func (c *call) toldPlan() (told, error) {
	page, err := c.site.App.Plan(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return told{}, err
	}
	w := words{c.p}
	member := w.Member(page.MemberCode, page.MemberName)
	name := w.planTitle(member, page.Plan)
	return told{path: "/plans/" + page.Slug, section: "members", name: name,
		trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + page.MemberSlug), Text: member}, {URL: c.url("/plans/" + page.Slug), Text: name}},
		read:  c.site.story(civic.KindPlan, string(page.ID))}, nil
}

func (c *call) toldMember() (told, error) {
	page, err := c.site.App.Member(c.r.Context(), c.r.PathValue("member"))
	if err != nil {
		return told{}, err
	}
	name := words{c.p}.memberName(page.Member)
	return told{path: "/members/" + page.Slug, section: "members", name: name,
		trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + page.Slug), Text: name}},
		read:  c.site.story(civic.KindMember, string(page.ID))}, nil
}

func (c *call) toldTag() (told, error) {
	t, err := c.site.App.Tag(c.r.Context(), c.r.PathValue("tag"))
	if err != nil {
		return told{}, err
	}
	title := phrase.Of(t.Names.In(c.p.Code))
	return told{path: "/tags/" + t.Slug, section: "tags", name: title.Text, title: &title,
		trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}, {URL: c.url("/tags/" + t.Slug), Text: title.Text, Lang: title.Lang}},
		read: func(ctx context.Context, page app.StoryPage) ([]app.Sentence, error) {
			return c.site.App.TagStory(ctx, t.Slug, page)
		}}, nil
}

func (c *call) toldRecord() (told, error) {
	return told{path: "/record", section: "record", trail: []pages.Link{{URL: c.url("/record"), Text: c.p.T("nav.record")}}, read: c.site.App.Changes}, nil
}

func (s *Site) commitmentHistory(c *call) error { return c.showStory(c.toldCommitment()) }
func (s *Site) planHistory(c *call) error       { return c.showStory(c.toldPlan()) }
func (s *Site) memberHistory(c *call) error     { return c.showStory(c.toldMember()) }
func (s *Site) tagHistory(c *call) error        { return c.showStory(c.toldTag()) }
func (s *Site) changes(c *call) error           { return c.showStory(c.toldRecord()) }

// before is the entry below which a story goes on, 0 for its newest part.
func (c *call) before() (int64, error) {
	value := c.query("cursor")
	if value == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n <= 0 {
		return 0, &civic.Error{Kind: civic.Invalid, Key: "query.cursor", Field: "cursor", Args: map[string]any{"value": value}}
	}
	return n, nil
}

// part reads one part of a story and where the next begins, 0 at its end.
func (c *call) part(t told) (out []app.Sentence, next int64, err error) {
	from, err := c.before()
	if err != nil {
		return nil, 0, err
	}
	if out, err = t.read(c.r.Context(), app.StoryPage{Before: from, Limit: storyPage + 1}); err != nil {
		return nil, 0, err
	}
	entries, last := 0, int64(-1)
	for i, s := range out {
		if s.Entry == last {
			continue
		}
		if entries++; entries > storyPage {
			return out[:i], last, nil
		}
		last = s.Entry
	}
	return out, 0, nil
}

// showStory shows a story, a day under a heading each.
func (c *call) showStory(t told, err error) error {
	if err != nil {
		return err
	}
	sentences, next, err := c.part(t)
	if err != nil {
		return err
	}
	heading := c.p.T("story.title.changes")
	if t.name != "" {
		heading = c.p.T("story.title")
	}
	p := pages.Story{Page: c.layout(t.section, c.p.T("unit.with_note", "text", heading, "note", t.name)), Heading: heading, Name: t.name, Title: t.title, Trail: t.trail,
		Lead: c.p.T("story.lead")}
	if t.name == "" {
		p.Page.Title = heading
	}
	p.Page.About = p.Lead
	p.Page.Feed.Title = c.p.T("story.feed", "name", cmp.Or(t.name, c.p.T("site.name")))
	if c.query("cursor") != "" {
		p.First, p.Page.Hidden = c.r.URL.Path, true
	}
	if next > 0 {
		p.Next = c.r.URL.Path + query("cursor", strconv.FormatInt(next, 10))
	}
	for _, s := range sentences {
		day := c.p.Date(s.At)
		if s.Month {
			day = c.p.CivilDate(time.UnixMicro(s.At).UTC().Format("2006-01"))
		}
		if n := len(p.Days); n == 0 || p.Days[n-1].Date != day {
			p.Days = append(p.Days, pages.StoryDay{Date: day})
		}
		d := &p.Days[len(p.Days)-1]
		d.Items = append(d.Items, c.storyItem(t, s))
	}
	return c.show(pages.StoryPage(p))
}

func (c *call) storyItem(t told, s app.Sentence) pages.StoryItem {
	item := pages.StoryItem{Text: tell.Say(c.p, s.Said()...), By: c.p.T("story.by_entry", "actor", tell.Begin(tell.Word(c.p, s.Actor)), "entry", s.Entry)}
	if text := tell.Place(c.p, s.About, s.MemberName, s.PlanNumber); text != "" && s.Path != t.path && s.Path != "" {
		link := pages.Link{URL: c.url(s.Path), Text: text}
		if len(s.About) > 0 {
			link.Lang = s.About.In(c.p.Code).Lang
		}
		item.About = &link
	}
	if s.Field != "" && (len(s.Before) > longSide || len(s.After) > longSide) {
		before, after := around(s.Before, s.After)
		item.Changes = []pages.FieldChange{{Field: tell.FieldName(c.p, s.Field), Before: c.side(s.Field, before), After: c.side(s.Field, after)}}
		item.All = c.p.T("story.both")
	}
	return item
}

// longSide is how many bytes of a value a sentence can repeat in full.
const longSide = 120
