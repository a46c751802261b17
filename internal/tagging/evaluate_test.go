package tagging

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// tableOf is a table of an edition with four tags, some of them under other names.
func tableOf(rows []Row, edition civic.Edition, ids map[taxonomy.ID]taxonomy.ID) Table {
	table := Table{Edition: edition}
	for _, id := range []taxonomy.ID{"open-data", "public-procurement", "education", "water-sanitation"} {
		table.Tags = append(table.Tags, cmp.Or(ids[id], id))
	}
	for _, r := range rows {
		var yes []taxonomy.ID
		for _, id := range r.Yes {
			yes = append(yes, cmp.Or(ids[id], id))
		}
		r.Yes, r.Source = yes, string(edition)
		table.Rows = append(table.Rows, r)
	}
	return table
}

// apart splits rows by their members.
func apart(rows []Row) (train, test []Row) {
	for _, r := range rows {
		if r.Member < "M2" {
			test = append(test, r)
		} else {
			train = append(train, r)
		}
	}
	return train, test
}

func editionLine(t *testing.T) *taxonomy.Timeline {
	t.Helper()
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func keyOf(err error) string {
	var faults civic.Errors
	if !errors.As(err, &faults) || len(faults) == 0 {
		return ""
	}
	return faults[0].Key
}

func TestAnEditionIsMeasuredByWhatAnotherOneTaught(t *testing.T) {
	rows, _ := made(300)
	train, test := apart(rows)
	old := tableOf(train, taxonomy.Edition2017, map[taxonomy.ID]taxonomy.ID{"education": "legislature"})
	young := tableOf(test, taxonomy.Edition2024, map[taxonomy.ID]taxonomy.ID{"education": "open-parliaments"})
	got, err := EvaluateTables(editionLine(t), []Table{old}, []Table{young})
	if err != nil {
		t.Fatal(err)
	}
	if got.Train != len(train) || got.Test != len(test) || got.LeftOut+got.Shared != 0 || got.MicroF1 < 0.8 ||
		!slices.ContainsFunc(got.PerTag, func(p TagScore) bool { return p.Tag == "open-parliaments" && p.F1 > 0.7 }) {
		t.Errorf("%+v", got)
	}
}

func TestNothingIsLearnedFromWhichTagsTheRowsThatAreMeasuredHave(t *testing.T) {
	rows, _ := made(300)
	train, test := apart(rows)
	known := tableOf(train, taxonomy.Edition2017, nil)
	score := func(without taxonomy.ID) map[taxonomy.ID]TagScore {
		asked := tableOf(test, taxonomy.Edition2017, nil)
		for i := range asked.Rows {
			asked.Rows[i].Yes = slices.DeleteFunc(asked.Rows[i].Yes, func(id taxonomy.ID) bool { return id == without })
		}
		got, err := EvaluateTables(editionLine(t), []Table{known}, []Table{asked})
		if err != nil {
			t.Fatal(err)
		}
		out := map[taxonomy.ID]TagScore{}
		for _, p := range got.PerTag {
			out[p.Tag] = p
		}
		return out
	}
	all, less := score(""), score("education")
	if len(all) != 4 || len(less) != 3 {
		t.Fatalf("scored are %d and %d tags", len(all), len(less))
	}
	for id, p := range less {
		if p != all[id] {
			t.Errorf("%+v, and %+v where no row has education", all[id], p)
		}
	}
}

func TestACommitmentThatIsMeasuredTeachesNothing(t *testing.T) {
	rows, _ := made(300)
	train, test := apart(rows)
	twice := append(slices.Clone(train), test[:7]...)
	for i := range twice[len(train):] {
		twice[len(train)+i].Key += " older"
	}
	known, asked := tableOf(twice, taxonomy.Edition2017, nil), tableOf(test, taxonomy.Edition2024, nil)
	got, err := EvaluateTables(editionLine(t), []Table{known}, []Table{asked})
	if err != nil || got.LeftOut < 7 || got.Train+got.LeftOut != len(twice) {
		t.Errorf("%d left out, learned from %d, %v", got.LeftOut, got.Train, err)
	}
	if _, err := EvaluateTables(editionLine(t), []Table{asked}, []Table{asked}); keyOf(err) != "tagging.evaluate.same" {
		t.Errorf("a table measured by itself: %v", err)
	}
}

func TestWhereNothingCanBeMeasuredNoFiguresAreGiven(t *testing.T) {
	rows, _ := made(300)
	train, test := apart(rows)
	known := tableOf(train, taxonomy.Edition2017, nil)
	bare := tableOf(test, taxonomy.Edition2017, nil)
	for i := range bare.Rows {
		bare.Rows[i].Yes = nil
	}
	for says, asked := range map[string]Table{"no row": {Edition: taxonomy.Edition2017, Tags: known.Tags}, "no tag": bare} {
		if _, err := EvaluateTables(editionLine(t), []Table{known}, []Table{asked}); keyOf(err) != "tagging.evaluate.nothing" {
			t.Errorf("%s: %v", says, err)
		}
	}
}
