package value

import "github.com/a-h/templ"

// Examples shows the component in its states.
func Examples() []templ.Component {
	return []templ.Component{
		Chip(Value{Text: "Substantial"}),
		Chip(Value{Text: "Not reported", Missing: true, Code: "NR"}),
		Chip(Value{Text: "Limited", Note: "The source writes: Limited (3)"}),
		Chip(Value{Text: "Alto", Lang: "es"}),
	}
}
