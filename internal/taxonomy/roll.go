package taxonomy

import (
	"avow/internal/civic"
)

// Count is how many commitments a tag has: those that carry it, and those that
// carry it or a tag below it, each once.
type Count struct {
	Direct int `json:"direct"`
	Rolled int `json:"rolled_up"`
}

// Counter counts commitments by tag number, as many as there are, without making
// anything new for each. One goroutine uses it.
type Counter struct {
	g *Graph
}

// NewCounter begins a count.
func (g *Graph) NewCounter() *Counter { return &Counter{g: g} }

// Add counts one commitment with the numbers of the tags that it carries. A tag
// that stands there twice counts once.
func (c *Counter) Add(tags []int32) {}

// Of is the count of a tag by its number.
func (c *Counter) Of(n int32) Count { return Count{} }

// Roll counts commitments by the tags that they carry. Names that lead to no tag
// are left out.
func (g *Graph) Roll(direct map[civic.CommitmentID][]ID) map[ID]Count { return nil }

// RollUp returns what the tags imply: themselves and every tag above them, each
// once, by ID. What was merged is what it was merged into.
func (g *Graph) RollUp(tags []ID) []ID { return nil }

// Implied returns the ancestors that the tags imply and that are not among them.
func (g *Graph) Implied(tags []ID) []ID { return nil }

// Contradiction is a tag that stands without one of its parents.
type Contradiction struct {
	Child, Parent ID
}

// Contradictions lists the tags that stand without a parent of theirs although the
// edition has a column for it. With edition "" every missing parent counts.
func (g *Graph) Contradictions(edition civic.Edition, tags []ID) []Contradiction { return nil }
