// Command bench measures the promises of speed and size on the built program and
// prints one line for each: id, value, unit, then pass or fail against the floor,
// "measured" where nothing is promised, or "skipped" with the reason.
//
// It is for `make bench` alone. It builds nothing itself: the program to measure
// is given with -avow. Times are of whole processes or whole HTTP answers. What
// is short is measured three times and the median counts. The line "calibration"
// says how fast and how busy the machine is: other lines mean little on a busy one.
//
// Everything it writes is in a folder of its own, which it removes at the end.
// With AVOW_BENCH_DATABASE_URL, the address of an empty PostgreSQL database, the
// rows of that database are measured as well; their names end in "-postgres".
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// bench is one run: the program, a scratch directory, and what was found.
type bench struct {
	only string // names of the parts to run, "" for all

	ctx         context.Context
	avow        string
	dir         string
	shared      string
	commitments int
	failed      bool
}

// report prints one line. The value passes when it is at most the floor.
func (b *bench) report(id string, value float64, unit string, floor, aim float64, notes ...string) {
	verdict := "pass"
	if value > floor {
		verdict = "fail"
		b.failed = true
	}
	fmt.Printf("%s %.4g %s %s floor %.4g aim %.4g", id, value, unit, verdict, floor, aim)
	if value <= aim {
		notes = append([]string{"aim reached"}, notes...)
	}
	for _, n := range notes {
		fmt.Printf(" (%s)", n)
	}
	fmt.Println()
}

// tell prints a line for which nothing is promised.
func (b *bench) tell(id string, value float64, unit string) {
	fmt.Printf("%s %.4g %s measured\n", id, value, unit)
}

// errSkipped is why a part was left out.
type errSkipped string

func (e errSkipped) Error() string { return string(e) }

// part is a piece of the bench that stands and falls by itself.
type part struct {
	name string
	run  func() error
}

func main() {
	b := &bench{}
	flag.StringVar(&b.avow, "avow", "build/avow", "the program to measure")
	flag.StringVar(&b.shared, "shared", "../shared", "folder with the public tables")
	flag.IntVar(&b.commitments, "commitments", 60_000, "size of the large database")
	flag.StringVar(&b.only, "only", "", "parts to run, separated by commas: build-60000,reports-60000; empty: all")
	flag.Parse()
	var stop context.CancelFunc
	b.ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := b.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		b.failed = true
	}
	if b.failed {
		os.Exit(1)
	}
}

func (b *bench) run() error {
	path, err := filepath.Abs(b.avow)
	if err != nil {
		return err
	}
	b.avow = path
	if b.dir, err = os.MkdirTemp(os.TempDir(), "avow-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	here := place{dir: b.dir}
	parts := []part{{"calibration", b.calibrate}, {"program", b.program}, {"signin_timing", b.signInTiming}, {"import", func() error { return b.importTable(here, runs) }},
		{"workbook", func() error { return b.workbook(here) }}, {"tags", func() error { return b.tags(here) }}}
	parts = append(parts, b.large(here)...)
	if address := os.Getenv("AVOW_BENCH_DATABASE_URL"); address != "" {
		there := place{dir: filepath.Join(b.dir, "postgres"), suffix: "-postgres", address: address}
		parts = append(parts, part{"empty" + there.suffix, func() error { return b.empty(there) }})
		parts = append(parts, part{"import" + there.suffix, func() error { return b.importTable(there, 1) }})
		parts = append(parts, part{"workbook" + there.suffix, func() error { return b.workbook(there) }})
		parts = append(parts, b.large(there)...)
	}
	parts = append(parts, part{"calibration-again", b.calibrate})
	for _, p := range parts {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if b.only != "" && !slices.Contains(strings.Split(b.only, ","), p.name) {
			continue
		}
		err := p.run()
		var skipped errSkipped
		switch {
		case errors.As(err, &skipped):
			fmt.Printf("%s - - skipped: %s\n", p.name, skipped)
		case err != nil:
			b.failed = true
			fmt.Printf("%s - - fail: %v\n", p.name, err)
		}
	}
	return nil
}
