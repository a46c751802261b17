package api

import "avow/internal/civic"

var grantRoutes = []Route{
	{"GET", "/api/v1/grants", "list-grants", "", effectNone, mediaJSON,
		"Roles in force, without who has them",
		[]string{"/api/v1/grants"}},
	{"POST", "/api/v1/grants", "grant", civic.MayGrantWithin, "grant", mediaJSON,
		"Give a role; somebody without an account is invited by e-mail",
		[]string{"/api/v1/grants"}},
	{"DELETE", "/api/v1/grants/{id}", "end-grant", civic.MayGrantWithin, "end_grant", mediaJSON,
		"End a role, with the reason",
		[]string{"/api/v1/grants/01jgrant00000000000000000a?reason=Left"}},
}
