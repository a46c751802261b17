package web

import "avow/internal/civic"

// The rows of the facets of digital government: how the commitments spread over them,
// and where a person answers for one commitment.
var scopeRoutes = []Route{
	page("facets", "/{lang}/facets", "G1", "facets.title", (*Site).facets, "/{lang}/facets?member=lithuania"),

	work("scope", "/{lang}/work/scope/{commitment}", civic.MayTag, "decide on tags", "scopework.title", (*Site).scope),
	action("scope-send", "/{lang}/work/scope/{commitment}", civic.MayTag, "scope", "decide on tags", (*Site).scopeSend),
}
