package web

import "avow/internal/civic"

// A step of writing a report; {unit} is the code of an indicator, or "all".
const reportStepPath = "/{lang}/work/reports/{plan}/{period}/{commitment}/{unit}/{step}"

// The rows of reports: what everybody reads of them, and where they are written.
var reportRoutes = []Route{
	page("reports", "/{lang}/commitments/{commitment}/reports", "J2", "", (*Site).reports),
	page("report", "/{lang}/reports/{report}", "J2", "", (*Site).report),
	page("progress", "/{lang}/plans/{plan}/progress", "J1", "", (*Site).planProgress),
	work("work-reports", "/{lang}/work/reports", civic.MayReport, "report progress", "work.reports.title", (*Site).workReports),
	{Name: "work-report", Method: "GET", Path: reportStepPath, Kind: KindWork, Permission: civic.MayReport, Ledger: NoEntry, Journey: "report progress",
		Samples: []string{reportStepPath}, handle: (*Site).workReport},
	{Name: "keep-report", Method: "POST", Path: reportStepPath, Kind: KindAction, Permission: civic.MayReport, Ledger: "report", Journey: "report progress",
		Samples: []string{reportStepPath}, handle: (*Site).keepReport},
}
