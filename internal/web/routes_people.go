package web

import "avow/internal/civic"

var peopleRoutes = []Route{
	work("people", "/{lang}/work/people", civic.MayGrantWithin, "", "people.title", (*Site).people),
	work("give-role", "/{lang}/work/people/give", civic.MayGrantWithin, "", "people.give", (*Site).giveRole, "/{lang}/work/people/give?member={member}"),
	action("give-role-send", "/{lang}/work/people/give", civic.MayGrantWithin, "grant", "", (*Site).giveRoleSend),
	work("end-role", "/{lang}/work/people/{grant}/end", civic.MayGrantWithin, "", "people.end", (*Site).endRole),
	action("end-role-send", "/{lang}/work/people/{grant}/end", civic.MayGrantWithin, "end_grant", "", (*Site).endRoleSend),
}
