package pages

import (
	"avow/internal/web/ui/components/bars"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/span"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
)

// Plans is the list of plans.
type Plans struct {
	Page     layout.Page
	Count    string
	Axis     span.Axis
	AxisEnds [2]string
	Rows     []PlanRow
	Next     string // address of the next page, "" on the last
	First    string // address of the first page when this is another
}

// Plan is a plan's page.
type Plan struct {
	Page        layout.Page
	Trail       []Link
	Name        string
	Title       *phrase.Text // in the government's words
	Demo        string
	Facts       []Fact
	Axis        span.Axis
	AxisEnds    [2]string
	Period      string
	Bar         span.Bar
	Chart       bars.Chart
	Commitments []PlanCommitment
	Stage       string        // how far a plan is that is run here
	Moved       *Link         // to what changed since it was adopted
	Progress    *ProgressNote // nil where nothing is reported here
}

// PlanCommitment is a commitment in its plan.
type PlanCommitment struct {
	Number     string
	URL        string
	Title      phrase.Text
	Ref        string
	State      string // proposed, or dropped
	Period     string
	NoPeriod   *value.Value // instead of Period
	Bar        span.Bar
	Completion value.Value
}
