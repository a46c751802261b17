package cli

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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
	var shipped bool
	cmd := &cobra.Command{Use: "train [--shipped]", Short: c.t("cli.short.tags_train"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var done app.Training
			err := c.open(cmd, c.house.Change, func(a *app.App) (err error) {
				if shipped {
					done.Model = app.ShippedModel
					return a.ShippedTags(cmd.Context())
				}
				done, err = a.TrainTags(cmd.Context())
				return err
			})
			switch {
			case err != nil:
				return err
			case o.json && shipped:
				return printJSON(c.Stdout, map[string]string{"model": done.Model}, false)
			case o.json:
				return printJSON(c.Stdout, done, false)
			}
			said := c.t("cli.tags.shipped")
			if !shipped {
				said = c.t("cli.tags.trained", "rows", done.Rows, "tags", done.Tags, "learned", done.Learned)
			}
			_, err = fmt.Fprintln(c.Stdout, said)
			return err
		}}
	f := c.dataFlag(cmd).Flags()
	f.BoolVar(&shipped, "shipped", false, c.t("cli.flag.shipped"))
	f.BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
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
	err = c.openOr(cmd, func(a *app.App) error {
		done, err = a.SuggestText(cmd.Context(), title, body, "")
		return err
	}, func(g *taxonomy.Graph) {
		done = tagging.Shipped().For(g).Suggest(civic.Phrase{Text: title}, civic.Phrase{Text: body})
	})
	return done, err
}

// openOr does something with the database or, where there is none yet, with the
// taxonomy that is part of the program.
func (c *command) openOr(cmd *cobra.Command, do func(*app.App) error, without func(*taxonomy.Graph)) error {
	err := c.open(cmd, c.house.Read, do)
	var told *civic.Error
	if !errors.As(err, &told) || told.Key != app.KeyNoDatabase {
		return err
	}
	line, err := taxonomy.NewTimeline(nil)
	if err == nil {
		without(line.Newest())
	}
	return err
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
	text, ok := plainText(b)
	if !ok {
		return "", "", invalid("cli.not_a_text", "path", path)
	}
	if head, rest, ok := strings.Cut(strings.TrimSpace(text), "\n"); ok {
		return strings.TrimSpace(head), rest, nil
	}
	return "", text, nil
}

// plainText reads UTF-8, and UTF-16 with its mark in front. What holds a NUL or other
// bytes is no text. A character that the limit of what is read has cut is left out.
func plainText(b []byte) (string, bool) {
	if little := bytes.HasPrefix(b, []byte("\xff\xfe")); little || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		var order binary.ByteOrder = binary.BigEndian
		if little {
			order = binary.LittleEndian
		}
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = order.Uint16(b[2*i:])
		}
		b = []byte(string(utf16.Decode(units)))
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	for n := 0; n < utf8.UTFMax && len(b) > 0 && len(b) >= mostSuggestText-3; n++ {
		if r, size := utf8.DecodeLastRune(b); r != utf8.RuneError || size != 1 {
			break
		}
		b = b[:len(b)-1]
	}
	return string(b), utf8.Valid(b) && bytes.IndexByte(b, 0) < 0
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
