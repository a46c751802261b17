package web

import (
	"cmp"
	"net/url"
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// decideTags asks what shall become of the tags of one commitment.
func (s *Site) decideTags(c *call) error { return s.decideForm(c, &sent{}, nil) }

func (s *Site) decideForm(c *call, f *sent, faults []components.Fault) error {
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	cm := page.Dossier.Commitment
	if err := c.who.Ask(civic.MayTag, placeOfTags(cm)); err != nil {
		return err
	}
	_, graph, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	proposed, err := s.App.ProposalsFor(c.r.Context(), page.Ref)
	if err != nil {
		return err
	}
	a := c.typed(f, faults, []string{c.p.Code})
	pick := components.Choices{Name: "tag", Legend: c.p.T("tagwork.which"), Hint: c.p.T("tagwork.which.hint"), Many: true, Fault: components.Of(faults, "tag")}
	on, off := c.tagsInForce(graph, cm)
	for _, m := range c.tagsOf(graph, cm) {
		pick.Items = append(pick.Items, components.Choice{Value: string(m.ID), Label: c.tagPhrase(m.Names).Text, Lang: c.tagPhrase(m.Names).Lang, Hint: c.p.T("tagwork.has"), Chosen: slices.Contains(f.all("tag"), string(m.ID))})
	}
	for _, p := range proposed {
		if p.Refused != "" {
			a.out = append(a.out, pages.KeepQuestion{Kept: c.p.T("unit.with_note", "text", c.tagPhrase(p.Tag.Names).Text, "note", c.whyProposed(p))})
			continue
		}
		pick.Items = append(pick.Items, components.Choice{Value: string(p.Tag.ID), Label: c.tagPhrase(p.Tag.Names).Text, Lang: c.tagPhrase(p.Tag.Names).Lang, Hint: c.whyProposed(p), Chosen: slices.Contains(f.all("tag"), string(p.Tag.ID))})
	}
	if len(pick.Items) > 0 {
		a.out = append(a.out, pages.KeepQuestion{Pick: &pick})
	}
	a.line("other", "tagwork.other", "", true)
	a.pick("verdict", "tagwork.verdict", c.verdicts())
	a.text("reason", "tagwork.reason", 3, civic.MaxLine, true)
	keep := c.asks(c.p.T("tagwork.decide"), "", "/work/tags/"+url.PathEscape(page.Ref), c.p.T("tagwork.decide.send"), a)
	keep.Trail = []pages.Link{{URL: c.url("/work/tags"), Text: c.p.T("tagwork.tags")}}
	if c.query("done") != "" {
		keep.Saved = c.p.T("tagwork.done.decided")
	}
	title := phrase.Of(cm.Title.Original())
	if title.Text == "" {
		title = phrase.Text{Text: c.p.T("commitment.title.none")}
	}
	d := pages.TagDecide{Keep: keep, Commitment: pages.TagName{URL: c.commitmentURL(page.Ref), Name: title, Note: cm.OGPID}, On: on, Off: off,
		After: []pages.Link{{URL: c.url("/work/scope/" + url.PathEscape(page.Ref)), Text: c.p.T("scopework.title")}}}
	if len(faults) > 0 {
		return c.again(pages.TagDecidePage(d))
	}
	return c.show(pages.TagDecidePage(d))
}

// tagsOf are the tags of the taxonomy that are in force on a commitment.
func (c *call) tagsOf(g *taxonomy.Graph, cm civic.Commitment) (out []taxonomy.Tag) {
	for _, m := range cm.TagMarks() {
		tag, ok := g.Find(m.Slug)
		if ok && g.InForce(cm, tag.ID) && !slices.ContainsFunc(out, func(o taxonomy.Tag) bool { return o.ID == tag.ID }) {
			out = append(out, tag)
		}
	}
	return out
}

// placeOfTags is where a decision on a commitment's tags is made.
func placeOfTags(cm civic.Commitment) civic.Place {
	p := civic.Place{Member: cm.Member, Commitment: cm.ID}
	for _, e := range cm.Plans {
		p.Plans = append(p.Plans, e.Plan)
	}
	for _, part := range cm.Parts {
		if part.Institution != "" {
			p.Institutions = append(p.Institutions, part.Institution)
		}
	}
	return p
}

func (c *call) verdicts() []choice {
	return valued(civic.TagVerdicts, func(v civic.TagVerdict) string { return c.p.T("tagwork.verdict." + string(v)) })
}

// decideTagsSend writes what was decided.
func (s *Site) decideTagsSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	proposed, err := s.App.ProposalsFor(c.r.Context(), page.Ref)
	if err != nil {
		return err
	}
	verdict, reason := civic.TagVerdict(f.text("verdict")), textOf(f, "reason", []string{c.p.Code})
	var choices []app.TagChoice
	for _, tag := range f.all("tag") {
		choices = append(choices, choiceOf(proposed, page.Ref, tag))
	}
	if other := f.text("other"); other != "" {
		choices = append(choices, choiceOf(proposed, page.Ref, other))
	}
	for i := range choices {
		choices[i].Verdict, choices[i].Reason = verdict, reason
	}
	if len(choices) == 0 {
		return s.decideForm(c, f, []components.Fault{{Field: "other", Text: c.p.T("tagwork.choose.tag")}})
	}
	err = s.App.DecideTags(c.r.Context(), c.who, choices)
	if faults, ok := c.setFaults(err, func(field string) string { return decisionField(field, c.p.Code, len(choices), f.text("other") != "") }); ok {
		return s.decideForm(c, f, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/tags/" + url.PathEscape(page.Ref) + "?done=1")
}

// choiceOf is a decision on a tag with what had proposed it, if anything did.
func choiceOf(proposed []app.Proposal, ref, tag string) app.TagChoice {
	out := app.TagChoice{Commitment: ref, Tag: tag}
	if i := slices.IndexFunc(proposed, func(p app.Proposal) bool { return string(p.Tag.ID) == tag && p.Item.Ref == ref }); i >= 0 {
		p := proposed[i]
		out.Origin, out.Model, out.Confidence, out.Words, out.Study, out.Edition = p.Origin, p.Model, p.Confidence, p.Words, p.Study, p.Edition
	}
	return out
}

// decisionField leads from a fault of a decision to its question.
func decisionField(field, lang string, n int, other bool) string {
	_, name, _ := cutTwice(field)
	switch name {
	case "verdict":
		return "verdict"
	case "reason":
		return "reason." + lang
	case "tag":
		if place, _, _ := cutTwice(field); other && place == n {
			return "other"
		}
	}
	return ""
}

// whyProposed says in one line what proposed a tag.
func (c *call) whyProposed(p app.Proposal) string {
	why := cmp.Or(c.proposedBy(p.Origin, p.Confidence, p.Words, p.Edition), c.p.T("tagwork.from.person"))
	if p.Deferred {
		why += " " + c.p.T("tagwork.deferred")
	}
	if p.Refused != "" {
		why += " " + c.p.T("tagwork.refused", "reason", c.p.T(p.Refused))
	}
	return why
}
