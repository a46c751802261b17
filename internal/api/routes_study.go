package api

var studyRoutes = []Route{
	{"GET", "/api/v1/studies", "list-studies", "", effectNone, mediaJSON,
		"Published studies of commitments",
		[]string{"/api/v1/studies"}},
	{"GET", "/api/v1/studies/{id}", "get-study", "", effectNone, mediaJSON,
		"A published study: its frozen list, groups, codings, agreement and memos",
		[]string{"/api/v1/studies/01jpublished00000000000000a"}},
}
