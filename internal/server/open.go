package server

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"
	"avow/internal/ledger"
	"avow/internal/store"
	"avow/internal/store/recordfile"
)

// keeper holds an open database together with the files that guard its record.
type keeper struct {
	store *store.Store
	files *recordfile.Folder
	log   *slog.Logger
}

// keep opens the database and the files of its record, and refuses a record that
// is smaller than its newest checkpoint, or different from it.
func keep(ctx context.Context, c config.Config, log *slog.Logger) (*keeper, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, storeOptions(c))
	if err != nil {
		return nil, err
	}
	k := &keeper{store: st, log: log}
	if err := k.guard(ctx, c); err != nil {
		_ = st.Close() // the first error is the one to tell
		return nil, err
	}
	return k, nil
}

func storeOptions(c config.Config) store.Options {
	if c.DatabaseURL != "" {
		return store.Options{URL: c.DatabaseURL}
	}
	return store.Options{Path: c.Database()}
}

func (k *keeper) guard(ctx context.Context, c config.Config) error {
	head, err := k.store.Head(ctx)
	if err != nil {
		return err
	}
	// Looked at first without making anything: files for the wrong log would make
	// it look right the next time.
	_, foreign, err := recordfile.OpenReadOnly(c.Data, head.Origin)
	if err != nil {
		return err
	}
	if foreign && c.DatabaseURL == "" {
		return &civic.Error{Kind: civic.Unavailable, Key: store.KeyOtherLog, Args: map[string]any{"Place": c.Record()}}
	}
	files, _, err := recordfile.Open(c.Data, head.Origin)
	if err != nil {
		return err
	}
	k.files = files
	return k.consistent(ctx)
}

// consistent compares the record with its newest checkpoint.
func (k *keeper) consistent(ctx context.Context) error {
	cp, err := k.files.Checkpoint()
	if err != nil {
		return err
	}
	return k.continues(ctx, cp)
}

// continues reports whether the record continues a checkpoint. It may have
// entries without one only where it has no key either.
func (k *keeper) continues(ctx context.Context, former *ledger.Checkpoint) error {
	if former != nil {
		return k.store.CheckAgainst(ctx, *former)
	}
	head, err := k.store.Head(ctx)
	if err != nil {
		return err
	}
	return k.files.Unguarded(head.Size)
}

// sign writes a checkpoint of the newest state when the record has grown, and
// refuses a record that does not continue the former one. It works on after the
// request or command that made the record grow was cancelled.
func (k *keeper) sign(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	// Read before the record: of another process this one may see a newer record
	// than checkpoint, but never the other way round.
	former, err := k.files.Checkpoint()
	if err != nil {
		return err
	}
	head, err := k.store.Head(ctx)
	if err != nil {
		return err
	}
	next := ledger.Checkpoint{Origin: head.Origin, Size: head.Size, Root: head.Root}
	if former != nil && *former == next {
		return nil
	}
	if err := k.continues(ctx, former); err != nil {
		return err
	}
	return k.files.Write(next)
}

// notSigned tells the operator why there is no new checkpoint: as an error when
// the record is not the one that was signed before, or its files are not right.
func (k *keeper) notSigned(ctx context.Context, err error) {
	var refused *civic.Error
	if errors.As(err, &refused) && strings.HasPrefix(refused.Key, "record.") {
		k.log.ErrorContext(ctx, "the record is not signed", "code", refused.Key, "error", err.Error())
		return
	}
	k.log.WarnContext(ctx, "checkpoint not written", "error", err.Error())
}

// afterCommit signs at once. A checkpoint that cannot be written is not an error
// of the change, which is in the record already; the next one covers it.
func (k *keeper) afterCommit(ctx context.Context) error {
	if err := k.sign(ctx); err != nil {
		k.notSigned(ctx, err)
	}
	return nil
}

func (k *keeper) app() *app.App {
	return app.New(k.store, app.Options{Now: now, AfterCommit: k.afterCommit})
}

func now() time.Time { return time.Now() }

// Close closes the database.
func (k *keeper) Close() error { return k.store.Close() }

// commandGarbage is the share of live memory that a command lets grow before it
// collects, in percent: an import holds its whole source, and twice that is much.
const commandGarbage = 50

// Open opens the database for the command line.
func Open(ctx context.Context, c config.Config) (*app.App, io.Closer, error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(commandGarbage)
	}
	k, err := keep(ctx, c, logger(c, os.Stderr))
	if err != nil {
		return nil, nil, err
	}
	return k.app(), k, nil
}

func logger(c config.Config, w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // config has checked it
	o := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// words loads the catalogues, with the operator's own on top.
func words(c config.Config) (*i18n.Set, error) {
	o := i18n.Options{Pseudo: c.Pseudo}
	if c.Languages != "" {
		if _, err := os.Stat(c.Languages); err != nil {
			return nil, err
		}
		o.Extra = os.DirFS(c.Languages).(fs.FS)
	}
	return i18n.Load(o)
}

// Version names this build: the version of a release, else the commit.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value[:min(12, len(s.Value))]
		}
	}
	if v == "" || v == "(devel)" {
		return "development"
	}
	return v
}
