// Package privacy keeps people from being told out of what is published about
// many of them. So far: small numbers in tables.
//
// The rule. A count of 1 to Few-1 is small: it could tell what one person said
// to somebody who knows the others. A table is shown as finely as it can be
// without a small number:
//
//   - every count, with all sums, when no count is small;
//   - else the sum of each row and of the whole, when no sum of a row is small;
//   - else the sum of the whole, when that is not small;
//   - else nothing.
//
// A whole step is hidden at once, never the small counts and a few others beside
// them: which others would depend on the counts, and would tell of them to
// somebody who knows the rule. A zero tells of nobody, so a row that sums to
// nothing is shown as zeros.
package privacy

import "slices"

// Few is the number of people from which on a count may be shown.
const Few = 5

// Cell is one number of a table, or the word that it is hidden.
type Cell struct {
	N      int // 0 when hidden
	Hidden bool
}

// Table is what may be shown of counts, with its sums.
type Table struct {
	Cells   [][]Cell // by row and column
	Rows    []Cell   // sum of each row
	Columns []Cell   // sum of each column
	Total   Cell
}

func small(n int) bool { return n > 0 && n < Few }

// Suppress hides what must not be shown of counts. Each row has as many columns
// as the first; no count is negative.
func Suppress(counts [][]int) Table {
	columns := 0
	if len(counts) > 0 {
		columns = len(counts[0])
	}
	rowSums, columnSums, total := make([]int, len(counts)), make([]int, columns), 0
	cells := true // may be shown
	for r, row := range counts {
		for c, n := range row {
			rowSums[r] += n
			columnSums[c] += n
			total += n
			cells = cells && !small(n)
		}
	}
	rows := !slices.ContainsFunc(rowSums, small)
	cells = cells && rows
	show := func(n int, may bool) Cell {
		if may {
			return Cell{N: n}
		}
		return Cell{Hidden: true}
	}
	t := Table{Total: show(total, !small(total))}
	for r, row := range counts {
		t.Rows = append(t.Rows, show(rowSums[r], rows))
		line := make([]Cell, columns)
		for c, n := range row {
			line[c] = show(n, cells || rows && rowSums[r] == 0)
		}
		t.Cells = append(t.Cells, line)
	}
	for _, n := range columnSums {
		t.Columns = append(t.Columns, show(n, cells))
	}
	return t
}

// Only keeps the columns that are wanted; sums stay as they are.
func (t Table) Only(wanted func(column int) bool) Table {
	pick := func(cells []Cell) (out []Cell) {
		for c, cell := range cells {
			if wanted(c) {
				out = append(out, cell)
			}
		}
		return out
	}
	out := Table{Rows: t.Rows, Columns: pick(t.Columns), Total: t.Total}
	for _, row := range t.Cells {
		out.Cells = append(out.Cells, pick(row))
	}
	return out
}
