package review

// Scale is one version of a rating scale. A version never changes; a new method
// gets a new version, and nothing compares values across versions silently.
type Scale struct {
	ID       string   // "completion/2017": what civic.Rating.Scale holds
	Variable string   // the family: "completion"
	Values   []string // lower-case names for storage and catalogues, lowest first where there is an order
	Ordered  bool     // the values from the first on are degrees of one thing
	Source   string   // where the scale is written down
}

// Has reports whether value belongs to the scale.
func (s Scale) Has(value string) bool {
	for _, v := range s.Values {
		if v == value {
			return true
		}
	}
	return false
}

var (
	yesNo        = []string{"no", "yes"}
	noUnclearYes = []string{"no", "unclear", "yes"}
)

const (
	inTables = "OGP commitments tables 2015, 2017, 2024"
	inMethod = "IRM method, plans of 2020 and later"
	inLocal  = "OGP Local inception report"
	onSite   = "summary on OGP's page of a commitment"
)

// Scales lists every scale in the order in which a commitment's page shows them.
//
// completion/2015 is the scale coded 1 to 4 in the table of 2015, where Unclear
// and Withdrawn stand outside it; completion/2017 codes all six from 0 to 5.
var Scales = []Scale{
	{"specificity/2012", "specificity", []string{"none", "low", "medium", "high"}, true, inTables},
	{"verifiable/2021", "verifiable", yesNo, false, inMethod},
	{"ogp_value/2012", "ogp_value", yesNo, false, inTables},
	{"relevant/2012", "relevant", yesNo, false, inTables},
	{"grand_challenge/2012", "grand_challenge", yesNo, false, inTables},
	{"newness/2012", "newness", []string{"unclear", "pre_existing", "new"}, false, inTables},
	{"potential_impact/2012", "potential_impact", []string{"worsens", "none", "minor", "moderate", "transformative", "unclear"}, false, inTables},
	{"potential_for_results/2020", "potential_for_results", []string{"unclear", "modest", "substantial"}, true, inMethod},
	{"completion/2015", "completion", []string{"not_started", "limited", "substantial", "complete", "unclear", "withdrawn"}, false, inTables},
	{"completion/2017", "completion", []string{"withdrawn", "unclear", "no_evidence_available", "not_started", "limited", "substantial", "complete"}, false, inTables},
	{"on_schedule/2012", "on_schedule", []string{"behind_schedule", "on_schedule", "ahead_of_schedule", "unclear"}, false, inTables},
	{"change_in_completion/2017", "change_in_completion", []string{"decrease", "no_change", "increase"}, true, inTables},
	{"open_government/2017", "open_government", []string{"worsened", "did_not_change", "no_early_results", "marginal", "major", "outstanding"}, false, inTables},
	{"open_government_value/2017", "open_government", []string{"worsened", "did_not_change", "marginal", "major", "outstanding"}, true, inTables},
	{"early_results/2021", "early_results", []string{"no_notable", "moderate", "significant"}, true, inMethod},
	{"starred/pre-june-2014", "starred", yesNo, false, inTables},
	{"starred/2015", "starred", yesNo, false, inTables},
	{"starred/current", "starred", yesNo, false, inTables},
	{"carried_forward/2017", "carried_forward", yesNo, false, inTables},
	{"ambition/site", "ambition", []string{"low", "high"}, true, onSite},
	{"verifiable/local-2021", "verifiable", noUnclearYes, false, inLocal},
	{"relevant/local-2021", "relevant", noUnclearYes, false, inLocal},
	{"newness/local-2021", "newness", []string{"continuation", "new"}, false, inLocal},
	{"strength_of_change/local-2021", "strength_of_change", []string{"not_binding", "binding"}, true, inLocal},
}

// ScaleByID returns a scale, and false when there is none of this ID.
func ScaleByID(id string) (Scale, bool) {
	for _, s := range Scales {
		if s.ID == id {
			return s, true
		}
	}
	return Scale{}, false
}

// Variables lists what can be rated, in the order of a commitment's page. Several
// variables can share a scale (the four OGP values), and one can have several
// versions of its scale.
var Variables = []string{
	"specificity", "verifiable",
	"value_information", "value_participation", "value_accountability", "value_technology", "relevant",
	"challenge_integrity", "challenge_resources", "challenge_services", "challenge_corporate", "challenge_communities",
	"newness", "potential_impact", "potential_for_results",
	"completion", "projected_completion", "on_schedule", "change_in_completion",
	"open_government", "open_government_information", "open_government_participation", "open_government_accountability",
	"early_results", "ambition", "strength_of_change", "starred", "starred_2014", "starred_2015", "starred_current", "carried_forward",
}
