package interchange

import (
	"avow/internal/civic"
	"avow/internal/review"
)

// StarCheck holds the star flags of a parsed table against the rule of their
// time. Differ in the tallies are positions in parsed.Drafts.
func StarCheck(parsed Parsed) []review.StarTally {
	return review.CheckStars(func(yield func(civic.Commitment) bool) {
		for _, d := range parsed.Drafts {
			if !yield(d.Commitment) {
				return
			}
		}
	})
}
