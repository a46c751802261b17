// Command bench measures the promises of speed and size on the built program and
// prints one line for each: id, value, unit, pass or fail against the floor.
//
// It is for `make bench` alone. It builds nothing itself: the program to measure
// is given with -avow. Times are of whole processes or whole HTTP answers.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// bench is one run: the program, a scratch directory, and what was found.
type bench struct {
	avow        string
	dir         string
	shared      string
	commitments int
	failed      bool
}

// report prints one line. The value passes when it is at most the floor.
func (b *bench) report(id string, value float64, unit string, floor, aim float64) {
	verdict := "pass"
	if value > floor {
		verdict = "fail"
		b.failed = true
	}
	note := ""
	if value <= aim {
		note = " (aim reached)"
	}
	fmt.Printf("%s %.4g %s %s floor %.4g aim %.4g%s\n", id, value, unit, verdict, floor, aim, note)
}

func main() {
	b := &bench{}
	flag.StringVar(&b.avow, "avow", "build/avow", "the program to measure")
	flag.StringVar(&b.shared, "shared", "../shared", "folder with the public tables")
	flag.IntVar(&b.commitments, "commitments", 60_000, "size of the large database")
	flag.Parse()
	if err := b.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
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
	if b.dir, err = os.MkdirTemp("", "avow-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	for _, part := range []func() error{b.program, b.importTable, b.buildLarge, b.serveLarge, b.exportLarge} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}
