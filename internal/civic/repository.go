package civic

// Forum is a member's space for dialogue with its public addresses (standards 1
// and 2 of the Participation and Co-Creation Standards). One for each member.
type Forum struct {
	ID         ForumID    `json:"id"`
	Member     MemberID   `json:"member"`
	Name       Text       `json:"name"`
	Rules      DocumentID `json:"rules,omitempty"` // its basic rules on participation, published
	Government int        `json:"government"`      // seats of government
	Civil      int        `json:"civil"`           // seats of civil society
	Others     int        `json:"others,omitempty"`
	Website    string     `json:"website,omitempty"`    // the public OGP website
	Repository string     `json:"repository,omitempty"` // "" while the repository is the one kept here
	Demo       bool       `json:"demo,omitempty"`
}

func (f Forum) SubjectKind() Kind { return KindForum }
func (f Forum) SubjectID() string { return string(f.ID) }

// References finds a member's forum.
func (f Forum) References() []Reference { return refer(OfMember, string(f.Member)) }

// Key allows one forum for each member.
func (f Forum) Key() string { return string(f.Member) }

// Meeting is a meeting of the forum, or one that presents results to civil society.
type Meeting struct {
	ID         MeetingID  `json:"id"`
	Member     MemberID   `json:"member"`
	Plan       PlanID     `json:"plan,omitempty"`
	Kind       string     `json:"kind"` // one of MeetingKinds
	On         string     `json:"on"`   // YYYY-MM-DD
	Title      Text       `json:"title"`
	Where      string     `json:"where,omitempty"`
	Channel    Channel    `json:"channel,omitempty"`    // web or in_person
	Government int        `json:"government,omitempty"` // people who came, by side
	Civil      int        `json:"civil,omitempty"`
	Others     int        `json:"others,omitempty"`
	Decided    Text       `json:"decided,omitempty"` // what came of it
	Minutes    DocumentID `json:"minutes,omitempty"`
	Cancelled  bool       `json:"cancelled,omitempty"`
	Withdrawn  string     `json:"withdrawn,omitempty"` // why it was written down by mistake; the entry stays
	Demo       bool       `json:"demo,omitempty"`
}

// MeetingKinds: of the forum (requirement 1.1), in co-creation (3.3), to present results (5.1).
var MeetingKinds = []string{"forum", "co_creation", "results"}

func (m Meeting) SubjectKind() Kind { return KindMeeting }
func (m Meeting) SubjectID() string { return string(m.ID) }

// References finds the meetings of a member and a plan.
func (m Meeting) References() []Reference {
	return refer(OfMember, string(m.Member), OfPlan, string(m.Plan))
}

// Step is a dated step of a plan's co-creation or implementation: what was
// announced, when, and when it takes place.
type Step struct {
	ID        StepID   `json:"id"`
	Member    MemberID `json:"member"`
	Plan      PlanID   `json:"plan"`
	Kind      string   `json:"kind"` // one of StepKinds
	Title     Text     `json:"title"`
	Start     string   `json:"start"`               // YYYY-MM-DD
	End       string   `json:"end,omitempty"`       // YYYY-MM-DD
	Announced string   `json:"announced,omitempty"` // YYYY-MM-DD on which it was published; ours when it was published here
	Groups    []string `json:"groups,omitempty"`    // whom an outreach addressed, in plain words
	Channel   Channel  `json:"channel,omitempty"`
	Withdrawn string   `json:"withdrawn,omitempty"` // why it was written down by mistake; the entry stays
	Demo      bool     `json:"demo,omitempty"`
}

// StepKinds: the start of co-creation (3.1), outreach (3.2), gathering of input
// (3.3), feedback (4.1), adoption, and anything else.
var StepKinds = []string{"co_creation_start", "outreach", "input", "feedback", "adoption", "other"}

func (s Step) SubjectKind() Kind { return KindStep }
func (s Step) SubjectID() string { return string(s.ID) }

// References finds the steps of a member and a plan.
func (s Step) References() []Reference {
	return refer(OfMember, string(s.Member), OfPlan, string(s.Plan))
}

// Document is a dated, typed document of a member's repository: a file kept here or an address.
type Document struct {
	ID         DocumentID   `json:"id"`
	Member     MemberID     `json:"member"`
	Plan       PlanID       `json:"plan,omitempty"`
	Commitment CommitmentID `json:"commitment,omitempty"`
	Meeting    MeetingID    `json:"meeting,omitempty"`
	Step       StepID       `json:"step,omitempty"`
	Kind       string       `json:"kind"` // one of DocumentKinds
	Title      Text         `json:"title"`
	Dated      string       `json:"dated"` // YYYY-MM-DD, the document's own date
	Lang       string       `json:"lang,omitempty"`
	URL        string       `json:"url,omitempty"`
	File       *File        `json:"file,omitempty"`
	Withdrawn  string       `json:"withdrawn,omitempty"` // why it is no longer offered; the entry stays
	Demo       bool         `json:"demo,omitempty"`
}

// DocumentKinds lists what a repository holds.
var DocumentKinds = []string{"forum_rules", "minutes", "timeline", "outreach", "input", "feedback", "plan", "evidence", "report", "letter", "other"}

func (d Document) SubjectKind() Kind { return KindDocument }
func (d Document) SubjectID() string { return string(d.ID) }

// References finds the documents of whatever they belong to.
func (d Document) References() []Reference {
	pairs := []string{OfMember, string(d.Member), OfPlan, string(d.Plan), OfCommitment, string(d.Commitment), OfMeeting, string(d.Meeting), OfStep, string(d.Step)}
	if d.File != nil {
		pairs = append(pairs, OfFile, d.File.SHA256)
	}
	return refer(pairs...)
}

// Contribution is an idea or a comment on a plan in the making, with the reasoned
// response to it (requirement 4.1, invariant 13). The record does not tell which
// account wrote it.
type Contribution struct {
	ID         ContributionID `json:"id"` // blind
	Member     MemberID       `json:"member"`
	Plan       PlanID         `json:"plan"`
	Commitment CommitmentID   `json:"commitment,omitempty"`
	Text       Text           `json:"text"`
	Month      string         `json:"month"` // YYYY-MM in which it came in; never finer
	Way
	Decision string  `json:"decision,omitempty"` // "adopted", "partly", "not"; "" while unanswered
	Response Text    `json:"response,omitempty"`
	Answered string  `json:"answered,omitempty"` // YYYY-MM-DD
	Hidden   *Hiding `json:"hidden,omitempty"`
	Demo     bool    `json:"demo,omitempty"`
}

// Decisions lists what can become of a contribution.
var Decisions = []string{"adopted", "partly", "not"}

func (c Contribution) SubjectKind() Kind { return KindContribution }
func (c Contribution) SubjectID() string { return string(c.ID) }

// References finds the contributions to a plan and a commitment.
func (c Contribution) References() []Reference {
	return refer(OfMember, string(c.Member), OfPlan, string(c.Plan), OfCommitment, string(c.Commitment))
}
