package pages

import (
	"avow/internal/web/ui/components/bars"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/span"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/layout"
)

// Members is the list of members.
type Members struct {
	Page    layout.Page
	Count   string
	Regions []Link
	Columns []Column
	Rows    []MemberRow
}

// MemberRow is a member in the list.
type MemberRow struct {
	Member      Link
	Region      string
	Plans       string
	Commitments string
	Years       string
	Unknown     value.Value // instead of Years when those are not known
}

// Member is a member's page.
type Member struct {
	Page             layout.Page
	Trail            []Link
	Name             string
	Demo             string
	Facts            []Fact
	Axis             span.Axis
	AxisEnds         [2]string
	Plans            []PlanRow
	All              Link // its commitments
	Chart            bars.Chart
	Institutions     []InstitutionRow
	InstitutionCount string
	Progress         *ProgressNote // nil where nothing is reported here
	Roles            []RoleRow
	Answers          Link // who answers for what
}

// PlanRow is a plan in a table, with its stretch of time.
type PlanRow struct {
	Plan        Link
	Member      *Link
	Period      string
	NoPeriod    *value.Value // instead of Period
	Submitted   string
	Bar         span.Bar
	Commitments string
	High        string // in words: how many of them are complete or substantial; else
	NotKnown    []value.Value
}

// InstitutionRow is an institution and its part.
type InstitutionRow struct {
	Name phrase.Text
	Part string // "leads 3, supports 1"
}
