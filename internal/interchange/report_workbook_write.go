package interchange

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// WriteXLSX writes the workbook: the reports, how to fill them in, and a hidden
// sheet for programs.
func (b ReportBook) WriteXLSX(w io.Writer) error {
	return writeBook(w, []bookSheet{b.reports(), b.howTo(), b.machine()})
}

// WriteCSV writes the table of reports alone. The first cell says what it is for.
func (b ReportBook) WriteCSV(w io.Writer) error {
	out := NewCSVWriter(w)
	columns := ReportColumns(b.Head.Languages)
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.Heading(b.Words)
	}
	head[0] = b.Head.String()
	if err := out.WriteRow(head); err != nil {
		return err
	}
	for _, r := range b.Rows {
		if err := out.WriteRow(r.Cells(columns, b.Words)); err != nil {
			return err
		}
	}
	return out.Close()
}

func (b ReportBook) reports() bookSheet {
	columns := ReportColumns(b.Head.Languages)
	s := bookSheet{name: sheetName(b.Words.Say("sheet.reports")), mirror: b.Words.Dir == "rtl", locked: true, frozen: 1}
	head := make([]bookCell, len(columns))
	for i, c := range columns {
		s.columns = append(s.columns, bookColumn{width: c.width, hidden: i == 0})
		head[i] = bookCell{c.Heading(b.Words), lookHead}
	}
	head[0].text = b.Head.String()
	s.rows = append(s.rows, head)
	for _, r := range b.Rows {
		cells := make([]bookCell, len(columns))
		for i, text := range r.Cells(columns, b.Words) {
			cells[i] = bookCell{text, lookText}
			switch {
			case !r.Fillable(columns[i]):
				cells[i].look = lookKnown
			case columns[i].Name == "done_on":
				cells[i].look = lookDate
			}
		}
		s.rows = append(s.rows, cells)
	}
	if status := slices.IndexFunc(columns, func(c ReportColumn) bool { return c.Name == "status" }); len(b.Rows) > 0 {
		s.choices = []bookChoice{{cells: cellRef(status, 2) + ":" + cellRef(status, len(b.Rows)+1),
			from:  headSheet + "!$D$1:$D$" + strconv.Itoa(len(civic.SelfCompletions)),
			title: columns[status].Heading(b.Words), prompt: b.Words.Say("sheet.status.prompt"), refusal: b.Words.Say("sheet.status.refusal")}}
	}
	return s
}

func (b ReportBook) howTo() bookSheet {
	w := b.Words
	s := bookSheet{name: sheetName(w.Say("sheet.howto")), mirror: w.Dir == "rtl", columns: []bookColumn{{width: 110}}}
	line := func(text string, look int) { s.rows = append(s.rows, []bookCell{{text, look}}) }
	line(w.Say("sheet.howto.heading", "plan", b.Plan.In(w.Lang).Text, "period", b.periodName()), lookTitle)
	line(w.Say("sheet.howto.due", "date", w.Date(b.Period.Due)), lookStrong)
	for _, key := range []string{"sheet.howto.fill", "sheet.howto.empty", "sheet.howto.evidence", "sheet.howto.status", "sheet.howto.date", "sheet.howto.send"} {
		line(w.Say(key), lookWords)
	}
	var names []string
	for _, lang := range b.Head.Languages {
		names = append(names, w.Language(lang))
	}
	if len(names) > 1 {
		line(w.Say("sheet.howto.languages", "languages", names), lookWords)
	}
	line(w.Say("sheet.howto.rules"), lookStrong)
	for _, r := range b.Rules {
		line("• "+w.Say(r.Key), lookWords)
	}
	return s
}

// periodName is the period's title in the reader's language, else its key.
func (b ReportBook) periodName() string {
	if title := b.Period.Title.In(b.Words.Lang).Text; title != "" {
		return title
	}
	return b.Period.Key
}

func (b ReportBook) machine() bookSheet {
	s := bookSheet{name: headSheet, hidden: true, locked: true}
	for _, line := range [][2]string{{"head", b.Head.String()}, {"format", strconv.Itoa(ReportFormat)}, {"plan", string(b.Head.Plan)}, {"period", b.Head.Period},
		{"record", strconv.FormatInt(b.Head.Record, 10)}, {"languages", strings.Join(b.Head.Languages, ",")}, {"lang", b.Head.Lang}} {
		s.rows = append(s.rows, []bookCell{{line[0], lookPlain}, {line[1], lookPlain}})
	}
	for i, status := range civic.SelfCompletions {
		s.rows[i] = append(s.rows[i], bookCell{}, bookCell{StatusWord(status, b.Words), lookPlain})
	}
	return s
}
