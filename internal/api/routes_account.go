package api

var accountRoutes = []Route{
	{"GET", "/api/v1/account", "get-account", anAccount, effectNone, mediaJSON,
		"The account of the token, with its roles",
		[]string{"/api/v1/account"}},
}
