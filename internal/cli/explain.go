package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"avow/internal/civic"
	"avow/internal/config"
)

// explain turns an error into one sentence that says what happened and what to do.
func (c *command) explain(err error) string {
	var told *civic.Error
	if errors.As(err, &told) {
		return c.say(told.Key, told.Args)
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
	case errors.Is(err, fs.ErrNotExist):
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

func pathOf(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Path
	}
	return fmt.Sprint(oneLine(err.Error()))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
