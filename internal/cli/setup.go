package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// setupLink prints a link with which somebody becomes administrator: whoever may
// run this command may decide that.
func (c *command) setupLink() *cobra.Command {
	cmd := &cobra.Command{Use: "setup-link", Short: c.t("cli.short.setup_link"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := c.load(cmd)
			if err != nil {
				return err
			}
			a, closer, err := c.house.Open(cmd.Context(), cfg)
			if err != nil {
				return err
			}
			token, err := a.NewSetup(cmd.Context())
			if err := errors.Join(err, closer.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.Stdout, c.house.SetupAddress(cfg, c.words.Code, token))
			return err
		}}
	f := c.dataFlag(cmd).Flags()
	f.String("listen", "", c.t("cli.flag.listen"))
	f.String("base-url", "", c.t("cli.flag.base_url"))
	return cmd
}
