package review

import (
	"cmp"
	"slices"
	"time"

	"avow/internal/civic"
)

// Result says how a requirement stands.
type Result string

const (
	Met        Result = "met"
	NotMet     Result = "not_met"
	CannotTell Result = "cannot_tell"
)

// Proof is something in the record that a result rests on.
type Proof struct {
	Kind civic.Kind
	ID   string
	On   string // YYYY-MM-DD, "" when it has no day
}

// Due is what has to happen next.
type Due struct {
	Key string // message key
	By  string // YYYY-MM-DD, the last day that is in time; "" when no day is known
}

// Part is one of the things that a requirement asks for.
type Part struct {
	Result   Result
	Reason   string         // message key
	Args     map[string]any // its words; days are YYYY-MM-DD
	Evidence []Proof
	Next     *Due
}

// Requirement is one minimum requirement and how it stands: not met when one of
// its parts is not, met when all are. Its reason is that of the part which decided.
type Requirement struct {
	ID string // "1.1"
	Part
	Parts []Part
}

// Standing is how a member stands by one set of rules on a day.
type Standing struct {
	Rules        RuleSet // zero when no rules of that day are known
	Grace        bool    // not meeting them has no consequence yet
	Requirements []Requirement
}

// Facts are what the record holds of a member's process. What lies after the day,
// or was withdrawn, may be among them: it does not count.
type Facts struct {
	On            string // YYYY-MM-DD, the day that is asked about
	Regime        civic.Regime
	Since         string // first day on which anything of the process was recorded here, "" when nothing is
	Forum         *civic.Forum
	Documents     []civic.Document
	Meetings      []civic.Meeting
	Plan          *civic.Plan // the newest that is run here: its co-creation is looked at; nil without
	Running       *civic.Plan // the one that is, or was last, in implementation; nil without
	Steps         []civic.Step
	Contributions []civic.Contribution
}

// Assess holds facts against the rules of their day, or against r when its Key is
// set. It is an indication: the verdict is the IRM's. Nothing recorded is not "not
// met" as long as there is time.
func Assess(f Facts, r RuleSet) Standing {
	if r.Key == "" {
		var ok bool
		if r, ok = RulesOn(f.On); !ok {
			return Standing{}
		}
	}
	out := Standing{Rules: r, Grace: r.Grace != "" && f.On <= r.Grace}
	a := newAssessing(f, r)
	for _, id := range r.Asks {
		out.Requirements = append(out.Requirements, join(id, a.parts(id)))
	}
	return out
}

// assessing is a run of Assess: the facts that count on the day.
type assessing struct {
	Facts
	RuleSet
	over string // the day on which co-creation ended, "" when it goes on or nothing is known
}

func newAssessing(f Facts, r RuleSet) assessing {
	a := assessing{Facts: f, RuleSet: r}
	a.Documents = keep(f.Documents, func(d civic.Document) bool { return d.Withdrawn == "" && d.Dated != "" && d.Dated <= f.On })
	a.Meetings = keep(f.Meetings, func(m civic.Meeting) bool { return m.Withdrawn == "" && !m.Cancelled && m.On != "" && m.On <= f.On })
	a.Steps = keep(f.Steps, func(s civic.Step) bool { return s.Withdrawn == "" })
	a.Contributions = keep(f.Contributions, func(c civic.Contribution) bool { return len(f.On) > 7 && c.Month <= f.On[:7] })
	slices.SortStableFunc(a.Documents, func(x, y civic.Document) int { return cmp.Compare(x.Dated, y.Dated) })
	slices.SortStableFunc(a.Meetings, func(x, y civic.Meeting) int { return cmp.Compare(x.On, y.On) })
	slices.SortStableFunc(a.Steps, func(x, y civic.Step) int { return cmp.Compare(x.Start, y.Start) })
	if p := f.Plan; p != nil {
		switch {
		case p.Adopted != nil:
			a.over = p.Adopted.On
		case p.Stage == civic.Drafting || p.Stage == civic.Consultation:
		default:
			a.over = FirstDay(p.Start.Date)
		}
	}
	return a
}

// parts are what a requirement asks for, each on its own.
func (a assessing) parts(id string) []Part {
	switch {
	case a.MeetingMonths == 0:
		return one(CannotTell, "requirement.reason.irm")
	case a.Regime == civic.Local || a.Regime == civic.LegacyLocal:
		return one(CannotTell, "requirement.reason.local")
	case a.Since == "":
		return one(CannotTell, "requirement.reason.nothing_kept")
	}
	switch id {
	case "1.1":
		return a.space()
	case "2.1":
		return a.website()
	case "2.2":
		return a.repository()
	}
	if id == "5.1" {
		return a.results()
	}
	if a.Plan == nil {
		return one(CannotTell, "requirement.reason.no_plan")
	}
	switch id {
	case "3.1":
		return a.announcement()
	case "3.2":
		return a.outreach()
	case "3.3":
		return a.input()
	}
	return a.responses()
}

// join makes a requirement of its parts.
func join(id string, parts []Part) Requirement {
	out := Requirement{ID: id, Parts: parts}
	out.Result = Met
	for _, p := range parts {
		out.Evidence = append(out.Evidence, p.Evidence...)
		if p.Next != nil && (out.Next == nil || p.Next.By != "" && (out.Next.By == "" || p.Next.By < out.Next.By)) {
			out.Next = p.Next
		}
		if worse(p.Result, out.Result) {
			out.Result = p.Result
		}
	}
	for _, p := range slices.Backward(parts) {
		if p.Result == out.Result {
			out.Reason, out.Args = p.Reason, p.Args
		}
	}
	return out
}

func worse(a, b Result) bool {
	order := []Result{Met, CannotTell, NotMet}
	return slices.Index(order, a) > slices.Index(order, b)
}

// missing is a part of which nothing is recorded: there is time until a day, and
// after it the part is not met.
func (a assessing) missing(reason, next, by string) Part {
	p := part(CannotTell, reason, "by", by)
	switch {
	case by == "":
		p.Next = &Due{Key: next}
	case a.On > by:
		p.Result = NotMet
	default:
		p.Next = &Due{next, by}
	}
	return p
}

// absent is a part of co-creation of which nothing is recorded.
func (a assessing) absent(reason, next string) []Part {
	switch {
	case a.over == "" || a.On <= a.over:
		return []Part{a.missing(reason, next, a.over)}
	case a.Since > a.over:
		return []Part{part(CannotTell, "requirement.reason.before_record", "since", a.Since)}
	}
	return []Part{part(NotMet, reason, "by", a.over)}
}

// part makes a part; args are pairs of a name and a value.
func part(r Result, reason string, args ...any) Part {
	p := Part{Result: r, Reason: reason, Args: map[string]any{}}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i].(string)] = args[i+1]
	}
	return p
}

func one(r Result, reason string, args ...any) []Part { return []Part{part(r, reason, args...)} }

func keep[T any](in []T, fits func(T) bool) []T {
	var out []T
	for _, v := range in {
		if fits(v) {
			out = append(out, v)
		}
	}
	return out
}

// FirstDay is the first day of a civil date as exact as its source; "" for none.
func FirstDay(date string) string {
	switch len(date) {
	case 4:
		return date + "-01-01"
	case 7:
		return date + "-01"
	}
	return date
}

// addDays is the day some days after a day.
func addDays(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}
