package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use: "avow", Short: c.t("cli.short.avow"), SilenceErrors: true, SilenceUsage: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return invalid("cli.unknown_command", "command", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { c.help(cmd, c.Stdout) })
	root.SetUsageFunc(func(cmd *cobra.Command) error { c.help(cmd, c.Stderr); return nil })
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return invalid("cli.usage", "cause", oneLine(err.Error()), "command", cmd.CommandPath())
	})
	root.PersistentFlags().StringVar(&c.config, "config", "", c.t("cli.flag.config"))
	root.PersistentFlags().BoolP("help", "h", false, c.t("cli.flag.help"))
	root.AddCommand(c.serve(), c.setupLink(), c.importing(), c.exporting(), c.ledger(), c.check(), c.correct(), c.reports(), c.tags(), c.routes(), c.version())
	return root
}

// args takes between least and most arguments; most below 0 sets no bound.
func (c *command) args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return invalid("cli.arguments", "usage", cmd.UseLine())
		}
		return nil
	}
}

// dataFlag adds --data. Its value is read from the flag set by load.
func (c *command) dataFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().String("data", "", c.t("cli.flag.data"))
	return cmd
}

func (c *command) version() *cobra.Command {
	return &cobra.Command{Use: "version", Short: c.t("cli.short.version"), Args: c.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(c.Stdout, "avow "+c.house.Version)
			return err
		}}
}

func (c *command) routes() *cobra.Command {
	cmd := &cobra.Command{Use: "routes", Short: c.t("cli.short.routes"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := c.load(cmd)
			if err != nil {
				return err
			}
			rows, err := c.house.Routes(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			return printJSON(c.Stdout, rows, true)
		}}
	c.dataFlag(cmd).Flags().Bool("json", true, c.t("cli.flag.json"))
	return cmd
}

func printJSON(w io.Writer, v any, pretty bool) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if pretty {
		e.SetIndent("", " ")
	}
	return e.Encode(v)
}

// help writes what a command is for, its parts and its flags.
func (c *command) help(cmd *cobra.Command, w io.Writer) {
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n", cmd.Short, c.t("cli.help.usage"), strings.TrimSuffix(cmd.UseLine(), " [flags]"))
	if cmd.Long != "" {
		fmt.Fprintf(w, "\n%s\n", cmd.Long)
	}
	var parts [][2]string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			parts = append(parts, [2]string{sub.Use, sub.Short})
		}
	}
	column(w, c.t("cli.help.commands"), parts)
	var flags [][2]string
	add := func(f *pflag.Flag) {
		name := "--" + f.Name
		if f.Value.Type() != "bool" {
			name += " " + strings.ToUpper(f.Name)
		}
		flags = append(flags, [2]string{name, f.Usage})
	}
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	column(w, c.t("cli.help.flags"), flags)
}

func column(w io.Writer, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, len([]rune(r[0])))
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range rows {
		fmt.Fprintf(w, "  %s%s  %s\n", r[0], strings.Repeat(" ", width-len([]rune(r[0]))), r[1])
	}
}
