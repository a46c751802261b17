package web

import (
	"fmt"
	"slices"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// tagReport shows what looks wrong in the tags: for analysts, who decide what to do.
func (s *Site) tagReport(c *call) error {
	ctx := c.r.Context()
	_, graph, err := s.App.Taxonomy(ctx)
	if err != nil {
		return err
	}
	losses, err := s.App.LostTags(ctx)
	if err != nil {
		return err
	}
	q, err := s.App.TagQuality(ctx, c.query("tag"))
	if err != nil {
		return err
	}
	title := c.p.T("tagreport.title")
	return c.show(pages.TagReportPage(pages.TagReport{Page: c.layout("", title), Title: title, Action: c.url("/work/tags-report"),
		Sections: []pages.TagReportSection{c.lostSection(graph, losses), c.misfiledSection(graph, q), c.movedSection(graph, q), c.farSection(graph, q), c.againstSection(graph, q), c.decidedSection(graph, q), c.driftSection(q),
			c.modelsSection(graph, q.Models)},
		After: []pages.Link{{URL: c.url("/work/tags"), Text: c.p.T("tagwork.tags")}, {URL: c.url("/work/taxonomy"), Text: c.p.T("tagwork.taxonomy")}}}))
}

// reportSection begins a section; the columns are the keys of their heads.
func (c *call) reportSection(id string, columns ...string) pages.TagReportSection {
	out := pages.TagReportSection{ID: id, Title: c.p.T("tagreport." + id + ".title"), Lead: c.p.T("tagreport." + id + ".lead"), Empty: c.p.T("tagreport." + id + ".none")}
	out.Table.Caption = out.Title
	for i, key := range columns {
		out.Table.Heads = append(out.Table.Heads, pages.Column{Text: c.p.T(key), Number: i > 0 && key != "tagreport.speaks" && key != "label.tag"})
	}
	return out
}

// tagCell names a tag in a table, with the way to its page.
func (c *call) tagCell(g *taxonomy.Graph, id taxonomy.ID) pages.StudyCell {
	tag, ok := g.Tag(id)
	if !ok {
		return pages.StudyCell{Text: string(id)}
	}
	name := c.tagPhrase(tag.Names)
	return pages.StudyCell{Link: &pages.Link{URL: c.url("/tags/" + string(id)), Text: name.Text, Lang: name.Lang}}
}

func (c *call) numberCell(n int) pages.StudyCell { return pages.StudyCell{Text: c.p.Number(n)} }

func (c *call) lostSection(g *taxonomy.Graph, losses []app.EditionLoss) pages.TagReportSection {
	out := c.reportSection("lost", "label.tag", "tagreport.had", "tagreport.kept", "tagreport.lost.count")
	for _, l := range losses {
		if len(l.Lost) == 0 {
			continue
		}
		lost := pages.StudyCell{Link: &pages.Link{URL: c.url("/work/tags" + query("from", string(civic.FromEdition), "proposed", string(l.Tag))), Text: c.p.Number(len(l.Lost))}}
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{c.tagCell(g, l.Tag), c.numberCell(l.Carried), c.numberCell(l.Kept), lost})
	}
	return out
}

func (c *call) misfiledSection(g *taxonomy.Graph, q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("misfiled", "label.commitment", "tagreport.speaks")
	name := c.tagPhrase(q.Under.Names).Text
	out.Lead = c.p.T("tagreport.misfiled.lead", "tag", name, "count", c.p.N("count.commitments", q.Looked), "misfiled", len(q.Misfiled))
	var aside []string
	for _, t := range q.Aside {
		aside = append(aside, c.tagPhrase(t.Names).Text)
	}
	out.Notes = append(out.Notes, c.p.T("tagreport.misfiled.aside", "tags", c.p.List(aside)))
	if q.Unread > 0 {
		out.Notes = append(out.Notes, c.p.N("tagreport.misfiled.unread", q.Unread, "tag", name, "most", app.MostMisfiled))
	}
	menu := components.Menu{Name: "tag", Label: c.p.T("tagreport.under")}
	for t := range g.All() {
		if t.Lives() {
			name := c.tagPhrase(t.Names)
			menu.Items = append(menu.Items, components.Choice{Value: string(t.ID), Label: name.Text, Lang: name.Lang, Chosen: t.ID == q.Under.ID})
		}
	}
	out.Pick = &menu
	for _, m := range q.Misfiled {
		title := phrase.Of(m.Item.Dossier.Commitment.Title.In(c.p.Code))
		var speaks []string
		for _, p := range m.Proposed {
			speaks = append(speaks, c.p.T("unit.with_note", "text", c.tagPhrase(p.Tag.Names).Text, "note", c.p.T("tagreport.sure", "percent", (p.Confidence+5)/10)))
		}
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{
			{Link: &pages.Link{URL: c.url("/work/tags/" + m.Item.Ref), Text: title.Text, Lang: title.Lang}}, {Text: c.p.List(speaks)}})
	}
	return out
}

// movedSection counts before and after, were all of the misfiled moved. It is told
// beside the list, and nothing of it happens by itself.
func (c *call) movedSection(g *taxonomy.Graph, q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("moved", "label.tag", "tagreport.moved.before", "tagreport.moved.after", "tagreport.moved.direct_before", "tagreport.moved.direct_after")
	out.Lead = c.p.T("tagreport.moved.lead", "tag", c.tagPhrase(q.Under.Names).Text)
	if len(q.Misfiled) == 0 {
		return out
	}
	for _, s := range q.Shifts {
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{c.tagCell(g, s.Tag), c.numberCell(s.Before.Rolled), c.numberCell(s.After.Rolled), c.numberCell(s.Before.Direct), c.numberCell(s.After.Direct)})
	}
	return out
}

func (c *call) farSection(g *taxonomy.Graph, q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("far", "label.member", "label.commitments", "tagreport.distance")
	out.Table.Heads = append(out.Table.Heads, pages.Column{Text: c.p.T("tagreport.more")}, pages.Column{Text: c.p.T("tagreport.less")})
	for _, m := range q.Members {
		name := words{c.p}.memberName(m.Member)
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{{Link: &pages.Link{URL: c.url("/members/" + m.Member.Slug), Text: name}},
			c.numberCell(m.Commitments), {Text: c.p.Digits(fmt.Sprintf("%.2f", m.Distance))}, c.tagCell(g, m.More), c.tagCell(g, m.Less)})
	}
	return out
}

func (c *call) againstSection(g *taxonomy.Graph, q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("against", "label.tag", "label.tag", "label.commitments")
	out.Table.Heads[0].Text, out.Table.Heads[1].Text = c.p.T("tagreport.child"), c.p.T("tagreport.parent")
	for _, x := range q.Contradictions {
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{c.tagCell(g, x.Child), c.tagCell(g, x.Parent), c.numberCell(len(x.Commitments))})
	}
	return out
}

func (c *call) decidedSection(g *taxonomy.Graph, q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("decided", "label.tag", "tagreport.accepted", "tagreport.rejected", "tagreport.deferred", "tagreport.others", "tagreport.precision", "tagreport.recall")
	for _, d := range q.Decided {
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{c.tagCell(g, d.Tag), c.numberCell(d.Accepted), c.numberCell(d.Rejected), c.numberCell(d.Deferred),
			c.numberCell(d.Others), c.shareCell(d.Precision), c.shareCell(d.Recall)})
	}
	return out
}

func (c *call) shareCell(share float64) pages.StudyCell {
	if share < 0 {
		return pages.StudyCell{Text: c.p.T("tagreport.untold")}
	}
	return pages.StudyCell{Text: c.p.T("tagreport.share", "percent", int(share*100+0.5))}
}

func (c *call) driftSection(q app.TagQuality) pages.TagReportSection {
	out := c.reportSection("drift", "tagreport.month", "tagreport.accepted", "tagreport.rejected")
	out.Table.Heads = slices.Insert(out.Table.Heads, 1, pages.Column{Text: c.p.T("tagreport.model")})
	for _, d := range q.Drift {
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{{Text: c.p.Digits(d.Month)}, {Text: c.modelName(d.Model)}, c.numberCell(d.Accepted), c.numberCell(d.Rejected)})
	}
	return out
}

// modelName is what a model is called: when it was trained, or whose it is.
func (c *call) modelName(model string) string {
	if model == app.ShippedModel {
		return c.p.T("tagreport.shipped")
	}
	if at, err := time.Parse(time.RFC3339, model); err == nil {
		return c.p.DateTime(at.UnixMicro())
	}
	return model
}

// modelsSection compares the newest two models.
func (c *call) modelsSection(g *taxonomy.Graph, d app.ModelDrift) pages.TagReportSection {
	out := c.reportSection("models", "label.tag", "tagreport.models.before", "tagreport.models.after")
	if d.Before == "" {
		out.Lead, out.Empty = c.p.T("tagreport.models.one", "model", c.modelName(d.After)), ""
		return out
	}
	out.Lead = c.p.T("tagreport.models.lead", "before", c.modelName(d.Before), "after", c.modelName(d.After))
	if d.Looked > 0 {
		out.Notes = append(out.Notes, c.p.T("tagreport.models.changed", "looked", c.p.N("count.commitments", d.Looked), "of", d.Of, "changed", d.Changed, "percent", c.p.Percent(d.Changed, d.Looked)))
	}
	for _, t := range d.Tags {
		out.Table.Rows = append(out.Table.Rows, []pages.StudyCell{c.tagCell(g, t.Tag), c.numberCell(t.Before), c.numberCell(t.After)})
	}
	return out
}
