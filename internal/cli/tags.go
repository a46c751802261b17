package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"

	"github.com/spf13/cobra"
)

func (c *command) tags() *cobra.Command {
	parent := &cobra.Command{Use: "tags", Short: c.t("cli.short.tags"), Args: c.noSuchPart,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	parent.AddCommand(c.tagsApply(), c.tagsShow(), c.tagsTurn("undo", "cli.short.tags_undo", "cli.tags.undo", (*app.App).UndoTags),
		c.tagsTurn("redo", "cli.short.tags_redo", "cli.tags.redo", (*app.App).RedoTags), c.tagsExport(), c.tagsTrain(), c.tagsEvaluate(), c.tagsSuggest())
	return parent
}

// tagFlags are the flags of the commands on change sets.
type tagFlags struct {
	dryRun, json bool
	settings     settingsFlag
	reason       string
}

// settingsFlag is how settings are decided: "name=value,name=value", each once.
type settingsFlag map[string]string

func (s *settingsFlag) Type() string   { return "name=value" }
func (s *settingsFlag) String() string { return "" }

// Set reads one value of the flag.
func (s *settingsFlag) Set(value string) error {
	for part := range strings.SplitSeq(value, ",") {
		name, decided, ok := strings.Cut(part, "=")
		if _, twice := (*s)[name]; twice || !ok || name == "" {
			return fmt.Errorf("%q", part)
		}
		if *s == nil {
			*s = settingsFlag{}
		}
		(*s)[name] = decided
	}
	return nil
}

// tagsOutcome is what a change set does, as --json prints it.
type tagsOutcome struct {
	Set         string            `json:"set"`
	DryRun      bool              `json:"dry_run"`
	Version     int               `json:"version,omitempty"` // of the taxonomy
	Settings    map[string]string `json:"settings,omitempty"`
	Commitments int               `json:"commitments"` // touched by any of the changes, each once
	Members     int               `json:"members"`
	Person      int               `json:"need_a_person"` // commitments
	Persons     []string          `json:"persons"`       // these
	Changes     []tagEffect       `json:"changes"`
	Counts      []tagShift        `json:"counts"`
}

type tagEffect struct {
	Place       int             `json:"place"`
	Op          taxonomy.Op     `json:"op"`
	Tag         taxonomy.ID     `json:"tag"`
	Commitments int             `json:"commitments"`
	Members     int             `json:"members"`
	Person      int             `json:"need_a_person"`
	Persons     []string        `json:"persons"`
	Change      taxonomy.Change `json:"change"`
}

type tagShift struct {
	Tag    taxonomy.ID    `json:"tag"`
	Before taxonomy.Count `json:"before"`
	After  taxonomy.Count `json:"after"`
}

func (c *command) tagsApply() *cobra.Command {
	var o tagFlags
	cmd := &cobra.Command{Use: "apply CHANGESET|FILE|-", Short: c.t("cli.short.tags_apply"), Args: c.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := changeSet(args[0], o.settings)
			if err != nil {
				return err
			}
			how := c.house.Open
			if o.dryRun {
				how = c.house.Read
			}
			var done app.TagOutlook
			err = c.open(cmd, how, func(a *app.App) error {
				if o.dryRun {
					done, err = a.TryTags(cmd.Context(), set)
				} else {
					done, err = a.ApplyTags(cmd.Context(), civic.Operator(), set)
				}
				return err
			})
			if err != nil {
				return err
			}
			return c.printTags(set, done, o)
		}}
	f := c.dataFlag(cmd).Flags()
	f.BoolVar(&o.dryRun, "dry-run", false, c.t("cli.flag.dry_run"))
	f.BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	f.Var(&o.settings, "set", c.t("cli.flag.settings"))
	return cmd
}

// mostRefs is how many commitments that need a person are printed for reading.
const mostRefs = 20

// changeSet finds a change set: one that is part of the program, a file, or with "-" what
// comes in.
func changeSet(name string, settings map[string]string) (taxonomy.Set, error) {
	set, err := taxonomy.ShippedSet(name)
	if err != nil {
		f, openErr := os.Stdin, error(nil)
		if name != "-" {
			f, openErr = os.Open(name)
		}
		switch {
		case errors.Is(openErr, fs.ErrNotExist):
			return taxonomy.Set{}, err
		case openErr != nil:
			return taxonomy.Set{}, openErr
		}
		defer f.Close()
		if set, err = taxonomy.ReadSet(f); err != nil {
			return taxonomy.Set{}, err
		}
	}
	return set.Choose(settings)
}

func (c *command) printTags(set taxonomy.Set, done app.TagOutlook, o tagFlags) error {
	out := tagsOutcome{Set: set.Name, DryRun: o.dryRun, Version: done.Version, Settings: set.About.Settings, Commitments: done.Commitments,
		Members: done.Members, Person: len(done.Person), Persons: done.Refs(done.Person), Changes: []tagEffect{}, Counts: []tagShift{}}
	for i, e := range done.Effects {
		out.Changes = append(out.Changes, tagEffect{i + 1, e.Change.Op, done.Changes[i].Tag, e.Commitments, e.Members, len(e.Person), done.Refs(e.Person), done.Changes[i]})
	}
	for _, s := range done.Counts {
		out.Counts = append(out.Counts, tagShift{s.Tag, s.Before, s.After})
	}
	if o.json {
		return printJSON(c.Stdout, out, false)
	}
	var b strings.Builder
	for _, e := range out.Changes {
		fmt.Fprintf(&b, "%3d. %s %s: %s\n", e.Place, c.t(e.Op.Key()), e.Tag,
			c.t("cli.tags.touches", "commitments", e.Commitments, "members", e.Members, "person", e.Person))
	}
	fmt.Fprintf(&b, "\n%s\n", c.t("cli.tags.touches", "commitments", out.Commitments, "members", out.Members, "person", out.Person))
	for _, s := range out.Counts {
		fmt.Fprintln(&b, c.t("cli.tags.shift", "tag", string(s.Tag), "before", s.Before.Rolled, "after", s.After.Rolled,
			"direct_before", s.Before.Direct, "direct_after", s.After.Direct))
	}
	if n := min(len(out.Persons), mostRefs); n > 0 {
		fmt.Fprintln(&b, c.t("cli.tags.persons", "list", strings.Join(out.Persons[:n], " ")))
		if more := len(out.Persons) - n; more > 0 {
			fmt.Fprintln(&b, c.t("cli.tags.persons.more", "count", more))
		}
	}
	if o.dryRun {
		b.WriteString(c.t("cli.import.dry_run") + "\n")
	} else {
		b.WriteString(c.t("cli.tags.applied", "set", set.Name, "version", out.Version) + "\n")
	}
	_, err := fmt.Fprint(c.Stdout, b.String())
	return err
}

// tagsTurn undoes or redoes a change set.
func (c *command) tagsTurn(verb, short, done string, turn func(*app.App, context.Context, civic.Caller, string, civic.Text) error) *cobra.Command {
	var o tagFlags
	cmd := &cobra.Command{Use: verb + " CHANGESET", Short: c.t(short), Args: c.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var why civic.Text
			if o.reason != "" {
				why = civic.Text{{Lang: c.words.Code, Text: o.reason}}
			}
			err := c.open(cmd, c.house.Change, func(a *app.App) error { return turn(a, cmd.Context(), civic.Operator(), args[0], why) })
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.Stdout, c.t(done, "set", args[0]))
			return err
		}}
	c.dataFlag(cmd).Flags().StringVar(&o.reason, "reason", "", c.t("cli.flag.reason"))
	return cmd
}

// tagsExport writes the taxonomy as SKOS or as CSV.
func (c *command) tagsExport() *cobra.Command {
	var out string
	cmd := &cobra.Command{Use: "export skos|csv", Short: c.t("cli.short.tags_export"), Args: c.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, ok := map[string]string{"skos": "ttl", "csv": "csv"}[args[0]]
			if !ok {
				return invalid("cli.arguments", "usage", cmd.UseLine())
			}
			cfg, err := c.load(cmd)
			if err != nil {
				return err
			}
			return c.open(cmd, c.house.Read, func(a *app.App) error {
				write := func(w io.Writer) error { return a.ExportTaxonomy(cmd.Context(), format, cfg.BaseURL, w) }
				if out == "" {
					return write(c.Stdout)
				}
				return c.writeTo(cmd.Context(), out, write)
			})
		}}
	c.dataFlag(cmd).Flags().StringVar(&out, "out", "", c.t("cli.flag.out"))
	return cmd
}
