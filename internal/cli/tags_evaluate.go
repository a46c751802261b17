package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"avow/internal/interchange"
	"avow/internal/tagging"
	"avow/internal/taxonomy"

	"github.com/spf13/cobra"
)

// evaluation is what `avow tags evaluate` prints.
type evaluation struct {
	tagging.Evaluation
	Seconds float64 `json:"seconds"`
}

// evaluateFlags are the tables that nothing but their rows is known of.
type evaluateFlags struct {
	train, test []string
	json        bool
}

// tagsEvaluate takes several tables after each of its flags, so it reads its
// arguments itself.
func (c *command) tagsEvaluate() *cobra.Command {
	cmd := &cobra.Command{Use: "evaluate --train TABLE… --test TABLE… [--json]", Short: c.t("cli.short.tags_evaluate"), DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, help, ok := readEvaluate(args)
			switch {
			case help:
				return cmd.Help()
			case !ok:
				return invalid("cli.arguments", "usage", cmd.CommandPath()+" --train TABLE… --test TABLE… [--json]")
			}
			done, err := c.evaluate(o)
			if err != nil {
				return err
			}
			c.remark(done.LeftOut, "cli.tags.left_out")
			c.remark(done.Shared, "cli.tags.shared")
			if o.json {
				return printJSON(c.Stdout, done, false)
			}
			return c.printEvaluation(done)
		}}
	f := cmd.Flags() // for its help
	f.StringArray("train", nil, c.t("cli.flag.train"))
	f.StringArray("test", nil, c.t("cli.flag.test"))
	f.Bool("json", false, c.t("cli.flag.json"))
	return cmd
}

func readEvaluate(args []string) (o evaluateFlags, help, ok bool) {
	lists := map[string]*[]string{"--train": &o.train, "--test": &o.test}
	var list *[]string
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch {
		case arg == "--json":
			o.json = true
		case arg == "-h" || arg == "--help":
			return o, true, true
		case lists[name] != nil:
			if list = lists[name]; value != "" {
				*list = append(*list, value)
			}
		case strings.HasPrefix(arg, "-") || list == nil:
			return o, false, false
		default:
			*list = append(*list, arg)
		}
	}
	return o, false, len(o.train) > 0 && len(o.test) > 0
}

// remark says on the side how many were left out of the figures, if any were.
func (c *command) remark(n int, key string) {
	if n > 0 {
		c.complain(c.t(key, "count", n))
	}
}

func (c *command) evaluate(o evaluateFlags) (evaluation, error) {
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		return evaluation{}, err
	}
	tables := func(paths []string) ([]tagging.Table, error) {
		var out []tagging.Table
		for _, path := range paths {
			in, err := fileInput(path)
			if err != nil {
				return nil, err
			}
			parsed, err := interchange.ParseOGP(in)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			if n := len(parsed.Refused); n > 0 {
				first := parsed.Refused[0]
				c.complain(c.t("cli.tags.unread", "count", n, "file", path, "row", first.Row, "why", c.say("import."+first.Code, first.Args)))
			}
			out = append(out, interchange.Tagged(parsed, line.Newest()))
		}
		return out, nil
	}
	began := time.Now()
	known, err := tables(o.train)
	if err != nil {
		return evaluation{}, err
	}
	asked, err := tables(o.test)
	if err != nil {
		return evaluation{}, err
	}
	scores, err := tagging.EvaluateTables(line, known, asked)
	return evaluation{scores, time.Since(began).Seconds()}, err
}

func (c *command) printEvaluation(done evaluation) error {
	share := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	fmt.Fprintln(c.Stdout, c.t("cli.tags.evaluated", "train", done.Train, "test", done.Test, "tags", done.Tags, "micro", share(done.MicroF1), "macro", share(done.MacroF1)))
	fmt.Fprintln(c.Stdout, c.t("cli.tags.ranked", "precision", c.words.Percent(int(done.PrecisionAt*1000+0.5), 1000), "recall", c.words.Percent(int(done.RecallAt*1000+0.5), 1000)))
	fmt.Fprintf(c.Stdout, "\n%s\n", c.t("cli.tags.per_tag"))
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, s := range done.PerTag {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\n", s.Tag, s.Support, share(s.Precision), share(s.Recall), share(s.F1))
	}
	return w.Flush()
}
