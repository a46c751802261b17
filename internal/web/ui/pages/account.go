package pages

import (
	"strings"

	"github.com/a-h/templ"

	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/layout"
)

// Work is where somebody's work begins.
type Work struct {
	Page   layout.Page
	Name   string
	Roles  []RoleHeld
	Proof  string // address to give the second factor at, "" when it is not needed now
	Waits  []Link // what waits for the person
	Calm   string // that nothing waits
	Places []layout.Link
}

// RoleHeld is a role that somebody has.
type RoleHeld struct {
	Name, Place, Until string // Until "" without an end
	Lang, Dir          string // of Place
}

// Account is somebody's own account.
type Account struct {
	Page      layout.Page
	Done      string // what was just done, "" for nothing
	Faults    []form.Fault
	Name      string
	Mail      string
	Created   string
	Languages []form.Choice
	Roles     []RoleHeld
	Sessions  []SessionRow
	TOTP      bool
	Recovery  string // how many recovery codes are left, in words
	Passkeys  []KeyRow
	Tokens    []KeyRow
	TokenName string
	Issuers   []string
	Prove     string // address to give the second factor at first, "" when it was given or there is none
}

// SessionRow is a browser in which somebody is signed in.
type SessionRow struct {
	ID, Device, Seen string
	This             bool
	Strong           bool
}

// KeyRow is a passkey, or a key for programs.
type KeyRow struct{ ID, Name, Created, Used, Note string }

// Factor asks for a second factor, or leads to one.
type Factor struct {
	Page     layout.Page
	To       string
	TOTP     bool
	Passkey  bool
	Faults   []form.Fault
	Begin    string // address that begins an enrolment
	Already  bool   // it was given
	Continue string // address to go on to
}

// Enrol shows the secret of a new second factor and takes its first code.
type Enrol struct {
	Page   layout.Page
	To     string
	Secret string
	URL    string
	QR     string // address of the picture
	Faults []form.Fault
	Begin  string // "" when there is a secret to confirm
}

// Once shows something that is not shown again.
type Once struct {
	Page  layout.Page
	Codes []string
	Name  string
	Token string
	To    string
}

// link opens the app of the second factor. No other address of this kind is
// written: the scheme is looked at here.
func (e Enrol) link() templ.SafeURL {
	if !strings.HasPrefix(e.URL, "otpauth://totp/") {
		return "#main"
	}
	return templ.SafeURL(e.URL)
}
