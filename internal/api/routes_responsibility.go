package api

import "avow/internal/civic"

var responsibilityRoutes = []Route{
	{"GET", "/api/v1/members/{ref}/responsibility", "get-responsibility", "", effectNone, mediaJSON,
		"Who answers for what in a member: institutions, tensions between laws, tools, and the gaps",
		[]string{"/api/v1/members/LTU/responsibility"}},
	{"POST", "/api/v1/members/{ref}/tensions", "keep-tension", civic.MayKeepDuties, "keep_tension", mediaJSON,
		"Write down a tension between laws",
		[]string{"/api/v1/members/LTU/tensions"}},
	{"POST", "/api/v1/members/{ref}/tools", "keep-tool", civic.MayKeepDuties, "keep_tool", mediaJSON,
		"Write down a tool and who keeps it running",
		[]string{"/api/v1/members/LTU/tools"}},
}
