package cli

import (
	"fmt"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/spf13/cobra"
)

func (c *command) correct() *cobra.Command {
	parent := &cobra.Command{Use: "correct", Short: c.t("cli.short.correct"), Args: c.noSuchPart,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	parent.AddCommand(c.correctLanguage(), c.correctRating())
	return parent
}

func (c *command) correctLanguage() *cobra.Command {
	cmd := &cobra.Command{Use: "language REF LANG", Short: c.t("cli.short.correct_language"), Args: c.args(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.corrected(cmd, args[0], func(a *app.App) error {
				return a.CorrectLanguage(cmd.Context(), civic.LocalOperator, args[0], args[1])
			})
		}}
	return c.dataFlag(cmd)
}

func (c *command) correctRating() *cobra.Command {
	var r struct{ edition, product, value, missing, code string }
	cmd := &cobra.Command{Use: "rating REF VARIABLE", Short: c.t("cli.short.correct_rating"), Args: c.args(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			change := app.RatingChange{Edition: civic.Edition(r.edition), Product: civic.Product(r.product), Variable: args[1], Value: r.value}
			if r.missing != "" {
				change.Missing = &civic.Missing{Kind: civic.MissingKind(r.missing), Code: r.code}
			}
			return c.corrected(cmd, args[0], func(a *app.App) error {
				return a.CorrectRating(cmd.Context(), civic.LocalOperator, args[0], change)
			})
		}}
	f := c.dataFlag(cmd).Flags()
	f.StringVar(&r.edition, "edition", "", c.t("cli.flag.edition"))
	f.StringVar(&r.product, "product", "", c.t("cli.flag.product"))
	f.StringVar(&r.value, "value", "", c.t("cli.flag.value"))
	f.StringVar(&r.missing, "missing", "", c.t("cli.flag.missing"))
	f.StringVar(&r.code, "code", "", c.t("cli.flag.code"))
	return cmd
}

func (c *command) corrected(cmd *cobra.Command, ref string, change func(*app.App) error) error {
	if err := c.open(cmd, c.house.Open, change); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Stdout, c.t("cli.corrected", "ref", ref))
	return err
}
