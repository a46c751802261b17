package api

import "avow/internal/civic"

var sheetRoutes = []Route{
	{"GET", "/api/v1/plans/{ref}/periods/{period}/workbook.xlsx", "get-workbook", civic.MayReport, effectNone, mediaXLSX,
		"The workbook in which the reports of a period are written off line, with what is known filled in",
		[]string{"/api/v1/plans/lithuania-5/periods/2026-1/workbook.xlsx"}},
	{"GET", "/api/v1/plans/{ref}/periods/{period}/workbook.csv", "get-workbook-csv", civic.MayReport, effectNone, "text/csv",
		"The table of that workbook",
		[]string{"/api/v1/plans/lithuania-5/periods/2026-1/workbook.csv"}},
	{"POST", "/api/v1/plans/{ref}/periods/{period}/workbook", "take-workbook", civic.MayReport, "report", mediaJSON,
		"Take a filled workbook, or say what it would change",
		[]string{"/api/v1/plans/lithuania-5/periods/2026-1/workbook?dry_run=true"}},
}
