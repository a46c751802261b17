package api

import (
	"slices"

	"avow/internal/civic"
)

// Route is one row of the API map.
type Route struct {
	Method     string           `json:"method"`
	Path       string           `json:"path"` // {name} stands for one element
	Operation  string           `json:"operation"`
	Permission civic.Permission `json:"permission"` // "" for everybody, anAccount for whoever has a token
	Effect     string           `json:"effect"`     // verb of the ledger entry of a success, or "none"
	Media      string           `json:"media"`      // content type of a success
	Summary    string           `json:"summary"`
	Samples    []string         `json:"samples"` // requests that the tests make; they work on the demonstration data
}

const (
	effectNone = "none"
	anAccount  = civic.Permission("account")
	mediaJSON  = "application/json"
	mediaXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// routes is the API map: what everybody reads, then what changes something.
var routes = slices.Concat(readRoutes, accountRoutes, grantRoutes, planRoutes, reportRoutes, sheetRoutes, voiceRoutes, studyRoutes, tagRoutes, scopeRoutes,
	historyRoutes, responsibilityRoutes, repositoryRoutes, followRoutes)

var readRoutes = []Route{
	{"GET", "/api/openapi.json", "description", "", effectNone, mediaJSON,
		"This description, in OpenAPI 3.1",
		[]string{"/api/openapi.json"}},

	{"GET", "/api/v1/overview", "overview", "", effectNone, mediaJSON,
		"What is here, in numbers",
		[]string{"/api/v1/overview"}},

	{"GET", "/api/v1/commitments", "list-commitments", "", effectNone, mediaJSON,
		"Commitments that fit a search and filters",
		[]string{"/api/v1/commitments", "/api/v1/commitments?limit=2", "/api/v1/commitments?q=open&member=LTU&limit=5", "/api/v1/commitments?region=europe&completion=not_started"}},
	{"GET", "/api/v1/commitments/{ref}", "get-commitment", "", effectNone, mediaJSON,
		"One commitment with its ratings, sources and history",
		[]string{"/api/v1/commitments/LT0031", "/api/v1/commitments/lt0031"}},
	{"GET", "/api/v1/facets", "list-facets", "", effectNone, mediaJSON,
		"The filters, and how many commitments each choice would leave",
		[]string{"/api/v1/facets", "/api/v1/facets?region=europe"}},

	{"GET", "/api/v1/members", "list-members", "", effectNone, mediaJSON,
		"All members",
		[]string{"/api/v1/members"}},
	{"GET", "/api/v1/members/{ref}", "get-member", "", effectNone, mediaJSON,
		"One member with its plans and institutions",
		[]string{"/api/v1/members/LTU", "/api/v1/members/lithuania"}},

	{"GET", "/api/v1/plans", "list-plans", "", effectNone, mediaJSON,
		"All action plans",
		[]string{"/api/v1/plans"}},
	{"GET", "/api/v1/plans/{ref}", "get-plan", "", effectNone, mediaJSON,
		"One action plan with its commitments",
		[]string{"/api/v1/plans/lithuania-5"}},

	{"GET", "/api/v1/exports/commitments.csv", "export-csv", "", effectNone, "text/csv",
		"The commitments that fit, as one CSV table",
		[]string{"/api/v1/exports/commitments.csv", "/api/v1/exports/commitments.csv?region=europe"}},
	{"GET", "/api/v1/exports/commitments.jsonl", "export-jsonl", "", effectNone, "application/x-ndjson",
		"The commitments that fit, one JSON object a line",
		[]string{"/api/v1/exports/commitments.jsonl"}},
	{"GET", "/api/v1/exports/commitments.xlsx", "export-xlsx", "", effectNone, mediaXLSX,
		"The commitments that fit, as a spreadsheet",
		[]string{"/api/v1/exports/commitments.xlsx"}},

	{"GET", "/api/v1/record", "get-record", "", effectNone, mediaJSON,
		"The head of the public record and its newest signed checkpoint",
		[]string{"/api/v1/record"}},
}

// Routes returns the API map: every operation, with what it needs and does.
func Routes() []Route { return slices.Clone(routes) }
