package app

import (
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// contradicts reports what a source says otherwise of the promise of a commitment
// that is run here, and whether there is such a thing. The promise stays; a person decides whether to amend it. What
// stands beside it (ratings, tags, the source's own row) is taken.
func (d *desk) contradicts(p *placed, before, told civic.Commitment, report *ImportReport) bool {
	if !before.Lives() {
		return false
	}
	// As if it were not run here: what would the source change?
	plain := before
	plain.Proposed, plain.Adopted = false, nil
	changes := promiseChanges(plain, merge(plain, told))
	if len(changes) == 0 {
		return false
	}
	report.Undecided++
	report.Warnings = append(report.Warnings, differs(p.Row, before, changes))
	return true
}

// livingChanges are the differences between a commitment that is run here and
// another state of it: its promise, and how far it is decided on.
func livingChanges(known, told civic.Commitment) []FactChange {
	return slices.DeleteFunc(ChangedFacts(known, told), func(c FactChange) bool {
		head, _, _ := strings.Cut(c.Field, ".")
		return !isPromise(c.Field) && !slices.Contains([]string{"local_id", "proposed", "adopted", "adopted_by", "amended", "amended_by", "amendment_reason"}, head)
	})
}

// differs is the issue of a source that says something else than what is run here.
func differs(row int, known civic.Commitment, changes []FactChange) interchange.Issue {
	return interchange.Issue{Row: row, Code: "living_differs", Args: map[string]any{
		"ref": ref(known), "title": known.Title.String(), "fields": fieldsIn(changes),
	}}
}

// maxNamed is how many fields an issue names.
const maxNamed = 8

func fieldsIn(changes []FactChange) string {
	var names []string
	for _, c := range changes {
		if !slices.Contains(names, c.Field) {
			names = append(names, c.Field)
		}
	}
	if len(names) > maxNamed {
		names = append(names[:maxNamed], "…")
	}
	return strings.Join(names, ", ")
}
