package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Story is what happened to something, newest first.
type Story struct {
	Page        layout.Page
	Heading     string
	Name        string
	Title       *phrase.Text // the name in its own language
	Trail       []Link
	Lead        string
	Days        []StoryDay
	First, Next string // addresses of other parts
}

// StoryDay is a day on which something happened.
type StoryDay struct {
	Date  string
	Items []StoryItem
}

// StoryItem is one thing that happened.
type StoryItem struct {
	Text    string
	About   *Link // what it belongs to, where the page is about more than that
	By      string
	Changes []FieldChange // both sides in full, where the sentence shortens them
	All     string        // what opens them
}
