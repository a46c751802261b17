package taxonomy

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Graph is the taxonomy at one moment. It never changes; many may read it at once.
// Tags are numbered by their IDs in order, so that counting needs no strings; the
// numbers hold within one graph alone.
type Graph struct {
	date   string           // the newest change in it is in force from this day
	tags   []Tag            // by ID
	ids    map[ID]int32     // every tag
	keys   map[string]int32 // every name, alias, former name and ID as a slug, to the tag that it leads to
	exact  map[string]int32 // the same as they are written
	joined map[string]int32 // the keys in one word, where that is clear
	up     [][]int32        // parents
	down   [][]int32        // children
	above  [][]int32        // the tag, then every ancestor once
	below  [][]int32        // the tag, then every descendant once
	aside  [][]int32        // as above, where the scope rule keeps out of open digital
	alone  []bool           // stands under open digital alone
}

// link makes the indexes from tag to tag.
func (g *Graph) link() {
	n := len(g.tags)
	g.up, g.down = make([][]int32, n), make([][]int32, n)
	for i, t := range g.tags {
		for _, p := range t.Parents {
			g.up[i] = append(g.up[i], g.ids[p])
			g.down[g.ids[p]] = append(g.down[g.ids[p]], int32(i))
		}
	}
	g.above, g.below = reach(g.up), reach(g.down)
	g.guard()
}

// reach lists for each number itself and, in order, what can be reached from it.
func reach(next [][]int32) [][]int32 {
	out := make([][]int32, len(next))
	seen := make([]int, len(next))
	for i := range next {
		from := int32(i)
		list := []int32{from}
		seen[i] = i + 1
		for k := 0; k < len(list); k++ {
			for _, n := range next[list[k]] {
				if seen[n] != i+1 {
					seen[n] = i + 1
					list = append(list, n)
				}
			}
		}
		slices.Sort(list[1:])
		out[i] = slices.Clip(list)
	}
	return out
}

// Len is how many tags there are, merged ones counted.
func (g *Graph) Len() int { return len(g.tags) }

// Date is the day (YYYY-MM-DD) from which the newest change in the graph is in
// force; "" for the empty graph.
func (g *Graph) Date() string { return g.date }

// All goes through the tags by ID, merged and deprecated ones too. Do not change
// what the tags hold.
func (g *Graph) All() iter.Seq[Tag] { return slices.Values(g.tags) }

// Number is the number of the tag that a name leads to, from 0 to Len()-1.
func (g *Graph) Number(name string) (int32, bool) {
	if n, ok := g.exact[name]; ok {
		return n, true
	}
	if n, ok := g.keys[name]; ok {
		return n, ok
	}
	slug := civic.Slug(name)
	if n, ok := g.keys[slug]; ok {
		return n, ok
	}
	n, ok := g.joined[joinedUp(slug)]
	return n, ok
}

// joinedUp is a slug in one word: "eGovernment" and "e-Government" are one name.
func joinedUp(slug string) string { return strings.ReplaceAll(slug, "-", "") }

// joinedKeys leads from names in one word to what they lead to; without those that would
// lead to two.
func joinedKeys[T comparable](keys map[string]T) map[string]T {
	out, unclear := make(map[string]T, len(keys)), map[string]bool{}
	for slug, to := range keys {
		word := joinedUp(slug)
		if other, twice := out[word]; twice && other != to {
			unclear[word] = true
		}
		out[word] = to
	}
	for word := range unclear {
		delete(out, word)
	}
	delete(out, "")
	return out
}

// ByNumber is the tag with a number.
func (g *Graph) ByNumber(n int32) Tag { return g.tags[n] }

// Find returns the tag that a name leads to: a name in any language, an alias, a
// former name or an ID, without regard to case, accents, punctuation and blanks. What was
// merged leads to what it was merged into.
func (g *Graph) Find(name string) (Tag, bool) {
	n, ok := g.Number(name)
	if !ok {
		return Tag{}, false
	}
	return g.tags[n], true
}

// Resolve returns the ID of the tag that a name leads to; "" when there is none.
func (g *Graph) Resolve(name string) ID {
	t, _ := g.Find(name)
	return t.ID
}

// Tag returns the tag of an ID as it stands, also one that was merged.
func (g *Graph) Tag(id ID) (Tag, bool) {
	n, ok := g.ids[id]
	if !ok {
		return Tag{}, false
	}
	return g.tags[n], true
}

// Roots are the tags without a parent that were not merged, by ID.
func (g *Graph) Roots() (out []ID) {
	for i, t := range g.tags {
		if len(g.up[i]) == 0 && t.MergedInto == "" {
			out = append(out, t.ID)
		}
	}
	return out
}

// Children of a tag, by ID.
func (g *Graph) Children(id ID) []ID { return g.named(id, g.down, 0) }

// Ancestors of a tag without itself, each once, by ID.
func (g *Graph) Ancestors(id ID) []ID { return g.named(id, g.above, 1) }

// Descendants of a tag without itself, each once, by ID.
func (g *Graph) Descendants(id ID) []ID { return g.named(id, g.below, 1) }

// named are the IDs of a list of a tag from a place on.
func (g *Graph) named(id ID, lists [][]int32, from int) (out []ID) {
	n, ok := g.Number(string(id))
	if !ok {
		return nil
	}
	for _, m := range lists[n][from:] {
		out = append(out, g.tags[m].ID)
	}
	return out
}

// Above are the numbers of a tag and all its ancestors, the tag first. Do not
// change them.
func (g *Graph) Above(n int32) []int32 { return g.above[n] }

// Below are the numbers of a tag and all its descendants, the tag first. Do not
// change them.
func (g *Graph) Below(n int32) []int32 { return g.below[n] }

// MarshalJSON writes the tags by ID, without the date. Equal graphs give equal bytes.
func (g *Graph) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(struct {
		Tags []Tag `json:"tags"`
	}{g.tags}); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
