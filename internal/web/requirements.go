package web

import (
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// requirementKeys name each requirement of every rule set.
var requirementKeys = map[string]string{
	"1.1": "requirement.space", "2.1": "requirement.website", "2.2": "requirement.repository", "3.1": "requirement.timeline",
	"3.2": "requirement.outreach", "3.3": "requirement.input", "4.1": "requirement.response", "5.1": "requirement.results",
	"timely": "requirement.timely", "involve": "requirement.involve", "inform": "requirement.inform",
	"repository": "requirement.irm_repository", "progress": "requirement.progress",
}

// requirements shows how a member stands with OGP's minimum requirements.
func (s *Site) requirements(c *call) error {
	ref := c.r.PathValue("member")
	p, err := s.App.Requirements(c.r.Context(), ref, c.query("on"))
	if err != nil {
		return err
	}
	if ref != p.Member.Slug {
		return c.redirect(c.url("/members/"+p.Member.Slug+"/requirements"), permanently)
	}
	w := words{c.p}
	name := w.memberName(p.Member.Member)
	r := pages.Requirements{
		Page: c.layout("members", c.p.T("requirement.page", "member", name)), Trail: c.memberTrail(p.Member), Name: c.p.T("requirement.page", "member", name),
		Lead: c.p.T("requirement.lead", "date", c.p.CivilDate(p.On)), Asked: p.On, Action: c.url("/members/" + p.Member.Slug + "/requirements"),
		Links: c.memberRooms(p.Member, "requirements"),
	}
	r.Page.About, r.Page.Hidden = r.Lead, c.r.URL.RawQuery != ""
	if p.Member.Demo {
		r.Demo = c.p.T("commitment.demo.help")
	}
	r.Facts = c.standingFacts(p)
	if p.Rules.Key == "" {
		r.Empty = c.p.T("requirement.no_rules")
	}
	for _, q := range p.Requirements {
		r.Rows = append(r.Rows, c.requirementRow(p, q))
	}
	for _, cycle := range p.Cycles {
		r.Cycles = append(r.Cycles, c.cycleRow(cycle, name))
	}
	if p.Review == review.NotMet {
		r.Review = c.p.T("contrary.review")
	}
	if p.NextDue != "" {
		key := "contrary.next"
		if p.NextDue < p.On {
			key = "contrary.next_over"
		}
		r.NextDue = c.p.T(key, "date", c.p.CivilDate(p.NextDue))
	}
	return c.show(pages.RequirementsPage(r))
}

// standingFacts are the rules of the day, how many requirements stand how, and
// which plans are looked at.
func (c *call) standingFacts(p app.RequirementsPage) []pages.Fact {
	w := words{c.p}
	var facts []pages.Fact
	if p.Rules.Key != "" {
		rules := c.p.T("rules." + p.Rules.Key)
		if p.Grace {
			rules = c.p.T("unit.with_note", "text", rules, "note", c.p.T("requirement.grace", "date", c.p.CivilDate(p.Rules.Grace)))
		}
		facts = append(facts, pages.Fact{Term: c.p.T("requirement.rules"), Text: rules})
	}
	count := map[review.Result]int{}
	for _, q := range p.Requirements {
		count[q.Result]++
	}
	var sums []string
	for _, v := range []review.Result{review.Met, review.NotMet, review.CannotTell} {
		if count[v] > 0 {
			sums = append(sums, c.p.T("unit.labelled", "label", c.p.T("requirement."+string(v)), "value", c.p.Number(count[v])))
		}
	}
	if len(sums) > 0 {
		facts = append(facts, pages.Fact{Term: c.p.T("requirement.sum"), Text: c.p.List(sums)})
	}
	plan := func(key string, item *app.PlanItem) {
		if item != nil {
			facts = append(facts, pages.Fact{Term: c.p.T(key), Link: &pages.Link{URL: c.url("/plans/" + item.Slug + "/process"), Text: w.planName(item.Plan)}})
		}
	}
	plan("requirement.plan", p.Plan)
	plan("requirement.running", p.Running)
	if p.Since != "" {
		facts = append(facts, pages.Fact{Term: c.p.T("requirement.since"), Text: c.p.CivilDate(p.Since)})
	}
	return facts
}

func (c *call) requirementRow(p app.RequirementsPage, q review.Requirement) pages.RequirementRow {
	key := requirementKeys[q.ID]
	row := pages.RequirementRow{ID: "r" + strings.ReplaceAll(q.ID, ".", "-"), Name: c.p.T(key), Help: c.p.T(key+".help", c.ruleNumbers(p.Rules)...), State: c.stands(q.Result)}
	if strings.Contains(q.ID, ".") {
		row.Number = c.p.Digits(q.ID)
	}
	for _, part := range q.Parts {
		out := pages.RequirementPart{State: c.stands(part.Result), Reason: c.p.TMap(part.Reason, c.told(part.Args))}
		if n := part.Next; n != nil && n.By != "" {
			key := "requirement.until"
			if n.By < p.On {
				key = "requirement.overdue"
			}
			out.Next = c.p.T(key, "what", c.p.T(n.Key), "date", c.p.CivilDate(n.By))
		} else if n != nil {
			out.Next = c.p.T("requirement.open", "what", c.p.T(n.Key))
		}
		for _, e := range part.Evidence {
			if d, ok := c.restsOn(p, e); ok {
				out.Evidence = append(out.Evidence, d)
			}
		}
		row.Parts = append(row.Parts, out)
	}
	return row
}

// ruleNumbers are the numbers of a rule set, for the help of its requirements.
func (c *call) ruleNumbers(r review.RuleSet) []any {
	return []any{"months", r.MeetingMonths, "updates", r.Updates, "announce", r.AnnounceDays, "input", r.InputDays, "results", r.Results}
}

// restsOn leads to what a result rests on.
func (c *call) restsOn(p app.RequirementsPage, e review.Proof) (pages.Dated, bool) {
	title := p.Titles[e.ID].In(c.p.Code)
	d := pages.Dated{Title: phrase.Of(title), Link: pages.Link{Text: c.p.T("kind." + string(e.Kind))}}
	switch e.Kind {
	case civic.KindDocument:
		d.Link.URL = c.url("/documents/" + e.ID)
	case civic.KindMeeting:
		d.Link.URL = c.url("/members/" + p.Member.Slug + "/meetings#m-" + e.ID)
	case civic.KindForum:
		d.Link.URL = c.url("/members/" + p.Member.Slug + "/meetings#forum")
	case civic.KindStep:
		if p.Plan == nil {
			return d, false
		}
		d.Link.URL = c.url("/plans/" + p.Plan.Slug + "/process#timeline")
	}
	d.Day = c.p.T("requirement.no_day")
	if e.On != "" {
		d.Day = c.p.CivilDate(e.On)
	}
	return d, d.Title.Text != ""
}

// told brings the arguments of a reason into the reader's language: days are
// written out.
func (c *call) told(args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		if s, ok := v.(string); ok && civic.IsDay(s) {
			v = c.p.CivilDate(s)
		}
		out[k] = v
	}
	return out
}

// stands draws how something stands.
func (c *call) stands(r review.Result) pages.State {
	out := pages.State{Text: c.p.T("requirement." + string(r)), Class: "m"}
	switch r {
	case review.Met:
		out.Class = "v"
	case review.NotMet:
		out.Class = "v no"
	}
	return out
}

func (c *call) cycleRow(v app.CycleView, member string) pages.CycleRow {
	w := words{c.p}
	row := pages.CycleRow{Plan: pages.Link{URL: c.url("/plans/" + v.Plan.Slug), Text: w.planTitle(member, v.Plan.Plan)}, Rules: c.p.T("unit.unknown")}
	if v.Rules.Key != "" {
		row.Rules = c.p.T("rules." + v.Rules.Key)
	}
	row.State = c.stands(v.Result)
	row.State.Text = map[review.Result]string{review.Met: c.p.T("contrary.conforming"), review.NotMet: c.p.T("contrary.contrary"), review.CannotTell: c.p.T("requirement.cannot_tell")}[v.Result]
	for _, key := range v.Against {
		row.Reasons = append(row.Reasons, c.p.T(key))
	}
	if len(v.Open) > 0 {
		open := slices.Clone(v.Open)
		for i, key := range open {
			open[i] = c.p.T(key + ".help")
		}
		row.Reasons = append(row.Reasons, c.p.T("contrary.open", "what", c.p.List(open)))
	}
	return row
}

// memberTrail is the way from the list of members to a page below a member's own.
func (c *call) memberTrail(m app.MemberItem) []pages.Link {
	return []pages.Link{{URL: c.url("/members"), Text: c.p.T("nav.members")}, {URL: c.url("/members/" + m.Slug), Text: words{c.p}.memberName(m.Member)}}
}

// memberRooms lead to the pages on a member's process, without the one that is shown.
func (c *call) memberRooms(m app.MemberItem, shown string) []pages.Link {
	var out []pages.Link
	for _, room := range []struct{ id, key string }{{"requirements", "requirement.title"}, {"documents", "repository.title"}, {"meetings", "meeting.title"}} {
		if room.id != shown {
			out = append(out, pages.Link{URL: c.url("/members/" + m.Slug + "/" + room.id), Text: c.p.T(room.key)})
		}
	}
	return out
}

// processFact leads from a member's page to those on its process.
func (c *call) processFact(m app.MemberItem) pages.Fact {
	f := pages.Fact{Term: c.p.T("process.title")}
	for _, l := range c.memberRooms(m, "") {
		f.More = append(f.More, pages.Fact{Link: &l})
	}
	return f
}
