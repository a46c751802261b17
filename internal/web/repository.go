package web

import (
	"context"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// documents lists a member's repository, narrowed by kind, plan, step or commitment.
func (s *Site) documents(c *call) error {
	ref := c.r.PathValue("member")
	f := app.DocumentFilter{Kind: c.query("kind"), Plan: civic.PlanID(c.query("plan")), Step: civic.StepID(c.query("step")), Commitment: civic.CommitmentID(c.query("commitment"))}
	d, err := s.App.Documents(c.r.Context(), ref, f)
	if err != nil {
		return err
	}
	path := "/members/" + d.Member.Slug + "/documents"
	if ref != d.Member.Slug {
		return c.redirect(c.url(path), permanently)
	}
	name := words{c.p}.memberName(d.Member.Member)
	p := pages.Documents{
		Page: c.layout("members", c.p.T("repository.page", "member", name)), Trail: c.memberTrail(d.Member), Name: c.p.T("repository.page", "member", name),
		Lead: c.p.T("repository.lead"), KindLabel: c.p.T("repository.kind"), All: c.url(path), Links: c.memberRooms(d.Member, "documents"),
		Fresh: c.p.T("repository.fresh.none"),
	}
	p.Page.About, p.Page.Hidden = p.Lead, c.r.URL.RawQuery != ""
	if d.Member.Demo {
		p.Demo = c.p.T("commitment.demo.help")
	}
	if d.Newest != "" {
		p.Fresh = c.p.T("repository.fresh", "date", c.p.CivilDate(d.Newest))
	}
	if d.Forum != nil {
		if l, ok := outward(d.Forum.Repository); ok {
			l.Count = c.p.T("repository.elsewhere")
			p.Links = append(p.Links, l)
		}
	}
	all := 0
	for _, k := range d.Kinds {
		all += k.Count
	}
	at := func(kind string) string {
		return c.url(path + query("kind", kind, "plan", string(f.Plan), "step", string(f.Step), "commitment", string(f.Commitment)))
	}
	p.Kinds = append(p.Kinds, pages.Link{URL: at(""), Text: c.p.T("filter.any"), Count: c.p.Number(all), Current: f.Kind == ""})
	for _, k := range d.Kinds {
		p.Kinds = append(p.Kinds, pages.Link{URL: at(k.Value), Text: c.p.T("repository.kind." + k.Value), Count: c.p.Number(k.Count), Current: k.Selected})
	}
	if f.Plan != "" || f.Step != "" || f.Commitment != "" {
		p.Within = c.p.N("repository.within", len(d.Documents))
	}
	for _, doc := range d.Documents {
		row := c.documentRow(doc)
		row.Of = c.belongsTo(d, doc)
		p.Rows = append(p.Rows, row)
	}
	if d.Withdrawn > 0 {
		p.Withdrawn = c.p.N("repository.withdrawn.count", d.Withdrawn)
	}
	return c.show(pages.DocumentsPage(p))
}

// documentRow is a document in a list.
func (c *call) documentRow(d civic.Document) pages.DocumentRow {
	row := pages.DocumentRow{URL: c.url("/documents/" + string(d.ID)), Title: phrase.Of(d.Title.In(c.p.Code)), Kind: c.p.Or("repository.kind."+d.Kind, d.Kind),
		Day: c.p.CivilDate(d.Dated), Lang: d.Lang}
	if l, ok := c.offered(d); ok {
		row.File = &l
	}
	return row
}

// belongsTo leads to what a document of the repository is about.
func (c *call) belongsTo(d app.DocumentsPage, doc civic.Document) []pages.Link {
	var out []pages.Link
	at := ""
	for _, p := range d.Plans {
		if p.ID == doc.Plan {
			at = c.url("/plans/" + p.Slug + "/process")
			out = append(out, pages.Link{URL: at, Text: words{c.p}.planName(p.Plan)})
		}
	}
	if v, ok := d.Steps[doc.Step]; ok && at != "" {
		t := v.Title.In(c.p.Code)
		out = append(out, pages.Link{URL: at + "#timeline", Text: t.Text, Lang: t.Lang})
	}
	if v, ok := d.Meetings[doc.Meeting]; ok {
		t := v.Title.In(c.p.Code)
		out = append(out, pages.Link{URL: c.url("/members/" + d.Member.Slug + "/meetings#m-" + string(v.ID)), Text: t.Text, Lang: t.Lang})
	}
	if doc.Commitment != "" {
		out = append(out, pages.Link{URL: c.commitmentURL(string(doc.Commitment)), Text: c.p.T("label.commitment")})
	}
	return out
}

// offered is the file or the address of a document.
func (c *call) offered(d civic.Document) (pages.Link, bool) {
	if d.File != nil {
		return c.fileLink(*d.File), d.Withdrawn == ""
	}
	l, ok := outward(d.URL)
	return l, ok && d.Withdrawn == ""
}

// document shows one document with what it belongs to.
func (s *Site) document(c *call) error {
	ref := c.r.PathValue("document")
	d, err := s.App.Document(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != string(d.ID) {
		return c.redirect(c.url("/documents/"+string(d.ID)), permanently)
	}
	w := words{c.p}
	title := d.Title.In(c.p.Code)
	p := pages.Document{Page: c.layout("members", title.Text), Title: phrase.Of(title), Kind: c.p.Or("repository.kind."+d.Kind, d.Kind), Withdrawn: d.Withdrawn,
		Trail: append(c.memberTrail(d.Member), pages.Link{URL: c.url("/members/" + d.Member.Slug + "/documents"), Text: c.p.T("repository.title")})}
	p.Page.About = c.p.T("unit.with_note", "text", title.Text, "note", p.Kind)
	for _, t := range d.Title {
		if t.Lang != title.Lang {
			p.Others = append(p.Others, phrase.Of(t))
		}
	}
	if d.Demo {
		p.Demo = c.p.T("commitment.demo.help")
	}
	if l, ok := c.offered(d.Document); ok {
		p.File = &l
		p.FileHelp = c.p.T("repository.address.help")
		if d.File != nil {
			p.FileHelp = c.p.T("repository.file.help")
		}
	}
	fact := func(key, text string) { p.Facts = append(p.Facts, pages.Fact{Term: c.p.T(key), Text: text}) }
	go_ := func(key, url, text string) {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T(key), Link: &pages.Link{URL: url, Text: text}})
	}
	fact("repository.dated", c.p.CivilDate(d.Dated))
	if d.Kept != "" {
		fact("repository.kept", c.p.CivilDate(d.Kept))
	}
	if d.Lang != "" && d.Lang != civic.Undetermined {
		fact("label.language", c.p.LanguageName(d.Lang))
	}
	if d.Plan != nil {
		go_("label.plan", c.url("/plans/"+d.Plan.Slug+"/process"), w.planName(d.Plan.Plan))
	}
	if d.Step != nil {
		fact("repository.step", d.Step.Title.In(c.p.Code).Text)
	}
	if d.Meeting != nil {
		go_("label.meeting", c.url("/members/"+d.Member.Slug+"/meetings#m-"+string(d.Meeting.ID)), d.Meeting.Title.In(c.p.Code).Text)
	}
	if d.Commitment != nil {
		go_("label.commitment", c.commitmentURL(d.Commitment.Ref), w.title(d.Commitment.Dossier.Commitment).Text)
	}
	if d.File != nil {
		fact("repository.size", c.p.Bytes(d.File.Size))
		fact("repository.hash", d.File.SHA256)
	}
	return c.show(pages.DocumentPage(p))
}

// meetings shows a member's forum and its meetings.
func (s *Site) meetings(c *call) error {
	ref := c.r.PathValue("member")
	m, err := s.App.Meetings(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != m.Member.Slug {
		return c.redirect(c.url("/members/"+m.Member.Slug+"/meetings"), permanently)
	}
	name := words{c.p}.memberName(m.Member.Member)
	p := pages.Meetings{Page: c.layout("members", c.p.T("meeting.page", "member", name)), Trail: c.memberTrail(m.Member), Name: c.p.T("meeting.page", "member", name),
		Lead: c.p.T("meeting.lead"), Links: c.memberRooms(m.Member, "meetings")}
	p.Page.About = p.Lead
	if m.Member.Demo {
		p.Demo = c.p.T("commitment.demo.help")
	}
	p.NoForum = c.p.T("forum.none")
	if m.Forum != nil {
		p.NoForum, p.Forum = "", c.forumFacts(m)
	}
	for _, v := range m.Meetings {
		p.Meetings = append(p.Meetings, c.meetingRow(v, m.Today))
	}
	return c.show(pages.MeetingsPage(p))
}

func (c *call) forumFacts(m app.MeetingsPage) []pages.Fact {
	f := *m.Forum
	name := phrase.Of(f.Name.In(c.p.Code))
	facts := []pages.Fact{{Term: c.p.T("forum.name"), Phrase: &name}, {Term: c.p.T("forum.seats"), Text: c.sides(f.Government, f.Civil, f.Others)}}
	none := words{c.p}.unknown()
	none.Text = c.p.T("forum.not_given")
	rules := pages.Fact{Term: c.p.T("forum.rules"), Value: &none}
	if m.Rules != nil {
		rules = pages.Fact{Term: c.p.T("forum.rules"), Link: &pages.Link{URL: c.url("/documents/" + string(m.Rules.ID)), Text: m.Rules.Title.In(c.p.Code).Text}}
	}
	site := pages.Fact{Term: c.p.T("forum.website"), Value: &none}
	if l, ok := outward(f.Website); ok {
		site = pages.Fact{Term: c.p.T("forum.website"), Link: &l}
	}
	facts = append(facts, rules, site)
	if l, ok := outward(f.Repository); ok {
		facts = append(facts, pages.Fact{Term: c.p.T("forum.repository"), Link: &l})
	}
	return facts
}

// sides are numbers of people by side.
func (c *call) sides(government, civil, others int) string {
	parts := []string{c.p.T("forum.side.government", "count", government), c.p.T("forum.side.civil", "count", civil)}
	if others > 0 {
		parts = append(parts, c.p.T("forum.side.others", "count", others))
	}
	return c.p.List(parts)
}

func (c *call) meetingRow(v app.MeetingView, today string) pages.MeetingRow {
	row := pages.MeetingRow{ID: string(v.ID), Title: phrase.Of(v.Title.In(c.p.Code)), Kind: c.p.Or("meeting.kind."+v.Kind, v.Kind), Day: c.p.CivilDate(v.On)}
	switch {
	case v.Cancelled:
		row.State = c.p.T("meeting.cancelled")
	case v.On > today:
		row.State = c.p.T("meeting.to_come")
	}
	if v.Where != "" {
		row.Facts = append(row.Facts, pages.Fact{Term: c.p.T("meeting.where"), Text: v.Where})
	}
	if v.Government+v.Civil+v.Others > 0 {
		row.Facts = append(row.Facts, pages.Fact{Term: c.p.T("meeting.people"), Text: c.sides(v.Government, v.Civil, v.Others)})
	}
	if t := v.Decided.In(c.p.Code); strings.TrimSpace(t.Text) != "" {
		decided := phrase.Of(t)
		row.Decided = &decided
	}
	for _, d := range v.Documents {
		row.Documents = append(row.Documents, c.documentRow(d))
	}
	return row
}

// recorded adds to the samples what is recorded of the process of who runs a plan here.
func (s *Site) recorded(ctx context.Context, k *Known) error {
	note := func(name, id string) {
		if len(k.IDs[name]) < few {
			k.IDs[name] = append(k.IDs[name], id)
		}
	}
	for _, member := range k.Living.Members {
		m, err := s.App.Meetings(ctx, member)
		if err != nil {
			return err
		}
		for _, v := range m.Meetings {
			note("meeting", string(v.ID))
		}
		d, err := s.App.Documents(ctx, member, app.DocumentFilter{})
		if err != nil {
			return err
		}
		for _, v := range d.Documents {
			note("document", string(v.ID))
			if v.File != nil {
				note("file", strings.TrimPrefix(filePath(*v.File), "/files/"))
			}
		}
	}
	for _, plan := range k.Living.Plans {
		p, err := s.App.Process(ctx, plan)
		if err != nil {
			return err
		}
		for _, v := range p.Steps {
			note("step", string(v.ID))
		}
		for _, v := range p.Contributions {
			note("contribution", string(v.ID))
		}
	}
	return nil
}

// documentsFact leads from a commitment to its documents in the repository.
func (c *call) documentsFact(page app.CommitmentPage, documents []civic.Document) (pages.Fact, bool) {
	if len(documents) == 0 {
		return pages.Fact{}, false
	}
	cm := page.Dossier.Commitment
	l := pages.Link{URL: c.url("/members/" + page.Dossier.Member.Slug + "/documents" + query("commitment", string(cm.ID))),
		Text: c.p.N("repository.of_commitment", len(documents), "date", c.p.CivilDate(documents[0].Dated))}
	return pages.Fact{Term: c.p.T("repository.title"), Link: &l}, true
}
