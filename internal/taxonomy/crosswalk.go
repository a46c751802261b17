package taxonomy

import (
	"slices"
	"sync"

	"avow/internal/civic"
)

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

// Matches lists them.
var Matches = []Match{ExactMatch, CloseMatch, BroadMatch, NarrowMatch, NoMatch}

// Key is the message key of what the match is called.
func (m Match) Key() string {
	return "taxonomy.match." + map[Match]string{ExactMatch: "exact", CloseMatch: "close", BroadMatch: "broad", NarrowMatch: "narrow", NoMatch: "none"}[m]
}

// Basis is what a mapping rests on.
type Basis string

const (
	Measured Basis = "measured" // counted on the 107 commitments that the tables of 2017 and 2024 share (domain 3.1)
	ByName   Basis = "name"     // the two have the same name; nothing was counted
	Judged   Basis = "judged"   // told by what the names mean; nothing was counted
)

// Bases lists them.
var Bases = []Basis{Measured, ByName, Judged}

// Key is the message key of what the basis is called.
func (b Basis) Key() string { return "taxonomy.basis." + string(b) }

// Mapping is a line of a crosswalk between two editions.
type Mapping struct {
	From    ID    `json:"from"`
	To      ID    `json:"to,omitempty"` // "" with NoMatch
	Match   Match `json:"match"`
	Basis   Basis `json:"basis"`
	Overlap int   `json:"overlap,omitempty"` // percent of the shared commitments with From that have To; 0 when not measured
	Rows    []int `json:"rows,omitempty"`    // shared commitments with From, and with To, where the tag was given anew
}

var crosswalks = sync.OnceValue(func() map[[2]civic.Edition][]Mapping {
	var lines []struct {
		Editions [2]civic.Edition `json:"editions"`
		Mapping
	}
	readReference("reference/crosswalk.json", &lines)
	out := map[[2]civic.Edition][]Mapping{}
	for _, l := range lines {
		out[l.Editions] = append(out[l.Editions], l.Mapping)
	}
	return out
})

// Crosswalk maps the tags of an edition to the next one, in the order of its
// columns: every tag of from stands in it at least once. nil when there is none
// between the two.
func Crosswalk(from, to civic.Edition) []Mapping {
	return slices.Clone(crosswalks()[[2]civic.Edition{from, to}])
}
