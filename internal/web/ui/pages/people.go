package pages

import (
	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// RoleRow says how many people hold a role, without their names.
type RoleRow struct {
	Role, People string
	Bodies       []phrase.Text // institutions for which they hold it
}

// People is the list of roles that somebody may end.
type People struct {
	Page layout.Page
	Done string // what was just done
	Give string // address
	Rows []GrantRow
}

// GrantRow is a role with who has it.
type GrantRow struct {
	Name, Mail, Role string
	Where            []Link
	Body             *phrase.Text
	Since, Until, By string
	End              string // address
}

// GiveMember asks in which member a role shall hold.
type GiveMember struct {
	Page   layout.Page
	Action string
	Menu   form.Menu
	Button string
}

// GiveRole asks who shall have which role.
type GiveRole struct {
	Page        layout.Page
	Title       string
	Action      string
	Faults      []form.Fault
	Member      string // hidden; "-" everywhere
	Mail        form.Field
	Role        form.Choices
	Plan, Body  *form.Menu
	Commitment  *form.Field
	Until       form.Field
	Reason      form.Field
	Lang        form.Menu
	Elsewhere   string // address of the question before, "" when there is no choice
	ElsewhereIn string
}

// EndRole asks why a role ends.
type EndRole struct {
	Page   layout.Page
	Title  string
	Action string
	Faults []form.Fault
	Facts  []Fact
	Reason form.Field
	Back   string
}
