package web

import "avow/internal/civic"

var studyRoutes = []Route{
	page("studies", "/{lang}/studies", "J1", "studies.title", (*Site).studies),
	page("study", "/{lang}/studies/{published}", "J1", "", (*Site).study),
	page("study-item", "/{lang}/studies/{published}/items/{item}", "J1", "", (*Site).studyItem),

	work("work-studies", "/{lang}/work/studies", civic.MayCode, "", "studies.title", (*Site).workStudies),
	work("new-study", "/{lang}/work/studies/new", civic.MayCode, "", "study.new.title", (*Site).newStudy, "/{lang}/work/studies/new?q=data"),
	action("new-study-send", "/{lang}/work/studies/new", civic.MayCode, "freeze_study", "", (*Site).newStudySend),
	work("work-study", "/{lang}/work/studies/{study}", civic.MayCode, "", "", (*Site).workStudy),
	work("study-again", "/{lang}/work/studies/{study}/again", civic.MayCode, "", "study.again.title", (*Site).studyAgain),
	action("suggest-groups", "/{lang}/work/studies/{study}/suggest", civic.MayCode, "suggest_groups", "", (*Site).suggestGroups),
	work("study-group", "/{lang}/work/studies/{study}/groups/{group}", civic.MayCode, "", "", (*Site).studyGroup),
	action("study-group-send", "/{lang}/work/studies/{study}/groups/{group}", civic.MayCode, "name_group", "", (*Site).studyGroupSend),
	work("work-study-item", "/{lang}/work/studies/{study}/items/{item}", civic.MayCode, "", "", (*Site).workStudyItem),
	action("study-move", "/{lang}/work/studies/{study}/items/{item}", civic.MayCode, "move_commitment", "", (*Site).studyMove),
	work("study-memo", "/{lang}/work/studies/{study}/memo", civic.MayCode, "", "study.memo.title", (*Site).studyMemo),
	action("study-memo-send", "/{lang}/work/studies/{study}/memo", civic.MayCode, "write_memo", "", (*Site).studyMemoSend),
	work("open-coding", "/{lang}/work/studies/{study}/open", civic.MayCode, "", "study.open.title", (*Site).openCoding),
	action("open-coding-send", "/{lang}/work/studies/{study}/open", civic.MayCode, "open_coding", "", (*Site).openCodingSend),
	action("join-coding", "/{lang}/work/studies/{study}/join", civic.MayCode, "join_coding", "", (*Site).joinCoding),
	work("code-item", "/{lang}/work/studies/{blind}/code/{item}", civic.MayCode, "", "", (*Site).codeItem),
	action("code-item-send", "/{lang}/work/studies/{blind}/code/{item}", civic.MayCode, NoEntry, "", (*Site).codeItemSend),
	work("hand-in-coding", "/{lang}/work/studies/{blind}/hand-in", civic.MayCode, "", "study.hand_in.title", (*Site).handInCoding),
	action("hand-in-coding-send", "/{lang}/work/studies/{blind}/hand-in", civic.MayCode, "hand_in_coding", "", (*Site).handInCodingSend),
	work("settle-codes", "/{lang}/work/studies/{open}/settle/{item}", civic.MayCode, "", "", (*Site).settleCodes),
	action("settle-codes-send", "/{lang}/work/studies/{open}/settle/{item}", civic.MayCode, "settle_codes", "", (*Site).settleCodesSend),
	work("study-tags", "/{lang}/work/studies/{study}/tags", civic.MayCode, "", "study.tags.title", (*Site).studyTags),
	action("study-tags-send", "/{lang}/work/studies/{study}/tags", civic.MayCode, "propose_tags", "", (*Site).studyTagsSend),
	action("publish-study", "/{lang}/work/studies/{study}/publish", civic.MayCode, "publish_study", "", (*Site).publishStudy),
}
