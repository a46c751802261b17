package review

import "avow/internal/civic"

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
	On   string // YYYY-MM-DD
}

// Due is what has to happen next.
type Due struct {
	Key string // message key
	By  string // YYYY-MM-DD, the last day that is in time
}

// Requirement is one minimum requirement, how it stands, and why.
type Requirement struct {
	ID       string // "1.1"
	Result   Result
	Reason   string // message key
	Args     map[string]any
	Evidence []Proof
	Next     *Due
}

// Standing is how a member stands by one set of rules.
type Standing struct {
	Rules        RuleSet
	Grace        bool // not meeting them has no consequence yet
	Requirements []Requirement
}

// RuleSet is a version of the process rules.
type RuleSet struct {
	Key   string // "co-creation-2022"
	From  string // YYYY-MM-DD, in force from
	Grace string // last day of the grace period, "" when there is none
}
