package web

import "avow/internal/civic"

var responsibilityRoutes = []Route{
	page("responsibility", "/{lang}/members/{member}/responsibility", "J1", "", (*Site).responsibility),
	work("keep-responsibility", "/{lang}/work/members/{member}/responsibility", civic.MayKeepDuties, "", "", (*Site).keepResponsibility),
	work("new-tension", "/{lang}/work/members/{member}/tensions/new", civic.MayKeepDuties, "", "responsibility.tension.new", (*Site).newTension),
	action("new-tension-send", "/{lang}/work/members/{member}/tensions/new", civic.MayKeepDuties, "keep_tension", "", (*Site).newTensionSend),
	work("tension", "/{lang}/work/tensions/{tension}", civic.MayKeepDuties, "", "responsibility.tension.change", (*Site).tension),
	action("tension-send", "/{lang}/work/tensions/{tension}", civic.MayKeepDuties, "change_tension", "", (*Site).tensionSend),
	work("resolve", "/{lang}/work/tensions/{tension}/resolve", civic.MayKeepDuties, "", "responsibility.resolve", (*Site).resolve),
	action("resolve-send", "/{lang}/work/tensions/{tension}/resolve", civic.MayKeepDuties, "resolve_tension", "", (*Site).resolveSend),
	work("new-tool", "/{lang}/work/members/{member}/tools/new", civic.MayKeepDuties, "", "responsibility.tool.new", (*Site).newTool),
	action("new-tool-send", "/{lang}/work/members/{member}/tools/new", civic.MayKeepDuties, "keep_tool", "", (*Site).newToolSend),
	work("tool", "/{lang}/work/tools/{tool}", civic.MayKeepDuties, "", "responsibility.tool.change", (*Site).tool),
	action("tool-send", "/{lang}/work/tools/{tool}", civic.MayKeepDuties, "change_tool", "", (*Site).toolSend),
}
