package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"

	"github.com/spf13/cobra"
)

// House is what main hands in: the constructors of the running program.
type House struct {
	// Open opens the database for the command line and refuses one that does not
	// fit its newest checkpoint. The caller closes it.
	Open func(context.Context, config.Config) (*app.App, io.Closer, error)

	// Change is Open for what makes no sense in an empty database: it refuses one
	// that is not there and makes nothing.
	Change func(context.Context, config.Config) (*app.App, io.Closer, error)

	// Read opens the database to look at it: it makes and changes nothing, and
	// refuses what Open refuses, and a database that is not there. The caller
	// closes it.
	Read func(context.Context, config.Config) (*app.App, io.Closer, error)

	// Rehearse is Open for a dry run: where there is no database yet it opens an
	// empty one that goes away when it is closed.
	Rehearse func(context.Context, config.Config) (*app.App, io.Closer, error)

	// Serve runs the server until the context ends. It writes its log to stderr.
	Serve func(ctx context.Context, c config.Config, words *i18n.Printer, stderr io.Writer) error

	// Verify recomputes the public record; progress may be nil.
	Verify func(ctx context.Context, c config.Config, progress func(done, total int64)) (Verification, error)

	// Routes returns the rows of the site map and the API map, ready for JSON. The
	// names in their samples are filled from what the database holds.
	Routes func(context.Context, config.Config) (any, error)

	// SetupAddress returns the address at which a setup token is used.
	SetupAddress func(c config.Config, lang, token string) string

	Version string
}

// Verification is what recomputing the public record gave.
type Verification struct {
	Origin  string
	Entries int64
	Root    string // base64
	Misfits []Misfit
	More    int // misfits beyond these

	// Checkpoint is what the record was compared with, nil when Place holds none.
	Checkpoint *Checkpoint
	Place      string
}

// Checkpoint is a state of the record that was signed.
type Checkpoint struct {
	Entries int64  `json:"entries"`
	Root    string `json:"root"` // base64
}

// Misfit is something in the database that does not fit the record. Entry is -1
// when it belongs to none.
type Misfit struct {
	Entry   int64
	Kind    string
	Subject string
	Table   string
	Column  string
	Key     string
	Args    map[string]any
}

// Terminal is where a command reads and writes.
type Terminal struct {
	Stdout, Stderr io.Writer
	Environ        []string
	Interactive    bool // stderr is a terminal
}

// Run runs one command and returns its exit code.
func Run(ctx context.Context, args []string, t Terminal, h House) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	c := &command{Terminal: t, house: h, words: i18n.For(language(t.Environ))}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(t.Stdout)
	root.SetErr(t.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return c.code
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		c.complain(c.words.T("cli.interrupted"))
		return ExitInterrupted
	}
	if !errors.Is(err, errSaid) {
		c.complain(c.explain(err))
	}
	if c.code == ExitDone {
		return ExitFailed
	}
	return c.code
}

// errSaid is a failure of which everything has been said.
var errSaid = errors.New("said")

// command is one run of the program.
type command struct {
	Terminal
	house  House
	words  *i18n.Printer
	flags  []config.Flag
	config string // --config
	code   int
}

// load reads the settings, with the flags of this run on top.
func (c *command) load(cmd *cobra.Command) (config.Config, error) {
	for _, name := range config.Names() {
		if f := cmd.Flags().Lookup(strings.ReplaceAll(name, "_", "-")); f != nil && f.Changed {
			c.flags = append(c.flags, config.Flag{Name: name, Value: f.Value.String()})
		}
	}
	return config.Load(c.flags, c.Environ, c.config)
}

// opening is how a command opens the database: Open, Change, Read or Rehearse of the house.
type opening func(context.Context, config.Config) (*app.App, io.Closer, error)

// open loads the settings and opens the database for a use case.
func (c *command) open(cmd *cobra.Command, how opening, use func(*app.App) error) error {
	cfg, err := c.load(cmd)
	if err != nil {
		return err
	}
	a, closer, err := how(cmd.Context(), cfg)
	if err != nil {
		return err
	}
	return errors.Join(use(a), closer.Close())
}

func (c *command) complain(sentence string) { fmt.Fprintln(c.Stderr, "avow: "+sentence) }

func (c *command) t(key string, args ...any) string { return c.words.T(key, args...) }

// language reads the language from the environment as POSIX says: LC_ALL over
// LC_MESSAGES over LANG; "fr_CA.UTF-8" is fr-CA.
func language(environ []string) string {
	env := map[string]string{}
	for _, line := range environ {
		k, v, _ := strings.Cut(line, "=")
		env[k] = v
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env[name]; v != "" {
			v, _, _ = strings.Cut(v, ".")
			v, _, _ = strings.Cut(v, "@")
			return strings.ReplaceAll(v, "_", "-")
		}
	}
	return i18n.English
}

// invalid is an argument that cannot be used.
func invalid(key string, args ...any) error {
	named := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		named[fmt.Sprint(args[i])] = args[i+1]
	}
	return &civic.Error{Kind: civic.Invalid, Key: key, Args: named}
}
