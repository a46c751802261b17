package store

import (
	"fmt"
	"strings"
)

// batchRows is how many entries are gathered before they are inserted, and how
// many rows one statement inserts at most.
const batchRows = 64

// batchRows returns how many rows one statement inserts. In SQLite a statement of
// several rows opens a savepoint, and at each of these FTS5 brings to disk what it
// would better gather in memory.
func (d dialect) batchRows() int {
	if d.SQLite {
		return 1
	}
	return batchRows
}

// batch gathers rows of one table.
type batch struct {
	rows   int
	values []any
}

func (b *batch) add(values ...any) {
	b.rows++
	b.values = append(b.values, values...)
}

// flush inserts every gathered row.
func (tx *Tx) flush() error {
	for i := range tx.batches {
		b, t := &tx.batches[i], batchTables[i]
		width := len(t.columns)
		for start := 0; start < b.rows; {
			n := min(b.rows-start, tx.store.dialect.batchRows())
			if err := tx.exec(tx.store.dialect.insert(t, n), b.values[start*width:(start+n)*width]...); err != nil {
				return fmt.Errorf("insert into %s: %w", t.name, err)
			}
			start += n
		}
		clear(b.values)
		b.rows, b.values = 0, b.values[:0]
	}
	clear(tx.pending)
	return nil
}

// insert writes the statement that inserts n rows.
func (d dialect) insert(t *table, n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES ")
	parameter := 0
	for r := range n {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for c := range t.columns {
			if c > 0 {
				b.WriteByte(',')
			}
			parameter++
			b.WriteString(d.parameter(parameter))
		}
		b.WriteByte(')')
	}
	return b.String()
}
