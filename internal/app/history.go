package app

import (
	"slices"
	"strings"

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
		case !had && (f.own || f.lang):
			// A source's own cells are news only when it spoke before, a language
			// only when the text was there.
		case !had:
			out = append(out, FactChange{Field: f.Field, After: f.Value, Added: more})
		case f.lang && !SameFact(oldBy[textOf(f)], nowBy[textOf(f)]):
			// Another text may well be in another language.
		case !SameFact(o, f):
			out = append(out, FactChange{Field: f.Field, Before: o.Value, After: f.Value})
		}
	}
	for _, o := range old {
		if _, still := nowBy[o.key]; still || o.own || o.lang {
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

// textOf is the key of the text whose language a fact is.
func textOf(language Fact) string { return strings.TrimSuffix(language.key, languageEnd) }

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
