package cli

import (
	"fmt"
	"strings"

	"avow/internal/app"

	"github.com/spf13/cobra"
)

type starCheck struct {
	Edition string   `json:"edition"`
	Rule    string   `json:"rule"`
	Product string   `json:"product"`
	Flags   int      `json:"flags"`
	Agree   int      `json:"agree"`
	Differ  []string `json:"differ"`
}

func (c *command) check() *cobra.Command {
	parent := &cobra.Command{Use: "check", Short: c.t("cli.short.check"), Args: c.noSuchPart,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var asJSON bool
	stars := &cobra.Command{Use: "stars", Short: c.t("cli.short.check_stars"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.open(cmd, c.house.Read, func(a *app.App) error {
				checks, err := a.CheckStars(cmd.Context())
				if err != nil {
					return err
				}
				return c.printStars(checks, asJSON)
			})
		}}
	c.dataFlag(stars).Flags().BoolVar(&asJSON, "json", false, c.t("cli.flag.json"))
	parent.AddCommand(stars)
	return parent
}

// printStars gives the figures. A flag that differs from its rule is a finding
// about the table and no failure of the check.
func (c *command) printStars(checks []app.StarCheck, asJSON bool) error {
	out := make([]starCheck, len(checks))
	for i, s := range checks {
		out[i] = starCheck{string(s.Edition), s.Rule, string(s.Product), s.Flags, s.Agree, append([]string{}, s.Differ...)}
	}
	if asJSON {
		return printJSON(c.Stdout, out, false)
	}
	for _, s := range out {
		fmt.Fprintln(c.Stdout, c.t("cli.stars.line", "edition", s.Edition, "rule", s.Rule, "product", s.Product, "agree", s.Agree, "flags", s.Flags))
		if len(s.Differ) > 0 {
			fmt.Fprintln(c.Stdout, c.t("cli.stars.differ", "commitments", strings.Join(s.Differ, ", ")))
		}
	}
	if len(out) == 0 {
		_, err := fmt.Fprintln(c.Stdout, c.t("cli.stars.none"))
		return err
	}
	return nil
}
