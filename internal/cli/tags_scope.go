package cli

import (
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/tagging"
	"avow/internal/taxonomy"

	"github.com/spf13/cobra"
)

// rolesOf reads what governments do with the technology, as a flag names it.
func rolesOf(values []string) ([]taxonomy.Role, error) {
	answer, err := taxonomy.CheckAnswer(civic.ScopeAnswer{Roles: values})
	if err != nil {
		return nil, err
	}
	return taxonomy.Answered(answer).Roles, nil
}

// inScope leaves out what the scope rule forbids to governments in these roles, and says
// why in words. The taxonomy is that of the database, or the one of the program.
func (c *command) inScope(cmd *cobra.Command, done tagging.Result, values []string) (tagging.Result, error) {
	roles, err := rolesOf(values)
	if err != nil {
		return done, err
	}
	if len(roles) > 0 {
		var graph *taxonomy.Graph
		err := c.openOr(cmd, func(a *app.App) (err error) {
			_, graph, err = a.Taxonomy(cmd.Context())
			return err
		}, func(g *taxonomy.Graph) { graph = g })
		if err != nil {
			return done, err
		}
		done = done.InScope(graph, roles)
	}
	for i, r := range done.Refused {
		done.Refused[i].Text = c.t(r.Reason)
	}
	return done, nil
}
