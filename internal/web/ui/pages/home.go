package pages

import (
	"avow/internal/web/ui/components/bars"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/layout"
)

// Home is what the first page says.
type Home struct {
	Page    layout.Page
	Demo    string // the sentence about demonstration data, or ""
	Search  search.Box
	Numbers []Link // number in Count
	Empty   bool   // nothing is here yet
	Chart   bars.Chart
	Regions []Link
	Record  RecordFacts
}
