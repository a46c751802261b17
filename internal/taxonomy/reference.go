package taxonomy

import "avow/internal/civic"

// Match is how a tag of one edition relates to one of another, by the mapping
// relations of SKOS.
type Match string

const (
	ExactMatch  Match = "exactMatch"
	CloseMatch  Match = "closeMatch"
	BroadMatch  Match = "broadMatch"  // the other one is wider
	NarrowMatch Match = "narrowMatch" // the other one is narrower
	NoMatch     Match = "none"        // it has no successor
)

// Mapping is a line of a crosswalk between two editions.
type Mapping struct {
	From    ID     `json:"from"`
	To      ID     `json:"to,omitempty"` // "" with NoMatch
	Match   Match  `json:"match"`
	Overlap int    `json:"overlap,omitempty"` // percent of the matched rows with From that have To; 0 when not measured
	Note    string `json:"note,omitempty"`    // what was counted
}

// Crosswalk maps the tags of an edition to a later one: every tag of from stands
// in it at least once. nil when there is none between the two.
func Crosswalk(from, to civic.Edition) []Mapping { return nil }

// Editions lists the editions of OGP's table that the taxonomy begins with, the
// oldest first, as interchange names them.
func Editions() []civic.Edition { return nil }
