package tagging

import (
	"slices"

	"avow/internal/taxonomy"
)

// Key is the message key that says what a suggestion rests on.
func (b Basis) Key() string { return "tagging.basis." + string(b) }

// For is the model as it suggests under a graph: merged tags lead to what they were
// merged into, tags that cannot be given are not suggested, those that the model
// does not know are told by their names, and children imply parents as the graph
// has them. It shares what was learned with m.
func (m *Model) For(g *taxonomy.Graph) *Model {
	if m.origin != nil {
		m = m.origin
	}
	out := &Model{origin: m, space: m.space, labels: slices.Clone(m.labels), weights: m.weights, stride: m.stride, byName: m.byName,
		usual: m.usual, rows: m.rows, lexicon: m.lexicon}
	at := map[taxonomy.ID]int32{}
	for l := range out.labels {
		lab := &out.labels[l]
		lab.below = nil
		if t, ok := g.Find(string(lab.id)); ok && t.Lives() {
			lab.id = t.ID
			at[t.ID] = int32(l)
		} else {
			lab.silent = true
		}
	}
	for t := range g.All() {
		if _, known := at[t.ID]; known || !today(t) || seenOnSiteAlone(t) {
			continue
		}
		at[t.ID] = int32(len(out.labels))
		lab := label{id: t.ID, threshold: m.usual}
		for _, c := range conceptsIn([]string{t.Names.String()}) {
			lab.named = append(lab.named, spoken{concept: c})
		}
		out.labels = append(out.labels, lab)
	}
	for l := range out.labels {
		lab := &out.labels[l]
		if lab.silent {
			continue
		}
		for _, id := range g.Descendants(lab.id) {
			if b, ok := at[id]; ok {
				lab.below = append(lab.below, b)
			}
		}
	}
	for l := range out.labels { // what was merged speaks for what it was merged into
		lab := &out.labels[l]
		if first := at[lab.id]; !lab.silent && int(first) != l {
			out.labels[first].below = append(out.labels[first].below, int32(l))
			lab.silent = true
		}
	}
	return out
}

// seenOnSiteAlone reports whether a tag was only ever seen on OGP's pages: such a
// name stands beside a tag of the tables that means the same.
func seenOnSiteAlone(t taxonomy.Tag) bool {
	return len(t.Spellings) > 0 && !slices.ContainsFunc(t.Spellings, func(s taxonomy.Spelling) bool { return s.Edition != taxonomy.EditionSite })
}

// Refusal is a suggestion that a rule forbids. Reason is a message key; Text says it in
// words where somebody has put them in.
type Refusal struct {
	Tag    taxonomy.ID `json:"tag"`
	Reason string      `json:"reason"`
	Text   string      `json:"text,omitempty"`
}

// InScope leaves out what the scope rule forbids when the government is only a
// regulator of what others run (domain 3.4): open digital, and the tags that are
// under nothing else. They are told as refused, with the reason; open digital is
// refused whether anything suggests it or not.
func (r Result) InScope(g *taxonomy.Graph, roles []taxonomy.Role) Result {
	scope := taxonomy.ScopeOf(roles)
	if scope.Open() {
		return r
	}
	var kept []Suggestion
	for _, s := range r.Suggestions {
		if g.Refuses(scope, s.Tag) {
			r.Refused = append(r.Refused, Refusal{Tag: s.Tag, Reason: scope.Key()})
		} else {
			kept = append(kept, s)
		}
	}
	if !slices.ContainsFunc(r.Refused, func(o Refusal) bool { return o.Tag == taxonomy.Open }) {
		r.Refused = append(r.Refused, Refusal{Tag: taxonomy.Open, Reason: scope.Key()})
	}
	r.Suggestions = append([]Suggestion{}, kept...)
	if len(kept) == 0 && r.Unsure == "" {
		r.Unsure = NothingStandsOut
	}
	return r
}
