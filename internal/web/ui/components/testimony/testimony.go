// Package testimony shows what citizens say of a report, and how it is disputed:
// beside what the government reports and what independent review finds, and
// mixed into neither.
//
// Accessibility: the voice has its word, shape and colour; numbers stand in a
// table with a caption, and a number that is hidden says so in words; each text
// carries its language and direction; what is hidden says by which rule.
package testimony

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
)

// Citizens is what citizens say of a report.
type Citizens struct {
	Voice  string // the translated name of the voice
	Empty  string // when nobody said anything; else "" and
	Table  Table
	Note   string // why numbers are hidden, "" when none is
	Told   []Told
	ToldBy string // heading of the texts
	Ask    Link   // where to say something
}

// Table holds how many said what, on which channel.
type Table struct {
	Caption string
	Heads   []string
	Rows    []Row
}

// Row is a line of the table; its cells follow the heads after the first.
type Row struct {
	Head  string
	Cells []value.Value
}

// Told is one testimony in words, or one that is hidden.
type Told struct {
	Says   string // "This happened"
	Texts  []phrase.Text
	On     string // the channel, "" where it is not told
	Hidden string // by which rule, "" when it is shown
}

// Link is an address with its words.
type Link struct{ URL, Text string }

// Dispute is one dispute with its answer and outcome, each with its day.
type Dispute struct {
	Raised   string
	Claim    []phrase.Text
	Answered string // "" while unanswered; then Waiting says so
	Answer   []phrase.Text
	Settled  string
	Outcome  string
	Why      []phrase.Text
	Waiting  string
}
