package web

import (
	"strconv"

	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// livingRemarks adds to a commitment's page what only one has that is run here.
func (c *call) livingRemarks(out *pages.Commitment, cm civic.Commitment, ref string) {
	if cm.Proposed {
		out.Remarks = append(out.Remarks, c.p.T("baseline.proposed"))
	}
	out.Moved = c.movedLine(cm, c.commitmentURL(ref))
	if cm.LocalID != "" && cm.OGPID == "" {
		out.Facts = append(out.Facts, pages.Fact{Term: c.p.T("draft.local_id"), Text: cm.LocalID})
	}
	if t := cm.Template; t != nil {
		for _, q := range []struct {
			name string
			text civic.Text
		}{
			{"problem", t.Problem}, {"causes", t.Causes}, {"past", t.Past}, {"solution", t.Solution}, {"results", t.Results},
			{"transparency", t.Transparency}, {"participation", t.Participation}, {"accountability", t.Accountability},
			{"budget", t.Budget}, {"more", t.More},
		} {
			if texts := phrase.All(q.text); len(texts) > 0 {
				out.Answers = append(out.Answers, pages.PromiseAnswer{Head: c.p.T("draft.field." + q.name), Texts: texts})
			}
		}
		var goals []string
		for _, g := range t.Goals {
			goals = append(goals, c.goal(strconv.Itoa(g)))
		}
		if len(goals) > 0 {
			out.Answers = append(out.Answers, pages.PromiseAnswer{Head: c.p.T("draft.field.goals"), Lines: goals})
		}
		if t.Contact != "" {
			out.Facts = append(out.Facts, pages.Fact{Term: c.p.T("draft.field.contact"), Text: t.Contact})
		}
	}
	for _, kind := range civic.PartnerKinds {
		var names []string
		for _, p := range cm.Partners {
			if p.Kind == kind {
				names = append(names, p.Name)
			}
		}
		if len(names) > 0 {
			out.Answers = append(out.Answers, pages.PromiseAnswer{Head: c.p.T("draft.field.partners." + kind), Lines: names})
		}
	}
}

// livingPlan adds to a plan's page how far it is and the way to what changed.
func (c *call) livingPlan(p *pages.Plan, plan civic.Plan) {
	if !plan.Lives() {
		return
	}
	p.Stage = c.p.T("planwork.stage." + string(plan.Stage) + ".public")
	if plan.Adopted != nil {
		p.Moved = &pages.Link{URL: c.url("/plans/" + plan.Slug + "/changes"), Text: c.p.T("baseline.line.plan")}
	}
}
