package interchange

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"avow/internal/civic"
)

// csvReader reads records at bounded memory. Rows are a spreadsheet's: a quoted
// line break does not start a new one, an empty line counts as one.
type csvReader struct {
	r     *bufio.Reader
	name  string
	comma byte
	row   int // of the record read last
	buf   []byte
	ends  []int
	eof   bool
}

// record is one raw record; problem is the key of what makes it unusable.
type record struct {
	row     int
	cells   []string
	problem string
	column  int

	formulas []int // columns whose cell is a formula of a spreadsheet
}

// next returns the next record that is not empty, or io.EOF.
func (c *csvReader) next() (record, error) {
	for {
		rec, err := c.read()
		if err != nil {
			return rec, err
		}
		if rec.problem != "" {
			return rec, nil
		}
		for _, cell := range rec.cells {
			if cell != "" {
				return rec, nil
			}
		}
	}
}

// read returns the next record, empty ones too. A record's cells share one string.
func (c *csvReader) read() (record, error) {
	if c.eof {
		return record{}, io.EOF
	}
	if c.row++; c.row > maxRows {
		return record{}, fileError(civic.TooLarge, "too_many_rows", c.name, map[string]any{"limit": maxRows})
	}
	c.buf, c.ends = c.buf[:0], c.ends[:0]
	rec := record{row: c.row}
	start, quoted, fresh := 0, false, true // of the current cell: where it begins; inside quotes; nothing read yet
	closed := false                        // the cell's closing quote has been read
	spoil := func(key string) {
		if rec.problem == "" {
			rec.problem, rec.column = key, len(c.ends)
		}
	}
	for {
		b, err := c.r.ReadByte()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return rec, err
			}
			c.eof = true
			if quoted {
				return rec, c.fault("unclosed_quote", nil)
			}
			if fresh && len(c.ends) == 0 && len(c.buf) == 0 {
				return rec, io.EOF
			}
			return c.finish(rec), nil
		}
		switch {
		case quoted && b == '"':
			if next, err := c.r.Peek(1); err == nil && next[0] == '"' {
				_, _ = c.r.Discard(1)
				c.buf = append(c.buf, '"')
			} else {
				quoted, closed = false, true
			}
		case quoted:
			if b == 0 {
				spoil("nul_character")
			}
			c.buf = append(c.buf, b)
		case b == '"' && fresh:
			quoted = true
		case b == c.comma:
			c.ends = append(c.ends, len(c.buf))
			if len(c.ends) >= maxColumns {
				return rec, c.fault("too_many_columns", map[string]any{"limit": maxColumns})
			}
			start, fresh, closed = len(c.buf), true, false
			continue
		case b == '\n':
			return c.finish(rec), nil
		case b == '\r':
			if next, err := c.r.Peek(1); err == nil && next[0] == '\n' {
				_, _ = c.r.Discard(1)
			}
			return c.finish(rec), nil
		default:
			if closed {
				spoil("stray_quote")
			}
			if b == 0 {
				spoil("nul_character")
			}
			c.buf = append(c.buf, b)
		}
		fresh = false
		if len(c.buf)-start > maxCell {
			if quoted && !c.closes() {
				return rec, c.fault("unclosed_quote", nil)
			}
			return rec, c.fault("cell_too_large", map[string]any{"limit_kb": maxCell >> 10})
		}
		if len(c.buf) > maxRecord {
			return rec, c.fault("row_too_large", map[string]any{"limit_kb": maxRecord >> 10})
		}
	}
}

func (c *csvReader) finish(rec record) record {
	all, from := string(c.buf), 0
	rec.cells = make([]string, 0, len(c.ends)+1)
	for _, end := range append(c.ends, len(all)) {
		rec.cells = append(rec.cells, all[from:end])
		from = end
	}
	return rec
}

// closes reads on to see whether a quote ends the current cell.
func (c *csvReader) closes() bool {
	for {
		b, err := c.r.ReadByte()
		if err != nil {
			return false
		}
		if b != '"' {
			continue
		}
		if next, err := c.r.Peek(1); err != nil || next[0] != '"' {
			return true
		}
		_, _ = c.r.Discard(1)
	}
}

// fault is an error at the current cell.
func (c *csvReader) fault(key string, args map[string]any) error {
	all := map[string]any{"row": c.row, "column": columnName(len(c.ends)), columnAt: len(c.ends)}
	for k, v := range args {
		all[k] = v
	}
	kind := civic.Invalid
	if strings.HasSuffix(key, "_too_large") {
		kind = civic.TooLarge
	}
	return fileError(kind, key, c.name, all)
}

// detectComma chooses comma, semicolon or tab by what the first line that is not
// empty has most of outside quotes.
func detectComma(r *bufio.Reader) byte {
	head, _ := r.Peek(r.Size())
	counts := map[byte]int{}
	quoted := false
	for _, b := range head {
		switch {
		case b == '"':
			quoted = !quoted
		case !quoted && (b == ',' || b == ';' || b == '\t'):
			counts[b]++
		case !quoted && (b == '\n' || b == '\r') && len(counts) > 0:
			return mostOf(counts)
		}
	}
	return mostOf(counts)
}

func mostOf(counts map[byte]int) byte {
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return best
}
