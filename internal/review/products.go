package review

import "avow/internal/civic"

// The IRM's products, oldest generation first (IRM products and process; OGP Local).
const (
	ProgressReport             civic.Product = "progress_report"
	MidTermReport              civic.Product = "mid_term_report"
	EndOfTermReport            civic.Product = "end_of_term_report"
	DesignReport               civic.Product = "design_report"
	ImplementationReport       civic.Product = "implementation_report"
	TransitionalResultsReport  civic.Product = "transitional_results_report"
	CoCreationBrief            civic.Product = "co_creation_brief"
	ActionPlanReview           civic.Product = "action_plan_review"
	ResultsReport              civic.Product = "results_report"
	LocalInceptionReport       civic.Product = "local_inception_report"
	LocalEndOfCommitmentReport civic.Product = "local_end_of_commitment"
	LocalEndOfPlanReport       civic.Product = "local_end_of_plan"

	// OGPPage is no product: OGP's page of a commitment shows some ratings without
	// naming the report they come from.
	OGPPage civic.Product = "ogp_page"
)

// Products lists them in the order in which a commitment's page shows them.
var Products = []civic.Product{
	ProgressReport, MidTermReport, EndOfTermReport, DesignReport, ImplementationReport, TransitionalResultsReport,
	CoCreationBrief, ActionPlanReview, ResultsReport, LocalInceptionReport, LocalEndOfCommitmentReport, LocalEndOfPlanReport, OGPPage,
}

// Final reports whether a product looks at a commitment after its plan has ended.
func Final(p civic.Product) bool {
	switch p {
	case EndOfTermReport, ImplementationReport, TransitionalResultsReport, ResultsReport, LocalEndOfCommitmentReport, LocalEndOfPlanReport:
		return true
	}
	return false
}
