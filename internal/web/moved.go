package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// commitmentChanges shows a commitment as adopted, as it stands, and the difference.
func (s *Site) commitmentChanges(c *call) error {
	ref := c.r.PathValue("commitment")
	page, err := s.App.Commitment(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != page.Ref {
		return c.redirect(c.commitmentURL(page.Ref)+"/changes", permanently)
	}
	d, err := s.App.Difference(c.r.Context(), page.Dossier.Commitment.ID)
	if err != nil {
		return err
	}
	w := words{c.p}
	cm := d.Commitment
	name := w.title(cm)
	m := pages.Moved{Page: c.layout("commitments", c.p.T("unit.with_note", "text", c.p.T("baseline.title"), "note", titleOf(page))), Title: c.p.T("baseline.title"), Name: &name,
		Trail: append(c.commitmentTrail(page.Dossier), pages.Link{URL: c.commitmentURL(page.Ref), Text: c.kicker(cm)}),
		Intro: c.p.T("baseline.intro"), Same: c.p.T("baseline.same"),
		API: pages.Link{URL: "/api/v1/commitments/" + url.PathEscape(page.Ref) + "/difference", Text: c.p.T("baseline.api")}}
	switch {
	case cm.Adopted == nil && cm.Proposed:
		m.Unknown = c.p.T("baseline.proposed")
	case cm.Adopted == nil:
		m.Unknown = c.p.T("baseline.never")
	case !d.Known:
		m.Unknown = c.p.T("baseline.elsewhere")
	}
	if !d.Known {
		m.Same = c.p.T("baseline.unknown")
	}
	if a := cm.Adopted; a != nil {
		m.Facts = append(m.Facts, pages.Fact{Term: c.p.T("baseline.adopted"), Text: c.p.T("baseline.decided", "date", c.p.CivilDate(a.On), "by", a.By)})
	}
	if n := len(cm.Amendments); n > 0 {
		m.Facts = append(m.Facts, pages.Fact{Term: c.p.T("baseline.amendments"), Text: c.p.N("count.amendments", n)})
	}
	if cm.Dropped {
		m.Facts = append(m.Facts, pages.Fact{Term: c.p.T("baseline.column.state"), Text: c.p.T("baseline.state.dropped")})
	}
	lang := cm.Text.Original().Lang
	for _, move := range d.Moved {
		m.Dates = append(m.Dates, c.movedDate(move))
	}
	m.Changes = c.fieldChanges(d.Changes, lang)
	for i, a := range slices.Backward(d.Amendments) {
		m.Amendments = append(m.Amendments, c.movedAmendment(a, i+1, lang))
	}
	return c.show(pages.MovedPage(m))
}

// fieldChanges puts changes into words; a change of a text's language alone is left out.
func (c *call) fieldChanges(list []app.FactChange, lang string) []pages.FieldChange {
	says := tongue{lang: lang}
	var out []pages.FieldChange
	for _, ch := range list {
		if strings.HasSuffix(ch.Field, ".language") {
			continue
		}
		if f, ok := c.fieldChange(app.Change{Field: ch.Field, Before: ch.Before, After: ch.After}, says); ok {
			out = append(out, f)
		}
	}
	return out
}

// movedDate is a date that was moved: from when to when, by how much, why and who decided.
func (c *call) movedDate(m app.DateMove) pages.MovedDate {
	w := words{c.p}
	d := pages.MovedDate{What: c.fieldName(m.Field), From: w.when(m.From), To: w.when(m.To), By: c.movedBy(m.Days), Later: m.Days > 0}
	if t := phrase.Of(m.Milestone.Title.In(c.p.Code)); t.Text != "" {
		d.Title = &t
	}
	d.Who = c.p.T("baseline.no_reason")
	if m.Why != nil {
		d.Reason = phrase.All(m.Why.Reason)
		d.Who = c.p.T("baseline.decided", "date", c.p.CivilDate(m.Why.On), "by", m.Why.By)
	}
	return d
}

// movedBy says how far a date was moved.
func (c *call) movedBy(days int) string {
	switch {
	case days > 0:
		return c.p.N("baseline.later", days)
	case days < 0:
		return c.p.N("baseline.earlier", -days)
	}
	return ""
}

func (c *call) movedAmendment(a app.AmendmentView, number int, lang string) pages.MovedAmendment {
	out := pages.MovedAmendment{ID: "amendment-" + strconv.Itoa(number), When: c.p.T("baseline.amendment", "number", number, "date", c.p.CivilDate(a.On)),
		By: c.p.T("baseline.by", "by", a.By), Reason: phrase.All(a.Reason), Changes: c.fieldChanges(a.Changes, lang),
		Ledger: c.p.T("history.entry", "number", int(a.Entry))}
	var what []string
	for _, field := range a.What {
		switch field {
		case "added":
			what = append(what, c.p.T("baseline.what.added"))
		case "dropped":
			what = append(what, c.p.T("baseline.what.dropped"))
		default:
			what = append(what, c.fieldName(field))
		}
	}
	out.What = c.p.List(what)
	return out
}

// planChanges shows a plan as adopted, as it stands, and the difference.
func (s *Site) planChanges(c *call) error {
	ref := c.r.PathValue("plan")
	d, err := s.App.PlanDifference(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != d.Slug {
		return c.redirect(c.url("/plans/"+d.Slug+"/changes"), permanently)
	}
	w := words{c.p}
	member := w.Member(d.MemberCode, d.MemberName)
	title := w.planTitle(member, d.Plan)
	m := pages.Moved{Page: c.layout("members", c.p.T("unit.with_note", "text", c.p.T("baseline.title"), "note", title)), Title: c.p.T("baseline.title"),
		Name: &phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: title}, Intro: c.p.T("baseline.plan_intro"), Same: c.p.T("baseline.plan_same"),
		Trail: []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + d.MemberSlug), Text: member}, {URL: c.url("/plans/" + d.Slug), Text: w.planName(d.Plan)}},
		API:   pages.Link{URL: "/api/v1/plans/" + d.Slug + "/difference", Text: c.p.T("baseline.api")}}
	if d.Plan.Adopted == nil {
		m.Unknown, m.Same = c.p.T("baseline.never"), c.p.T("baseline.unknown")
		return c.show(pages.MovedPage(m))
	}
	a := d.Plan.Adopted
	m.Facts = []pages.Fact{
		{Term: c.p.T("baseline.adopted"), Text: c.p.T("baseline.decided", "date", c.p.CivilDate(a.On), "by", a.By)},
		{Term: c.p.T("baseline.state.kept"), Text: c.p.Number(d.Kept)},
		{Term: c.p.T("baseline.state.changed"), Text: c.p.Number(d.Changed)},
		{Term: c.p.T("baseline.state.added"), Text: c.p.Number(d.Added)},
		{Term: c.p.T("baseline.state.dropped"), Text: c.p.Number(d.Dropped)},
	}
	m.Changes = c.fieldChanges(d.Changes, d.Plan.Title.Original().Lang)
	for i, n := range slices.Backward(d.Plan.Amendments) {
		m.Amendments = append(m.Amendments, c.movedAmendment(app.AmendmentView{Amendment: n}, i+1, ""))
		m.Amendments[len(m.Amendments)-1].Ledger = ""
	}
	for _, one := range d.Commitments {
		m.Commitments = append(m.Commitments, c.movedCommitment(d.Plan, one))
	}
	return c.show(pages.MovedPage(m))
}

func (c *call) movedCommitment(p civic.Plan, d app.Difference) pages.MovedCommitment {
	w := words{c.p}
	cm := d.Commitment
	row := pages.MovedCommitment{URL: c.commitmentURL(d.Ref), Title: w.title(cm), Ref: cm.OGPID, State: c.p.T("baseline.state.kept")}
	for _, e := range cm.Plans {
		if e.Plan == p.ID {
			row.Number = w.inPlan(e.Number)
		}
	}
	switch {
	case cm.Dropped:
		row.State = c.p.T("baseline.state.dropped")
	case d.Known && len(d.Adopted.Amendments) > 0:
		row.State = c.p.T("baseline.state.added")
	case len(d.Changes) > 0 || len(d.Moved) > 0:
		row.State = c.p.T("baseline.state.changed")
	case !d.Known:
		row.State = c.p.T("baseline.unknown")
	}
	if len(cm.Amendments) > 0 || len(d.Moved) > 0 {
		row.More = &pages.Link{URL: c.commitmentURL(d.Ref) + "/changes"}
	}
	for _, m := range d.Moved {
		row.Dates = append(row.Dates, c.p.T("baseline.moved", "what", c.fieldName(m.Field), "from", w.when(m.From), "to", w.when(m.To), "days", c.movedBy(m.Days)))
	}
	return row
}

// movedLine is the short line on a commitment's page that leads to what changed.
func (c *call) movedLine(cm civic.Commitment, at string) *pages.Link {
	switch {
	case cm.Dropped:
		return &pages.Link{URL: at + "/changes", Text: c.p.T("baseline.line.dropped")}
	case len(cm.Amendments) > 0:
		return &pages.Link{URL: at + "/changes", Text: c.p.N("baseline.line.amended", len(cm.Amendments))}
	case cm.Adopted != nil:
		return &pages.Link{URL: at + "/changes", Text: c.p.T("baseline.line.adopted", "date", c.p.CivilDate(cm.Adopted.On))}
	}
	return nil
}
