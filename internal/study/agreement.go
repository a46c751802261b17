package study

import "math"

// Missing is the value of a unit that a coder gave no category.
const Missing = -1

// Table holds what coders said: rows are units, columns coders, values categories
// from 0 on, or Missing.
type Table [][]int

// Why an agreement cannot be told.
const (
	NothingShared = "nothing_shared" // no unit has the codings that the measure needs
	OneCategory   = "one_category"   // only one category was used: nothing could have been got wrong
	NotTwo        = "not_two"        // Cohen's kappa is for two coders
)

// Cohen is Cohen's kappa of two coders (A coefficient of agreement for nominal
// scales, 1960), over the units that both coded. why is set when it cannot be told.
func Cohen(t Table, a, b int) (kappa float64, why string) {
	left, right := map[int]int{}, map[int]int{}
	same, n := 0, 0
	for _, unit := range t {
		x, y := unit[a], unit[b]
		if x == Missing || y == Missing {
			continue
		}
		n++
		left[x]++
		right[y]++
		if x == y {
			same++
		}
	}
	if n == 0 {
		return 0, NothingShared
	}
	chance := 0 // in n*n-ths, exactly
	for category, count := range left {
		chance += count * right[category]
	}
	if chance == n*n {
		return 0, OneCategory
	}
	observed, expected := float64(same)/float64(n), float64(chance)/float64(n*n)
	return (observed - expected) / (1 - expected), ""
}

// Fleiss is Fleiss' kappa of two or more coders (Measuring nominal scale agreement
// among many raters, 1971), over the units that all of them coded.
func Fleiss(t Table) (kappa float64, why string) {
	totals := map[int]int{}
	n, coders, alike := 0, 0, 0
	for _, unit := range t {
		counts := countsOf(unit)
		if sum(counts) != len(unit) || len(unit) < 2 {
			continue
		}
		n, coders = n+1, len(unit)
		for category, count := range counts {
			totals[category] += count
			alike += count * (count - 1)
		}
	}
	switch {
	case n == 0:
		return 0, NothingShared
	case len(totals) == 1:
		return 0, OneCategory
	}
	values := float64(n * coders)
	observed := float64(alike) / (values * float64(coders-1))
	squares := 0
	for _, count := range totals {
		squares += count * count
	}
	expected := float64(squares) / (values * values)
	return (observed - expected) / (1 - expected), ""
}

// Alpha is Krippendorff's alpha for nominal data (Computing Krippendorff's
// Alpha-Reliability, 2011). Codings may be missing: a unit counts when at least
// two coders gave it a category.
func Alpha(t Table) (alpha float64, why string) {
	totals := map[int]int{}
	n := 0
	agreed := 0.0
	for _, unit := range t {
		counts := countsOf(unit)
		m := sum(counts)
		if m < 2 {
			continue
		}
		n += m
		same := 0
		for category, count := range counts {
			totals[category] += count
			same += count * (count - 1)
		}
		agreed += float64(same) / float64(m-1)
	}
	switch {
	case n == 0:
		return 0, NothingShared
	case len(totals) == 1:
		return 0, OneCategory
	}
	pairs := 0
	for _, count := range totals {
		pairs += count * (count - 1)
	}
	chance := float64(pairs) / float64(n-1)
	// (agreed - chance) / (n - chance), Krippendorff's form for nominal data.
	return (agreed - chance) / (float64(n) - chance), ""
}

// Compared counts the units that at least two coders coded, and those of them on
// which all who did agree.
func Compared(t Table) (units, agreed int) {
	for _, unit := range t {
		counts := countsOf(unit)
		if sum(counts) < 2 {
			continue
		}
		units++
		if len(counts) == 1 {
			agreed++
		}
	}
	return units, agreed
}

func countsOf(unit []int) map[int]int {
	counts := make(map[int]int, 2)
	for _, category := range unit {
		if category != Missing {
			counts[category]++
		}
	}
	return counts
}

func sum(counts map[int]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// rounded keeps four decimals: what is stored is what is shown.
func rounded(x float64) float64 { return math.Round(x*10_000) / 10_000 }
