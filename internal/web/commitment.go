package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// How much of a promise the top of its page shows, and from which length on a
// title is set as a paragraph (characters).
const (
	promiseLength = 700
	longTitle     = 120
)

// commitment shows everything known of one commitment.
func (s *Site) commitment(c *call) error {
	ref := c.r.PathValue("commitment")
	page, err := s.App.Commitment(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Ref {
		return c.redirect(c.commitmentURL(page.Ref), permanently)
	}
	reports, err := s.App.ReportsOn(c.r.Context(), page.Dossier.Commitment)
	if err != nil {
		return err
	}
	status, err := c.standing(page.Dossier.Commitment, reports, page.Ratings)
	if err != nil {
		return err
	}
	shown := c.commitmentPage(page, status)
	_, graph, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	shown.TagsOn, shown.TagsOff = c.tagsInForce(graph, page.Dossier.Commitment)
	shown.Digital = c.digital(page.Frame(), page.Dossier.Commitment.Scoped)
	if err := c.living(&shown, page.Dossier.Commitment, page.Ref, reports); err != nil {
		return err
	}
	documents, err := s.App.DocumentsOf(c.r.Context(), page.Dossier.Commitment.ID)
	if err != nil {
		return err
	}
	if f, ok := c.documentsFact(page, documents); ok {
		shown.Facts = append(shown.Facts, f)
	}
	return c.show(pages.CommitmentPage(shown))
}

// commitmentPage turns what is known into what the page says.
func (c *call) commitmentPage(page app.CommitmentPage, status []pages.Status) pages.Commitment {
	w := words{c.p}
	d := page.Dossier
	cm := d.Commitment
	out := pages.Commitment{
		Page:  c.layout("commitments", titleOf(page)),
		Trail: c.commitmentTrail(d), Kicker: c.kicker(cm), Titles: w.titles(cm), Long: utf8.RuneCountInString(cm.Title.String()) > longTitle,
		Facts: c.commitmentFacts(d), Milestones: c.milestones(cm), Tags: c.tagGroups(page.Tags),
		JSON: "/api/v1/commitments/" + url.PathEscape(page.Ref),
	}
	if cm.Demo {
		out.Remarks = append(out.Remarks, c.p.T("commitment.demo.help"))
	}
	if cm.Placeholder {
		out.Remarks = append(out.Remarks, c.p.T("commitment.placeholder"))
	}
	for _, e := range cm.Absent {
		out.Remarks = append(out.Remarks, c.p.T("commitment.absent", "source", w.edition(e)))
	}
	c.livingRemarks(&out, cm, page.Ref)
	c.promise(&out, cm)
	if len(out.Promise) > 0 {
		out.Page.About = phrase.Flat(out.Promise[0].Text)
	}
	out.Reviews, out.OlderReview = c.assessments(page.Ratings)
	out.Status = status
	out.Changes, out.Earlier = c.entries(page)
	for _, n := range cm.Notes {
		by := n.Source
		if n.Year > 0 {
			by = c.p.T("unit.with_year", "name", by, "year", c.p.Plain(n.Year))
		}
		out.Notes = append(out.Notes, pages.Note{Text: phrase.Of(n.Text.In(c.p.Code)), Source: by})
	}
	out.Sources = c.sources(page, len(out.Full) > 0)
	return out
}

// titleOf is the title of the page: the title with its ID behind it when there is room.
func titleOf(page app.CommitmentPage) string {
	title := layout.Cut(phrase.Flat(page.Dossier.Commitment.Title.String()), 48)
	if id := page.Dossier.Commitment.OGPID; id != "" && title == "" {
		return id
	} else if id != "" {
		return strings.TrimSpace(title + " (" + id + ")")
	}
	return title
}

func (w words) titles(cm civic.Commitment) []phrase.Text {
	all := phrase.All(cm.Title)
	if len(all) == 0 {
		all = []phrase.Text{w.title(cm)}
	}
	return all
}

func (c *call) commitmentTrail(d civic.Dossier) []pages.Link {
	w := words{c.p}
	trail := []pages.Link{
		{URL: c.url("/members"), Text: c.p.T("nav.members")},
		{URL: c.url("/members/" + url.PathEscape(d.Member.Slug)), Text: w.memberName(d.Member)},
	}
	if len(d.Plans) > 0 {
		trail = append(trail, pages.Link{URL: c.url("/plans/" + d.Plans[0].Slug), Text: w.planName(d.Plans[0])})
	}
	return trail
}

func (c *call) kicker(cm civic.Commitment) string {
	if cm.OGPID == "" {
		return c.p.T("label.commitment") + " · " + c.p.T("commitment.no_ogp_id")
	}
	return c.p.T("label.commitment") + " " + cm.OGPID
}

// promise puts the text where it is read first: whole when it is short, else its
// beginning with a link to the whole.
func (c *call) promise(out *pages.Commitment, cm civic.Commitment) {
	if short := cm.Short.Original(); short.Text != "" && phrase.Flat(short.Text) != phrase.Flat(cm.Title.String()) {
		out.Promise = append(out.Promise, phrase.Of(short))
	}
	texts := phrase.All(cm.Text)
	if len(texts) == 0 {
		if len(out.Promise) == 0 {
			v := words{c.p}.missing(civic.Missing{Kind: civic.NotReported})
			v.Text = c.p.T("commitment.text.none")
			out.NoPromise = &v
		}
		return
	}
	total := 0
	for _, t := range texts {
		total += utf8.RuneCountInString(t.Text)
	}
	if total <= promiseLength {
		out.Promise = append(out.Promise, texts...)
		return
	}
	first := texts[0]
	first.Text = layout.Cut(phrase.Flat(beginning(first.Text, promiseLength, false)), promiseLength*2/3)
	out.Promise = append(out.Promise, first)
	out.Full = texts
}

// commitmentFacts answers by whom and until when.
func (c *call) commitmentFacts(d civic.Dossier) []pages.Fact {
	w := words{c.p}
	cm := d.Commitment
	facts := []pages.Fact{{Term: c.p.T("commitment.promised.by"), Link: &pages.Link{URL: c.url("/members/" + url.PathEscape(d.Member.Slug)), Text: w.memberName(d.Member)}}}
	plans := pages.Fact{Term: c.p.T("label.plan")}
	for i, p := range d.Plans {
		name := w.planName(p)
		if i < len(cm.Plans) && cm.Plans[i].Number != "" {
			name = c.p.T("commitment.number_in_plan", "number", w.inPlan(cm.Plans[i].Number), "plan", name)
		}
		if p.Submitted > 0 {
			name = c.p.T("unit.with_note", "text", name, "note", c.p.Plain(p.Submitted))
		}
		plans.More = append(plans.More, pages.Fact{Link: &pages.Link{URL: c.url("/plans/" + p.Slug), Text: name}})
	}
	if plans.More != nil {
		facts = append(facts, plans)
	}
	for _, role := range []civic.Role{civic.Lead, civic.Supporting} {
		if f := c.parts(d, role); f.More != nil {
			facts = append(facts, f)
		}
	}
	facts = append(facts, w.whenFacts(cm)...)
	if t := cm.Theme.Original(); t.Text != "" {
		theme := phrase.Of(t)
		facts = append(facts, pages.Fact{Term: c.p.T("label.theme"), Phrase: &theme})
	}
	if cm.Submitted > 0 {
		facts = append(facts, pages.Fact{Term: c.p.T("label.submitted"), Text: c.p.Plain(cm.Submitted)})
	}
	if l := c.language(cm); l != "" {
		facts = append(facts, pages.Fact{Term: c.p.T("label.language"), Text: l})
	}
	if l, ok := outward(cm.URL); ok {
		facts = append(facts, pages.Fact{Term: c.p.T("label.link"), Link: &l})
	} else if cm.URL != "" {
		facts = append(facts, pages.Fact{Term: c.p.T("label.link"), Text: cm.URL})
	}
	return facts
}

// language says in which language the text is and whether that is a guess.
func (c *call) language(cm civic.Commitment) string {
	t := cm.Text
	if len(t) == 0 {
		t = cm.Title
	}
	p := t.Original()
	switch {
	case p.Text == "":
		return ""
	case p.Lang == civic.Undetermined || p.Lang == "":
		return c.p.T("commitment.text.language.unknown")
	case p.Guessed:
		return c.p.T("commitment.text.language.guessed", "language", c.p.LanguageName(p.Lang))
	}
	return c.p.LanguageName(p.Lang)
}

// parts lists the institutions of a role as the sources write them.
func (c *call) parts(d civic.Dossier, role civic.Role) pages.Fact {
	f := pages.Fact{Term: c.p.T("label." + string(role))}
	for _, part := range d.Commitment.Parts {
		if part.Role != role {
			continue
		}
		if part.Missing != nil {
			v := words{c.p}.missing(*part.Missing)
			f.More = append(f.More, pages.Fact{Value: &v})
			continue
		}
		name := d.Institutions[part.Institution].Name.Original()
		if part.Name != "" {
			name.Text = part.Name
		}
		t := phrase.Of(name)
		f.More = append(f.More, pages.Fact{Phrase: &t})
	}
	return f
}

// tagGroups groups tags by the edition that gave them.
func (c *call) tagGroups(tags []app.TagView) []pages.TagGroup {
	w := words{c.p}
	var out []pages.TagGroup
	last := civic.Edition("")
	for _, t := range tags {
		if len(out) == 0 || t.Edition != last {
			out, last = append(out, pages.TagGroup{Edition: w.edition(t.Edition)}), t.Edition
		}
		mark := pages.TagMark{Link: pages.Link{URL: c.url("/tags/" + t.Slug), Text: t.Name, Lang: "en"}}
		if t.Value != "yes" {
			v := w.missing(civic.Missing{Kind: civic.MissingKind(t.Value), Code: t.Code})
			mark.Value = &v
		}
		g := &out[len(out)-1]
		g.Tags = append(g.Tags, mark)
	}
	return out
}

// milestones puts indicators below their milestones.
func (c *call) milestones(cm civic.Commitment) []pages.Milestone {
	byParent := map[string][]civic.Milestone{}
	codes := map[string]bool{}
	for _, m := range cm.Milestones {
		codes[m.Code] = true
	}
	for _, m := range cm.Milestones {
		parent := m.Parent
		if parent == m.Code || !codes[parent] {
			parent = ""
		}
		byParent[parent] = append(byParent[parent], m)
	}
	var out []pages.Milestone
	for _, m := range byParent[""] {
		v := c.milestone(m)
		if m.Code != "" {
			for _, k := range byParent[m.Code] {
				v.Children = append(v.Children, c.milestone(k))
			}
		}
		out = append(out, v)
	}
	return out
}

func (c *call) milestone(m civic.Milestone) pages.Milestone {
	w := words{c.p}
	v := pages.Milestone{ID: string(m.ID), Code: m.Code, Titles: phrase.All(m.Title), Texts: phrase.All(m.Text)}
	if f, ok := w.whenFact(c.p.T("label.start"), m.Start); ok {
		v.Facts = append(v.Facts, f)
	}
	if f, ok := w.whenFact(c.p.T("label.due"), m.Due); ok {
		v.Facts = append(v.Facts, f)
	}
	for i, p := range phrase.All(m.DueIn) {
		f := pages.Fact{Term: c.p.T("history.field.due_in"), Phrase: &p}
		if i > 0 {
			f.Term = c.p.T("history.field.translation", "field", f.Term, "language", c.p.LanguageName(p.Lang))
		}
		v.Facts = append(v.Facts, f)
	}
	if status := statusOf(m); status != "" {
		v.Facts = append(v.Facts, pages.Fact{Term: c.p.T("label.status"), Value: &value.Value{Text: status, Lang: "en"}})
	}
	if m.Lead != "" {
		v.Facts = append(v.Facts, pages.Fact{Term: c.p.T("label.lead"), Text: m.Lead})
	}
	for _, p := range m.URL {
		if l, ok := outward(p.Text); ok {
			l.Lang = p.Lang
			v.Facts = append(v.Facts, pages.Fact{Term: c.p.T("label.link"), Link: &l})
		}
	}
	for _, cell := range m.Cells {
		v.Cells = append(v.Cells, pages.Cell{Column: cell.Column, Value: cell.Value})
	}
	return v
}
