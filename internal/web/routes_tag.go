package web

// The rows of tags: what everybody reads of them, and where they are worked on.
var tagRoutes = []Route{
	page("taxonomy", "/{lang}/taxonomy", "J2", "taxonomy.page.title", (*Site).taxonomy),
	page("taxonomy-version", "/{lang}/taxonomy/{version}", "J2", "", (*Site).taxonomyVersion,
		"/{lang}/taxonomy/1", "/{lang}/taxonomy/3", "/{lang}/taxonomy/3?from=2"),
}
