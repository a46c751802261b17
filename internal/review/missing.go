package review

import (
	"strings"

	"avow/internal/civic"
)

// missingCodes maps what OGP's tables write instead of a value, in lower case.
var missingCodes = map[string]civic.MissingKind{
	"":                   civic.Blank,
	"na":                 civic.NotApplicable,
	"n/a":                civic.NotApplicable,
	"not applicable":     civic.NotApplicable,
	"nr":                 civic.NotReported,
	"nd":                 civic.NoData,
	"no data":            civic.NoData,
	"no irm data":        civic.NoIRMData,
	"pending irm review": civic.PendingIRMReview,
	"not assessed":       civic.NotAssessed,
	"none specified":     civic.NotSpecified,
	"not specified":      civic.NotSpecified,
}

// MissingFromCode returns why a cell of OGP's tables holds no value, with the
// code as it stands there; false when the cell holds a value. White space around
// the code and its case do not matter; the code keeps them.
func MissingFromCode(cell string) (civic.Missing, bool) {
	kind, ok := missingCodes[strings.ToLower(strings.TrimSpace(cell))]
	if !ok {
		return civic.Missing{}, false
	}
	return civic.Missing{Kind: kind, Code: cell}, true
}

// MissingInstitution is MissingFromCode for columns of institutions and dates,
// where "Unclear" says that the source does not specify one.
func MissingInstitution(cell string) (civic.Missing, bool) {
	if strings.EqualFold(strings.TrimSpace(cell), "unclear") {
		return civic.Missing{Kind: civic.NotSpecified, Code: cell}, true
	}
	return MissingFromCode(cell)
}
