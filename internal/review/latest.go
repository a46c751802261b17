package review

import "avow/internal/civic"

// LatestCompletion returns the completion of the latest assessment: a value of
// the completion scale, or the kind in which it is missing. That is the newest
// edition's end-of-term completion when it holds a value, else its progress
// completion, else why there is none.
func LatestCompletion(c civic.Commitment) (value string, missing civic.MissingKind) {
	return "", civic.Blank
}

// Scale is one version of a rating scale: "completion/2017" has the variable
// "completion", its values worst first.
type Scale struct {
	ID       string // variable/version
	Variable string
	Version  string
	Values   []Value
}

// Value is a value of a scale: a lower-case name for storage and catalogues
// ("not_started") and the code that the tables of this version give it.
type Value struct {
	Name string
	Code string
}

// Scales lists every scale, in the order in which a commitment page shows them.
var Scales []Scale
