// Package pages holds the content of each page, one file per noun. A page gets
// typed props with finished words; the handlers in web make them.
package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
)

// Link is an address with its words; Count is a number behind it, "" for none.
type Link struct {
	URL, Text, Count string
	Current          bool
	Lang             string // of Text when it is data
}

// Fact is one line of a summary: a term and what is known of it. Exactly one of
// the fields after Term is set.
type Fact struct {
	Term   string
	Text   string
	Link   *Link
	Value  *value.Value
	Phrase *phrase.Text
	More   []Fact // several things under one term
}

// Column is a column heading; URL sorts by it, Sorted is "ascending", "descending" or "".
type Column struct {
	Text, URL, Sorted string
	Number            bool
}
