package interchange

import (
	"net/url"
	"strings"

	"avow/internal/civic"
)

// tally collects what is wrong in a file at bounded memory.
type tally struct {
	file    string
	dropped int // warnings beyond maxWarnings
}

// full is the error of a file that has so many bad records that it cannot be
// what it claims; nil as long as it has not.
func (t *tally) full(refused []Issue) error {
	if len(refused) <= maxRefused {
		return nil
	}
	first := refused[0]
	return fileError(civic.Invalid, "too_many_refused", t.file, map[string]any{"limit": maxRefused, "row": first.Row, "column": first.Column})
}

// trim drops the warnings beyond the bound, and counts them.
func (t *tally) trim(warnings []Issue) []Issue {
	if len(warnings) <= maxWarnings {
		return warnings
	}
	t.dropped += len(warnings) - maxWarnings
	return warnings[:maxWarnings]
}

// end adds how many warnings were dropped.
func (t *tally) end(warnings []Issue) []Issue {
	if t.dropped == 0 {
		return warnings
	}
	return append(warnings, Issue{Code: "warnings_more", Args: map[string]any{"count": t.dropped}})
}

// shorten bounds the values that the messages of a file repeat.
func shorten(p *Parsed) {
	for _, list := range [][]Issue{p.Refused, p.Warnings} {
		for i := range list {
			list[i].Column = quoted(list[i].Column, maxQuoted)
			shortenArgs(list[i].Args, maxQuoted)
		}
	}
}

func shortenArgs(args map[string]any, limit int) {
	for k, v := range args {
		if s, ok := v.(string); ok {
			args[k] = quoted(s, limit)
		}
	}
}

// quoted shortens a value for a message.
func quoted(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > limit {
			return strings.Clone(s[:i]) + "…"
		}
	}
	return s
}

// spreadsheetErrors are what a spreadsheet writes into a cell whose formula failed.
var spreadsheetErrors = map[string]bool{
	"#REF!": true, "#NAME?": true, "#VALUE!": true, "#DIV/0!": true, "#N/A": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true,
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
