package study

import (
	"math"
	"math/rand/v2"
	"testing"
)

// paired makes a table of two coders from a matrix of counts: rows what the first
// said, columns the second.
func paired(counts [][]int) Table {
	var t Table
	for a, row := range counts {
		for b, n := range row {
			for range n {
				t = append(t, []int{a, b})
			}
		}
	}
	return t
}

// rated makes a table from how many coders gave each category, per unit.
func rated(counts [][]int) Table {
	var t Table
	for _, row := range counts {
		var unit []int
		for category, n := range row {
			for range n {
				unit = append(unit, category)
			}
		}
		t = append(t, unit)
	}
	return t
}

// columns makes a table from what each coder said of all units; 0 is no coding.
func columns(coders ...[]int) Table {
	t := make(Table, len(coders[0]))
	for u := range t {
		for _, said := range coders {
			t[u] = append(t[u], said[u]-1)
		}
	}
	return t
}

func near(t *testing.T, name string, got float64, why string, want, within float64) {
	t.Helper()
	if why != "" || math.Abs(got-want) > within {
		t.Errorf("%s = %v (%q), want %v", name, got, why, want)
	}
}

func TestCohensKappaAgreesWithPublishedExamples(t *testing.T) {
	// Cohen 1960, table 1: 140 of 200 alike, 82 by chance.
	got, why := Cohen(paired([][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}), 0, 1)
	near(t, "Cohen 1960", got, why, 0.29/0.59, 1e-12)
	// Fifty proposals, two readers: 35 of 50 alike, 25 by chance.
	got, why = Cohen(paired([][]int{{20, 5}, {10, 15}}), 0, 1)
	near(t, "fifty proposals", got, why, 0.4, 1e-12)
	got, why = Cohen(paired([][]int{{45, 15}, {25, 15}}), 0, 1)
	near(t, "60 of 100 alike, even", got, why, 0.1304, 0.0001)
	got, why = Cohen(paired([][]int{{25, 35}, {5, 35}}), 0, 1)
	near(t, "60 of 100 alike, uneven", got, why, 0.2593, 0.0001)
}

func TestFleissKappaAgreesWithAPublishedExample(t *testing.T) {
	// Fleiss 1971 as it is usually worked through: 10 subjects, 14 raters, 5 categories.
	got, why := Fleiss(rated([][]int{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
		{7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}}))
	near(t, "Fleiss", got, why, 0.210, 0.0005)
}

func TestKrippendorffsAlphaAgreesWithPublishedExamples(t *testing.T) {
	// Krippendorff 2011, A: two observers, two values.
	got, why := Alpha(columns([]int{1, 2, 1, 1, 1, 1, 1, 1, 2, 1}, []int{2, 2, 2, 1, 1, 2, 1, 1, 1, 1}))
	near(t, "A", got, why, 0.095, 0.0005)
	// B: two observers, nominal: a a b b d c c c e d d a.
	got, why = Alpha(columns([]int{1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1}, []int{2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4}))
	near(t, "B", got, why, 0.692, 0.0005)
	// C: four observers, some codings missing.
	got, why = Alpha(fourObservers)
	near(t, "C", got, why, 0.743, 0.0005)
}

var fourObservers = columns(
	[]int{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
	[]int{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
	[]int{0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
	[]int{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0})

func TestWhatCannotBeToldSaysWhyAndIsNoNumber(t *testing.T) {
	all := map[string]func(Table) (float64, string){
		"Cohen": func(t Table) (float64, string) { return Cohen(t, 0, 1) }, "Fleiss": Fleiss, "Alpha": Alpha,
	}
	cases := []struct {
		name  string
		table Table
		want  string
	}{
		{"no unit", nil, NothingShared},
		{"nothing coded", Table{{Missing, Missing}, {Missing, Missing}}, NothingShared},
		{"nothing coded by both", Table{{0, Missing}, {Missing, 1}}, NothingShared},
		{"one category", Table{{2, 2}, {2, 2}}, OneCategory},
	}
	for name, of := range all {
		for _, c := range cases {
			if got, why := of(c.table); why != c.want || got != 0 {
				t.Errorf("%s of %s = %v, %q; want %q", name, c.name, got, why, c.want)
			}
		}
	}
	if got, why := Fleiss(Table{{1}, {0}}); why != NothingShared {
		t.Errorf("Fleiss of one coder = %v, %q", got, why)
	}
}

func TestAgreementIsNeverMoreThanOneAndNeverNaN(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		coders, categories := 2+source.IntN(3), 1+source.IntN(4)
		table := make(Table, source.IntN(12))
		for u := range table {
			for range coders {
				table[u] = append(table[u], source.IntN(categories+1)-1)
			}
		}
		for name, of := range map[string]func(Table) (float64, string){
			"Cohen": func(t Table) (float64, string) { return Cohen(t, 0, 1) }, "Fleiss": Fleiss, "Alpha": Alpha} {
			v, why := of(table)
			if math.IsNaN(v) || math.IsInf(v, 0) || v > 1+1e-9 || why != "" && v != 0 {
				t.Fatalf("%s of %v = %v, %q", name, table, v, why)
			}
		}
	}
}

func TestCodersWhoAgreeOnEverythingHaveOne(t *testing.T) {
	table := Table{{0, 0}, {1, 1}, {2, 2}, {1, 1}}
	for _, of := range []func(Table) (float64, string){func(t Table) (float64, string) { return Cohen(t, 0, 1) }, Fleiss, Alpha} {
		got, why := of(table)
		near(t, "full agreement", got, why, 1, 1e-12)
	}
}

func TestAnIntervalHoldsItsValueAndIsTheSameAgain(t *testing.T) {
	var units []Table
	for _, row := range paired([][]int{{20, 5}, {10, 15}}) {
		units = append(units, Table{row})
	}
	kappa := func(t Table) (float64, string) { return Cohen(t, 0, 1) }
	m := measure(units, 7, kappa)
	if !m.Known || !m.Interval || m.Value != 0.4 || m.Low >= m.Value || m.High <= m.Value {
		t.Errorf("interval: %+v", m)
	}
	// By the large-sample formula the standard error is 0.127.
	if math.Abs((m.High-m.Low)/2-1.96*0.127) > 0.05 {
		t.Errorf("interval from %v to %v, but the formula gives about 0.15 to 0.65", m.Low, m.High)
	}
	if again := measure(units, 7, kappa); again != m {
		t.Errorf("again: %+v, first %+v", again, m)
	}
	if few := measure(units[:9], 7, kappa); few.Interval {
		t.Errorf("nine units have no interval: %+v", few)
	}
}
