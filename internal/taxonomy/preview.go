package taxonomy

import "avow/internal/civic"

// Carried is a commitment with the tags in force on it.
type Carried struct {
	Commitment civic.CommitmentID
	Member     civic.MemberID
	Tags       []ID
	Rejected   []ID // tags that a person has rejected or taken away
}

// Shift is how the counts of a tag change.
type Shift struct {
	Tag           ID
	Before, After Count
}

// Effect is what one change touches.
type Effect struct {
	Change      Change
	Commitments int                  // that carry a tag at hand or one below it
	Members     int                  // whose commitments these are
	Shifts      []Shift              // of every tag whose counts change
	Person      []civic.CommitmentID // that need a person's decision
	Because     string               // message key: why they need one; "" without
}

// Outlook is what a change set would do.
type Outlook struct {
	Before, After *Graph
	Effects       []Effect // one for each change, in order
	Commitments   int      // touched by any of them, each once
	Members       int
	Person        []civic.CommitmentID // in the order of carried, each once
	Shifts        []Shift              // of the whole, by ID
}

// Preview says what the changes would do to the commitments, change by change. It
// refuses what Apply refuses.
func Preview(g *Graph, changes []Change, carried []Carried) (Outlook, error) { return Outlook{}, nil }
