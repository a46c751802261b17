package interchange

import (
	"cmp"

	"avow/internal/civic"
)

// Draft is one commitment as one source tells it, before it is matched with what
// is already known. References are by name and number, because the source knows
// none of our IDs; Commitment.ID, Member, Plans and the Parts' Institution are
// empty, everything else of it is filled, with exactly one Source, and Tags and
// Assessments of that source's edition only.
type Draft struct {
	Row        int // the spreadsheet's row, header lines counted; of a JSON source the record's position from 1
	Member     MemberRef
	Plan       PlanRef
	Number     string // the commitment's number in the plan, may be empty
	Commitment civic.Commitment
	Covers     int // source records it stands for, of trackers with several to a commitment; 0 means one
}

// ReportDraft is a report as a source tells it. The commitment is named by its OGP
// ID or by its number in the plan, the milestone or indicator by its code; the
// report's own IDs are empty.
type ReportDraft struct {
	Row       int
	Member    MemberRef
	Plan      PlanRef
	OGPID     string
	Number    string
	Milestone string
	Report    civic.Report
}

// MemberRef is what a source says of a member. Name is required.
type MemberRef struct {
	Name   string
	Code   string
	Region civic.Region
	Regime civic.Regime
}

// PlanRef is what a source says of an action plan. Number is required.
type PlanRef struct {
	Number    string
	SourceID  string
	Title     civic.Text
	Submitted int
	EndYear   int
	Length    int
	Start     civic.When
	End       civic.When
	Regime    civic.Regime
}

// Issue is something wrong or doubtful in a source, told to a person. Row and
// Column are 0 and "" when the whole file is meant. Code is a message key
// without its prefix ("date_ambiguous" for the message "import.date_ambiguous"),
// Args are the words to fill in. File is set by who reads several files at once.
// Where a rule of another room was not kept, Key is that room's message.
type Issue struct {
	File   string
	Row    int
	Column string
	Code   string
	Key    string // "" for "import." and the code
	Args   map[string]any
}

// MessageKey is the key of the issue's message.
func (i Issue) MessageKey() string { return cmp.Or(i.Key, "import."+i.Code) }

// Parsed is a source read in full. Records counts every record of the source;
// those in neither Drafts nor Refused do not exist: Records = len(Drafts) + len(Refused)
// for tables. (Trackers with several records to a commitment say Rows per draft
// in Covers.)
type Parsed struct {
	Format   string // "ogp", "canada-nap", "us-nap", "table", "jsonl"
	Edition  civic.Edition
	Records  int
	Drafts   []Draft
	Reports  []ReportDraft   // only from trackers that tell progress
	Subjects []civic.Subject // only from jsonl: complete subjects with their IDs
	Lines    []int           // only from jsonl: the line of each subject
	Refused  []Issue         // one for each record that cannot be taken
	Warnings []Issue         // about records that are taken
}
