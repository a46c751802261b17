package privacy

import (
	"fmt"
	"testing"
)

// tables runs do on every table of that size whose counts sum to most or less. What
// looks the same once it is suppressed has the same sum, or a small one: none is missing.
func tables(rows, columns, most int, do func([][]int)) {
	counts := make([][]int, rows)
	for r := range counts {
		counts[r] = make([]int, columns)
	}
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == rows*columns {
			do(counts)
			return
		}
		for n := range left + 1 {
			counts[at/columns][at%columns] = n
			fill(at+1, left-n)
		}
	}
	fill(0, most)
}

// Every table is put beside all tables that look the same once they are
// suppressed: what somebody can tell who knows the rule and everything shown. No
// hidden number may be the same in all of them.
func TestNoHiddenNumberCanBeToldFromWhatIsShown(t *testing.T) {
	for _, size := range []struct{ rows, columns, most int }{{1, 2, 40}, {1, 3, 30}, {1, 4, 20}, {2, 2, 24}, {2, 3, 15}, {3, 2, 15}} {
		type span struct{ low, high int }
		seen := map[string][]span{}
		tables(size.rows, size.columns, size.most, func(counts [][]int) {
			image := fmt.Sprint(Suppress(counts))
			ranges := seen[image]
			if ranges == nil {
				ranges = make([]span, size.rows*size.columns)
				for i := range ranges {
					ranges[i] = span{1 << 30, -1}
				}
				seen[image] = ranges
			}
			for r, row := range counts {
				for c, n := range row {
					at := &ranges[r*size.columns+c]
					at.low, at.high = min(at.low, n), max(at.high, n)
				}
			}
		})
		reported := 0
		tables(size.rows, size.columns, size.most, func(counts [][]int) {
			shown := Suppress(counts)
			ranges := seen[fmt.Sprint(shown)]
			for r, row := range shown.Cells {
				for c, cell := range row {
					at := ranges[r*size.columns+c]
					if cell.Hidden && at.low == at.high && reported < 5 {
						reported++
						t.Errorf("%v shows %v: the hidden %d in row %d, column %d can only be that", counts, print(shown), counts[r][c], r, c)
					}
				}
			}
		})
	}
}

func TestASmallNumberIsNeverShown(t *testing.T) {
	tables(2, 3, 14, func(counts [][]int) {
		shown := Suppress(counts)
		check := func(what string, c Cell) {
			if !c.Hidden && small(c.N) {
				t.Fatalf("%v: %s shows %d", counts, what, c.N)
			}
			if c.Hidden && c.N != 0 {
				t.Fatalf("%v: %s is hidden and holds %d", counts, what, c.N)
			}
		}
		check("the total", shown.Total)
		for _, row := range shown.Cells {
			for _, c := range row {
				check("a cell", c)
			}
		}
		for _, c := range append(append([]Cell(nil), shown.Rows...), shown.Columns...) {
			check("a sum", c)
		}
	})
}

func TestWhatTellsOfNobodyIsShown(t *testing.T) {
	for _, c := range []struct {
		says   string
		counts [][]int
		want   string
	}{
		{"nobody", [][]int{{0, 0}, {0, 0}}, "{[[0 0] [0 0]] [0 0] [0 0] 0}"},
		{"many everywhere", [][]int{{5, 9}, {7, 0}}, "{[[5 9] [7 0]] [14 7] [12 9] 21}"},
		{"one person", [][]int{{1, 0}, {0, 0}}, "{[[– –] [– –]] [– –] [– –] –}"},
		{"one against many", [][]int{{40, 9}, {1, 0}}, "{[[– –] [– –]] [– –] [– –] 50}"},
		{"one by phone", [][]int{{40, 1, 9}, {8, 0, 0}}, "{[[– – –] [– – –]] [50 8] [– – –] 58}"},
		{"one by phone and nobody against", [][]int{{40, 1, 9}, {0, 0, 0}}, "{[[– – –] [0 0 0]] [50 0] [– – –] 50}"},
	} {
		if got := print(Suppress(c.counts)); got != c.want {
			t.Errorf("%s: %s, want %s", c.says, got, c.want)
		}
	}
}

func (c Cell) word() string {
	if c.Hidden {
		return "–"
	}
	return fmt.Sprint(c.N)
}

func words(cells []Cell) (out []string) {
	for _, c := range cells {
		out = append(out, c.word())
	}
	return out
}

func print(t Table) string {
	var rows [][]string
	for _, r := range t.Cells {
		rows = append(rows, words(r))
	}
	return fmt.Sprintf("{%v %v %v %s}", rows, words(t.Rows), words(t.Columns), t.Total.word())
}
