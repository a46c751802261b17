package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/interchange"

	"github.com/spf13/cobra"
)

// reportFlags are the flags of the commands on a workbook of reports.
type reportFlags struct {
	plan, period, out     string
	lang                  string
	dryRun, json, partial bool
}

// sheetOutcome is what an upload did, as --json prints it: the report of the use
// case with each fault in words.
type sheetOutcome struct {
	app.SheetReport
	Messages []string `json:"messages"`
}

func (c *command) reports() *cobra.Command {
	parent := &cobra.Command{Use: "reports", Short: c.t("cli.short.reports"), Args: c.noSuchPart,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	parent.AddCommand(c.reportsWorkbook(), c.reportsTake())
	return parent
}

func (c *command) reportsWorkbook() *cobra.Command {
	var o reportFlags
	cmd := &cobra.Command{Use: "workbook", Short: c.t("cli.short.reports_workbook"), Args: c.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.plan == "" || o.period == "" || o.out == "" {
				return invalid("cli.reports_needs", "flags", "--plan, --period, --out")
			}
			return c.open(cmd, c.house.Read, func(a *app.App) error {
				book, err := a.SheetFor(cmd.Context(), civic.Operator(), o.plan, o.period, sheetWords(c.printer(o.lang)))
				if err != nil {
					return err
				}
				write := book.WriteXLSX
				if strings.EqualFold(filepath.Ext(o.out), ".csv") {
					write = book.WriteCSV
				}
				if err := c.writeTo(cmd.Context(), o.out, write); err != nil {
					return err
				}
				reports := 0
				for _, r := range book.Rows {
					if !r.Step {
						reports++
					}
				}
				_, err = fmt.Fprintln(c.Stdout, c.t("cli.reports_written", "count", reports, "path", o.out))
				return err
			})
		}}
	f := c.dataFlag(cmd).Flags()
	c.reportPlace(cmd, &o)
	f.StringVar(&o.out, "out", "", c.t("cli.flag.workbook"))
	f.StringVar(&o.lang, "lang", "", c.t("cli.flag.lang"))
	return cmd
}

func (c *command) reportPlace(cmd *cobra.Command, o *reportFlags) {
	cmd.Flags().StringVar(&o.plan, "plan", "", c.t("cli.flag.plan"))
	cmd.Flags().StringVar(&o.period, "period", "", c.t("cli.flag.period"))
}

func (c *command) reportsTake() *cobra.Command {
	var o reportFlags
	cmd := &cobra.Command{Use: "take FILE", Short: c.t("cli.short.reports_take"), Args: c.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.plan == "" || o.period == "" {
				return invalid("cli.reports_needs", "flags", "--plan, --period")
			}
			in, err := fileInput(args[0])
			if err != nil {
				return err
			}
			how := c.house.Open
			if o.dryRun {
				how = c.house.Read
			}
			var done app.SheetReport
			err = c.open(cmd, how, func(a *app.App) error {
				done, err = a.TakeSheet(cmd.Context(), civic.Operator(), o.plan, o.period, in, everySheetWords(), app.TakeOptions{DryRun: o.dryRun, Partial: o.partial})
				return err
			})
			if err != nil {
				return err
			}
			return c.printSheet(done, o)
		}}
	f := c.dataFlag(cmd).Flags()
	c.reportPlace(cmd, &o)
	f.BoolVar(&o.dryRun, "dry-run", false, c.t("cli.flag.dry_run"))
	f.BoolVar(&o.partial, "partial", false, c.t("cli.flag.partial"))
	f.BoolVar(&o.json, "json", false, c.t("cli.flag.json"))
	return cmd
}

// printSheet writes what is told of each cell, one a line, and then the counts.
// The exit codes are those of an import.
func (c *command) printSheet(r app.SheetReport, o reportFlags) error {
	switch {
	case r.Refused == 0:
	case o.partial && r.New+r.Changed+r.Unchanged > 0:
		c.code = ExitPart
	default:
		c.code = ExitFailed
	}
	var messages []string
	for _, list := range [][]interchange.CellFault{r.Faults, r.Notes} {
		for _, f := range list {
			messages = append(messages, f.Told(c.say))
		}
	}
	if o.json {
		return printJSON(c.Stdout, sheetOutcome{r, messages}, false)
	}
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(oneLine(m) + "\n")
	}
	if len(messages) > 0 {
		b.WriteByte('\n')
	}
	for _, line := range []struct {
		key string
		n   int
	}{{"new", r.New}, {"changed", r.Changed}, {"unchanged", r.Unchanged}, {"empty", r.Empty}, {"refused", r.Refused}} {
		fmt.Fprintf(&b, "%8s  %s\n", c.words.Number(line.n), c.t("sheet.fate."+line.key))
	}
	if o.dryRun {
		b.WriteString(c.t("cli.import.dry_run") + "\n")
	} else if !r.Taken {
		b.WriteString(c.t("cli.import.nothing_taken") + "\n")
	}
	_, err := fmt.Fprint(c.Stdout, b.String())
	return err
}

// printer writes in a language, in that of the command line when none is named.
func (c *command) printer(lang string) *i18n.Printer {
	if lang == "" {
		return c.words
	}
	return i18n.For(lang)
}

func sheetWords(p *i18n.Printer) interchange.SheetWords {
	return interchange.SheetWords{Lang: p.Code, Dir: p.Dir, Say: p.T, Language: p.LanguageName, Date: p.CivilDate}
}

// everySheetWords are the words of all languages that the program has.
func everySheetWords() []interchange.SheetWords {
	var out []interchange.SheetWords
	set, err := i18n.Load(i18n.Options{})
	if err != nil { // a built-in catalogue is broken: English is left
		return []interchange.SheetWords{sheetWords(i18n.For(i18n.English))}
	}
	for _, l := range set.Languages() {
		out = append(out, sheetWords(set.For(l.Code)))
	}
	return out
}
