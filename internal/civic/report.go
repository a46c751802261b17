package civic

// SelfCompletion is how far an institution says it is: the self-assessment scale
// of OGP's template (domain 8). It is never merged with an independent rating.
type SelfCompletion string

const (
	SelfNotStarted  SelfCompletion = "not_started"
	SelfLimited     SelfCompletion = "limited"
	SelfSubstantial SelfCompletion = "substantial"
	SelfCompleted   SelfCompletion = "completed"
)

// SelfCompletions lists the scale from its lowest value on.
var SelfCompletions = []SelfCompletion{SelfNotStarted, SelfLimited, SelfSubstantial, SelfCompleted}

// Report is what an institution says of its progress on a commitment, or on one
// milestone of it, in one reporting period. A later version corrects an earlier one.
type Report struct {
	ID          ReportID         `json:"id"`
	Member      MemberID         `json:"member"`
	Plan        PlanID           `json:"plan"`
	Commitment  CommitmentID     `json:"commitment"`
	Milestone   MilestoneID      `json:"milestone,omitempty"` // set when the plan reports by milestone or indicator
	Institution InstitutionID    `json:"institution,omitempty"`
	Period      string           `json:"period,omitempty"` // key of the plan's period; "" when the source has none
	Status      SelfCompletion   `json:"status,omitempty"`
	Words       string           `json:"status_words,omitempty"` // the source's own word, where it is not one of the scale
	NoStatus    *Missing         `json:"no_status,omitempty"`    // set when neither is there
	Done        Text             `json:"done,omitempty"`         // what was done
	Challenges  Text             `json:"challenges,omitempty"`   // required when not started or limited
	Next        Text             `json:"next,omitempty"`
	Evidence    []Evidence       `json:"evidence,omitempty"`
	Steps       []MilestoneState `json:"milestones,omitempty"` // of a report on the whole commitment
	Dated       When             `json:"dated,omitzero"`       // the day it speaks of, as the source gives it
	Order       int              `json:"order,omitempty"`      // among undated reports of one source: later ones are greater
	Edition     Edition          `json:"edition,omitempty"`    // of the source, when it was imported
	Demo        bool             `json:"demo,omitempty"`
}

// MilestoneState is what a report says of one milestone.
type MilestoneState struct {
	Milestone MilestoneID    `json:"milestone"`
	Status    SelfCompletion `json:"status"`
	DoneOn    string         `json:"done_on,omitempty"` // YYYY-MM-DD, with completed
}

// Evidence is something that shows what a report says: an address, or a file kept here.
type Evidence struct {
	Title Text   `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
	File  *File  `json:"file,omitempty"`
}

// File is a file kept here, by its content.
type File struct {
	SHA256 string `json:"sha256"` // hexadecimal
	Name   string `json:"name"`
	Type   string `json:"type"` // media type, one of those allowed
	Size   int64  `json:"size"` // bytes
}

func (r Report) SubjectKind() Kind { return KindReport }
func (r Report) SubjectID() string { return string(r.ID) }

// References finds the reports of a member, plan, commitment and milestone.
func (r Report) References() []Reference {
	pairs := []string{OfMember, string(r.Member), OfPlan, string(r.Plan), OfCommitment, string(r.Commitment), OfMilestone, string(r.Milestone)}
	for _, e := range r.Evidence {
		if e.File != nil {
			pairs = append(pairs, OfFile, e.File.SHA256)
		}
	}
	return refer(pairs...)
}

// Key allows one report for each period and commitment or milestone of a plan.
func (r Report) Key() string {
	if r.Period == "" {
		return ""
	}
	return string(r.Plan) + "/" + r.Period + "/" + string(r.Commitment) + "/" + string(r.Milestone)
}
