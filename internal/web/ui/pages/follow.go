package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
)

// Follow asks for an address to which to tell what changes.
type Follow struct {
	Page     layout.Page
	Action   string
	Done     string
	Name, To string            // what is followed and its page, "" when words are asked for
	Kept     map[string]string // how the form names it
	Faults   []form.Fault
	Query    *form.Field
	Mail     form.Field
	Cadence  form.Choices
}

// FollowStep is a page with one button: what a letter's link leads to.
type FollowStep struct {
	Page                      layout.Page
	Title, Text, Button, Done string
	Action, Token             string
}

// Reminders asks whether somebody wants letters about reports that are due.
type Reminders struct {
	Page         layout.Page
	Action, Done string
	Choice       form.Choices
}

// Webhooks lists webhooks and asks for a new one.
type Webhooks struct {
	Page              layout.Page
	Action, Test, End string
	Done              string
	Faults            []form.Fault
	Hooks             []Webhook
	URL               form.Field
	Member            form.Menu
}

// Webhook is one, with its last tries.
type Webhook struct {
	ID, URL, Member, Made, State string
	Runs                         bool
	Tries                        []Try
}

// Try is one try to tell a webhook something.
type Try struct{ When, What, Went string }
