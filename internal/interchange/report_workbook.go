package interchange

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// ReportFormat is the version of the workbook of reports.
const ReportFormat = 1

// headMark begins the first cell of the table, which says what the table is for.
const headMark = "avow-reports/"

// headSheet is the hidden sheet for programs: the head, and the words of the status.
const headSheet = "avow"

// maxShownCell is how many UTF-16 units of a text a cell of the workbook shows.
const maxShownCell = xlsxCellLimit - 10

// SheetWords are the words of a workbook in one language.
type SheetWords struct {
	Lang, Dir string
	Say       func(key string, args ...any) string
	Language  func(code string) string // name of a language
	Date      func(date string) string // a civil date, written out
}

// ReportHead says what a table of reports is for. The zero head is that of a
// table that does not say.
type ReportHead struct {
	Format    int
	Plan      civic.PlanID
	Period    string
	Record    int64 // entries of the public record when it was made
	Languages []string
	Lang      string // of its headings
}

// ReportBook is the workbook of a plan's reports in one period.
type ReportBook struct {
	Head   ReportHead
	Plan   civic.Text // how people call the plan
	Period civic.Period
	Words  SheetWords
	Rules  []civic.ReportRule
	Rows   []ReportRow
}

// ReportRow is one report that is expected, or a milestone (Step) of the row above
// that is reported on with it.
type ReportRow struct {
	Commitment civic.CommitmentID
	Milestone  civic.MilestoneID
	Step       bool
	Number     string // of the commitment in the plan
	Code       string // of the milestone or indicator
	Title      civic.Text
	Part       civic.Text // title of the milestone or indicator
	Due        civic.When
	DueIn      civic.Text
	Lead       string
	Last       *civic.Report // the newest of an earlier period
	Now        *civic.Report // what is reported for this period so far
}

// ReportColumn is a column of the table. Known ones are filled in by the program.
type ReportColumn struct {
	Name  string // "done.fr"
	Lang  string
	Known bool
	width float64
}

// ReportColumns lists the columns of a plan whose reports are in these languages.
func ReportColumns(languages []string) []ReportColumn {
	out := []ReportColumn{{"row", "", true, 8}, {"number", "", true, 9}, {"title", "", true, 34}, {"code", "", true, 10}, {"part", "", true, 34},
		{"due", "", true, 16}, {"lead", "", true, 20}, {"last_status", "", true, 16}, {"last_done", "", true, 34}, {"status", "", false, 18}}
	for _, field := range []string{"done", "challenges", "next"} {
		for _, lang := range languages {
			out = append(out, ReportColumn{field + "." + lang, lang, false, 44})
		}
	}
	return append(out, ReportColumn{"evidence", "", false, 48}, ReportColumn{"done_on", "", false, 13})
}

// Heading is a column's heading.
func (c ReportColumn) Heading(w SheetWords) string {
	field, _, _ := strings.Cut(c.Name, ".")
	label := w.Say("sheet.column." + field)
	if c.Lang != "" {
		label += " (" + w.Language(c.Lang) + ")"
	}
	return label
}

// String writes the head as the first cell holds it.
func (h ReportHead) String() string {
	v := url.Values{"plan": {string(h.Plan)}, "period": {h.Period}, "record": {strconv.FormatInt(h.Record, 10)},
		"languages": {strings.Join(h.Languages, ",")}, "lang": {h.Lang}}
	return headMark + strconv.Itoa(ReportFormat) + "?" + v.Encode()
}

// parseHead reads a head; ok is false when the text is none.
func parseHead(s string) (h ReportHead, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), headMark)
	if !ok {
		return h, false
	}
	version, query, _ := strings.Cut(rest, "?")
	v, err := url.ParseQuery(query)
	format, bad := strconv.Atoi(version)
	record, worse := strconv.ParseInt(v.Get("record"), 10, 64)
	if err != nil || bad != nil || worse != nil || format < 1 || record < 0 {
		return h, false
	}
	h = ReportHead{Format: format, Plan: civic.PlanID(v.Get("plan")), Period: v.Get("period"), Record: record, Lang: v.Get("lang")}
	if l := v.Get("languages"); l != "" {
		h.Languages = strings.Split(l, ",")
	}
	return h, true
}

// Ref names a row in the table: commitment and milestone.
func (r ReportRow) Ref() string {
	if r.Milestone == "" {
		return string(r.Commitment)
	}
	return string(r.Commitment) + "/" + string(r.Milestone)
}

// Fillable reports whether a column is to be filled in on this row.
func (r ReportRow) Fillable(c ReportColumn) bool {
	return !c.Known && (!r.Step || c.Name == "status" || c.Name == "done_on") && (r.Step || r.Milestone != "" || c.Name != "done_on")
}

// Cells gives the text of every column.
func (r ReportRow) Cells(columns []ReportColumn, w SheetWords) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		if c.Known {
			out[i] = shownInCell(r.known(c.Name, w))
		} else {
			out[i] = r.Filled(c, r.Now, w)
		}
	}
	out[0] = r.Ref() + "/" + fingerprint(out[1:], columns[1:])
	return out
}

// fingerprint tells whether the cells that the program filled in are as it left them.
func fingerprint(cells []string, columns []ReportColumn) string {
	h := sha256.New()
	for i, c := range columns {
		if c.Known {
			_, _ = io.WriteString(h, c.Name+"\x00"+tidyCell(cells[i])+"\x00")
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:5])
}

func (r ReportRow) known(column string, w SheetWords) string {
	switch column {
	case "number":
		return r.Number
	case "title":
		return r.Title.In(w.Lang).Text
	case "code":
		return r.Code
	case "part":
		return r.Part.In(w.Lang).Text
	case "due":
		switch {
		case r.Due.Decided():
			return w.Date(r.Due.Date)
		case len(r.DueIn) > 0:
			return r.DueIn.In(w.Lang).Text
		}
		return r.Due.Words
	case "lead":
		return r.Lead
	case "last_status":
		if r.Last != nil {
			return r.status(r.Last, w)
		}
	case "last_done":
		if r.Last != nil && !r.Step {
			return r.Last.Done.In(w.Lang).Text
		}
	}
	return ""
}

// status is what a report says of the row, in words.
func (r ReportRow) status(of *civic.Report, w SheetWords) string {
	status, words := of.Status, of.Words
	if r.Step {
		status, words = r.state(of).Status, ""
	}
	if status == "" {
		return words
	}
	return StatusWord(status, w)
}

// state is what a report on the commitment says of the row's milestone.
func (r ReportRow) state(of *civic.Report) civic.MilestoneState {
	for _, s := range of.Steps {
		if s.Milestone == r.Milestone {
			return s
		}
	}
	return civic.MilestoneState{}
}

// StatusWord is a value of the self-assessment scale in words.
func StatusWord(s civic.SelfCompletion, w SheetWords) string {
	return w.Say("report.status." + string(s))
}

// Filled is the text that a report gives to a column that people fill in.
func (r ReportRow) Filled(c ReportColumn, of *civic.Report, w SheetWords) string {
	if of == nil || !r.Fillable(c) {
		return ""
	}
	field, _, _ := strings.Cut(c.Name, ".")
	text := civic.Text(nil)
	switch field {
	case "status":
		return shownInCell(r.status(of, w))
	case "done":
		text = of.Done
	case "challenges":
		text = of.Challenges
	case "next":
		text = of.Next
	case "evidence":
		lines := make([]string, len(of.Evidence))
		for i, e := range of.Evidence {
			lines[i] = EvidenceLine(e)
		}
		return shownInCell(strings.Join(lines, "\n"))
	case "done_on":
		return r.state(of).DoneOn
	}
	for _, p := range text {
		if p.Lang == c.Lang {
			return shownInCell(p.Text)
		}
	}
	return ""
}

// EvidenceLine writes a piece of evidence as one line: titles, then the address or
// the file, with bars between.
func EvidenceLine(e civic.Evidence) string {
	var parts []string
	for _, p := range e.Title {
		parts = append(parts, strings.ReplaceAll(strings.Join(strings.Fields(p.Text), " "), "|", "¦"))
	}
	switch {
	case e.File != nil:
		parts = append(parts, strings.ReplaceAll(e.File.Name, "|", "¦")+" sha256:"+e.File.SHA256)
	case e.URL != "":
		parts = append(parts, e.URL)
	}
	return strings.Join(parts, " | ")
}

// shownInCell is a text as a cell of the workbook shows it: cut where it is too long for one.
func shownInCell(s string) string {
	s = tidyCell(s)
	if len(s) <= maxShownCell {
		return s
	}
	units := 0
	for i, r := range s {
		if r > 0xffff {
			units++
		}
		if units++; units > maxShownCell {
			return s[:i] + "…"
		}
	}
	return s
}

// tidyCell brings a cell's text into the form in which texts are compared: line
// feeds alone, no white space around it.
func tidyCell(s string) string {
	if strings.ContainsRune(s, '\r') {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return strings.TrimSpace(s)
}
