package taxonomy

import (
	"io"

	"avow/internal/civic"
)

// Set is a change set: operations that are applied, undone and redone together.
// Its file form is docs/formats/tag-changes.md.
type Set struct {
	Name      string // a slug
	About     About
	Effective string    // YYYY-MM-DD; "" for the day on which it is applied
	Settings  []Setting // what can be chosen
	Changes   []Change
	when      []map[string]string // the settings under which each change is made
}

// Setting is a choice that a set leaves open.
type Setting struct {
	Name    string
	Title   civic.Text
	Values  []string
	Default string
}

// Choose decides the settings: those given, the default for the others. The result
// has no open settings and only the changes that are made under them.
func (s Set) Choose(settings map[string]string) (Set, error) { return s, nil }

// ReadSet reads a change set from its file form. It refuses what no graph could
// take: an unknown operation or field, a missing reason, a date that is none.
func ReadSet(r io.Reader) (Set, error) { return Set{}, nil }

// Shipped lists the names of the change sets that are part of the program.
func Shipped() []string { return nil }

// ShippedSet returns one of them; NotFound when there is none of the name.
func ShippedSet(name string) (Set, error) { return Set{}, nil }
