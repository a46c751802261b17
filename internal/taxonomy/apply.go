package taxonomy

import "avow/internal/civic"

// Apply makes the graph as it is after the changes, in their order. It refuses all
// of them when one cannot be made: civic.Errors with a field for each, "changes.3"
// for the third or "changes.3.parents" for its parents, and the argument place.
// What is wrong with a change on its own is told of all of them together; else the
// first one that the graph cannot take is named.
func Apply(g *Graph, changes []Change) (*Graph, error) {
	after, _, err := fold(g, changes)
	return after, err
}

// Resolve is Apply, and returns the changes with every tag named by its ID.
func Resolve(g *Graph, changes []Change) (*Graph, []Change, error) { return fold(g, changes) }

func fold(g *Graph, changes []Change) (*Graph, []Change, error) {
	var found civic.Errors
	if n := len(changes); n > MaxChanges {
		found.Add("changes", KeyManyChanges, "count", n, "most", MaxChanges)
		return nil, nil, found
	}
	for i, c := range changes {
		found = append(found, CheckChange(c, c.at(i))...)
	}
	if len(found) > 0 {
		return nil, nil, found
	}
	d := newDraft(g)
	resolved := make([]Change, len(changes))
	for i, c := range changes {
		done, err := d.apply(c, c.at(i))
		if err != nil {
			return nil, nil, err
		}
		resolved[i] = done
	}
	return d.freeze(), resolved, nil
}

// at is where a change stands for messages: as its file counts, or as it comes.
func (c Change) at(i int) int {
	if c.Place > 0 {
		return c.Place
	}
	return i + 1
}

// Empty is the graph without a tag.
func Empty() *Graph { return newDraft(nil).freeze() }
