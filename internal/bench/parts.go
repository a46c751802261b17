package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const runs = 3 // of what is short enough to repeat; the median counts

// place is where a database of the bench is.
type place struct {
	dir     string // the folder for it, made when needed
	suffix  string // of the names of its lines
	address string // of PostgreSQL, else empty
}

// at returns the arguments that lead the program to a database of this place.
func (p place) at(name string) []string {
	if p.address != "" {
		name = "data" // there is one database
	}
	return []string{"--data", filepath.Join(p.dir, name)}
}

// environ is the environment of the program: ours, without settings of its own.
func (p place) environ() []string {
	env := slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "AVOW_") })
	if p.address != "" {
		env = append(env, "AVOW_DATABASE_URL="+p.address)
	}
	return env
}

// program measures the binary itself and the site with the demonstration data.
func (b *bench) program() error {
	info, err := os.Stat(b.avow)
	if err != nil {
		return err
	}
	b.report("binary-size", float64(info.Size())/1e6, "MB", 40, 34)
	here := place{dir: b.dir}
	first, err := b.serve(here, "demo", "--demo")
	if err != nil {
		return err
	}
	first.stop()
	var starts []float64
	for range runs {
		s, err := b.serve(here, "demo")
		if err != nil {
			return err
		}
		starts = append(starts, s.start.Seconds())
		s.stop()
	}
	b.report("start-to-first-answer", percentile(starts, 0.5), "s", 1, 0.3)
	s, err := b.serve(here, "demo")
	if err != nil {
		return err
	}
	defer s.stop()
	pages, err := s.pages()
	if err != nil {
		return err
	}
	if err := b.coldVisits("-demo", s, pages); err != nil {
		return err
	}
	time.Sleep(3 * time.Second) // idle means after the visits
	mb, err := s.memory()
	if err != nil {
		return err
	}
	b.report("idle-memory-demo", mb, "MB", 128, 64)
	return nil
}

// empty refuses a database that holds something: its lines would say nothing,
// and what is there is not ours.
func (b *bench) empty(p place) error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return err
	}
	u, err := b.measure(p, append([]string{"export", "jsonl", "--out", filepath.Join(p.dir, "before.jsonl")}, p.at("")...)...)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(filepath.Join(p.dir, "before.jsonl"))
	if err != nil {
		return err
	}
	if len(raw) > 100 {
		return errors.New("the database of AVOW_BENCH_DATABASE_URL is not empty")
	}
	b.tell("open-empty"+p.suffix, u.wall.Seconds(), "s")
	return nil
}

// importTable measures the import of OGP's table of 2017, search index and record included.
func (b *bench) importTable(p place, times int) error {
	table := filepath.Join(b.shared, "data/ogp/commitments-2017.csv")
	if _, err := os.Stat(table); errors.Is(err, fs.ErrNotExist) {
		return errSkipped("the table is not here")
	}
	var walls, cpus, peaks []float64
	for i := range times {
		u, err := b.measure(p, append([]string{"import", "ogp", table, "--json"}, p.at(fmt.Sprint("ogp", i))...)...)
		if err != nil {
			return err
		}
		walls, cpus, peaks = append(walls, u.wall.Seconds()), append(cpus, u.cpu.Seconds()), append(peaks, u.peak)
	}
	b.report("import-ogp-2017"+p.suffix, percentile(walls, 0.5), "s", 4, 1.5, fmt.Sprintf("cpu %.3g s", percentile(cpus, 0.5)))
	b.tell("import-ogp-2017-memory"+p.suffix, percentile(peaks, 0.5), "MB")
	s, err := b.serve(p, "ogp0")
	if err != nil {
		return err
	}
	defer s.stop()
	pages, err := s.pages()
	if err != nil {
		return err
	}
	return b.coldVisits("-2017"+p.suffix, s, pages)
}

// large returns the parts that need the large database. They are left out when it
// could not be made.
func (b *bench) large(p place) []part {
	built := false
	needs := func(name string, run func(place) error) part {
		return part{name + p.suffix, func() error {
			if !built {
				return errSkipped("there is no large database")
			}
			return run(p)
		}}
	}
	build := func() error {
		err := b.buildLarge(p)
		built = err == nil
		return err
	}
	return []part{{"build-60000" + p.suffix, build}, needs("pages-60000", b.serveLarge), needs("reports-60000", b.reportPages), needs("verify-60000", b.verifyLarge),
		needs("export-csv", func(p place) error { return b.exportLarge(p, "csv") }),
		needs("export-jsonl", func(p place) error { return b.exportLarge(p, "jsonl") }),
		needs("export-xlsx", func(p place) error { return b.exportLarge(p, "xlsx") }), needs("digest-10000", b.follow)}
}

// buildLarge writes the large table and measures how long it takes to load.
func (b *bench) buildLarge(p place) error {
	table := filepath.Join(b.dir, "large.jsonl")
	if err := writeLarge(table, b.commitments); err != nil {
		return err
	}
	defer os.Remove(table)
	u, err := b.measure(p, append([]string{"import", "jsonl", table, "--json"}, p.at("large")...)...)
	if err != nil {
		return err
	}
	var report struct{ Created int }
	if err := json.Unmarshal([]byte(u.out), &report); err != nil || report.Created != b.commitments {
		return fmt.Errorf("%d commitments were created, not %d (%w)", report.Created, b.commitments, err)
	}
	b.report("build-60000"+p.suffix, u.wall.Seconds(), "s", 120, 45, fmt.Sprintf("cpu %.3g s", u.cpu.Seconds()))
	b.tell("build-60000-memory"+p.suffix, u.peak, "MB")
	return nil
}

// verifyLarge measures how long the whole record takes to be recomputed.
func (b *bench) verifyLarge(p place) error {
	u, err := b.measure(p, append([]string{"ledger", "verify", "--json"}, p.at("large")...)...)
	if err != nil {
		return err
	}
	b.tell("verify-60000"+p.suffix, u.wall.Seconds(), "s")
	b.tell("verify-60000-cpu"+p.suffix, u.cpu.Seconds(), "s")
	b.tell("verify-60000-memory"+p.suffix, u.peak, "MB")
	return nil
}

// exportLarge measures the memory that the export of everything takes.
func (b *bench) exportLarge(p place, format string) error {
	out := filepath.Join(b.dir, "out."+format)
	defer os.Remove(out)
	u, err := b.measure(p, append([]string{"export", format, "--out", out}, p.at("large")...)...)
	if err != nil {
		return err
	}
	b.report("export-"+format+"-peak-memory"+p.suffix, u.peak, "MB", 150, 80)
	b.tell("export-"+format+"-time"+p.suffix, u.wall.Seconds(), "s")
	return nil
}
