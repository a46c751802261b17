package taxonomy

import "iter"

// Graph is the taxonomy at one moment. It never changes; many may read it at once.
// Tags are numbered by their IDs in order, so that counting needs no strings; the
// numbers hold within one graph alone.
type Graph struct {
	date  string           // the newest change in it is in force from this day
	tags  []Tag            // by ID
	keys  map[string]int32 // every name, alias, former name and ID as a slug, to the tag that it leads to
	exact map[string]int32 // the same as they are written
	up    [][]int32        // parents
	down  [][]int32        // children
	above [][]int32        // every ancestor once, and the tag itself first
	below [][]int32        // every descendant once, and the tag itself first
}

// Len is how many tags there are, merged ones counted.
func (g *Graph) Len() int { return len(g.tags) }

// Date is the day (YYYY-MM-DD) from which the newest change in the graph is in
// force; "" for the empty graph.
func (g *Graph) Date() string { return g.date }

// All goes through the tags by ID, merged and deprecated ones too. Do not change
// what the tags hold.
func (g *Graph) All() iter.Seq[Tag] { return nil }

// Find returns the tag that a name leads to: a name in any language, an alias, a
// former name or an ID, without regard to case, accents and punctuation. What was
// merged leads to what it was merged into.
func (g *Graph) Find(name string) (Tag, bool) { return Tag{}, false }

// Tag returns the tag of an ID as it stands, also one that was merged.
func (g *Graph) Tag(id ID) (Tag, bool) { return Tag{}, false }

// Resolve returns the ID of the tag that a name leads to; "" when there is none.
func (g *Graph) Resolve(name string) ID { return "" }

// Number is the number of the tag that a name leads to, from 0 to Len()-1.
func (g *Graph) Number(name string) (int32, bool) { return 0, false }

// ByNumber is the tag with a number.
func (g *Graph) ByNumber(n int32) Tag { return g.tags[n] }

// Roots are the tags without a parent that were not merged, by ID.
func (g *Graph) Roots() []ID { return nil }

// Children of a tag, by ID.
func (g *Graph) Children(id ID) []ID { return nil }

// Ancestors of a tag without itself, each once, by ID.
func (g *Graph) Ancestors(id ID) []ID { return nil }

// Descendants of a tag without itself, each once, by ID.
func (g *Graph) Descendants(id ID) []ID { return nil }

// Above are the numbers of a tag and all its ancestors, the tag first. Do not
// change them.
func (g *Graph) Above(n int32) []int32 { return g.above[n] }

// Below are the numbers of a tag and all its descendants, the tag first. Do not
// change them.
func (g *Graph) Below(n int32) []int32 { return g.below[n] }

// MarshalJSON writes the tags by ID. Equal graphs give equal bytes.
func (g *Graph) MarshalJSON() ([]byte, error) { return nil, nil }
