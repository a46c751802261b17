package web

import "avow/internal/civic"

// planRoutes: what was adopted and what became of it, for everybody; the plan and
// its drafts, for those who work on them.
var planRoutes = []Route{
	page("commitment-changes", "/{lang}/commitments/{commitment}/changes", "J1", "", (*Site).commitmentChanges),
	page("plan-changes", "/{lang}/plans/{plan}/changes", "J1", "", (*Site).planChanges),

	work("work-plans", "/{lang}/work/plans", civic.MayReadDraft, "", "planwork.title", (*Site).workPlans),
	work("plan-new", "/{lang}/work/members/{member}/plans/new", civic.MayPlan, "", "planwork.new", (*Site).planNew),
	action("plan-open", "/{lang}/work/members/{member}/plans/new", civic.MayPlan, "open", "", (*Site).planOpen),
	work("work-plan", "/{lang}/work/plans/{plan}", civic.MayReadDraft, "", "", (*Site).workPlan),
	work("plan-edit", "/{lang}/work/plans/{plan}/edit", civic.MayPlan, "", "planwork.edit", (*Site).planEdit),
	action("plan-edit-send", "/{lang}/work/plans/{plan}/edit", civic.MayPlan, "revise", "", (*Site).planEditSend),
	work("plan-move", "/{lang}/work/plans/{plan}/move", civic.MayPlan, "", "planwork.move", (*Site).planMove),
	action("plan-move-send", "/{lang}/work/plans/{plan}/move", civic.MayPlan, "move", "", (*Site).planMoveSend),
	work("plan-periods", "/{lang}/work/plans/{plan}/periods", civic.MayPlan, "", "planwork.periods.edit", (*Site).planPeriods),
	action("plan-periods-send", "/{lang}/work/plans/{plan}/periods", civic.MayPlan, "periods", "", (*Site).planPeriodsSend),
	work("plan-institution", "/{lang}/work/plans/{plan}/institutions", civic.MayPlan, "", "planwork.institution", (*Site).planInstitution),
	action("plan-institution-send", "/{lang}/work/plans/{plan}/institutions", civic.MayPlan, "define", "", (*Site).planInstitutionSend),
	action("draft-new", "/{lang}/work/plans/{plan}/drafts", civic.MayDraft, NoEntry, "", (*Site).draftNew),
	action("drafts-publish", "/{lang}/work/plans/{plan}/publish", civic.MayPlan, "publish", "", (*Site).draftsPublish),

	work("bulk", "/{lang}/work/plans/{plan}/bulk", civic.MayPlan, "", "bulk.title", (*Site).bulk),
	work("bulk-preview", "/{lang}/work/plans/{plan}/bulk/preview", civic.MayPlan, "", "bulk.preview", (*Site).bulkPreview,
		"/{lang}/work/plans/{plan}/bulk/preview?field=shift&value=30"),
	action("bulk-apply", "/{lang}/work/plans/{plan}/bulk", civic.MayPlan, "amend", "", (*Site).bulkApply),

	action("draft-of", "/{lang}/work/commitments/{commitment}/draft", civic.MayDraft, NoEntry, "", (*Site).draftOf),
	work("assign-id", "/{lang}/work/commitments/{commitment}/id", civic.MayAssignID, "", "planwork.assign", (*Site).assignID),
	action("assign-id-send", "/{lang}/work/commitments/{commitment}/id", civic.MayAssignID, "assign_id", "", (*Site).assignIDSend),

	work("draft", "/{lang}/work/drafts/{draft}/{step}", civic.MayReadDraft, "", "", (*Site).draft),
	action("draft-save", "/{lang}/work/drafts/{draft}/{step}", civic.MayDraft, NoEntry, "", (*Site).draftSave),
	work("draft-milestone", "/{lang}/work/drafts/{draft}/milestones/{milestone}", civic.MayReadDraft, "", "", (*Site).draftMilestone),
	action("draft-milestone-save", "/{lang}/work/drafts/{draft}/milestones/{milestone}", civic.MayDraft, NoEntry, "", (*Site).draftMilestoneSave),
	action("draft-milestone-remove", "/{lang}/work/drafts/{draft}/milestones/{milestone}/remove", civic.MayDraft, NoEntry, "", (*Site).draftMilestoneRemove),
	work("draft-preview", "/{lang}/work/drafts/{draft}/preview", civic.MayReadDraft, "", "", (*Site).draftPreview),
	work("draft-published", "/{lang}/work/drafts/{draft}/published", civic.MayDraft, "", "", (*Site).draftPublished),
	action("draft-published-send", "/{lang}/work/drafts/{draft}/published", civic.MayDraft, NoEntry, "", (*Site).draftPublishedSend),
	action("draft-resolve", "/{lang}/work/drafts/{draft}/resolve", civic.MayDraft, NoEntry, "", (*Site).draftResolve),
	action("draft-publish", "/{lang}/work/drafts/{draft}/publish", civic.MayPlan, "publish", "", (*Site).draftPublish),
	work("draft-amend", "/{lang}/work/drafts/{draft}/amend", civic.MayPlan, "", "draft.amend", (*Site).draftAmend),
	action("draft-amend-send", "/{lang}/work/drafts/{draft}/amend", civic.MayPlan, "amend", "", (*Site).draftAmendSend),
	action("draft-discard", "/{lang}/work/drafts/{draft}/discard", civic.MayDraft, NoEntry, "", (*Site).draftDiscard),
}
