package web

import "avow/internal/civic"

// The rows of tags: what everybody reads of them, and where they are worked on.
var tagRoutes = []Route{
	page("taxonomy", "/{lang}/taxonomy", "J2", "taxonomy.page.title", (*Site).taxonomy),
	page("taxonomy-version", "/{lang}/taxonomy/{version}", "J2", "", (*Site).taxonomyVersion,
		"/{lang}/taxonomy/1", "/{lang}/taxonomy/3", "/{lang}/taxonomy/3?from=2"),

	work("work-taxonomy", "/{lang}/work/taxonomy", civic.MayTaxonomy, "change the tags", "tagwork.taxonomy", (*Site).workTaxonomy),
	work("taxonomy-preview", "/{lang}/work/taxonomy/preview", civic.MayTaxonomy, "change the tags", "", (*Site).previewTaxonomy,
		"/{lang}/work/taxonomy/preview?shipped=open-digital", "/{lang}/work/taxonomy/preview?shipped=social-media"),
	action("taxonomy-read", "/{lang}/work/taxonomy/preview", civic.MayTaxonomy, NoEntry, "change the tags", (*Site).readTaxonomy),
	work("taxonomy-operation", "/{lang}/work/taxonomy/operation", civic.MayTaxonomy, "change the tags", "", (*Site).operation,
		"/{lang}/work/taxonomy/operation?op=create", "/{lang}/work/taxonomy/operation?op=merge"),
	action("taxonomy-apply", "/{lang}/work/taxonomy/apply", civic.MayTaxonomy, "apply_tags", "change the tags", (*Site).applyTaxonomy),
	work("taxonomy-undo", "/{lang}/work/taxonomy/undo", civic.MayTaxonomy, "change the tags", "tagwork.undo", (*Site).undoTaxonomy),
	action("taxonomy-undo-send", "/{lang}/work/taxonomy/undo", civic.MayTaxonomy, "undo_tags", "change the tags", (*Site).undoTaxonomySend),
	work("taxonomy-redo", "/{lang}/work/taxonomy/redo", civic.MayTaxonomy, "change the tags", "tagwork.redo", (*Site).redoTaxonomy),
	action("taxonomy-redo-send", "/{lang}/work/taxonomy/redo", civic.MayTaxonomy, "redo_tags", "change the tags", (*Site).redoTaxonomySend),

	work("work-tags", "/{lang}/work/tags", civic.MayTag, "decide on tags", "tagwork.tags", (*Site).workTags, "/{lang}/work/tags?from=person&proposed=open-data"),
	action("work-tags-send", "/{lang}/work/tags", civic.MayTag, "tag", "decide on tags", (*Site).workTagsSend),
	work("tags-report", "/{lang}/work/tags-report", civic.MayTag, "decide on tags", "tagreport.title", (*Site).tagReport, "/{lang}/work/tags-report?tag=open-data"),
	action("tags-preview", "/{lang}/work/tags-preview", civic.MayTag, NoEntry, "decide on tags", (*Site).previewTags),
	work("decide-tags", "/{lang}/work/tags/{commitment}", civic.MayTag, "decide on tags", "tagwork.decide", (*Site).decideTags),
	action("decide-tags-send", "/{lang}/work/tags/{commitment}", civic.MayTag, "tag", "decide on tags", (*Site).decideTagsSend),
}
