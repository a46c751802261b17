// Package form is what pages ask people with: fields, choices, uploads, the
// summary of errors, and the list of answers before something is sent.
//
// Accessibility: each field has a label and its hint and error are tied to it
// (aria-describedby); the summary of errors comes first in the page, takes focus,
// and leads to each field; a group of choices is a fieldset with its question as
// legend; every target is at least 44 pixels high; nothing depends on a script.
// The page's title begins with the word for an error when there is one: the
// caller's part.
package form

import (
	"strconv"
	"strings"
)

// Fault is what is wrong with a field, translated.
type Fault struct {
	Field string // name of the field, "" for the form as a whole
	URL   string // of the page that has the field, "" for this one
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

// Field is a question answered in writing. Its id on the page is its Name.
type Field struct {
	Name, Label, Hint, Value, Fault string

	Kind         string // "" text, "email", "url", "date", "number", "code" (numbers sent to a person)
	Area         bool   // several lines
	Rows, Max    int    // lines shown, characters taken; 0 the usual
	Lang, Dir    string // of the answer, where it is not that of the page
	Autocomplete string // what a browser may fill in: "email", "name"; "" leaves it to the browser
	Optional     string // the translated word "optional"; "" for what must be answered
}

// Choice is one of several answers.
type Choice struct {
	Value, Label, Hint string
	Chosen             bool
	Lang               string // of Label, when it is data in another language than the page
}

// Choices is a question with its answers in sight. The first answer's id is the
// Name, so that a summary of errors leads to it.
type Choices struct {
	Name, Legend, Hint, Fault string

	Many  bool // any number of them
	Items []Choice
	Lang  string // of Legend, when it is data in another language than the page
}

// Menu is a question with many answers of which one is chosen.
type Menu struct {
	Name, Label, Hint, Fault string

	Items []Choice
}

// Upload asks for a file. Accept is what the browser offers: ".pdf,.xlsx".
type Upload struct{ Name, Label, Hint, Accept, Fault string }

// Answer is one line of "check your answers".
type Answer struct {
	Question, Value   string
	Lang, Dir         string // of the value
	ChangeURL, Change string // the link to change it with its word; "" when it stays
}

// tied names the hint and the error of a field for aria-describedby.
func tied(name, hint, fault string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, name+"-hint")
	}
	if fault != "" {
		ids = append(ids, name+"-error")
	}
	return strings.Join(ids, " ")
}

func (f Field) tied() string { return tied(f.Name, f.Hint, f.Fault) }

// control is the type of the input. A number is text: browsers change numbers
// when a wheel turns, and take signs that are none.
func (f Field) control() string {
	switch f.Kind {
	case "email", "url", "date":
		return f.Kind
	}
	return "text"
}

func (f Field) mode() string {
	if f.Kind == "number" || f.Kind == "code" {
		return "numeric"
	}
	return ""
}

// exact reports whether the answer is no prose: nothing to spell or to capitalise.
func (f Field) exact() bool { return f.Kind != "" }

func (f Field) fill() string {
	if f.Autocomplete == "" && f.Kind == "code" {
		return "one-time-code"
	}
	return f.Autocomplete
}

// direction is that of the answer: what a machine reads goes left to right.
func (f Field) direction() string {
	if f.Dir == "" && f.exact() {
		return "ltr"
	}
	return f.Dir
}

func (f Field) max() string {
	if f.Max == 0 {
		return ""
	}
	return strconv.Itoa(f.Max)
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "5"
	}
	return strconv.Itoa(f.Rows)
}

func (f Field) class() string {
	if f.Kind == "date" || f.Kind == "number" || f.Kind == "code" {
		return "short"
	}
	return "wide"
}

// id is that of the choice at a position.
func (c Choices) id(i int) string {
	if i == 0 {
		return c.Name
	}
	return c.Name + "-" + strconv.Itoa(i+1)
}

func (c Choices) control() string {
	if c.Many {
		return "checkbox"
	}
	return "radio"
}

func around(fault string) string {
	if fault != "" {
		return "field wrong"
	}
	return "field"
}
