package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"avow/internal/interchange"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// suggestLeast is how many commitments are read at least while the rate is measured:
// the texts of a table, as often as that takes.
const suggestLeast = 4000

// tags measures training on the rows of three editions, more than 2,000, and how
// long the shipped model takes for 2,000 commitments on two cores.
func (b *bench) tags(p place) error {
	at := p.at("tags")
	for _, year := range []string{"2015", "2017", "2024"} {
		table := filepath.Join(b.shared, "data/ogp/commitments-"+year+".csv")
		if _, err := os.Stat(table); errors.Is(err, fs.ErrNotExist) {
			return errSkipped("the tables are not here")
		}
		_, err := b.measure(p, append([]string{"import", "ogp", table, "--json"}, at...)...)
		var part *exec.ExitError // some rows wait for a person when a second edition comes
		if err != nil && !(errors.As(err, &part) && part.ExitCode() == 3) {
			return err
		}
	}
	u, err := b.measure(p, append([]string{"tags", "train", "--json"}, at...)...)
	if err != nil {
		return err
	}
	var done struct{ Rows, Bytes int }
	if err := json.Unmarshal([]byte(u.out), &done); err != nil || done.Rows < 2000 {
		return fmt.Errorf("it was trained on %d rows (%w)", done.Rows, err)
	}
	b.report("tags-train-2000"+p.suffix, u.wall.Seconds(), "s", 60, 30, fmt.Sprintf("%d rows, cpu %.3g s", done.Rows, u.cpu.Seconds()))
	b.report("tags-train-memory"+p.suffix, u.peak, "MB", 500, 300)
	b.report("tags-model-size"+p.suffix, float64(done.Bytes)/1e6, "MB", 8, 3)
	return b.suggest(p)
}

// suggest measures the shipped model on the short texts of 2017 and on those of 2024,
// which are seven times as long, and holds the slower rate against the promise.
func (b *bench) suggest(p place) error {
	worst := 0.0
	for _, year := range []string{"2017", "2024"} {
		seconds, err := b.suggestOn(year)
		if err != nil {
			return err
		}
		b.report("tags-suggest-2000-of-"+year+p.suffix, seconds, "s", 1, 0.5)
		worst = max(worst, seconds)
	}
	b.report("tags-suggest-2000"+p.suffix, worst, "s", 1, 0.5)
	return nil
}

// suggestOn tells how long 2,000 commitments of a table take on two cores, in seconds.
func (b *bench) suggestOn(year string) (float64, error) {
	path := filepath.Join(b.shared, "data/ogp/commitments-"+year+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		return 0, err
	}
	parsed, err := interchange.ParseOGP(interchange.BytesInput(path, data))
	if err != nil {
		return 0, err
	}
	rows := interchange.Tagged(parsed, line.Newest()).Rows
	model := tagging.Shipped().For(line.Newest())
	times := (suggestLeast + len(rows) - 1) / len(rows)
	var readers sync.WaitGroup
	began := time.Now()
	for half := range 2 {
		readers.Go(func() {
			for i := half; i < times*len(rows); i += 2 {
				r := rows[i%len(rows)]
				model.Suggest(r.Title, r.Text)
			}
		})
	}
	readers.Wait()
	return time.Since(began).Seconds() * 2000 / float64(times*len(rows)), nil
}
