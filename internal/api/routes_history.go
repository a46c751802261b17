package api

var historyRoutes = []Route{
	{"GET", "/api/v1/changes", "list-changes", "", effectNone, mediaJSON,
		"What changed since an entry of the public record, oldest first",
		[]string{"/api/v1/changes", "/api/v1/changes?since=5&limit=2"}},
	{"GET", "/api/v1/commitments/{ref}/history", "commitment-history", "", effectNone, mediaJSON,
		"What happened to a commitment, newest first",
		[]string{"/api/v1/commitments/LT0031/history"}},
	{"GET", "/api/v1/plans/{ref}/history", "plan-history", "", effectNone, mediaJSON,
		"What happened to a plan and its commitments, newest first",
		[]string{"/api/v1/plans/lithuania-5/history?limit=5"}},
	{"GET", "/api/v1/members/{ref}/history", "member-history", "", effectNone, mediaJSON,
		"What happened to a member, its plans and its commitments, newest first",
		[]string{"/api/v1/members/LTU/history?limit=5"}},
	{"GET", "/api/v1/tags/{ref}/history", "tag-history", "", effectNone, mediaJSON,
		"What happened to a tag, and which decisions put it on a commitment or took it off, newest first",
		[]string{"/api/v1/tags/open-data/history?limit=5"}},
}
