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
	now   func() time.Time // the clock of everything that answers; tests set their own
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
	k := &keeper{store: st, log: log, now: now}
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

// guard refuses a record that does not fit its files, and makes those that are missing.
func (k *keeper) guard(ctx context.Context, c config.Config) error {
	// Looked at first without making anything: files for the wrong log would make
	// it look right the next time.
	origin, err := k.find(ctx, c)
	if err != nil {
		return err
	}
	files, _, err := recordfile.Open(c.Data, origin)
	if err != nil {
		return err
	}
	k.files = files
	if err := k.consistent(ctx); err != nil {
		return err
	}
	if former, err := files.Checkpoint(); err != nil || former != nil {
		return err
	}
	return k.sign(ctx) // the log is empty: a crash came between its key and its first checkpoint
}

// find looks for the files of the record, without making any, and returns the
// name of its log. It refuses those of another log.
func (k *keeper) find(ctx context.Context, c config.Config) (origin string, err error) {
	head, err := k.store.Head(ctx)
	if err != nil {
		return "", err
	}
	files, foreign, err := recordfile.OpenReadOnly(c.Data, head.Origin)
	if err != nil {
		return "", err
	}
	if foreign && c.DatabaseURL == "" {
		return "", &civic.Error{Kind: civic.Unavailable, Key: store.KeyOtherLog, Args: map[string]any{"Place": c.Record()}}
	}
	k.files = files
	return head.Origin, nil
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
	return app.New(k.store, app.Options{Now: k.now, AfterCommit: k.afterCommit})
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

// Change is Open where there is a database already; where there is none it makes none.
func Change(ctx context.Context, c config.Config) (*app.App, io.Closer, error) {
	if err := there(ctx, c); err != nil {
		return nil, nil, err
	}
	return Open(ctx, c)
}

// there returns an error when there is no database yet, and no other one.
func there(ctx context.Context, c config.Config) error {
	o := storeOptions(c)
	o.ReadOnly = true
	st, err := store.Open(ctx, o)
	if err == nil {
		err = st.Close()
	}
	var told *civic.Error
	if errors.As(err, &told) && told.Key == store.KeyNoDatabase {
		return err
	}
	return nil // whatever else is wrong, Open says
}

// Read opens the database to look at it. It makes and changes nothing, and
// refuses a record that does not continue its newest checkpoint.
func Read(ctx context.Context, c config.Config) (*app.App, io.Closer, error) {
	o := storeOptions(c)
	o.ReadOnly = true
	st, err := store.Open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	k := &keeper{store: st, log: logger(c, os.Stderr), now: now}
	if _, err = k.find(ctx, c); err == nil {
		err = k.consistent(ctx)
	}
	if err != nil {
		_ = st.Close() // the first error is the one to tell
		return nil, nil, err
	}
	return app.New(st, app.Options{Now: now}), k, nil
}

// Rehearse opens the database for a dry run. Where there is none yet it works on
// an empty one in a folder of its own, which goes away when it is closed.
func Rehearse(ctx context.Context, c config.Config) (*app.App, io.Closer, error) {
	if there(ctx, c) == nil {
		return Open(ctx, c)
	}
	var err error
	if c.Data, err = os.MkdirTemp("", "avow-"); err != nil {
		return nil, nil, err
	}
	c.DatabaseURL = ""
	a, k, err := Open(ctx, c)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(c.Data))
	}
	return a, scratch{k, c.Data}, nil
}

// scratch is an open database that is not kept.
type scratch struct {
	io.Closer
	dir string
}

func (s scratch) Close() error { return errors.Join(s.Closer.Close(), os.RemoveAll(s.dir)) }

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
