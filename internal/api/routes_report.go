package api

import "avow/internal/civic"

var reportRoutes = []Route{
	{"GET", "/api/v1/commitments/{ref}/reports", "list-reports", "", effectNone, mediaJSON,
		"What institutions reported on a commitment, the newest first",
		[]string{"/api/v1/commitments/LT0031/reports"}},
	{"GET", "/api/v1/reports/{id}", "get-report", "", effectNone, mediaJSON,
		"One report with its corrections",
		[]string{"/api/v1/reports/" + exampleReport}},
	{"GET", "/api/v1/plans/{ref}/progress", "plan-progress", "", effectNone, mediaJSON,
		"The roll-up of a plan: which reports came, which are missing, how far everything is",
		[]string{"/api/v1/plans/lithuania-5/progress"}},
	{"GET", "/api/v1/exports/reports.csv", "export-reports-csv", "", effectNone, "text/csv",
		"The reports that fit, as one CSV table",
		[]string{"/api/v1/exports/reports.csv", "/api/v1/exports/reports.csv?plan=lithuania-5"}},
	{"GET", "/api/v1/exports/reports.jsonl", "export-reports-jsonl", "", effectNone, "application/x-ndjson",
		"The reports that fit, one JSON object a line, as the public record holds them",
		[]string{"/api/v1/exports/reports.jsonl"}},
	{"POST", "/api/v1/commitments/{ref}/reports", "report", civic.MayReport, "report", mediaJSON,
		"Report progress on a commitment, or on one of its indicators, in a period of its plan",
		[]string{"/api/v1/commitments/LT0031/reports"}},
	{"PUT", "/api/v1/reports/{id}", "correct-report", civic.MayReport, "correct_report", mediaJSON,
		"Correct a report: what is left out is taken out",
		[]string{"/api/v1/reports/" + exampleReport}},
}

// exampleReport stands for a report in the description.
const exampleReport = "01jreport0000000000000000a"
