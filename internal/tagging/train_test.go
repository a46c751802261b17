package tagging

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func trained(t *testing.T, rows []Row, task Task) *Model {
	t.Helper()
	m, err := Train(rows, task)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheSameRowsGiveTheSameModel(t *testing.T) {
	rows, task := made(120)
	encoded := func() []byte {
		b, err := trained(t, rows, task).Encode()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	one := encoded()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(one, encoded()) {
		t.Error("the same rows gave two models")
	}
}

func TestTrainingDoesNotChangeTheRows(t *testing.T) {
	rows, task := made(60)
	rows[3].Source = "b"
	before := fmt.Sprint(rows)
	trained(t, rows, task)
	if fmt.Sprint(rows) != before {
		t.Error("the rows are in another order")
	}
}

func TestTrainingRefusesWhatNothingCanBeLearnedFrom(t *testing.T) {
	rows, task := made(60)
	changed := func(f func(r *Row)) []Row {
		out := slices.Clone(rows)
		for i := range out {
			f(&out[i])
		}
		return out
	}
	for key, bad := range map[string][]Row{
		"tagging.train.empty":    nil,
		"tagging.train.wordless": changed(func(r *Row) { r.Title.Text, r.Text.Text = "", " – " }),
		"tagging.train.one":      changed(func(r *Row) { r.Yes = []taxonomy.ID{"education"} }),
		"tagging.train.few":      rows[:4],
		"tagging.train.twice":    append(slices.Clone(rows), rows[2]),
	} {
		_, err := Train(bad, task)
		var faults civic.Errors
		if !errors.As(err, &faults) || !slices.ContainsFunc(faults, func(e *civic.Error) bool { return e.Key == key && e.Field == "rows" }) {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func TestOneCommitmentTwiceIsNamed(t *testing.T) {
	rows, task := made(60)
	rows[7].Key = rows[2].Key
	_, err := Train(rows, task)
	var faults civic.Errors
	if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Args["commitment"] != rows[7].Title.Text {
		t.Errorf("%v", err)
	}
}

func TestTheKeyOfATextForgetsCaseAndNumbersOfTitles(t *testing.T) {
	if TextKey("AL", "1. Open Data", "A text.") != TextKey("AL", "OPEN DATA", "a text") {
		t.Error("one commitment has two keys")
	}
	if TextKey("AL", "Open data", "A text.") == TextKey("DZ", "Open data", "A text.") {
		t.Error("two members' commitments have one key")
	}
}

func TestATagThatASourceWasNotAskedForIsNotDenied(t *testing.T) {
	rows, task := made(120)
	for i := range rows {
		if i%2 == 0 {
			rows[i].Source = "old"
			rows[i].Yes = slices.DeleteFunc(slices.Clone(rows[i].Yes), func(id taxonomy.ID) bool { return id == "education" })
		} else {
			rows[i].Source = "new"
		}
	}
	text := english("a school with a teacher and a pupil in the classroom at the university")
	sure := func() float64 {
		m := trained(t, rows, task)
		return m.Confidences(text, civic.Phrase{})[2]
	}
	denied := sure()
	task.Asked = map[string][]taxonomy.ID{"old": {"open-data", "public-procurement", "water-sanitation"}}
	if open := sure(); open <= denied {
		t.Errorf("%.3f when the old table was not asked, %.3f when it was", open, denied)
	}
}

func TestOfTooManyRowsEveryKthIsTaken(t *testing.T) {
	rows := make([]Row, 2*MostRows+1)
	for i := range rows {
		rows[i].Key = fmt.Sprint(i)
	}
	got := thinned(rows)
	if len(got) != MostRows || got[0].Key != "0" || got[1].Key != "2" {
		t.Errorf("%d rows, %s, %s", len(got), got[0].Key, got[1].Key)
	}
}

func TestMembersStayInOnePart(t *testing.T) {
	rows, _ := made(200)
	part := membersApart(rows, 7)
	of := map[string]int{}
	for i, r := range rows {
		if p, ok := of[r.Member]; ok && p != part[i] {
			t.Fatalf("%s is in parts %d and %d", r.Member, p, part[i])
		}
		of[r.Member] = part[i]
	}
	if len(of) != 30 {
		t.Errorf("%d members", len(of))
	}
}
