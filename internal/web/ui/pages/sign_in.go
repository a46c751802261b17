package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
)

// SignIn asks for a mail address, or for another way.
type SignIn struct {
	Page     layout.Page
	Mail, To string
	Faults   []form.Fault
	Provider form.Choice // an organisation's own sign-in: its address and name; zero for none
}

// SignInCode asks for the code of a mail.
type SignInCode struct {
	Page   layout.Page
	Mail   string // where it was sent, "" when this browser asked for none
	To     string
	Faults []form.Fault
	Linked bool // the sign-in of an organisation waits for this mail
	Again  string
}

// SignInLink is what a link of a mail leads to.
type SignInLink struct {
	Page   layout.Page
	Mail   string
	Token  string
	Reason string // why it cannot be used, "" when it can
	Code   string // address where the code can be typed, "" when that does not help
	Again  string // address to ask for another mail
}

// Setup makes the first administrator.
type Setup struct {
	Page       layout.Page
	Token      string
	Name, Mail string
	Faults     []form.Fault
	Reason     string // why the link cannot be used, "" when it can
}

// Passkey asks the browser for a passkey, or for a new one.
type Passkey struct {
	Page    layout.Page
	New     bool
	Options string // for the browser, JSON; "" before it was begun
	Action  string
	Begin   string // address that begins it
	To      string
	Faults  []form.Fault
	Other   string // address of another way
}
