package interchange

import (
	"bufio"
	"io"
	"strings"
)

type csvWriter struct{ w *bufio.Writer }

// NewCSVWriter writes RFC 4180: UTF-8 without a byte order mark, commas, CRLF,
// quotes only where they are needed.
func NewCSVWriter(w io.Writer) TableWriter { return &csvWriter{bufio.NewWriterSize(w, 1<<16)} }

func (c *csvWriter) WriteRow(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			_ = c.w.WriteByte(',')
		}
		cell = Guard(cell)
		if !strings.ContainsAny(cell, "\",\r\n") && (cell != "" || len(cells) > 1) {
			_, _ = c.w.WriteString(cell)
			continue
		}
		_ = c.w.WriteByte('"')
		_, _ = c.w.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		_ = c.w.WriteByte('"')
	}
	_, err := c.w.WriteString("\r\n") // bufio keeps the first error
	return err
}

func (c *csvWriter) Close() error { return c.w.Flush() }
