package civic

import (
	"slices"
	"strconv"
)

// Bounds of what is kept of responsibility.
const (
	MaxLaws  = 20 // texts that pull in one tension
	MaxTied  = 100
	GapAhead = 180 // days ahead in which the end of a tool's upkeep is a gap
)

// CheckTension says what is wrong with a tension, on a day (YYYY-MM-DD). Fields:
// topic, laws, commitments, resolved, how.
func CheckTension(t Tension, today string) Errors {
	var e Errors
	someText(&e, "topic", t.Topic, MaxLine, true)
	someText(&e, "how", t.How, MaxText, t.Resolved != "")
	if len(t.Laws) == 0 {
		repositoryFault(&e, "laws", "missing")
	}
	many(&e, "laws", len(t.Laws), MaxLaws)
	for _, law := range t.Laws {
		oneLine(&e, "laws", law)
	}
	many(&e, "commitments", len(t.Commitments), MaxTied)
	if t.Resolved != "" && plausible(&e, "resolved", t.Resolved, firstProcess, AddMonths(today, 1)) && t.Resolved > today {
		repositoryFault(&e, "resolved", "future", "date", t.Resolved)
	}
	return e
}

// CheckTool says what is wrong with a tool. Fields: name, purpose, maintainer,
// kind, licence, until, url, commitments.
func CheckTool(t Tool) Errors {
	var e Errors
	if t.Name == "" {
		repositoryFault(&e, "name", "missing")
	}
	for field, line := range map[string]string{"name": t.Name, "maintainer": t.Maintainer, "licence": t.Licence} {
		oneLine(&e, field, line)
	}
	someText(&e, "purpose", t.Purpose, MaxText, false)
	if t.Maintainer != "" || t.Kind != "" {
		oneOf(&e, "kind", t.Kind, MaintainerKinds)
	}
	if t.Kind != "" && t.Maintainer == "" {
		repositoryFault(&e, "maintainer", "missing")
	}
	if t.Until != "" && !IsDay(t.Until) {
		repositoryFault(&e, "until", "day", "value", t.Until)
	}
	address(&e, "url", t.URL)
	many(&e, "commitments", len(t.Commitments), MaxTied)
	return e
}

func many(e *Errors, field string, n, most int) {
	if n > most {
		repositoryFault(e, field, "many", "most", strconv.Itoa(most))
	}
}

// GapKind is a way in which nobody answers for something.
type GapKind string

const (
	NoLead       GapKind = "no_lead"       // a commitment that no institution leads
	NoOwner      GapKind = "no_owner"      // an open tension that nobody owns
	NoMaintainer GapKind = "no_maintainer" // a tool that nobody maintains
	UpkeepEnds   GapKind = "upkeep_ends"   // a tool whose upkeep ends within GapAhead days, or has ended
	LeadsNothing GapKind = "leads_nothing" // an institution that takes part and leads nothing
)

// GapKinds lists them in the order in which they are shown.
var GapKinds = []GapKind{NoLead, NoOwner, NoMaintainer, UpkeepEnds, LeadsNothing}

// Led reports whether an institution leads the commitment, be it known by its name alone.
func (c Commitment) Led() bool {
	return slices.ContainsFunc(c.Parts, func(p Part) bool { return p.Role == Lead && (p.Institution != "" || p.Name != "") })
}

// Gaps lists how nobody answers for a tool on a day.
func (t Tool) Gaps(today string) []GapKind {
	var out []GapKind
	if t.Maintainer == "" {
		out = append(out, NoMaintainer)
	}
	if t.Until != "" && DaysBetween(today, t.Until) <= GapAhead {
		out = append(out, UpkeepEnds)
	}
	return out
}
