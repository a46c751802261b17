package api

import "avow/internal/civic"

var scopeRoutes = []Route{
	{"GET", "/api/v1/taxonomy/facets", "digital-facets", "", effectNone, mediaJSON,
		"How the commitments spread over the facets of digital government, what governments do, and the scope of open digital",
		[]string{"/api/v1/taxonomy/facets", "/api/v1/taxonomy/facets?member=LTU&tag=open-data"}},
	{"PUT", "/api/v1/commitments/{ref}/scope", "answer-scope", civic.MayTag, "scope", mediaJSON,
		"Answer what the government does with the technology, which strands a commitment belongs to and which facets it has",
		[]string{"/api/v1/commitments/LT0031/scope"}},
}
