package civic

import (
	"slices"
	"unicode/utf8"
)

// CheckCommitment says what keeps a commitment from being published: no title, no
// promise or no institution that leads; dates that contradict each other (invariant
// 11: the commitment may exceed its plan, a milestone may not precede the
// commitment); an institution of another member; a text that is too long. Fields
// are named as Answers names them.
func CheckCommitment(c Commitment, p Plan, bodies map[InstitutionID]Institution) Errors {
	var e Errors
	lang := originalLanguage(p, c)
	checkText(&e, "title."+lang, c.Title, MaxLine, true)
	checkText(&e, "short_title."+lang, c.Short, MaxLine, false)
	checkText(&e, "text."+lang, c.Text, MaxText, true)
	checkText(&e, "theme."+lang, c.Theme, MaxLine, false)
	checkWhen(&e, "start", c.Start, true)
	checkWhen(&e, "end", c.End, true)
	if c.End.Before(c.Start) {
		e.Add("end", "planrule.end_before_start", "start", c.Start.Date, "end", c.End.Date)
	} else if c.End.Before(p.Start) {
		e.Add("end", "planrule.before_plan", "value", c.End.Date, "plan", p.Start.Date)
	}
	checkParts(&e, c, bodies)
	if c.Template != nil {
		t := *c.Template
		for _, q := range t.questions() {
			checkText(&e, q.name+"."+lang, *q.text, MaxText, false)
		}
		for i, g := range t.Goals {
			if g < 1 || g > 17 || slices.Contains(t.Goals[:i], g) {
				e.Add("goals", "planrule.goal", "value", g)
			}
		}
		if utf8.RuneCountInString(t.Contact) > MaxLine {
			e.Add("contact", "planrule.text_long", "max", MaxLine, "count", utf8.RuneCountInString(t.Contact))
		}
	}
	for _, partner := range c.Partners {
		if !slices.Contains(PartnerKinds, partner.Kind) {
			e.Add("partners", "planrule.partner", "value", partner.Kind)
		} else if utf8.RuneCountInString(partner.Name) > MaxLine {
			e.Add("partners."+partner.Kind, "planrule.text_long", "max", MaxLine, "count", utf8.RuneCountInString(partner.Name))
		}
	}
	checkMilestones(&e, c, p, lang)
	return e
}

func checkMilestones(e *Errors, c Commitment, p Plan, lang string) {
	begins := c.Start
	if !begins.Decided() {
		begins = p.Start
	}
	for _, m := range c.Milestones {
		at := "milestone." + string(m.ID) + "."
		checkText(e, at+"title."+lang, m.Title, MaxText, true)
		checkText(e, at+"text."+lang, m.Text, MaxText, false)
		checkWhen(e, at+"start", m.Start, false)
		checkWhen(e, at+"due", m.Due, false)
		switch {
		case m.Due.Before(m.Start):
			e.Add(at+"due", "planrule.end_before_start", "start", m.Start.Date, "end", m.Due.Date)
		case m.Start.Before(begins):
			e.Add(at+"start", "planrule.milestone_early", "value", m.Start.Date, "start", begins.Date)
		case m.Due.Before(begins):
			e.Add(at+"due", "planrule.milestone_early", "value", m.Due.Date, "start", begins.Date)
		}
	}
}

func checkWhen(e *Errors, field string, w When, needed bool) {
	switch {
	case w.Decided():
		if _, err := NewDate(w.Date); err != nil {
			e.Add(field, "planrule.date_form", "value", w.Date)
		}
	case needed && w.IsZero():
		e.Add(field, "planrule.date_missing")
	}
}

func checkParts(e *Errors, c Commitment, bodies map[InstitutionID]Institution) {
	leads := 0
	for _, part := range c.Parts {
		field := string(part.Role)
		if part.Role == Lead {
			leads++
		}
		if part.Missing != nil {
			continue
		}
		body, known := bodies[part.Institution]
		switch {
		case !known:
			e.Add(field, "planrule.institution_unknown", "value", string(part.Institution))
		case body.Member != c.Member:
			e.Add(field, "planrule.institution_foreign", "value", body.Name.String())
		}
	}
	if leads == 0 {
		e.Add(string(Lead), "planrule.lead_missing")
	}
}

// originalLanguage is the language in which a commitment is asked for first.
func originalLanguage(p Plan, c Commitment) string {
	if len(p.Languages) > 0 {
		return p.Languages[0]
	}
	return c.Title.Original().Lang
}
