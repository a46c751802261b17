package civic

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
