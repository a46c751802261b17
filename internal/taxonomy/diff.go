package taxonomy

// Difference is a tag that is not the same in two graphs.
type Difference struct {
	ID     ID
	Was    *Tag     // nil when it is new
	Is     *Tag     // nil when it is gone
	Fields []string // of Tag's JSON that differ, in their order; none when it is new or gone
}

// Diff lists what is different from one graph to another, by ID.
func Diff(was, is *Graph) []Difference { return nil }
