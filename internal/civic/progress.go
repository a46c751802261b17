package civic

import "slices"

// ExpectationState is what became of a report that was due.
type ExpectationState string

const (
	NotYetOpen      ExpectationState = "not_yet_open"     // its period has not begun
	OpenToReport    ExpectationState = "open"             // it may come and is not late
	ReportedInTime  ExpectationState = "reported_in_time" // not after the period's due day
	ReportedLate    ExpectationState = "reported_late"
	ReportedUndated ExpectationState = "reported_undated" // imported: when it was filed is not known
	ReportMissing   ExpectationState = "missing"          // its due day has passed
	NotExpected     ExpectationState = "not_applicable"   // dropped, or not begun
)

// ExpectationStates lists them all.
var ExpectationStates = []ExpectationState{NotYetOpen, OpenToReport, ReportedInTime, ReportedLate, ReportedUndated, ReportMissing, NotExpected}

// Expectation is one report that a plan asks for: on a commitment, or on one
// indicator of it, in one period.
type Expectation struct {
	Commitment CommitmentID
	Milestone  MilestoneID // "" for the commitment as a whole
	Period     string
	State      ExpectationState
	Days       int // of reported_late and missing: days after the due day
	Report     ReportID
	Status     SelfCompletion // what the report says, "" when there is none on the scale
}

// Filed is a report with the day on which it came in, "" when that is not known.
type Filed struct {
	Report
	On string // YYYY-MM-DD
}

// Expect tells what became of one report: on a commitment, or on one of its
// indicators, in one period of its plan. filed is nil when there is none.
func Expect(plan Plan, c Commitment, m MilestoneID, p Period, filed *Filed, today string) Expectation {
	e := Expectation{Commitment: c.ID, Milestone: m, Period: p.Key}
	due := p.LastDue()
	switch {
	case filed != nil:
		e.Report, e.Status = filed.ID, filed.Status
		switch {
		case filed.On == "":
			e.State = ReportedUndated
		case filed.On <= due:
			e.State = ReportedInTime
		default:
			e.State, e.Days = ReportedLate, DaysBetween(due, filed.On)
		}
	case !expected(c, m, p):
		e.State = NotExpected
	case p.Start > today || plan.Stage != Implementation && plan.Stage != Ended:
		e.State = NotYetOpen
	case today <= due:
		e.State = OpenToReport
	default:
		e.State, e.Days = ReportMissing, DaysBetween(due, today)
	}
	return e
}

// LastDue is the last day on which a report is in time.
func (p Period) LastDue() string { return max(p.Due, p.End) }

// expected reports whether a commitment, or an indicator of it, is reported on in
// a period: it has been adopted, has begun, and was not dropped before the end.
func expected(c Commitment, m MilestoneID, p Period) bool {
	start := c.Start.Date
	if i, ok := c.MilestoneBy(string(m)); ok && i.Start.Decided() {
		start = i.Start.Date
	}
	return !c.Proposed && start <= p.End && (c.Adopted == nil || c.Adopted.On <= p.End) && (!c.Dropped || c.DroppedOn() > p.End)
}

// DroppedOn is the day on which an amendment took the commitment out of its plan,
// "" when none did or the day is not known.
func (c Commitment) DroppedOn() string {
	for _, a := range slices.Backward(c.Amendments) {
		if a.Drops {
			return a.On
		}
	}
	return ""
}

// Standing is how far something is in a roll-up: a value of the self-assessment
// scale, or why there is none. It is what institutions say of themselves.
type Standing string

const (
	StandsMissing  Standing = "missing"   // the last report that was due did not come, whatever was said before
	StandsUnknown  Standing = "unknown"   // nothing was reported, and nothing was due
	StandsOffScale Standing = "off_scale" // the source's own words, which are none of the scale
	StandsOut      Standing = "not_applicable"
)

// Standings lists them from the lowest on; what does not apply has no place in the
// order and stands last.
var Standings = []Standing{StandsMissing, StandsUnknown, StandsOffScale,
	Standing(SelfNotStarted), Standing(SelfLimited), Standing(SelfSubstantial), Standing(SelfCompleted), StandsOut}

// Rank is the place of a standing in their order, from 0.
func (s Standing) Rank() int { return slices.Index(Standings, s) }

// Tally counts standings, each for itself.
type Tally map[Standing]int

// Lowest is the lowest standing that was counted, leaving out what does not
// apply; not_applicable when there is nothing else.
func (t Tally) Lowest() Standing {
	for _, s := range Standings {
		if t[s] > 0 {
			return s
		}
	}
	return StandsOut
}

// Sum is how many were counted.
func (t Tally) Sum() int {
	n := 0
	for _, count := range t {
		n += count
	}
	return n
}

// Counts are the sums of a roll-up. There is no percentage: what is not known
// would disappear in it.
type Counts struct {
	Units   Tally                    // what is reported on: commitments, or indicators where there are any
	Reports map[ExpectationState]int // the reports of every period
	Filed   int                      // every report that came, those outside of periods too
}

// Add adds other counts.
func (c *Counts) Add(o Counts) {
	if c.Units == nil {
		c.Units, c.Reports = Tally{}, map[ExpectationState]int{}
	}
	for s, n := range o.Units {
		c.Units[s] += n
	}
	for s, n := range o.Reports {
		c.Reports[s] += n
	}
	c.Filed += o.Filed
}

// Compare orders roll-ups of the same things: +1 when c stands higher than o.
// First fewer missing reports, then more reports that came, then the standings
// from the lowest on. So who did not report never stands higher for it.
func (c Counts) Compare(o Counts) int {
	if d := o.Reports[ReportMissing] - c.Reports[ReportMissing]; d != 0 {
		return sign(d)
	}
	if d := c.Filed - o.Filed; d != 0 {
		return sign(d)
	}
	for _, s := range Standings[:StandsOut.Rank()] {
		if d := o.Units[s] - c.Units[s]; d != 0 {
			return sign(d)
		}
	}
	return 0
}

func sign(d int) int {
	if d < 0 {
		return -1
	}
	return 1
}

// NumberIn is the number of the commitment in a plan, "" when it has none there.
func (c Commitment) NumberIn(plan PlanID) string {
	for _, e := range c.Plans {
		if e.Plan == plan {
			return e.Number
		}
	}
	return ""
}
