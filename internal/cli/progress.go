package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-isatty"
)

// progress draws one line on stderr, at most ten times a second, and only when
// that is a terminal.
type progress struct {
	c     *command
	last  time.Time
	stage string
	drawn bool
}

func (c *command) progress() *progress { return &progress{c: c} }

const redraw = 100 * time.Millisecond

// at says how far a stage is; total 0 when nobody knows.
func (p *progress) at(stage string, done, total int) {
	if !p.c.Interactive || stage == p.stage && time.Since(p.last) < redraw {
		return
	}
	p.last, p.stage = time.Now(), stage
	line := p.c.words.Or("cli.stage."+stage, stage)
	if total > 0 {
		line += fmt.Sprintf(" %s/%s", p.c.words.Number(done), p.c.words.Number(total))
	}
	fmt.Fprintf(p.c.Stderr, "\r\x1b[K%s", line)
	p.drawn = true
}

// clear takes the line away.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.c.Stderr, "\r\x1b[K")
		p.drawn = false
	}
}

// IsTerminal reports whether a file is a terminal.
func IsTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()) }
