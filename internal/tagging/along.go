package tagging

import (
	"slices"

	"avow/internal/taxonomy"
)

// Key is the message key that says what a suggestion rests on.
func (b Basis) Key() string { return "tagging.basis." + string(b) }

// Along goes with a result along the graph: tags that cannot be given are left
// out, and above each suggested tag the ancestors that are not suggested are, as
// sure as the surest tag that implies them.
func (r Result) Along(g *taxonomy.Graph) Result {
	at := map[taxonomy.ID]int{}
	var out []Suggestion
	for _, s := range r.Suggestions {
		if t, ok := g.Find(string(s.Tag)); ok && t.Lives() {
			s.Tag = t.ID
			if i, seen := at[t.ID]; !seen {
				at[t.ID] = len(out)
				out = append(out, s)
			} else if out[i].Confidence < s.Confidence {
				out[i] = s
			}
		}
	}
	for _, s := range slices.Clone(out) {
		for _, a := range g.Ancestors(s.Tag) {
			t, ok := g.Tag(a)
			if !ok || !t.Lives() {
				continue
			}
			i, seen := at[a]
			switch {
			case !seen:
				at[a] = len(out)
				out = append(out, Suggestion{Tag: a, Confidence: s.Confidence, Basis: ByGraph, From: s.Tag})
			case out[i].Confidence < s.Confidence: // who has a child has its parent
				out[i].Confidence = s.Confidence
			}
		}
	}
	slices.SortStableFunc(out, surest)
	r.Suggestions = out
	if len(out) == 0 {
		r.Suggestions = []Suggestion{}
		if r.Unsure == "" {
			r.Unsure = NothingStandsOut
		}
	}
	return r
}

// LabelsOf lists the tags of a graph that can be given as labels to be learned: by
// their names in all languages. Derived tags are left out: they follow from others.
func LabelsOf(g *taxonomy.Graph) []Label {
	var out []Label
	for t := range g.All() {
		if !t.Lives() || t.Derived {
			continue
		}
		l := Label{ID: t.ID}
		for _, n := range t.Names {
			l.Names = append(l.Names, n.Text)
		}
		if n := len(t.Spellings); n > 0 {
			l.Habit = string(t.Spellings[n-1].Edition)
		}
		out = append(out, l)
	}
	return out
}
