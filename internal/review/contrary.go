package review

import "avow/internal/civic"

// Answer is a yes, a no, or not known: what the IRM found, or did not say.
type Answer string

const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = ""
)

// Cycle is what is known of one action plan cycle of a member.
type Cycle struct {
	Submitted    int    // year of submission, 0 when the plan never came
	Delivered    string // YYYY-MM-DD, YYYY-MM or YYYY: when the plan was handed in; "" when it was not, or it is not known
	LastEnded    string // when the plan before ended, the same; "" for a first plan
	Due          string // YYYY-MM-DD on which the plan was due by the earlier rules; "" when it is not known
	Missing      bool   // no plan was handed in
	Requirements Answer // the minimum requirements of the time are met, as assessed by the IRM
	Involve      Answer // earlier rules: the public was involved in development, as assessed by the IRM
	Inform       Answer // earlier rules: it was informed during implementation
	Repository   Answer // earlier rules: a repository as the IRM's guidance asks for
	Progress     Answer // on at least one commitment, as assessed by the IRM
}

// The rules by which a cycle is contrary to process, as message keys.
const (
	ContraryLate         = "contrary.late"         // no plan within 12 months of the end of the last one
	ContraryLateEarlier  = "contrary.late_earlier" // more than 4 months late
	ContraryRequirements = "contrary.requirements" // minimum requirements not met, as assessed by the IRM
	ContraryInvolve      = "contrary.involve"
	ContraryInform       = "contrary.inform"
	ContraryRepository   = "contrary.repository"
	ContraryProgress     = "contrary.progress" // no progress on any commitment, as assessed by the IRM
)

// Conduct says how a cycle stands: Met is according to process, NotMet contrary to
// it, CannotTell neither yet.
type Conduct struct {
	Rules   RuleSet
	Result  Result
	Against []string // rules that it is known to go against
	Open    []string // rules of which nothing is known
}

// JudgeCycle holds a cycle against the rules of its own time, on a day: those of
// the year of submission, or of the day on which a plan that never came was due.
// One rule is enough to be contrary; to be according to process all have to be known.
func JudgeCycle(c Cycle, on string) Conduct {
	year := FirstDay(c.Delivered)
	switch {
	case year == "" && c.Submitted > 0:
		year = civic.LastDay(digits(c.Submitted))
	case year == "":
		year = on
	}
	rules, ok := RulesOn(year)
	if !ok {
		return Conduct{Result: CannotTell}
	}
	j := Conduct{Rules: rules, Result: Met}
	if rules.MeetingMonths > 0 {
		j.note(ContraryLate, inTime(c, civic.AddMonths(civic.LastDay(c.LastEnded), 12), on))
		j.note(ContraryRequirements, c.Requirements)
	} else {
		j.note(ContraryLateEarlier, inTime(c, civic.AddMonths(c.Due, 4), on))
		j.note(ContraryInvolve, c.Involve)
		j.note(ContraryInform, c.Inform)
		for _, id := range rules.Asks {
			if id == "repository" {
				j.note(ContraryRepository, c.Repository)
			}
		}
	}
	j.note(ContraryProgress, c.Progress)
	switch {
	case len(j.Against) > 0:
		j.Result = NotMet
	case len(j.Open) > 0:
		j.Result = CannotTell
	}
	return j
}

func (j *Conduct) note(rule string, kept Answer) {
	switch kept {
	case No:
		j.Against = append(j.Against, rule)
	case Unknown:
		j.Open = append(j.Open, rule)
	}
}

// inTime tells whether a plan came by a day. A first plan has no such day. A date
// that is a year or a month is in time when all of it is, late when none of it is.
func inTime(c Cycle, by, on string) Answer {
	switch {
	case c.LastEnded == "" && c.Due == "":
		return Yes
	case by == "":
		return Unknown
	case c.Delivered == "" && (c.Missing || c.Submitted == 0):
		if on > by {
			return No
		}
		return Unknown
	}
	delivered := c.Delivered
	if delivered == "" {
		delivered = digits(c.Submitted)
	}
	switch {
	case civic.LastDay(delivered) <= by:
		return Yes
	case FirstDay(delivered) > by:
		return No
	}
	return Unknown
}

func digits(year int) string {
	var out [4]byte
	for i := range out {
		out[3-i] = byte('0' + year%10)
		year /= 10
	}
	return string(out[:])
}

// ProceduralReview tells whether a member is due for procedural review: it acted
// contrary to process in two consecutive cycles. cycles are in their order. A
// cycle according to process breaks the run (invariant 6). One of which nothing can
// be told neither breaks nor prolongs it: when it stands where it would decide,
// the answer is CannotTell. NotMet: due for review.
func ProceduralReview(cycles []Result) Result {
	out := Met
	for i := 1; i < len(cycles); i++ {
		a, b := cycles[i-1], cycles[i]
		switch {
		case a == NotMet && b == NotMet:
			return NotMet
		case a != Met && b != Met:
			out = CannotTell
		}
	}
	return out
}
