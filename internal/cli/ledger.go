package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

type verified struct {
	OK      bool         `json:"ok"`
	Entries int64        `json:"entries"`
	Root    string       `json:"root"`
	Origin  string       `json:"origin"`
	Misfits []misfitJSON `json:"misfits"`
	More    int          `json:"more"`

	// Checkpoint is null when there was none to compare with.
	Checkpoint *Checkpoint `json:"checkpoint"`
}

type misfitJSON struct {
	Entry   int64  `json:"entry"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Table   string `json:"table"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (c *command) ledger() *cobra.Command {
	parent := &cobra.Command{Use: "ledger", Short: c.t("cli.short.ledger"), Args: c.noSuchPart,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var asJSON bool
	verify := &cobra.Command{Use: "verify", Short: c.t("cli.short.ledger_verify"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.verify(cmd, asJSON) }}
	c.dataFlag(verify).Flags().BoolVar(&asJSON, "json", false, c.t("cli.flag.json"))
	parent.AddCommand(verify)
	return parent
}

func (c *command) noSuchPart(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return invalid("cli.unknown_command", "command", cmd.Name()+" "+args[0])
	}
	return nil
}

func (c *command) verify(cmd *cobra.Command, asJSON bool) error {
	cfg, err := c.load(cmd)
	if err != nil {
		return err
	}
	p := c.progress()
	v, err := c.house.Verify(cmd.Context(), cfg, func(done, total int64) { p.at("verify", int(done), int(total)) })
	p.clear()
	if err != nil {
		return err
	}
	out := verified{OK: len(v.Misfits) == 0, Entries: v.Entries, Root: v.Root, Origin: v.Origin, Misfits: make([]misfitJSON, len(v.Misfits)), More: v.More,
		Checkpoint: v.Checkpoint}
	for i, m := range v.Misfits {
		out.Misfits[i] = misfitJSON{m.Entry, m.Kind, m.Subject, m.Table, m.Column, m.Key, c.say(m.Key, m.Args)}
	}
	if !out.OK {
		c.code = ExitFailed
	}
	if asJSON {
		return printJSON(c.Stdout, out, false)
	}
	return c.printVerified(out, v.Place)
}

// printVerified writes the words entries and root untranslated: scripts read them.
func (c *command) printVerified(v verified, place string) error {
	fmt.Fprintf(c.Stdout, "entries %d\nroot %s\norigin %s\n", v.Entries, v.Root, v.Origin)
	for _, m := range v.Misfits {
		at := ""
		if m.Entry >= 0 {
			at = fmt.Sprintf("entry %d ", m.Entry)
		}
		for _, part := range []string{m.Kind, m.Subject, m.Table, m.Column} {
			if part != "" {
				at += part + " "
			}
		}
		fmt.Fprintf(c.Stdout, "%s– %s\n", at, m.Message)
	}
	if v.More > 0 {
		fmt.Fprintln(c.Stdout, c.words.N("cli.verify.more", v.More))
	}
	if v.OK && v.Checkpoint == nil {
		_, err := fmt.Fprintln(c.Stdout, c.t("cli.verify.no_checkpoint", "place", place))
		return err
	}
	if v.OK {
		_, err := fmt.Fprintln(c.Stdout, c.t("cli.verify.ok"))
		return err
	}
	c.complain(c.t("cli.verify.misfit"))
	return nil
}
