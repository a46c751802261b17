package app

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// living adds what only a commitment has that is run here.
func (l *factList) living(c civic.Commitment) {
	l.add("local_id", c.LocalID)
	if t := c.Template; t != nil {
		for _, q := range []struct {
			name string
			text civic.Text
		}{
			{"problem", t.Problem}, {"causes", t.Causes}, {"past", t.Past}, {"solution", t.Solution}, {"results", t.Results},
			{"transparency", t.Transparency}, {"participation", t.Participation}, {"accountability", t.Accountability},
			{"more", t.More}, {"budget", t.Budget},
		} {
			l.text(q.name, q.text)
		}
		var goals []string
		for _, g := range t.Goals {
			goals = append(goals, strconv.Itoa(g))
		}
		l.add("goals", strings.Join(goals, ", "))
		l.add("contact", t.Contact)
	}
	for _, kind := range civic.PartnerKinds {
		var names []string
		for _, p := range c.Partners {
			if p.Kind == kind {
				names = append(names, p.Name)
			}
		}
		l.put(Fact{Field: "partners." + kind, Value: strings.Join(names, "; ")})
	}
	if c.Proposed {
		l.add("proposed", "yes")
	}
	l.decisions(c.Adopted, c.Amendments)
	if c.Dropped {
		l.add("dropped", "yes")
	}
}

// decisions adds an adoption and the amendments that followed it.
func (l *factList) decisions(adopted *civic.Adoption, amendments []civic.Amendment) {
	if adopted != nil {
		l.add("adopted", adopted.On)
		l.add("adopted_by", adopted.By)
	}
	for i, a := range amendments {
		at := "amendment/" + strconv.Itoa(i) + "/"
		l.put(Fact{Field: "amended", Value: a.On, key: at + "on"})
		l.put(Fact{Field: "amended_by", Value: a.By, key: at + "by"})
		for j, p := range a.Reason {
			field := "amendment_reason"
			if j > 0 {
				field += "." + p.Lang
			}
			l.put(Fact{Field: field, Value: p.Text, key: at + "reason/" + p.Lang})
		}
	}
}

// PlanFacts lists what a plan says, in the order in which its page tells it.
func PlanFacts(p civic.Plan) []Fact {
	var l factList
	l.add("member", string(p.Member))
	l.add("number", p.Number)
	l.add("source_id", p.SourceID)
	l.text("title", p.Title)
	l.when("start", p.Start)
	l.when("end", p.End)
	l.year("submitted", p.Submitted)
	l.year("end_year", p.EndYear)
	l.year("length", p.Length)
	l.add("regime", string(p.Regime))
	l.add("url", p.URL)
	l.add("stage", string(p.Stage))
	l.add("languages", strings.Join(p.Languages, ", "))
	for _, n := range p.Periods {
		at := "period." + n.Key + "."
		l.text(at+"title", n.Title)
		l.add(at+"start", n.Start)
		l.add(at+"end", n.End)
		l.add(at+"due", n.Due)
	}
	for i, m := range p.Moves {
		at := "move/" + strconv.Itoa(i) + "/"
		l.put(Fact{Field: "moved", Value: m.On, key: at + "on"})
		l.put(Fact{Field: "moved_to", Value: string(m.To), key: at + "to"})
		l.put(Fact{Field: "moved_by", Value: m.By, key: at + "by"})
		l.put(Fact{Field: "move_reason", Value: m.Reason.String(), key: at + "reason"})
	}
	l.decisions(p.Adopted, p.Amendments)
	return l
}

// ChangedPlanFacts compares two states of one plan as values.
func ChangedPlanFacts(before, after civic.Plan) []FactChange {
	return changedFacts(PlanFacts(before), PlanFacts(after))
}

// changedFacts compares two lists of facts by their keys, in the order of the
// newer one; what only the older one has comes last.
func changedFacts(old, now []Fact) []FactChange {
	oldBy, nowBy := byKey(old), byKey(now)
	var out []FactChange
	for _, f := range now {
		o, had := oldBy[f.key]
		if f.lang && (!had || !SameFact(oldBy[textOf(f)], nowBy[textOf(f)])) || had && SameFact(o, f) {
			continue
		}
		out = append(out, FactChange{Field: f.Field, Before: o.Value, After: f.Value})
	}
	for _, o := range old {
		if _, still := nowBy[o.key]; !still && !o.lang {
			out = append(out, FactChange{Field: o.Field, Before: o.Value})
		}
	}
	return out
}

// promised are the fields of a commitment that an adoption decides on, by the
// first part of their names: the promise, its time, its people and its steps.
var promised = []string{
	"plan", "title", "short_title", "text", "theme", "start", "end", "lead", "supporting", "url", "milestone", "partners", "goals", "contact",
	"problem", "causes", "past", "solution", "results", "transparency", "participation", "accountability", "more", "budget", "dropped",
}

// isPromise reports whether a field belongs to what was adopted.
func isPromise(field string) bool {
	head, _, _ := strings.Cut(field, ".")
	return slices.Contains(promised, head)
}

// promiseChanges are the changes of what was adopted between two states.
func promiseChanges(before, after civic.Commitment) []FactChange {
	return slices.DeleteFunc(ChangedFacts(before, after), func(c FactChange) bool { return !isPromise(c.Field) })
}
