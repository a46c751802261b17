package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"unicode"

	"avow/internal/civic"
	"avow/internal/config"
)

// explain turns an error into a sentence that says what happened and what to do; several
// faults of one input are a line each.
func (c *command) explain(err error) string {
	var several civic.Errors
	if errors.As(err, &several) && len(several) > 1 {
		var lines []string
		for _, e := range several {
			lines = append(lines, c.placed(e.Key, e.Args))
		}
		return strings.Join(lines, "\n")
	}
	var told *civic.Error
	if errors.As(err, &told) {
		return c.placed(told.Key, told.Args)
	}
	var setting *config.Problem
	if errors.As(err, &setting) {
		return c.say(setting.Key, setting.Args)
	}
	for _, known := range []struct {
		err syscall.Errno
		key string
	}{
		{syscall.EADDRINUSE, "cli.port_in_use"},
		{syscall.ENOSPC, "cli.disk_full"},
		{syscall.EDQUOT, "cli.disk_full"},
		{syscall.EROFS, "cli.read_only"},
	} {
		if errors.Is(err, known.err) {
			return c.t(known.key, "path", pathOf(err))
		}
	}
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return c.t("cli.not_a_folder", "path", pathOf(err))
	case errors.Is(err, syscall.EISDIR):
		return c.t("cli.a_folder", "path", pathOf(err))
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ELOOP), errors.Is(err, syscall.ENAMETOOLONG):
		return c.t("cli.no_file", "path", pathOf(err))
	case errors.Is(err, fs.ErrPermission):
		return c.t("cli.no_permission", "path", pathOf(err))
	}
	return c.t("cli.unexpected", "cause", oneLine(err.Error()))
}

// say fills a message from the arguments of an error, whose names may be in any case.
func (c *command) say(key string, args map[string]any) string {
	named := make(map[string]any, len(args))
	for k, v := range args {
		named[strings.ToLower(k)] = v
	}
	return oneLine(c.words.TMap(key, named))
}

// placed is say with the row and the column that a fault of a file has.
func (c *command) placed(key string, args map[string]any) string {
	message := c.say(key, args)
	code, ok := strings.CutPrefix(key, "import.")
	row, column := placeOf(args)
	switch {
	case !ok || row <= 0:
		return message
	case column == "":
		return c.t("cli.import.row", "row", row, "code", code, "message", message)
	}
	return c.t("cli.import.cell", "row", row, "column", oneLine(column), "code", code, "message", message)
}

func pathOf(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Path
	}
	return fmt.Sprint(oneLine(err.Error()))
}

// oneLine makes a text fit to be printed: white space is single blanks, and no
// control character of a source reaches the terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
}
