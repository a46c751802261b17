// Command quality measures how well tags are suggested, by a cross-validation over
// members on the rows of OGP's tables, beside two baselines on the same parts, and
// prints one line for each figure: id, value, unit, then pass or fail against the
// floor, or "measured" where nothing is promised. It is for `make quality`; with
// -model it writes the model that is part of the program instead (`make model`).
//
// The promises are those of a split of the whole tables; a cross-validation on the
// rows at hand runs about 0.04 lower for every method, so that what counts here is
// how far the better baseline is behind.
package main

import (
	"flag"
	"fmt"
	"os"

	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

func main() {
	folder := flag.String("tables", "../shared/data/ogp", "folder with OGP's tables")
	model := flag.String("model", "", "write the shipped model to this file and measure nothing")
	flag.Parse()
	if err := run(*folder, *model); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

// run reads the editions of 2017 and 2024; that of 2015 holds the commitments of
// 2017 once more.
func run(folder, model string) error {
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		return err
	}
	g := line.Newest()
	var tables []tagging.Table
	for _, year := range []string{"2017", "2024"} {
		t, err := readTable(folder, year, g)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	rows, task := tagging.Together(g, tables)
	if model != "" {
		return write(model, g, rows, task)
	}
	s := &sheet{}
	for _, t := range tables {
		if err := s.measure(rows, task.For(tagging.EditionGraph(line, t.Edition), t), t); err != nil {
			return err
		}
	}
	if s.failed {
		return fmt.Errorf("a floor was missed")
	}
	return nil
}

// write trains the model that an empty installation suggests with.
func write(path string, g *taxonomy.Graph, rows []tagging.Row, task tagging.Task) error {
	m, err := tagging.Train(rows, task.Live(g))
	if err != nil {
		return err
	}
	data, err := m.Encode()
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
