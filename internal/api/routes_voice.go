package api

import "avow/internal/civic"

var voiceRoutes = []Route{
	{"GET", "/api/v1/reports/{id}/testimonies", "list-testimonies", "", effectNone, mediaJSON,
		"What citizens say of a report: numbers, where they are not small, and words",
		[]string{"/api/v1/reports/01jreport0000000000000000a/testimonies"}},
	{"GET", "/api/v1/reports/{id}/disputes", "list-disputes", "", effectNone, mediaJSON,
		"How a report is disputed",
		[]string{"/api/v1/reports/01jreport0000000000000000a/disputes"}},
	{"POST", "/api/v1/reports/{id}/testimonies", "testify", anAccount, "testify", mediaJSON,
		"Say what you saw of a report, or write down what somebody met off line saw",
		[]string{"/api/v1/reports/01jreport0000000000000000a/testimonies"}},
	{"DELETE", "/api/v1/testimonies/{id}", "withdraw-testimony", anAccount, "withdraw", mediaJSON,
		"Withdraw what you said",
		[]string{"/api/v1/testimonies/01jtestimony000000000000a"}},
	{"POST", "/api/v1/reports/{id}/disputes", "dispute", civic.MayDispute, "dispute", mediaJSON,
		"Contest a report",
		[]string{"/api/v1/reports/01jreport0000000000000000a/disputes"}},
	{"POST", "/api/v1/disputes/{id}/answer", "answer-dispute", civic.MayAnswer, "answer_dispute", mediaJSON,
		"Answer a dispute for the government",
		[]string{"/api/v1/disputes/01jdispute000000000000000a/answer"}},
	{"POST", "/api/v1/disputes/{id}/outcome", "settle-dispute", civic.MaySettle, "settle_dispute", mediaJSON,
		"Settle a dispute",
		[]string{"/api/v1/disputes/01jdispute000000000000000a/outcome"}},
}
