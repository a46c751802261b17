package web

import "avow/internal/civic"

// The rows of the workbook in which reports are written off line. An upload is
// first checked; it waits under its own address until it is confirmed.
var sheetRoutes = []Route{
	work("workbook", "/{lang}/work/plans/{plan}/periods/{period}/workbook", civic.MayReport, "J3", "sheet.title", (*Site).workbook),
	action("workbook-upload", "/{lang}/work/plans/{plan}/periods/{period}/workbook", civic.MayReport, NoEntry, "J3", (*Site).workbookUpload),
	sheetFile("workbook-xlsx", "/{lang}/work/plans/{plan}/periods/{period}/workbook.xlsx", (*Site).workbookXLSX),
	sheetFile("workbook-csv", "/{lang}/work/plans/{plan}/periods/{period}/workbook.csv", (*Site).workbookCSV),
	work("workbook-check", "/{lang}/work/plans/{plan}/periods/{period}/workbook/{upload}", civic.MayReport, "J3", "sheet.check.title", (*Site).workbookCheck),
	action("workbook-take", "/{lang}/work/plans/{plan}/periods/{period}/workbook/{upload}", civic.MayReport, "report", "J3", (*Site).workbookTake),
}

// sheetFile is a row of a file for those who may report.
func sheetFile(name, path string, handle func(*Site, *call) error) Route {
	r := file(name, path, handle)
	r.Permission = civic.MayReport
	return r
}
