package web

import (
	"cmp"
	"net/http"
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// workRepository leads who keeps a repository to the members for which they do.
func (s *Site) workRepository(c *call) error {
	members, err := s.App.KeptMembers(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	if len(members) == 1 {
		http.Redirect(c.w, c.r, c.url("/work/members/"+members[0].Slug+"/repository"), http.StatusSeeOther)
		return nil
	}
	d := pages.RepositoryDesk{Page: c.layout("", c.p.T("repository.work.title")), Title: c.p.T("repository.work.title"), Lead: c.p.T("repository.work.choose")}
	g := pages.KeptGroup{ID: "members", Title: c.p.T("nav.members"), Empty: c.p.T("repository.work.none")}
	for _, m := range members {
		g.Rows = append(g.Rows, pages.KeptRow{URL: c.url("/work/members/" + m.Slug + "/repository"), Title: phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: words{c.p}.memberName(m.Member)}})
	}
	d.Groups = append(d.Groups, g)
	c.worksHere(&d.Page)
	return c.show(pages.RepositoryDeskPage(d))
}

// keeps reads a member that the caller keeps the repository of, as a whole or for
// one of its plans.
func (c *call) keeps(ref string) (app.MemberPage, error) {
	m, err := c.site.App.Member(c.r.Context(), ref)
	if err != nil {
		return m, err
	}
	on := civic.Place{Member: m.ID}
	for _, p := range m.PlanItems {
		on.Plans = append(on.Plans, p.ID)
	}
	return m, c.who.Ask(civic.MayKeepFiles, on)
}

// deskTrail is the way to a form of a member's process.
func (c *call) deskTrail(m app.MemberItem) []pages.Link {
	return []pages.Link{{URL: c.url("/members/" + m.Slug), Text: words{c.p}.memberName(m.Member)},
		{URL: c.url("/work/members/" + m.Slug + "/repository"), Text: c.p.T("repository.work.title")}}
}

// repositoryDesk is where the process of a member is kept.
func (s *Site) repositoryDesk(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	ctx := c.r.Context()
	list, err := s.App.Meetings(ctx, m.Slug)
	if err != nil {
		return err
	}
	documents, err := s.App.Documents(ctx, m.Slug, app.DocumentFilter{})
	if err != nil {
		return err
	}
	w := words{c.p}
	title := c.p.T("repository.work.of", "member", w.memberName(m.Member))
	at := "/work/members/" + m.Slug
	d := pages.RepositoryDesk{Page: c.layout("", title), Title: title, Lead: c.p.T("repository.work.lead"), Trail: c.deskTrail(m.MemberItem)[:1],
		Saved: c.wasKept(), Links: c.memberRooms(m.MemberItem, "")}
	forum := pages.KeptGroup{ID: "forum", Title: c.p.T("forum.title"), Add: []pages.Link{{URL: c.url(at + "/forum"), Text: c.p.T("forum.describe")}}}
	meetings := pages.KeptGroup{ID: "meetings", Title: c.p.T("meeting.list.title"), Empty: c.p.T("meeting.empty"),
		Add: []pages.Link{{URL: c.url(at + "/meetings/new"), Text: c.p.T("meeting.add")}}}
	for _, v := range list.Meetings {
		row := c.meetingRow(v, list.Today)
		meetings.Rows = append(meetings.Rows, pages.KeptRow{Title: row.Title, URL: c.url("/work/meetings/" + row.ID), Notes: c.p.List([]string{row.Day, row.Kind})})
	}
	steps := pages.KeptGroup{ID: "steps", Title: c.p.T("step.list.title"), Empty: c.p.T("step.empty"),
		Add: []pages.Link{{URL: c.url(at + "/steps/new"), Text: c.p.T("step.add")}}}
	contributions := pages.KeptGroup{ID: "contributions", Title: c.p.T("contribution.title"), Empty: c.p.T("contribution.none")}
	for _, p := range slices.Backward(m.PlanItems) {
		process, err := s.App.Process(ctx, p.Slug)
		if err != nil {
			return err
		}
		for _, v := range process.Steps {
			steps.Rows = append(steps.Rows, pages.KeptRow{Title: phrase.Of(v.Title.In(c.p.Code)), URL: c.url("/work/steps/" + string(v.ID)),
				Notes: c.p.List([]string{c.p.CivilDate(v.Start), c.p.Or("step.kind."+v.Kind, v.Kind), w.planName(p.Plan)})})
		}
		if n := len(process.Contributions); n > 0 || process.Open {
			contributions.Rows = append(contributions.Rows, pages.KeptRow{Title: phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: w.planName(p.Plan)},
				URL: c.url("/work/plans/" + p.Slug + "/contributions"), Notes: c.p.N("contribution.count", n, "answered", process.Answered)})
		}
	}
	files := pages.KeptGroup{ID: "documents", Title: c.p.T("repository.title"), Empty: c.p.T("repository.empty"),
		Add: []pages.Link{{URL: c.url(at + "/documents/new"), Text: c.p.T("repository.add")}}}
	for _, v := range documents.Documents {
		row := c.documentRow(v)
		files.Rows = append(files.Rows, pages.KeptRow{Title: row.Title, URL: c.url("/work/documents/" + string(v.ID)), Notes: c.p.List([]string{row.Day, row.Kind})})
	}
	d.Groups = []pages.KeptGroup{forum, steps, meetings, files, contributions}
	c.worksHere(&d.Page)
	return c.show(pages.RepositoryDeskPage(d))
}

// doneKeys say what was kept, by the value of "done" in the address.
var doneKeys = map[string]string{
	"forum": "repository.done.forum", "meeting": "repository.done.meeting", "step": "repository.done.step", "document": "repository.done.document",
	"withdrawn": "repository.done.withdrawn", "answer": "repository.done.answer", "contribution": "repository.done.contribution",
}

// wasKept is the notice that follows a form.
func (c *call) wasKept() string {
	if key := doneKeys[c.query("done")]; key != "" {
		return c.p.T(key)
	}
	return ""
}

// plansOf are the plans of a member as choices, the newest first. A plan that is
// run here comes before those that were only imported.
func (c *call) plansOf(m app.MemberPage) []choice {
	w := words{c.p}
	var live, rest []choice
	for _, p := range slices.Backward(m.PlanItems) {
		ch := choice{string(p.ID), w.planName(p.Plan)}
		if p.Lives() {
			live = append(live, ch)
		} else {
			rest = append(rest, ch)
		}
	}
	return append(live, rest...)
}

// writes are the languages in which texts about a member are asked for: those of
// its plans that are run here, else the reader's.
func (c *call) writes(m app.MemberPage) []string {
	var out []string
	for _, p := range slices.Backward(m.PlanItems) {
		for _, l := range p.Languages {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	if out == nil {
		out = []string{c.p.Code}
	}
	return out
}

func choices(values []string, say func(string) string) []choice {
	out := make([]choice, len(values))
	for i, v := range values {
		out[i] = choice{v, say(v)}
	}
	return out
}

// asks starts a working page with one form.
func (c *call) asks(title, lead, action, submit string, q *asking) pages.Keep {
	for i, f := range q.faults {
		if !q.asksFor(f.Field) {
			q.faults[i].Field = "" // of the form as a whole: there is nothing to lead to
		}
	}
	p := pages.Keep{Page: c.layout("", c.headed(title, q.faults)), Title: title, Lead: lead, Action: c.url(action), Submit: submit,
		Problem: c.p.T("form.problem"), Faults: q.faults, Questions: q.out}
	c.worksHere(&p.Page)
	return p
}

// undo is the form with which something is withdrawn.
func (c *call) undo(action string, faults faultList, reason string) *pages.Undo {
	q := &asking{c: c, get: func(string) string { return reason }, faults: faults}
	q.line("reason", "repository.reason", "", false)
	return &pages.Undo{Title: c.p.T("repository.withdraw.title"), Lead: c.p.T("repository.withdraw.lead"), Action: c.url(action),
		Submit: c.p.T("repository.withdraw"), Reason: *q.out[0].Text}
}

// oneBesides is the first of some plans, as a default.
func oneBesides(values []choice, now string) string {
	if len(values) > 0 {
		return cmp.Or(now, values[0].value)
	}
	return now
}
