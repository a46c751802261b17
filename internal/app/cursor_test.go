package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestEveryCursorThatIsGivenOutIsTakenBackHoweverLongTheTexts(t *testing.T) {
	for _, long := range []string{"7", "é", "<", "\u2028", "\x01", "4.", "مادة ", "0.0"} {
		long = strings.Repeat(long, 900)
		member, plan := lithuania, lithuania4
		member.Name, plan.Number = long, long
		world := []civic.Subject{member, plan}
		for i, number := range []string{long + "2", long + "1", long + "1", "3"} {
			world = append(world, civic.Commitment{ID: civic.CommitmentID(testID('c', i+1)), Member: member.ID, Submitted: 2018,
				Plans: []civic.PlanEntry{{Plan: plan.ID, Number: number}}, Title: en("A title")})
		}
		a := reading(t, world...)
		for _, f := range []CommitmentFilter{{}, {Q: "title"}} {
			var seen []string
			cursor := ""
			for range len(world) {
				l, err := a.Commitments(context.Background(), f, 1, cursor)
				if err != nil {
					t.Fatalf("%.9q: %v", long, err)
				}
				seen = append(seen, refsOf(l)...)
				if cursor = l.Next; cursor == "" {
					break
				}
				if len(cursor) > MaxCursor {
					t.Errorf("%.9q: a cursor of %d bytes", long, len(cursor))
				}
			}
			slices.Sort(seen)
			if len(seen) != 4 || len(slices.Compact(seen)) != 4 {
				t.Errorf("%.9q: pages hold %v", long, seen)
			}
		}
	}
}
