package interchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"avow/internal/civic"
)

// Lines are read one after the other, checked in chunks on all processors, and
// kept in the order of the file.
const (
	chunkLines = 256
	chunkBytes = 1 << 20
)

// checkedLine is a line after the first that was read and checked.
type checkedLine struct {
	line    int
	subject civic.Subject
	issue   *Issue
}

type chunk struct {
	first int // line of the first one
	raw   [][]byte
	done  chan []checkedLine
}

// lineTooLong is how many lines were read before one that is too long.
type lineTooLong int

func (n lineTooLong) Error() string { return fmt.Sprintf("line %d is too long", int(n)+1) }

var errBlankLines = errors.New("too many blank lines")

// readChunks reads all lines after the first and gives them to keep in their
// order, until keep returns an error.
func readChunks(r *bufio.Reader, keep func(checkedLine) error) error {
	workers := runtime.GOMAXPROCS(0)
	waiting, inOrder := make(chan *chunk), make(chan *chunk, 2*workers)
	var failed error // written before inOrder is closed
	var stop atomic.Bool
	go func() {
		defer close(inOrder)
		defer close(waiting)
		blank := 0
		for line := 2; failed == nil && !stop.Load(); {
			c := &chunk{first: line, done: make(chan []checkedLine, 1)}
			for size := 0; len(c.raw) < chunkLines && size < chunkBytes; line++ {
				raw, err := readLine(r)
				if err != nil {
					failed = err
					if errors.Is(err, errLineTooLong) {
						failed = lineTooLong(line - 1)
					}
					break
				}
				if len(raw) == 0 {
					if blank++; blank > maxRows {
						failed = errBlankLines
						break
					}
				}
				c.raw = append(c.raw, raw)
				size += len(raw)
			}
			if len(c.raw) > 0 {
				inOrder <- c
				waiting <- c
			}
		}
	}()
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			d := newLineDecoder()
			for c := range waiting {
				c.done <- d.read(c)
			}
		})
	}
	var full error
	for c := range inOrder {
		for _, l := range <-c.done {
			if full == nil {
				full = keep(l)
			}
		}
		stop.Store(full != nil)
	}
	group.Wait()
	if full != nil {
		return full
	}
	if failed == io.EOF {
		return nil
	}
	return failed
}

// lineDecoder reads lines one after the other with one buffer.
type lineDecoder struct {
	source  bytes.Reader
	decoder *json.Decoder
}

func newLineDecoder() *lineDecoder {
	d := &lineDecoder{}
	d.reset()
	return d
}

func (d *lineDecoder) reset() {
	d.decoder = json.NewDecoder(&d.source)
	d.decoder.DisallowUnknownFields()
}

func (d *lineDecoder) read(c *chunk) []checkedLine {
	out := make([]checkedLine, 0, len(c.raw))
	for i, raw := range c.raw {
		c.raw[i] = nil
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		s, issue := d.subject(raw)
		out = append(out, checkedLine{c.first + i, s, issue})
	}
	return out
}

// subject reads one line, quickly when it has the form in which this program
// writes it; whatever is not like that goes the long way and gets its fault named.
func (d *lineDecoder) subject(raw []byte) (civic.Subject, *Issue) {
	kind, body, ok := splitLine(raw)
	if !ok || bytes.IndexByte(raw, 0) >= 0 || escapedNUL(raw) || !utf8.Valid(raw) {
		return readSubject(raw)
	}
	of, known := jsonlKinds[kind]
	if !known {
		return readSubject(raw)
	}
	s, ok := of.quickly(d, body)
	if c, many := s.(civic.Commitment); many && cap(c.Milestones) > len(c.Milestones)+1 {
		c.Milestones = slices.Clone(c.Milestones) // decoding leaves up to half of the room unused
		s = c
	}
	if !ok || keyTwice(raw) != "" {
		return readSubject(raw)
	}
	return s, checkSubject(s)
}

// splitLine takes {"kind":"K","subject":…} apart.
func splitLine(raw []byte) (civic.Kind, []byte, bool) {
	rest, ok := bytes.CutPrefix(raw, []byte(`{"kind":"`))
	if !ok {
		return "", nil, false
	}
	kind, body, ok := bytes.Cut(rest, []byte(`","subject":`))
	if !ok {
		return "", nil, false
	}
	body, ok = bytes.CutSuffix(body, []byte("}"))
	return civic.Kind(kind), body, ok && len(body) > 1 && body[0] == '{' && body[len(body)-1] == '}'
}
