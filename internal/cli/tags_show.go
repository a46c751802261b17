package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"

	"github.com/spf13/cobra"
)

// tagsShow prints the versions of the taxonomy, or one change set as it is.
func (c *command) tagsShow() *cobra.Command {
	var o tagFlags
	cmd := &cobra.Command{Use: "show [CHANGESET|FILE|-]", Short: c.t("cli.short.tags_show"), Args: c.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				set, err := changeSet(args[0], nil)
				switch {
				case err != nil:
					return err
				case o.json:
					return printJSON(c.Stdout, set.Changes, true)
				}
				_, err = fmt.Fprint(c.Stdout, c.setText(set))
				return err
			}
			return c.open(cmd, c.house.Read, func(a *app.App) error {
				timeline, _, err := a.Taxonomy(cmd.Context())
				switch {
				case err != nil:
					return err
				case o.json:
					return printJSON(c.Stdout, timeline.Versions(), true)
				}
				for _, v := range timeline.Versions() {
					name := v.Set
					if v.Edition != "" {
						name = string(v.Edition)
					}
					if _, err := fmt.Fprintf(c.Stdout, "%3d  %s  %s %s\n", v.Number, v.Effective, c.t(v.Step.Key()), name); err != nil {
						return err
					}
				}
				return nil
			})
		}}
	c.dataFlag(cmd).Flags().BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	return cmd
}

// setText is a change set for reading: its operations with what each of them says.
func (c *command) setText(set taxonomy.Set) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", oneLine(set.About.Title.In(c.words.Code).Text), set.Name)
	if set.About.Source != "" {
		fmt.Fprintln(&b, oneLine(set.About.Source))
	}
	for _, name := range slices.Sorted(maps.Keys(set.About.Settings)) {
		fmt.Fprintf(&b, "%s: %s\n", name, set.About.Settings[name])
	}
	for _, ch := range set.Changes {
		name := string(ch.Tag)
		if ch.Op == taxonomy.Create {
			name = ch.Names.In(c.words.Code).Text
		}
		fmt.Fprintf(&b, "\n%3d. %s %s\n", ch.Place, c.t(ch.Op.Key()), oneLine(name))
		line := func(field, value string) {
			if value != "" {
				fmt.Fprintf(&b, "     %s\n", c.t("unit.labelled", "label", c.t("taxonomy.field."+field), "value", oneLine(value)))
			}
		}
		if ch.Op == taxonomy.Rename {
			line("names", ch.Names.In(c.words.Code).Text)
		}
		line("aliases", texts(ch.Aliases))
		if len(ch.Definition) > 0 {
			line("definition", ch.Definition.In(c.words.Code).Text)
		}
		line("source", ch.Source)
		line("parents", listed(ch.Parents))
		line("related", listed(ch.Related))
		if ch.Op == taxonomy.Merge {
			line("merged_into", listed(ch.Into))
		} else {
			line("into", listed(ch.Into))
		}
		line("facets", keyed(c, ch.Facets))
		line("roles", keyed(c, ch.Roles))
		for _, s := range ch.Strands {
			line("strands", c.t(s.Key())+": "+c.t(s.Key()+".help"))
		}
		if !ch.Reason.Blank() {
			fmt.Fprintf(&b, "     %s\n", oneLine(ch.Reason.In(c.words.Code).Text))
		}
	}
	return b.String()
}

// texts are the phrases of a list of names.
func texts(t civic.Text) string {
	var out []string
	for _, p := range t {
		out = append(out, p.Text)
	}
	return strings.Join(out, ", ")
}

func listed[T ~string](list []T) string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return strings.Join(out, ", ")
}

// keyed are what values are called.
func keyed[T interface{ Key() string }](c *command, list []T) string {
	var out []string
	for _, v := range list {
		out = append(out, c.t(v.Key()))
	}
	return strings.Join(out, ", ")
}
