package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/tagging"
	"avow/internal/taxonomy"

	"github.com/spf13/cobra"
)

// mostSuggestText is how much of a text is read in, in bytes; the model reads less.
const mostSuggestText = 16 << 20

func (c *command) tagsTrain() *cobra.Command {
	var o tagFlags
	cmd := &cobra.Command{Use: "train", Short: c.t("cli.short.tags_train"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var done app.Training
			err := c.open(cmd, c.house.Open, func(a *app.App) (err error) {
				done, err = a.TrainTags(cmd.Context())
				return err
			})
			if err != nil {
				return err
			}
			if o.json {
				return printJSON(c.Stdout, done, false)
			}
			_, err = fmt.Fprintln(c.Stdout, c.t("cli.tags.trained", "rows", done.Rows, "tags", done.Tags, "learned", done.Learned))
			return err
		}}
	c.dataFlag(cmd).Flags().BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	return cmd
}

func (c *command) tagsSuggest() *cobra.Command {
	var o tagFlags
	var file, ref string
	var roles []string
	cmd := &cobra.Command{Use: "suggest (--text FILE | --commitment ID) [--role ROLE,…]", Short: c.t("cli.short.tags_suggest"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (file == "") == (ref == "") {
				return invalid("cli.arguments", "usage", cmd.UseLine())
			}
			if _, err := rolesOf(roles); err != nil {
				return err
			}
			done, err := c.suggested(cmd, file, ref)
			if err != nil {
				return err
			}
			if done, err = c.inScope(cmd, done, roles); err != nil {
				return err
			}
			if o.json {
				return printJSON(c.Stdout, done, false)
			}
			return c.printSuggestions(done)
		}}
	f := c.dataFlag(cmd).Flags()
	f.StringVar(&file, "text", "", c.t("cli.flag.text"))
	f.StringVar(&ref, "commitment", "", c.t("cli.flag.commitment"))
	f.StringSliceVar(&roles, "role", nil, c.t("cli.flag.role"))
	f.BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	return cmd
}

// suggested asks the model. A text needs no database: without one the model that is
// part of the program answers.
func (c *command) suggested(cmd *cobra.Command, file, ref string) (done tagging.Result, err error) {
	if ref != "" {
		err = c.open(cmd, c.house.Read, func(a *app.App) error {
			done, err = a.SuggestFor(cmd.Context(), ref)
			return err
		})
		return done, err
	}
	title, body, err := readText(file)
	if err != nil {
		return done, err
	}
	ask := func(a *app.App) error {
		done, err = a.SuggestText(cmd.Context(), title, body, "")
		return err
	}
	if err := c.open(cmd, c.house.Read, ask); err == nil || errors.Is(err, context.Canceled) {
		return done, err
	}
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		return done, err
	}
	return tagging.Shipped().For(line.Newest()).Suggest(civic.Phrase{Text: title}, civic.Phrase{Text: body}), nil
}

// readText reads a text; its first line is the title where others follow.
func readText(path string) (title, body string, err error) {
	f, err := os.Open(path)
	if path == "-" {
		f, err = os.Stdin, nil
	}
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostSuggestText))
	if err != nil {
		return "", "", err
	}
	text := strings.ToValidUTF8(string(b), "\uFFFD")
	if head, rest, ok := strings.Cut(strings.TrimSpace(text), "\n"); ok {
		return strings.TrimSpace(head), rest, nil
	}
	return "", text, nil
}

func (c *command) printSuggestions(r tagging.Result) error {
	var b strings.Builder
	for _, s := range r.Suggestions {
		var words []string
		for _, w := range s.Words {
			words = append(words, w.Text)
		}
		fmt.Fprintf(&b, "%3d %%  %s  %s  %s\n", int(s.Confidence*100+0.5), s.Tag, c.t(s.Basis.Key()), strings.Join(words, ", "))
	}
	for _, refused := range r.Refused {
		fmt.Fprintf(&b, "    –  %s  %s\n", refused.Tag, c.t(refused.Reason))
	}
	if r.Unsure != "" {
		b.WriteString(c.t(r.Unsure.Key()) + "\n")
	}
	_, err := fmt.Fprint(c.Stdout, b.String())
	return err
}
