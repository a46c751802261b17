package civic

// Testimony is what a citizen says of a report: this happened, or it did not. It
// stands beside the self-report and the independent rating and is merged into neither.
// The record does not tell which account wrote it.
type Testimony struct {
	ID         TestimonyID  `json:"id"` // blind
	Report     ReportID     `json:"report"`
	Member     MemberID     `json:"member"`
	Plan       PlanID       `json:"plan"`
	Commitment CommitmentID `json:"commitment"`
	Happened   bool         `json:"happened"`
	Saw        Text         `json:"saw,omitempty"` // what the person saw
	Month      string       `json:"month"`         // YYYY-MM in which it came in; never finer
	Way
	Withdrawn bool    `json:"withdrawn,omitempty"` // by its author: no longer shown, no longer counted
	Hidden    *Hiding `json:"hidden,omitempty"`
	Demo      bool    `json:"demo,omitempty"`
}

// Hiding says by which rule and why a contribution is not shown. It still counts
// as one that came in; what it said is kept.
type Hiding struct {
	Rule   string `json:"rule"` // "personal_data", "insult", "spam", "off_topic"
	Reason string `json:"reason"`
	By     Actor  `json:"by"`
	On     string `json:"on"` // YYYY-MM-DD
}

// HidingRules lists the rules by which something may be hidden.
var HidingRules = []string{"personal_data", "insult", "spam", "off_topic"}

func (t Testimony) SubjectKind() Kind { return KindTestimony }
func (t Testimony) SubjectID() string { return string(t.ID) }

// References finds the testimony on a report, commitment and plan.
func (t Testimony) References() []Reference {
	return refer(OfReport, string(t.Report), OfMember, string(t.Member), OfPlan, string(t.Plan), OfCommitment, string(t.Commitment))
}

// Dispute is a forum member's or reviewer's word that a report is wrong, the
// government's answer, and how it was settled. The report stays as it is until
// its institution corrects it.
type Dispute struct {
	ID         DisputeID    `json:"id"`
	Report     ReportID     `json:"report"`
	Member     MemberID     `json:"member"`
	Plan       PlanID       `json:"plan"`
	Commitment CommitmentID `json:"commitment"`
	Claim      Text         `json:"claim"`
	By         AccessRole   `json:"by"` // the role that raised it
	On         string       `json:"on"` // YYYY-MM-DD
	Answer     Text         `json:"answer,omitempty"`
	Answered   string       `json:"answered,omitempty"` // YYYY-MM-DD
	Outcome    string       `json:"outcome,omitempty"`  // "report_corrected", "report_stands", "withdrawn"; "" while open
	Why        Text         `json:"why,omitempty"`      // of the outcome
	Settled    string       `json:"settled,omitempty"`  // YYYY-MM-DD
	Demo       bool         `json:"demo,omitempty"`
}

// DisputeOutcomes lists how a dispute can end.
var DisputeOutcomes = []string{"report_corrected", "report_stands", "withdrawn"}

func (d Dispute) SubjectKind() Kind { return KindDispute }
func (d Dispute) SubjectID() string { return string(d.ID) }

// References finds the disputes of a report, commitment and plan.
func (d Dispute) References() []Reference {
	return refer(OfReport, string(d.Report), OfMember, string(d.Member), OfPlan, string(d.Plan), OfCommitment, string(d.Commitment))
}
