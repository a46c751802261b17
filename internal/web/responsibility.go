package web

import (
	"cmp"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// responsibility shows who answers for what in a member.
func (s *Site) responsibility(c *call) error {
	ref := c.r.PathValue("member")
	r, err := s.App.Responsibility(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != r.Member.Slug {
		return c.redirect(c.url("/members/"+r.Member.Slug+"/responsibility"), permanently)
	}
	return c.show(pages.ResponsibilityPage(c.responsibilityPage(r, false)))
}

// keepResponsibility is the same with the ways to change it.
func (s *Site) keepResponsibility(c *call) error {
	r, err := s.App.Responsibility(c.r.Context(), c.r.PathValue("member"))
	if err != nil {
		return err
	}
	if err := c.who.Ask(civic.MayKeepDuties, civic.Place{Member: r.Member.ID}); err != nil {
		return err
	}
	page := c.responsibilityPage(r, true)
	if c.query("done") == "kept" {
		page.Done = c.p.T("responsibility.done")
	}
	at := c.url("/work/members/" + r.Member.Slug)
	page.Add = []pages.Link{{URL: at + "/tensions/new", Text: c.p.T("responsibility.tension.new")}, {URL: at + "/tools/new", Text: c.p.T("responsibility.tool.new")}}
	return c.show(pages.ResponsibilityPage(page))
}

func (c *call) responsibilityPage(r app.Responsibility, keeps bool) pages.Responsibility {
	w := words{c.p}
	name := w.memberName(r.Member.Member)
	title := c.p.T("responsibility.title", "member", name)
	out := pages.Responsibility{Page: c.layout("members", title), Title: title,
		Trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + r.Member.Slug), Text: name}},
		JSON:  "/api/v1/members/" + r.Member.Slug + "/responsibility"}
	out.Page.About = c.p.T("responsibility.intro")
	if r.Member.Demo {
		out.Demo = c.p.T("commitment.demo.help")
	}
	var plans []string
	for _, p := range r.Plans {
		plans = append(plans, w.planName(p.Plan))
	}
	if len(plans) > 0 {
		out.About = c.p.T("responsibility.about", "plans", c.p.List(plans))
	}
	for _, g := range r.Gaps {
		out.Gaps = append(out.Gaps, c.gapRow(g))
	}
	for _, d := range r.Duties {
		out.Duties = append(out.Duties, pages.DutyRow{Name: c.bodyName(d.Institution), Leads: c.promises(d.Leads), Supports: c.promises(d.Supports)})
	}
	for _, t := range r.Tensions {
		row := pages.TensionRow{Topic: phrase.Of(t.Topic.In(c.p.Code)), Laws: t.Laws, Owner: c.ownerName(r, t.Owner), Ties: c.tiesOf(r, t.Commitments), How: phrase.All(t.How)}
		if t.Resolved != "" {
			row.Resolved = c.p.CivilDate(t.Resolved)
		}
		if keeps {
			row.Edit = &pages.Link{URL: c.url("/work/tensions/" + string(t.ID)), Text: c.p.T("responsibility.tension.change")}
		}
		out.Tensions = append(out.Tensions, row)
	}
	for _, t := range r.Tools {
		row := pages.ToolRow{Name: t.Name, URL: t.URL, Purpose: phrase.All(t.Purpose), Owner: c.ownerName(r, t.Owner), Maintainer: t.Maintainer, Licence: t.Licence, Ties: c.tiesOf(r, t.Commitments)}
		if t.Kind != "" && t.Maintainer != "" {
			row.Maintainer = c.p.T("unit.with_note", "text", t.Maintainer, "note", c.p.Or("maintainer."+t.Kind, t.Kind))
		}
		if t.Until != "" {
			row.Until = c.p.CivilDate(t.Until)
		}
		if keeps {
			row.Edit = &pages.Link{URL: c.url("/work/tools/" + string(t.ID)), Text: c.p.T("responsibility.tool.change")}
		}
		out.Tools = append(out.Tools, row)
	}
	return out
}

func (c *call) gapRow(g app.Gap) pages.GapRow {
	row := pages.GapRow{Kind: c.p.T("gap." + string(g.Kind))}
	switch {
	case g.Commitment != nil:
		row.What, row.URL = words{c.p}.title(g.Commitment.Dossier.Commitment), c.commitmentURL(g.Commitment.Ref)
	case g.Tension != nil:
		row.What, row.URL = phrase.Of(g.Tension.Topic.In(c.p.Code)), "#tensions"
	case g.Tool != nil:
		row.What, row.URL = phrase.Text{Lang: civic.Undetermined, Dir: "auto", Text: g.Tool.Name}, "#tools"
		if g.Kind == civic.UpkeepEnds {
			row.Note = c.p.T("responsibility.upkeep", "date", c.p.CivilDate(g.Tool.Until))
		}
	case g.Institution != nil:
		row.What, row.URL = c.bodyName(*g.Institution), "#duties"
	}
	return row
}

func (c *call) bodyName(i civic.Institution) phrase.Text { return phrase.Of(i.Name.In(c.p.Code)) }

func (c *call) ownerName(r app.Responsibility, id civic.InstitutionID) *phrase.Text {
	i, ok := r.Institutions[id]
	if !ok {
		return nil
	}
	name := c.bodyName(i)
	return &name
}

func (c *call) promises(list []app.CommitmentItem) (out []pages.PhraseLink) {
	for _, item := range list {
		out = append(out, pages.PhraseLink{URL: c.commitmentURL(item.Ref), Text: words{c.p}.title(item.Dossier.Commitment)})
	}
	return out
}

// tiesOf are the commitments of a tension or a tool, those of plans that run by
// their title and the others by their ID.
func (c *call) tiesOf(r app.Responsibility, ids []civic.CommitmentID) (out []pages.PhraseLink) {
	for _, id := range ids {
		if item, ok := r.Commitments[id]; ok {
			out = append(out, c.promises([]app.CommitmentItem{item})...)
		} else {
			out = append(out, pages.PhraseLink{URL: c.commitmentURL(string(id)), Text: phrase.Text{Lang: civic.Undetermined, Dir: "ltr", Text: string(id)}})
		}
	}
	return out
}

// bodyNames lists a member's institutions by name.
func bodyNames(c *call, r app.Responsibility) []civic.Institution {
	out := make([]civic.Institution, 0, len(r.Institutions))
	for _, i := range r.Institutions {
		out = append(out, i)
	}
	slices.SortFunc(out, func(a, b civic.Institution) int {
		return cmp.Or(strings.Compare(a.Name.In(c.p.Code).Text, b.Name.In(c.p.Code).Text), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out
}
