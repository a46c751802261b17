package app

import (
	"slices"

	"avow/internal/civic"
)

// FactChange is one fact that two states of a commitment tell differently.
// Before or After is "" when that state does not tell it. Added marks a fact
// that nobody told otherwise before: a newer edition asks more than the older.
type FactChange struct {
	Field  string
	Before string
	After  string
	Added  bool
}

// ChangedFacts compares two states of one commitment as values: labels and not
// codes, white space and <br/> folded, dates at the coarser precision, languages
// only where one of them is not a guess. Changes come in the order of Facts.
// No result means that the record has nothing new to say.
func ChangedFacts(before, after civic.Commitment) []FactChange {
	old, now := Facts(before), Facts(after)
	oldBy, nowBy := byKey(old), byKey(now)
	more := len(newEditions(before, after)) > 0
	var out []FactChange
	for _, f := range now {
		o, had := oldBy[f.key]
		if !had {
			o, had = unsaid(f, before)
		}
		switch {
		case !had:
			if f.own {
				continue // a source's own cells are news only when it spoke before
			}
			out = append(out, FactChange{Field: f.Field, After: f.Value, Added: more})
		case !SameFact(o, f):
			out = append(out, FactChange{Field: f.Field, Before: o.Value, After: f.Value})
		}
	}
	for _, o := range old {
		if _, still := nowBy[o.key]; still || o.own {
			continue
		}
		f, _ := unsaid(o, after)
		if !SameFact(o, f) {
			out = append(out, FactChange{Field: o.Field, Before: o.Value, After: f.Value})
		}
	}
	return out
}

// DistinctShared returns the facts that both states tell, and tell differently:
// the changes without the additions of an edition that asks more.
func DistinctShared(before, after civic.Commitment) []FactChange {
	return slices.DeleteFunc(ChangedFacts(before, after), func(c FactChange) bool { return c.Added })
}

func byKey(facts []Fact) map[string]Fact {
	m := make(map[string]Fact, len(facts))
	for _, f := range facts {
		m[f.key] = f
	}
	return m
}

// newEditions lists the editions that only after holds.
func newEditions(before, after civic.Commitment) []civic.Edition {
	var out []civic.Edition
	for _, s := range after.Sources {
		if !slices.ContainsFunc(before.Sources, func(b civic.Source) bool { return b.Edition == s.Edition }) {
			out = append(out, s.Edition)
		}
	}
	return out
}
