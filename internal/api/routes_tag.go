package api

import "avow/internal/civic"

const (
	mediaTurtle = "text/turtle"
	mediaJSONLD = "application/ld+json"
)

var tagRoutes = []Route{
	{"GET", "/api/v1/tags", "list-tags", "", effectNone, mediaJSON,
		"All tags of the taxonomy of today, with the editions that have them",
		[]string{"/api/v1/tags"}},
	{"GET", "/api/v1/tags/{slug}", "get-tag", "", effectNone, mediaJSON,
		"One tag, by any of its names: what it means and meant, its place, and how many commitments it has",
		[]string{"/api/v1/tags/public-participation", "/api/v1/tags/e-government"}},
	{"GET", "/api/v1/taxonomy", "get-taxonomy", "", effectNone, mediaJSON,
		"The taxonomy in force today, or as it was: by version or by day",
		[]string{"/api/v1/taxonomy", "/api/v1/taxonomy?on=2022-05-01", "/api/v1/taxonomy?version=1"}},
	{"GET", "/api/v1/taxonomy/versions", "list-taxonomy-versions", "", effectNone, mediaJSON,
		"Every version of the taxonomy with the changes that made it",
		[]string{"/api/v1/taxonomy/versions"}},
	{"GET", "/api/v1/taxonomy.ttl", "taxonomy-turtle", "", effectNone, mediaTurtle,
		"The taxonomy in force today as SKOS in Turtle",
		[]string{"/api/v1/taxonomy.ttl"}},
	{"GET", "/api/v1/taxonomy.jsonld", "taxonomy-jsonld", "", effectNone, mediaJSONLD,
		"The taxonomy in force today as SKOS in JSON-LD",
		[]string{"/api/v1/taxonomy.jsonld"}},
	{"GET", "/api/v1/taxonomy.csv", "taxonomy-csv", "", effectNone, "text/csv",
		"The tags in force today with their counts, a line each",
		[]string{"/api/v1/taxonomy.csv"}},
	{"GET", "/api/v1/taxonomy/losses", "list-tag-losses", "", effectNone, mediaJSON,
		"The edition report: which commitments lost a tag between two editions of OGP's table with nothing in its place",
		[]string{"/api/v1/taxonomy/losses"}},
	{"GET", "/api/v1/taxonomy/quality", "tag-quality", "", effectNone, mediaJSON,
		"What looks wrong in the tags, and how people decided on proposals",
		[]string{"/api/v1/taxonomy/quality", "/api/v1/taxonomy/quality?tag=open-data"}},
	{"GET", "/api/v1/commitments/{ref}/proposed-tags", "list-proposed-tags", "", effectNone, mediaJSON,
		"Tags that are proposed for a commitment and decided on by nobody yet, each with its reason",
		[]string{"/api/v1/commitments/LT0031/proposed-tags"}},
	{"POST", "/api/v1/taxonomy/sets", "apply-tags", civic.MayTaxonomy, "apply_tags", mediaJSON,
		"Apply a set of changes to the taxonomy, or say what it would do",
		[]string{"/api/v1/taxonomy/sets"}},
	{"POST", "/api/v1/taxonomy/sets/{set}/undo", "undo-tags", civic.MayTaxonomy, "undo_tags", mediaJSON,
		"Undo a set of changes",
		[]string{"/api/v1/taxonomy/sets/open-digital/undo"}},
	{"POST", "/api/v1/taxonomy/sets/{set}/redo", "redo-tags", civic.MayTaxonomy, "redo_tags", mediaJSON,
		"Redo a set of changes that was undone",
		[]string{"/api/v1/taxonomy/sets/open-digital/redo"}},
	{"POST", "/api/v1/tag-decisions", "decide-tags", civic.MayTag, "tag", mediaJSON,
		"Decide which tags commitments have",
		[]string{"/api/v1/tag-decisions"}},
}
