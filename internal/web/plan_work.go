package web

import (
	"errors"
	"net/url"
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// ask begins a page that asks something. With faults its title says so.
func (c *call) ask(title string, faults []components.Fault) pages.Ask {
	head := title
	if len(faults) > 0 {
		head = c.p.T("form.error", "title", title)
	}
	a := pages.Ask{Page: c.layout("", head), Title: title, Faults: faults}
	a.Done = c.done()
	return a
}

// done says what was kept, after a redirect.
func (c *call) done() string {
	if key := c.query("done"); key != "" {
		return c.p.Or("planwork.done."+key, "")
	}
	return ""
}

// failed turns a use case's error into faults. An error of kind Conflict that
// names no texts is a fault of the form as a whole: nothing is lost.
func (c *call) failed(err error) ([]components.Fault, bool) {
	if faults, ok := c.faults(err); ok {
		return faults, true
	}
	var told *civic.Error
	if errors.As(err, &told) && told.Kind == civic.Conflict {
		return []components.Fault{{Text: c.p.TMap(told.Key, lower(told.Args))}}, true
	}
	return nil, false
}

func (c *call) planURL(slug, rest string) string {
	return c.url("/work/plans/" + url.PathEscape(slug) + rest)
}

func (c *call) planTrail(w app.PlanWork) []pages.Link {
	return []pages.Link{{URL: c.url("/work/plans"), Text: c.p.T("planwork.title")},
		{URL: c.planURL(w.Slug, ""), Text: words{c.p}.planTitle(words{c.p}.Member(w.MemberCode, w.MemberName), w.Plan)}}
}

// workPlans lists the plans on which the caller can work.
func (s *Site) workPlans(c *call) error {
	all, err := s.App.Plans(c.r.Context())
	if err != nil {
		return err
	}
	w := words{c.p}
	a := c.ask(c.p.T("planwork.title"), nil)
	a.Intro = c.p.T("planwork.intro")
	members := map[string]string{}
	for _, p := range all {
		on := civic.Place{Member: p.Member, Plans: []civic.PlanID{p.Plan.ID}}
		for _, g := range c.who.Grants {
			on.Institutions = append(on.Institutions, g.Institution)
		}
		if c.who.Ask(civic.MayPlan, on) == nil {
			members[p.MemberSlug] = w.Member(p.MemberCode, p.MemberName)
		}
		if c.who.Ask(civic.MayReadDraft, on) != nil {
			continue
		}
		note := c.p.T("planwork.stage.none")
		if p.Lives() {
			note = c.p.T("planwork.stage." + string(p.Stage))
		}
		name := phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: w.planTitle(w.Member(p.MemberCode, p.MemberName), p.Plan)}
		a.Rows = append(a.Rows, pages.AskRow{Title: name, Note: note, URL: c.planURL(p.Slug, "")})
	}
	slugs := make([]string, 0, len(members))
	for slug := range members {
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs)
	for _, slug := range slugs[:min(len(slugs), 20)] {
		a.After = append(a.After, pages.Link{URL: c.url("/work/members/" + slug + "/plans/new"), Text: c.p.T("planwork.new_for", "member", members[slug])})
	}
	if len(a.Rows) == 0 {
		a.Notes = append(a.Notes, c.p.T("planwork.nothing"))
	}
	return c.show(pages.AskPage(a))
}

// workPlan is the page of those who work on a plan.
func (s *Site) workPlan(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	return c.show(pages.PlanDeskPage(c.planDesk(w)))
}

func (c *call) planDesk(w app.PlanWork) pages.PlanDesk {
	p := words{c.p}
	title := p.planTitle(p.Member(w.MemberCode, w.MemberName), w.Plan)
	d := pages.PlanDesk{Page: c.layout("", title), Trail: c.planTrail(w)[:1], Title: title, Done: c.done(), NoDrafts: c.p.T("planwork.drafts.none")}
	for _, h := range w.Hints {
		d.Hints = append(d.Hints, c.p.TMap(h.Key, lower(h.Args)))
	}
	for _, stage := range civic.Stages {
		step := pages.AskStep{Text: c.p.T("planwork.stage." + string(stage)), Current: stage == w.Stage}
		for _, m := range w.Moves {
			if m.To == stage {
				step.State = c.p.CivilDate(m.On)
			}
		}
		d.Stages = append(d.Stages, step)
	}
	d.Facts = append(d.Facts, pages.Fact{Term: c.p.T("label.period"), Text: p.period(planTimes(w.Plan))})
	if len(w.Languages) > 0 {
		d.Facts = append(d.Facts, pages.Fact{Term: c.p.T("planwork.languages"), Text: c.p.List(c.languageNames(w.Languages))})
	}
	if a := w.Adopted; a != nil {
		d.Facts = append(d.Facts, pages.Fact{Term: c.p.T("baseline.adopted"), Text: c.p.T("baseline.decided", "date", c.p.CivilDate(a.On), "by", a.By)})
	}
	if w.May[civic.MayPlan] {
		c.planSteps(&d, w)
	}
	if w.Lives() && w.Stage != civic.Ended && w.May[civic.MayDraft] {
		d.Actions = append(d.Actions, pages.AskForm{Action: c.planURL(w.Slug, "/drafts"), Button: c.p.T("planwork.draft.new")})
	}
	if w.Stage == civic.Consultation && w.May[civic.MayPlan] && len(w.Drafts) > 0 {
		d.Actions = append(d.Actions, pages.AskForm{Action: c.planURL(w.Slug, "/publish"), Button: c.p.T("planwork.draft.publish_all"), Text: c.p.T("planwork.draft.publish_all.help")})
	}
	for _, item := range w.Drafts {
		d.Drafts = append(d.Drafts, c.draftRow(item))
	}
	for _, it := range w.Commitments {
		d.Commitments = append(d.Commitments, c.publishedRow(w, it))
	}
	for _, n := range w.Periods {
		row := pages.DeskRow{Ref: n.Key, Title: phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: c.p.T("unit.range", "from", c.p.CivilDate(n.Start), "to", c.p.CivilDate(n.End))},
			State: c.p.T("planwork.period.due", "date", c.p.CivilDate(n.Due))}
		if t := n.Title.In(c.p.Code); t.Text != "" {
			row.Notes = append(row.Notes, t.Text)
		}
		if w.Reported[n.Key] {
			row.Notes = append(row.Notes, c.p.T("planwork.period.reported"))
		}
		d.Periods = append(d.Periods, row)
	}
	d.Others = append(d.Others, pages.Link{URL: c.url("/plans/" + w.Slug), Text: c.p.T("planwork.public")})
	return d
}

// planSteps offers what can be done with the plan.
func (c *call) planSteps(d *pages.PlanDesk, w app.PlanWork) {
	if !w.Lives() {
		d.Next = append(d.Next, pages.Link{URL: c.planURL(w.Slug, "/move"), Text: c.p.T("planwork.take_over")})
		return
	}
	for _, stage := range w.Stage.Next() {
		d.Next = append(d.Next, pages.Link{URL: c.planURL(w.Slug, "/move?to="+string(stage)), Text: c.p.T("planwork.move." + string(stage))})
	}
	if w.Stage != civic.Ended {
		d.Next = append(d.Next, pages.Link{URL: c.planURL(w.Slug, "/edit"), Text: c.p.T("planwork.edit")},
			pages.Link{URL: c.planURL(w.Slug, "/institutions"), Text: c.p.T("planwork.institution")})
		if len(w.Commitments) > 0 && w.Stage != civic.Drafting {
			d.Bulk = pages.Link{URL: c.planURL(w.Slug, "/bulk"), Text: c.p.T("bulk.title")}
		}
	}
	d.PeriodsURL = pages.Link{URL: c.planURL(w.Slug, "/periods"), Text: c.p.T("planwork.periods.edit")}
}

func (c *call) draftRow(item app.DraftItem) pages.DeskRow {
	row := pages.DeskRow{Ref: item.LocalID, Title: words{c.p}.title(item.Content), URL: c.draftURL(item.ID, "check"), State: c.p.T("draft.ready")}
	if n := len(item.Faults); n > 0 {
		row.State = c.p.N("draft.lacking", n)
	}
	if row.Ref == "" {
		row.Ref = item.Content.OGPID
	}
	if !item.New() {
		row.Notes = append(row.Notes, c.p.T("draft.is_change"))
	}
	if n := len(item.Drafting.Findings); n > 0 {
		row.Notes = append(row.Notes, c.p.N("draft.questions", n))
	}
	row.Links = []pages.Link{{URL: c.draftURL(item.ID, "title"), Text: c.p.T("draft.edit")}}
	return row
}

func (c *call) publishedRow(w app.PlanWork, it app.CommitmentItem) pages.DeskRow {
	cm := it.Dossier.Commitment
	row := pages.DeskRow{Ref: cm.OGPID, Title: words{c.p}.title(cm), URL: c.commitmentURL(it.Ref), State: c.standingWord(cm)}
	if row.Ref == "" {
		row.Ref = cm.LocalID
	}
	if n := len(cm.Amendments); n > 0 {
		row.Notes = append(row.Notes, c.p.N("baseline.amended", n))
	}
	if w.May[civic.MayDraft] && w.Lives() && w.Stage != civic.Ended && !cm.Dropped {
		row.Action, row.Button = c.url("/work/commitments/"+url.PathEscape(it.Ref)+"/draft"), c.p.T("draft.change")
	}
	if w.May[civic.MayAssignID] && cm.OGPID == "" && !cm.Proposed {
		row.Links = append(row.Links, pages.Link{URL: c.url("/work/commitments/" + url.PathEscape(it.Ref) + "/id"), Text: c.p.T("planwork.assign")})
	}
	return row
}

// standingWord says how a commitment stands to its plan.
func (c *call) standingWord(cm civic.Commitment) string {
	switch {
	case cm.Dropped:
		return c.p.T("baseline.state.dropped")
	case cm.Proposed:
		return c.p.T("baseline.state.proposed")
	case cm.Adopted != nil:
		return c.p.T("baseline.state.adopted")
	}
	return c.p.T("planwork.stage.none")
}

func (c *call) languageNames(codes []string) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = c.p.LanguageName(code)
	}
	return out
}

// draftNew begins a commitment of a plan.
func (s *Site) draftNew(c *call) error {
	page, err := s.App.Plan(c.r.Context(), c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	d, err := s.App.NewDraft(c.r.Context(), c.who, page.Plan.ID)
	if err != nil {
		return err
	}
	return c.goOn("/work/drafts/" + d.ID + "/title")
}

// draftOf begins a change of a published commitment.
func (s *Site) draftOf(c *call) error {
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	d, err := s.App.DraftOf(c.r.Context(), c.who, page.Dossier.Commitment.ID)
	if err != nil {
		return err
	}
	return c.goOn("/work/drafts/" + d.ID + "/title")
}

// draftsPublish shows every draft of a plan for consultation.
func (s *Site) draftsPublish(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	_, err = s.App.PublishDrafts(c.r.Context(), c.who, w.Plan.ID)
	if faults, ok := c.failed(err); ok {
		a := c.ask(c.p.T("planwork.draft.publish_all"), faults)
		a.Trail = c.planTrail(w)
		for i, f := range a.Faults {
			a.Faults[i].Field = "" // each is a draft, not a field of this page
			if id, ok := draftOfFault(f.Field); ok {
				a.Rows = append(a.Rows, pages.AskRow{Title: phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: f.Text}, Links: []pages.Link{{URL: c.draftURL(id, "check"), Text: c.p.T("draft.edit")}}})
			}
		}
		a.After = []pages.Link{{URL: c.planURL(w.Slug, ""), Text: c.p.T("planwork.back")}}
		return c.again(pages.AskPage(a))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.Slug + "?done=published")
}
