package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const runs = 3 // of what is short enough to repeat; the median counts

// program measures the binary itself and the site with the demonstration data.
func (b *bench) program() error {
	info, err := os.Stat(b.avow)
	if err != nil {
		return err
	}
	b.report("binary-size", float64(info.Size())/1e6, "MB", 40, 34)
	demo := filepath.Join(b.dir, "demo")
	first, err := b.serve("--data", demo, "--demo")
	if err != nil {
		return err
	}
	first.stop()
	var starts []float64
	for range runs {
		s, err := b.serve("--data", demo)
		if err != nil {
			return err
		}
		starts = append(starts, s.start.Seconds())
		s.stop()
	}
	b.report("start-to-first-answer", percentile(starts, 0.5), "s", 1, 0.3)
	s, err := b.serve("--data", demo)
	if err != nil {
		return err
	}
	defer s.stop()
	pages, err := s.pages()
	if err != nil {
		return err
	}
	if err := b.coldVisits(s, pages); err != nil {
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

// importTable measures the import of OGP's table of 2017, search index and record included.
func (b *bench) importTable() error {
	table := filepath.Join(b.shared, "data/ogp/commitments-2017.csv")
	if _, err := os.Stat(table); err != nil {
		fmt.Println("import-ogp-2017 - s skipped: the table is not here")
		return nil
	}
	var times []float64
	for i := range runs {
		u, err := b.measure("import", "ogp", table, "--data", filepath.Join(b.dir, fmt.Sprint("ogp", i)), "--json")
		if err != nil {
			return err
		}
		times = append(times, u.wall.Seconds())
	}
	b.report("import-ogp-2017", percentile(times, 0.5), "s", 4, 1.5)
	s, err := b.serve("--data", filepath.Join(b.dir, "ogp0"))
	if err != nil {
		return err
	}
	defer s.stop()
	pages, err := s.pages()
	if err != nil {
		return err
	}
	return b.coldVisits(s, pages)
}

// buildLarge writes the large table and measures how long it takes to load.
func (b *bench) buildLarge() error {
	table := filepath.Join(b.dir, "large.jsonl")
	if err := writeLarge(table, b.commitments); err != nil {
		return err
	}
	u, err := b.measure("import", "jsonl", table, "--data", b.large(), "--json")
	if err != nil {
		return err
	}
	b.report("build-60000", u.wall.Seconds(), "s", 120, 45)
	fmt.Printf("build-60000-memory %.0f MB measured\n", u.peak)
	return os.Remove(table)
}

func (b *bench) large() string { return filepath.Join(b.dir, "large") }

// exportLarge measures the memory that the export of everything takes.
func (b *bench) exportLarge() error {
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		u, err := b.measure("export", format, "--data", b.large(), "--out", filepath.Join(b.dir, "out."+format))
		if err != nil {
			return err
		}
		b.report("export-"+format+"-peak-memory", u.peak, "MB", 150, 80)
		fmt.Printf("export-%s-time %.2f s measured\n", format, u.wall.Seconds())
	}
	return nil
}
