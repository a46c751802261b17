package pages

import (
	"strconv"

	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
)

// Reports are the reports on a commitment, the newest period first.
type Reports struct {
	Page    layout.Page
	Trail   []Link
	Title   phrase.Text // of the commitment
	Status  []Status    // what each voice says of how far it is
	Periods []ReportPeriod
	Voices  *VoicesOn // on the newest report, nil when there is none on the whole
	CSV     string
}

// ReportPeriod is a period with the reports that were due in it, or the reports of
// a source without periods.
type ReportPeriod struct {
	Name, When string
	Cards      []ReportCard // of a commitment that is reported as a whole
	Units      []ReportUnit // of one with indicators
}

// ReportCard is a report in short, or the fact that there is none. URL leads to
// the whole; it is "" when there is none.
type ReportCard struct {
	URL, Link string
	Status    value.Value
	State     value.Value // in time, late, missing …
	By        string
	Texts     []HeadedText
	Evidence  []Evidence
	Steps     []ReportStep
	Corrected string // how often, "" for never
}

// ReportUnit is one line of a period: an indicator and what was reported on it.
type ReportUnit struct {
	Code   string
	Title  phrase.Text
	URL    string
	Status value.Value
	State  value.Value
}

// HeadedText is a text under its heading, in each of its languages.
type HeadedText struct {
	Head  string
	Texts []phrase.Text
}

// Evidence is a link or a file; Text is its title, else its address or name.
type Evidence struct {
	URL  string // "" where it cannot be followed
	Text phrase.Text
	Note string // type and size of a file
}

// ReportStep is what a report says of one milestone.
type ReportStep struct {
	Code   string
	Title  phrase.Text
	Status value.Value
	Note   string // the day, and by how much it was late
}

// Report is one report with its corrections.
type Report struct {
	Page        layout.Page
	Trail       []Link
	Heading     string
	Title       phrase.Text
	Unit        *ReportUnit // the indicator that it is on
	Facts       []Fact
	Card        ReportCard
	Since       *Correction // against the report before, nil when there is none
	Corrections []Correction
	Beside      []Status // the other voices
	Voices      VoicesOn // what citizens say of it, and disputes
	JSON        string
}

// Correction is what one correction changed, or the filing of the report.
type Correction struct {
	What    string
	Ledger  string
	Status  *[2]value.Value // before and after
	Texts   []ChangedText
	More    []HeadedEvidence
	Remarks []string
}

// ChangedText is a text whose sentences came or went.
type ChangedText struct {
	Head      string
	Lang, Dir string
	Sentences []Sentence
}

// Sentence is a sentence that stays ("stays"), came ("added") or went ("gone").
type Sentence struct{ Text, Fate string }

// HeadedEvidence is evidence that came or went.
type HeadedEvidence struct {
	Head string
	List []Evidence
}

// ProgressNote is the short section on the pages of a commitment's plan and member.
type ProgressNote struct {
	Tally []Counted
	Late  string // "3 reports are missing, 2 came late"
	Link  Link
}

// Counted is a value and how often it was counted.
type Counted struct {
	Value value.Value
	Count string
}

// PlanProgress is a plan's roll-up.
type PlanProgress struct {
	Page       layout.Page
	Trail      []Link
	Heading    string
	Lead       string
	AsOf       string
	UnitsHead  string // what is counted: commitments or indicators
	Units      []Counted
	Reports    []Counted
	Grids      []Grid
	Milestones []MilestoneLine
	Rules      []string
	Links      []Link
}

// Grid is a part of the table of everything by period: at most six periods.
type Grid struct {
	Caption string
	Periods []string
	Rows    []GridRow
	Folded  bool
}

// GridRow is a commitment or an indicator with its cells; one without cells heads
// the indicators below it.
type GridRow struct {
	Code  string
	Title phrase.Text
	URL   string
	Now   value.Value
	Cells []GridCell
	Head  bool
}

// GridCell is what was reported in a period, or what became of the report.
type GridCell struct {
	Value value.Value
	Note  string
}

// MilestoneLine is a milestone that is late or was moved.
type MilestoneLine struct {
	Code   string
	Title  phrase.Text
	URL    string
	Due    string
	Was    string // the date as adopted, struck through
	Status value.Value
	What   string // "done 10 days late", "moved by 92 days"
}

func itoa(n int) string { return strconv.Itoa(n) }
