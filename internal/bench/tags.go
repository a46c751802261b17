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

// suggestTimes is how often the texts of a table are read while the rate is measured.
const suggestTimes = 4

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

func (b *bench) suggest(p place) error {
	path := filepath.Join(b.shared, "data/ogp/commitments-2017.csv")
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		return err
	}
	parsed, err := interchange.ParseOGP(interchange.BytesInput(path, data))
	if err != nil {
		return err
	}
	rows := interchange.Tagged(parsed, line.Newest()).Rows
	model := tagging.Shipped().For(line.Newest())
	var readers sync.WaitGroup
	began := time.Now()
	for half := range 2 {
		readers.Go(func() {
			for i := half; i < suggestTimes*len(rows); i += 2 {
				r := rows[i%len(rows)]
				model.Suggest(r.Title, r.Text)
			}
		})
	}
	readers.Wait()
	took := time.Since(began).Seconds()
	b.report("tags-suggest-2000"+p.suffix, took*2000/float64(suggestTimes*len(rows)), "s", 1, 0.5)
	return nil
}
