package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/interchange"

	"github.com/spf13/cobra"
)

// maxMap bounds a mapping file, in bytes.
const maxMap = 1 << 20

// report is an import's outcome as --json prints it.
type report struct {
	Format    string    `json:"format"`
	Rows      int       `json:"rows"`
	Created   int       `json:"created"`
	Updated   int       `json:"updated"`
	Unchanged int       `json:"unchanged"`
	Undecided int       `json:"undecided"`
	Refused   int       `json:"refused"`
	Vanished  int       `json:"vanished"`
	Reports   counts    `json:"reports"`
	Others    counts    `json:"others"` // of every other kind that our own format brings
	DryRun    bool      `json:"dry_run"`
	Taken     bool      `json:"taken"` // false: the counts say what would have happened
	Warnings  []warning `json:"warnings"`
	ElapsedMS int64     `json:"elapsed_ms"`
}

// counts are what became of the reports of progress of a source, or of other subjects.
type counts = app.ReportCounts

type warning struct {
	File    string `json:"file,omitempty"` // only where several files are read at once
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type importFlags struct {
	dryRun, strict, json bool
	mapping              string
}

func (c *command) importing() *cobra.Command {
	var o importFlags
	cmd := &cobra.Command{Use: "import FORMAT FILE…", Short: c.t("cli.short.import"),
		Long: c.t("cli.long.import", "formats", strings.Join(interchange.Formats, ", ")), Args: c.args(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.runImport(cmd, args[0], args[1:], o) }}
	f := c.dataFlag(cmd).Flags()
	f.BoolVar(&o.dryRun, "dry-run", false, c.t("cli.flag.dry_run"))
	f.BoolVar(&o.strict, "strict", false, c.t("cli.flag.strict"))
	f.BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	f.StringVar(&o.mapping, "map", "", c.t("cli.flag.map"))
	return cmd
}

func (c *command) runImport(cmd *cobra.Command, format string, files []string, o importFlags) error {
	req, err := c.importRequest(format, files, o)
	if err != nil {
		return c.failImport(format, o, err)
	}
	p := c.progress()
	req.Progress = p.at
	var done app.ImportReport
	how := c.house.Open
	if o.dryRun {
		how = c.house.Rehearse
	}
	err = c.open(cmd, how, func(a *app.App) error {
		var err error
		done, err = a.Import(cmd.Context(), civic.LocalOperator, req)
		return err
	})
	p.clear()
	if err != nil {
		return c.failImport(format, o, err)
	}
	c.code = importCode(done, o.strict)
	r := c.report(done, o.dryRun)
	if o.json {
		err = printJSON(c.Stdout, r, false)
	} else {
		err = c.printReport(r)
	}
	if c.code == ExitFailed {
		c.complain(c.t("cli.import.nothing_taken"))
	}
	return err
}

// importCode is the exit code of an import: 0 when every record was taken, 3
// when some were not, 1 when none was. A dry run has the code of the real run.
func importCode(r app.ImportReport, strict bool) int {
	left := r.Refused + r.Undecided
	switch {
	case left == 0:
		return ExitDone
	case strict || r.Created+r.Updated+r.Unchanged+r.Reports.New+r.Reports.Changed+r.Reports.Unchanged+r.Others.New+r.Others.Unchanged == 0:
		return ExitFailed
	}
	return ExitPart
}

func (c *command) importRequest(format string, files []string, o importFlags) (app.ImportRequest, error) {
	req := app.ImportRequest{Format: format, DryRun: o.dryRun, Strict: o.strict}
	if !slices.Contains(interchange.Formats, format) {
		return req, invalid("import.unknown_format", "format", format, "formats", strings.Join(interchange.Formats, ", "))
	}
	if (format == "table") != (o.mapping != "") {
		return req, invalid("cli.map_and_table")
	}
	if o.mapping != "" {
		in, err := fileInput(o.mapping)
		if err != nil {
			return req, err
		}
		if in.Size > maxMap {
			return req, invalid("cli.map_too_large", "path", o.mapping)
		}
		if req.Map, err = os.ReadFile(o.mapping); err != nil {
			return req, err
		}
	}
	for _, file := range files {
		in, err := fileInput(file)
		if err != nil {
			return req, err
		}
		req.Inputs = append(req.Inputs, in)
	}
	return req, nil
}

// fileInput describes a file on disk. A directory or a pipe is no source: a
// source is read more than once.
func fileInput(path string) (interchange.Input, error) {
	info, err := os.Stat(path)
	if err != nil {
		return interchange.Input{}, err
	}
	if !info.Mode().IsRegular() {
		return interchange.Input{}, invalid("cli.not_a_file", "path", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return interchange.Input{}, err
	}
	if err := f.Close(); err != nil {
		return interchange.Input{}, err
	}
	return interchange.Input{Name: filepath.Base(path), Size: info.Size(),
		Open: func() (interchange.ReadAtSeekCloser, error) { return os.Open(path) }}, nil
}

// failImport says why nothing was taken; with --json also as an object whose one
// warning is the error.
func (c *command) failImport(format string, o importFlags, err error) error {
	c.code = ExitFailed
	if !o.json {
		return err
	}
	w := warning{Code: "failed", Message: c.explain(err)}
	var told *civic.Error
	switch {
	case errors.As(err, &told):
		w.Code, w.Message = strings.TrimPrefix(told.Key, "import."), c.say(told.Key, told.Args)
		w.Row, w.Column = placeOf(told.Args)
	case errors.Is(err, context.Canceled):
		w.Code, w.Message = "interrupted", c.t("cli.interrupted")
	case errors.Is(err, fs.ErrNotExist):
		w.Code = "no_file"
	}
	return errors.Join(printJSON(c.Stdout, report{Format: format, DryRun: o.dryRun, Warnings: []warning{w}}, false), err)
}

// placeOf finds the row and column among the words of an error.
func placeOf(args map[string]any) (row int, column string) {
	for k, v := range args {
		switch strings.ToLower(k) {
		case "row":
			row, _ = v.(int)
		case "column":
			column, _ = v.(string)
		}
	}
	return row, column
}

func (c *command) report(r app.ImportReport, dryRun bool) report {
	out := report{r.Format, r.Rows, r.Created, r.Updated, r.Unchanged, r.Undecided, r.Refused, r.Vanished, r.Reports, r.Others, dryRun, r.Taken,
		make([]warning, len(r.Warnings)), r.Elapsed.Milliseconds()}
	for i, w := range r.Warnings {
		out.Warnings[i] = warning{w.File, w.Row, w.Column, w.Code, c.say(w.MessageKey(), w.Args)}
	}
	return out
}

// printReport writes the warnings, one a line, and then the counts.
func (c *command) printReport(r report) error {
	var b strings.Builder
	for _, w := range r.Warnings {
		if w.File != "" {
			b.WriteString(oneLine(w.File) + ": ")
		}
		switch {
		case w.Row > 0 && w.Column != "":
			b.WriteString(c.t("cli.import.cell", "row", w.Row, "column", oneLine(w.Column), "code", w.Code, "message", w.Message))
		case w.Row > 0:
			b.WriteString(c.t("cli.import.row", "row", w.Row, "code", w.Code, "message", w.Message))
		default:
			b.WriteString(c.t("cli.import.file", "code", w.Code, "message", w.Message))
		}
		b.WriteByte('\n')
	}
	if len(r.Warnings) > 0 {
		b.WriteByte('\n')
	}
	for _, line := range []struct {
		key string
		n   int
	}{
		{"rows", r.Rows}, {"created", r.Created}, {"updated", r.Updated}, {"unchanged", r.Unchanged},
		{"undecided", r.Undecided}, {"refused", r.Refused}, {"vanished", r.Vanished}, {"warnings", len(r.Warnings)},
	} {
		fmt.Fprintf(&b, "%8s  %s\n", c.words.Number(line.n), c.words.N("cli.count."+line.key, line.n))
	}
	if n := r.Reports.New + r.Reports.Changed; n > 0 {
		fmt.Fprintf(&b, "%8s  %s\n", c.words.Number(n), c.words.N("cli.count.reports", n))
	}
	if r.Others.New > 0 {
		fmt.Fprintf(&b, "%8s  %s\n", c.words.Number(r.Others.New), c.words.N("cli.count.others", r.Others.New))
	}
	if r.DryRun {
		b.WriteString(c.t("cli.import.dry_run") + "\n")
	}
	_, err := fmt.Fprint(c.Stdout, b.String())
	return err
}
