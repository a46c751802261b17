package interchange

import (
	"regexp"
)

var plainNumber = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// Guard puts one apostrophe before a cell that a spreadsheet would read as a
// formula: text that begins with = + - @, tab or return and is no plain number,
// or with apostrophes before one of these. Unguard(Guard(s)) == s for every s.
func Guard(s string) string {
	quotes, risky := formulaStart(s)
	if !risky || quotes == 0 && plainNumber.MatchString(s) {
		return s
	}
	return "'" + s
}

// Unguard takes exactly one apostrophe away in front of = + - @, tab or return,
// or of further apostrophes before one of these.
func Unguard(s string) string {
	if quotes, risky := formulaStart(s); risky && quotes > 0 {
		return s[1:]
	}
	return s
}

// formulaStart counts the apostrophes that s begins with and tells whether a
// character follows them that starts a formula.
func formulaStart(s string) (quotes int, risky bool) {
	for quotes < len(s) && s[quotes] == '\'' {
		quotes++
	}
	if quotes == len(s) {
		return quotes, false
	}
	switch s[quotes] {
	case '=', '+', '-', '@', '\t', '\r':
		return quotes, true
	}
	return quotes, false
}
