package interchange

import (
	"testing"

	"avow/internal/civic"
	"avow/internal/review"
)

// The figures of the data's own description: each rule reproduces the flags of
// its column, but for defects of the tables.
func TestTheThreeStarRulesGiveTheFlagsOfTheRealTables(t *testing.T) {
	type key struct {
		rule    string
		product string
	}
	want := map[string]map[key][2]int{
		"commitments-2015.csv": {{"starred/pre-june-2014", "progress_report"}: {584, 668}},
		"commitments-2017.csv": {
			{"starred/pre-june-2014", "progress_report"}: {538, 538},
			{"starred/2015", "progress_report"}:          {465, 470},
			{"starred/current", "progress_report"}:       {268, 268},
			{"starred/current", "end_of_term_report"}:    {23, 23},
		},
		"commitments-2024.csv": {
			{"starred/2015", "progress_report"}:       {101, 101},
			{"starred/current", "progress_report"}:    {101, 101},
			{"starred/current", "end_of_term_report"}: {78, 78},
		},
	}
	for file, figures := range want {
		parsed, err := ParseOGP(sharedTable(t, file))
		if err != nil {
			t.Fatal(err)
		}
		tallies := review.CheckStars(func(yield func(civic.Commitment) bool) {
			for _, d := range parsed.Drafts {
				if !yield(d.Commitment) {
					return
				}
			}
		})
		if len(tallies) != len(figures) {
			t.Errorf("%s: %d tallies, want %d", file, len(tallies), len(figures))
		}
		for _, tally := range tallies {
			if w := figures[key{tally.Rule, string(tally.Product)}]; w != [2]int{tally.Agree, tally.Flags} {
				t.Errorf("%s, %s, %s: %d of %d agree, want %d of %d", file, tally.Rule, tally.Product, tally.Agree, tally.Flags, w[0], w[1])
			}
		}
	}
}

func TestARowThatNeedsVerifiabilityCountsAsSpecific(t *testing.T) {
	parsed, err := ParseOGP(sharedTable(t, "commitments-2024.csv"))
	if err != nil {
		t.Fatal(err)
	}
	strict := review.StarCurrent
	strict.Verifiable = false
	for _, d := range parsed.Drafts {
		if d.Commitment.OGPID != "AR0045" {
			continue
		}
		if starred, _ := review.StarCurrent.Starred(d.Commitment.Assessments, review.EndOfTermReport); !starred {
			t.Error("AR0045 has no star by the current formula")
		}
		if starred, _ := strict.Starred(d.Commitment.Assessments, review.EndOfTermReport); starred {
			t.Error("AR0045 has a star although its specificity has no data")
		}
	}
}
