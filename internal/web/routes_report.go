package web

// The rows of reports: what everybody reads of them, and where they are written.
var reportRoutes = []Route{
	page("reports", "/{lang}/commitments/{commitment}/reports", "J2", "", (*Site).reports),
	page("report", "/{lang}/reports/{report}", "J2", "", (*Site).report),
	page("progress", "/{lang}/plans/{plan}/progress", "J1", "", (*Site).planProgress),
}
