package civic

// Plan is an action plan of a member.
type Plan struct {
	ID        PlanID   `json:"id"`
	Member    MemberID `json:"member"`
	Slug      string   `json:"slug"`                // "albania-1": unique, used in URLs
	Number    string   `json:"number"`              // "1": the member's first plan
	SourceID  string   `json:"source_id,omitempty"` // "AP_ALB01"
	Title     Text     `json:"title,omitempty"`
	Submitted int      `json:"submitted,omitempty"` // year of submission: OGP's action plan cycle
	EndYear   int      `json:"end_year,omitempty"`
	Length    int      `json:"length,omitempty"` // years
	Start     When     `json:"start,omitzero"`
	End       When     `json:"end,omitzero"`
	Regime    Regime   `json:"regime"`
	URL       string   `json:"url,omitempty"`
	Demo      bool     `json:"demo,omitempty"`

	// From here on: what only a plan that is run here has.
	Stage      Stage       `json:"stage,omitempty"`
	Languages  []string    `json:"languages,omitempty"` // BCP 47; texts of reports come in all of them or in none
	Periods    []Period    `json:"periods,omitempty"`   // reporting periods, oldest first
	Adopted    *Adoption   `json:"adopted,omitempty"`
	Amendments []Amendment `json:"amendments,omitempty"`
	Moves      []Move      `json:"moves,omitempty"` // from stage to stage, oldest first
}

// Move is a step of a plan to another stage: when and who decided.
type Move struct {
	To     Stage  `json:"to"`
	On     string `json:"on"` // YYYY-MM-DD
	By     string `json:"by"` // the body that decided, in its own words
	Reason Text   `json:"reason,omitempty"`
}

// Stage is how far a plan is. Plans that were only imported have none.
type Stage string

const (
	Drafting       Stage = "drafting"       // co-creation: commitments are drafts
	Consultation   Stage = "consultation"   // the draft is public and open for comments
	AdoptedStage   Stage = "adopted"        // the baseline stands
	Implementation Stage = "implementation" // institutions report
	Ended          Stage = "ended"
)

// Stages lists them in their order.
var Stages = []Stage{Drafting, Consultation, AdoptedStage, Implementation, Ended}

// Period is a reporting period of a plan. Dates are YYYY-MM-DD, both included.
type Period struct {
	Key   string `json:"key"` // "2026-1": unique within the plan, used in URLs
	Title Text   `json:"title,omitempty"`
	Start string `json:"start"`
	End   string `json:"end"`
	Due   string `json:"due"` // last day on which a report is in time; not before End
}

// Adoption says when and by whom a plan was adopted. The version of a subject
// that first carries it is the baseline: the adopted text.
type Adoption struct {
	On string `json:"on"` // YYYY-MM-DD
	By string `json:"by"` // the body that decided, in its own words
}

// Amendment is a change of what was adopted: its reason and who decided.
type Amendment struct {
	On     string   `json:"on"` // YYYY-MM-DD
	Reason Text     `json:"reason"`
	By     string   `json:"by"`              // the body that decided
	What   []string `json:"what,omitempty"`  // fields that it changed, as history names them
	Drops  bool     `json:"drops,omitempty"` // it takes the commitment out of the plan
}
