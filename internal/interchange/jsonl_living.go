package interchange

import (
	"strconv"

	"avow/internal/civic"
)

// livingPlan checks what only a plan has that is run somewhere.
func (c *subjectCheck) livingPlan(p civic.Plan) {
	stages := []string{""}
	for _, s := range civic.Stages {
		stages = append(stages, string(s))
	}
	c.oneOf("stage", string(p.Stage), stages...)
	for _, l := range p.Languages {
		c.need(languageTag.MatchString(l), "languages", "language_form", l)
	}
	keys := map[string]bool{}
	for _, n := range p.Periods {
		c.need(n.Key != "" && !keys[n.Key], "periods.key", "key_twice", n.Key)
		keys[n.Key] = true
		c.text("periods.title", n.Title)
		for _, day := range []string{n.Start, n.End, n.Due} {
			c.day("periods", day)
		}
	}
	for _, m := range p.Moves {
		c.oneOf("moves.to", string(m.To), stages[1:]...)
		c.day("moves.on", m.On)
		c.text("moves.reason", m.Reason)
	}
	c.decisions(p.Adopted, p.Amendments)
}

// livingCommitment checks what only a commitment has that is run somewhere.
func (c *subjectCheck) livingCommitment(s civic.Commitment) {
	c.scoped(s.Scoped)
	if t := s.Template; t != nil {
		for _, text := range []civic.Text{t.Problem, t.Causes, t.Past, t.Solution, t.Results, t.Transparency, t.Participation, t.Accountability, t.More, t.Budget} {
			c.text("template", text)
		}
		for _, g := range t.Goals {
			c.need(g >= 1 && g <= 17, "template.goals", "value_unknown", strconv.Itoa(g))
		}
	}
	for _, p := range s.Partners {
		c.oneOf("partners.kind", p.Kind, civic.PartnerKinds...)
	}
	c.need(!s.Proposed || s.Adopted == nil, "proposed", "value_unknown", "true")
	c.decisions(s.Adopted, s.Amendments)
}

func (c *subjectCheck) decisions(adopted *civic.Adoption, amendments []civic.Amendment) {
	if adopted != nil {
		c.day("adopted.on", adopted.On)
	}
	for _, a := range amendments {
		c.day("amendments.on", a.On)
		c.text("amendments.reason", a.Reason)
	}
}

func (c *subjectCheck) day(field, day string) {
	c.need(civic.IsDay(day), field, "date_impossible", day)
}
