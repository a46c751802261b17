package pages

import (
	"strconv"

	"avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Study is a page of the workbench, and what everybody sees of a published study:
// a title and sections.
//
// Accessibility: whatever can be done is a link or a form; the map has the same
// points as a table beside it; nothing is dragged.
type Study struct {
	Page     layout.Page
	Done     string
	Trail    []Link
	Kicker   string
	Title    phrase.Text
	Demo     string
	Faults   []form.Fault
	Intro    string
	Texts    []phrase.Text
	Facts    []Fact
	Acts     []Link
	Before   Link // on the way from one commitment to the next
	After    Link
	Sections []StudySection
}

// StudySection is a part of the page under a heading of its own.
type StudySection struct {
	ID, Title string
	Notes     []string
	Facts     []Fact
	Said      []StudySaid
	Map       []StudyPoint
	Table     *StudyTable
	Form      *StudyForm
	Acts      []Link
}

// StudySaid is a text that somebody wrote, with what it is on.
type StudySaid struct {
	About string
	On    Link
	Texts []phrase.Text
}

// StudyTable is a table whose first column heads its rows.
type StudyTable struct {
	Caption string
	Heads   []Column
	Rows    [][]StudyCell
}

// StudyCell is a text, a link, or a text in its own language.
type StudyCell struct {
	Text   string
	Link   *Link
	Phrase *phrase.Text
}

// StudyForm asks for something within a section.
type StudyForm struct {
	Action string
	Hidden [][2]string
	Picks  []form.Choices
	Fields []form.Field
	Menus  []form.Menu
	After  []form.Choices
	Send   string
}

// StudyPoint is a commitment on the map, in thousandths; Shape tells its group.
type StudyPoint struct {
	X, Y   int
	Number string
	Shape  int
}

// Shapes is how many shapes tell groups apart on the map; more groups begin anew.
const Shapes = 6

// outline draws the shape of a point around its middle.
func (p StudyPoint) outline() string {
	at := strconv.Itoa(p.X) + " " + strconv.Itoa(p.Y)
	switch p.Shape % Shapes {
	case 1: // square
		return "M" + at + "m-18 -18h36v36h-36z"
	case 2: // lozenge
		return "M" + at + "m0 -25l25 25l-25 25l-25 -25z"
	case 3: // triangle
		return "M" + at + "m0 -28l26 44h-52z"
	case 4: // triangle on its point
		return "M" + at + "m0 28l26 -44h-52z"
	case 5: // hexagon
		return "M" + at + "m-22 0l11 -20h22l11 20l-11 20h-22z"
	}
	return "M" + at + "m-20 0a20 20 0 1 0 40 0a20 20 0 1 0 -40 0z" // circle
}

func (p StudyPoint) x() string { return strconv.Itoa(p.X) }
func (p StudyPoint) y() string { return strconv.Itoa(p.Y + 8) }
