// Package form is what pages ask people with: fields, choices, uploads, the
// summary of errors, and the list of answers before something is sent.
//
// Accessibility: each field has a label and its hint and error are tied to it
// (aria-describedby); the summary of errors comes first in the page, takes focus,
// and leads to each field; nothing depends on a script.
package form

// Fault is what is wrong with a field, translated.
type Fault struct {
	Field string // name of the field, "" for the form as a whole
	Text  string
}

// Of returns the fault of a field, "" when there is none.
func Of(faults []Fault, field string) string {
	for _, f := range faults {
		if f.Field == field {
			return f.Text
		}
	}
	return ""
}
