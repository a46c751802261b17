package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/spf13/cobra"
)

// exportFormats are the formats of export, in the order in which help names them.
var exportFormats = []string{"ogp", "csv", "jsonl", "xlsx"}

func (c *command) exporting() *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "export FORMAT", Short: c.t("cli.short.export"),
		Long: c.t("cli.long.export", "formats", strings.Join(exportFormats, ", ")), Args: c.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(exportFormats, args[0]) {
				return invalid("cli.unknown_export", "format", args[0], "formats", strings.Join(exportFormats, ", "))
			}
			return c.open(cmd, c.house.Read, func(a *app.App) error {
				if err := makeFolder(out); err != nil {
					return err
				}
				if args[0] == "ogp" {
					return c.exportOGP(cmd.Context(), a, out)
				}
				return c.exportOne(cmd.Context(), a, args[0], out)
			})
		}}
	c.dataFlag(cmd).Flags().StringVar(&out, "out", "", c.t("cli.flag.out"))
	return cmd
}

// exportOne writes a format that is one file.
func (c *command) exportOne(ctx context.Context, a *app.App, format, out string) error {
	if isFolder(out) {
		out = filepath.Join(out, "commitments."+format)
	}
	return c.writeTo(ctx, out, func(w io.Writer) error {
		if format == "jsonl" {
			return a.ExportSubjects(ctx, w)
		}
		return a.ExportCommitments(ctx, format, app.CommitmentFilter{}, w)
	})
}

// exportOGP writes one file for each edition held, and says how many commitments
// come from elsewhere and are in none of them.
func (c *command) exportOGP(ctx context.Context, a *app.App, out string) error {
	editions, elsewhere, err := a.OGPEditions(ctx)
	if err != nil {
		return err
	}
	if len(editions) == 0 {
		return invalid("cli.no_edition")
	}
	if out == "" && len(editions) > 1 {
		return invalid("cli.out_needed", "editions", names(editions))
	}
	for _, ed := range editions {
		path := editionPath(out, ed, len(editions))
		format := "csv"
		if strings.EqualFold(filepath.Ext(path), ".xlsx") {
			format = "xlsx"
		}
		err := c.writeTo(ctx, path, func(w io.Writer) error { return a.ExportOGP(ctx, ed, format, w) })
		if err != nil {
			return err
		}
	}
	if elsewhere > 0 {
		c.complain(c.words.N("cli.export.elsewhere", elsewhere))
	}
	return nil
}

func names(editions []civic.Edition) []string {
	out := make([]string, len(editions))
	for i, e := range editions {
		out[i] = string(e)
	}
	return out
}

// editionPath is the file of an edition: commitments-2024.csv in a folder; the
// file itself when it is the only edition; else FILE-2024.csv.
func editionPath(out string, ed civic.Edition, editions int) string {
	year := strings.TrimPrefix(string(ed), "ogp-")
	switch {
	case out == "":
		return ""
	case isFolder(out):
		return filepath.Join(out, "commitments-"+year+".csv")
	case editions == 1:
		return out
	}
	ext := filepath.Ext(out)
	return strings.TrimSuffix(out, ext) + "-" + year + ext
}

// isFolder reports whether a path means a folder: it is one, or ends like one.
func isFolder(path string) bool {
	if path == "" {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || strings.HasSuffix(path, "/") || os.IsPathSeparator(path[len(path)-1])
}

// makeFolder makes the folder that a path ending in a slash asks for.
func makeFolder(out string) error {
	if !isFolder(out) {
		return nil
	}
	return os.MkdirAll(out, 0o755)
}

// noFolder names the folder instead of the file that was to be made there.
func noFolder(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return invalid("cli.no_folder", "path", filepath.Dir(path))
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return &fs.PathError{Op: p.Op, Path: filepath.Dir(path), Err: p.Err}
	}
	return err
}

// called gives the file its own name in an error, instead of its name while it was written.
func called(path, temporary string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) && p.Path == temporary {
		return &fs.PathError{Op: p.Op, Path: path, Err: p.Err}
	}
	return err
}

// writeTo writes to stdout when path is empty; else to a new file beside path
// that takes its place only when it is whole and on the disk.
func (c *command) writeTo(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	p := c.progress()
	defer p.clear()
	if path == "" {
		b := bufio.NewWriterSize(c.Stdout, 64<<10)
		return errors.Join(write(&cancelled{ctx, &counted{b, p, 0}}), b.Flush())
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInto(ctx, path, p, write)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return noFolder(path, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close() // it goes away anyhow
			_ = os.Remove(f.Name())
			err = called(path, f.Name(), err)
		}
	}()
	b := bufio.NewWriterSize(f, 256<<10)
	if err := write(&cancelled{ctx, &counted{b, p, 0}}); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("put %s in place: %w", path, err)
	}
	return nil
}

// writeInto writes to a device or a pipe, which nothing may take the place of.
func writeInto(ctx context.Context, path string, p *progress, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 64<<10)
	return errors.Join(write(&cancelled{ctx, &counted{b, p, 0}}), b.Flush(), f.Close())
}

// cancelled stops a long write when the person interrupts it.
type cancelled struct {
	ctx context.Context
	w   io.Writer
}

func (c *cancelled) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}

// counted draws the kilobytes written.
type counted struct {
	w io.Writer
	p *progress
	n int
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += n
	c.p.at("export", c.n>>10, 0)
	return n, err
}
