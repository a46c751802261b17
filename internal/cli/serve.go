package cli

import "github.com/spf13/cobra"

func (c *command) serve() *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: c.t("cli.short.serve"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := c.load(cmd)
			if err != nil {
				return err
			}
			return c.house.Serve(cmd.Context(), cfg, c.words, c.Stderr)
		}}
	f := c.dataFlag(cmd).Flags()
	f.String("listen", "", c.t("cli.flag.listen"))
	f.Bool("demo", false, c.t("cli.flag.demo"))
	f.String("base-url", "", c.t("cli.flag.base_url"))
	f.String("log-level", "", c.t("cli.flag.log_level"))
	f.String("log-format", "", c.t("cli.flag.log_format"))
	return cmd
}
