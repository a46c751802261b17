package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
)

// Accounts is the list of accounts that an administrator sees.
type Accounts struct {
	Page   layout.Page
	Done   string // what was just done
	Search form.Field
	Rows   []AccountRow
	More   bool // there are others
}

// AccountRow is an account in a list.
type AccountRow struct {
	ID, Name, Mail, Created string
	Factor, Blocked         bool
	Own                     bool // of who looks at it
}

// CloseAccount asks somebody whether their account shall be closed.
type CloseAccount struct {
	Page   layout.Page
	Faults []form.Fault
	Sure   form.Choices
}
