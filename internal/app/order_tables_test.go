package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// byRow lists the commitments under the rows that they were read from, with
// names in the place of IDs.
func byRow(t *testing.T, a *App) map[string]string {
	t.Helper()
	ctx := context.Background()
	s, err := a.index.current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := a.subjectIDs(ctx, civic.KindCommitment)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	err = a.eachCommitment(ctx, s, ids, func(c civic.Commitment, _ store.Version) error {
		at := ""
		for _, source := range c.Sources {
			at += fmt.Sprintf("%s row %d, ", source.Edition, source.Row)
		}
		c.ID, c.Member = "", ""
		for i, p := range c.Plans {
			c.Plans[i].Plan = civic.PlanID(s.planOf(p.Plan).Slug)
		}
		for i := range c.Parts {
			c.Parts[i].Institution = ""
		}
		body, err := json.Marshal(c)
		out[at] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A row that is near to a commitment of another row waits for a person, whichever
// of the two comes second: those rows differ with the order, and with three
// tables one that the table between would have led to. Nothing else does.
func TestTheOrderInWhichTablesComeChangesNothingThatIsCertain(t *testing.T) {
	for _, c := range []struct {
		says    string
		one     []string
		other   []string
		waiting int // commitments of rows that wait in the other order, at most
	}{
		{"2017 before 2015", []string{table2015, table2017}, []string{table2017, table2015}, 16},
		{"the newest first", []string{table2015, table2017, table2024}, []string{table2024, table2017, table2015}, 21},
	} {
		t.Run(c.says, func(t *testing.T) {
			a, _ := held(t, "sqlite", c.one...)
			b, report := held(t, "sqlite", c.other...)
			x, y := byRow(t, a), byRow(t, b)
			only := 0
			for row, body := range x {
				switch other, both := y[row]; {
				case !both:
					only++
				case body != other:
					t.Errorf("%s: %s", row, firstDifference([]byte(body), []byte(other)))
				}
			}
			if only > c.waiting || len(x) != len(y) {
				t.Errorf("%d commitments, %d in the other order; %d are not made of the same rows", len(x), len(y), only)
			}
			size := recordSize(t, b)
			again := takeTable(t, b, c.other[len(c.other)-1])
			if recordSize(t, b) != size || again.Created+again.Updated+again.Vanished > 0 || again.Undecided != report.Undecided {
				t.Errorf("the last table again: %+v", countsOf(again))
			}
			for _, edition := range interchange.Editions()[:len(c.one)] {
				p, q := exportOGP(t, a, edition, "csv"), exportOGP(t, b, edition, "csv")
				if n := len(missingRows(t, p, q)); n > c.waiting {
					t.Errorf("%s: %d rows are not in the export of the other order", edition, n)
				}
			}
		})
	}
}

func missingRows(t *testing.T, table, other []byte) []string {
	t.Helper()
	has := map[string]bool{}
	for _, row := range rows(t, other) {
		has[strings.Join(row, "|")] = true
	}
	var out []string
	for _, row := range rows(t, table) {
		if line := strings.Join(row, "|"); !has[line] {
			out = append(out, line)
		}
	}
	return slices.Clip(out)
}
