package review

// Metrics of OGP's core eligibility with the most points of each.
var Metrics = map[string]int{"fiscal_transparency": 4, "access_to_information": 4, "asset_disclosure": 4, "citizen_engagement": 4}

// Eligibility is how a government stands with the core criteria.
type Eligibility struct {
	Points, Most int    // of the metrics that cover it
	Result       Result // Met: at least 75 % of the points that apply; CannotTell: not enough data
}

// CoreEligibility applies the rule of 75 % to the points of the metrics that cover
// a government: 12 of 16, or 9 of 12 when one metric is missing. With two or more
// missing there is no verdict (invariant 5). Points outside of a metric's range, and
// metrics that are none, give no verdict either. The Values Check is another gate.
func CoreEligibility(points map[string]int) Eligibility {
	var e Eligibility
	for metric, n := range points {
		most, known := Metrics[metric]
		if !known || n < 0 || n > most {
			return Eligibility{Result: CannotTell}
		}
		e.Points += n
		e.Most += most
	}
	switch {
	case len(points) < len(Metrics)-1:
		e.Result = CannotTell
	case 4*e.Points >= 3*e.Most:
		e.Result = Met
	default:
		e.Result = NotMet
	}
	return e
}
