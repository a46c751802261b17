package pages

import "avow/internal/web/ui/layout"

// RecordFacts is the state of the public record.
type RecordFacts struct {
	Entries string
	Root    string // base64, or "" while the record is empty
	Newest  string // in words, or ""
	Origin  string
}

// Record is the page about the public record.
type Record struct {
	Page       layout.Page
	Facts      RecordFacts
	Checkpoint string // signed, or "" when there is none yet
	Key        string // that verifies it
	JSON       string // address of the same for programs
}
