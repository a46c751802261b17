package pages

import "avow/internal/web/ui/layout"

// Data is the page of downloads.
type Data struct {
	Studies string // address of the published studies
	Page    layout.Page
	Formats []Format
	Columns []Fact
	Missing []Fact
	Scales  []Fact // what is rated, with its meaning
}

// Format is one download.
type Format struct {
	ID, URL, Name, Help string
	Size                string // in words, "" while not known
}

// Error is what a page says when something went wrong.
type Error struct {
	Page  layout.Page
	Title string
	What  string
	Next  string
	ID    string // of the request
	Kept  *Kept  // what the person sent, nil for nothing
	Yours bool   // leads to the person's own work
}

// APIDocs is the page about the API.
type APIDocs struct {
	Page       layout.Page
	Operations []Operation
}

// Operation is one address of the API, in the words of its description (English).
type Operation struct {
	ID, Method, Path, Summary, Text string
	Example                         string // address to try
	Params                          []Param
}

// Param is a parameter of an operation.
type Param struct{ Name, Kind, Text string }
