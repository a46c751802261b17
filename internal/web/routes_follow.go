package web

import "avow/internal/civic"

// followRoutes are the ways to keep up with what changes: mail, calendar, webhooks, reminders.
var followRoutes = []Route{
	page("follow", "/{lang}/follow", "follow", "follow.title", (*Site).follow, "/{lang}/follow?member={member}", "/{lang}/follow?plan={plan}",
		"/{lang}/follow?commitment={commitment}", "/{lang}/follow?tag={tag}", "/{lang}/follow?q=water"),
	action("ask-follow", "/{lang}/follow", Everybody, NoEntry, "follow", (*Site).askFollow),
	work("follow-confirm", "/{lang}/follow/confirm", Everybody, "follow", "follow.confirm.title", (*Site).followConfirm),
	action("confirm-follow", "/{lang}/follow/confirm", Everybody, NoEntry, "follow", (*Site).confirmFollow),
	work("follow-stop", "/{lang}/follow/stop", Everybody, "follow", "follow.stop.title", (*Site).followStop),
	action("stop-follow", "/{lang}/follow/stop", Everybody, NoEntry, "follow", (*Site).stopFollow),

	file("plan-calendar", "/{lang}/plans/{plan}/calendar.ics", (*Site).planCalendar),
	file("member-calendar", "/{lang}/members/{member}/calendar.ics", (*Site).memberCalendar),

	work("webhooks", "/{lang}/work/webhooks", civic.MayHook, "webhook", "webhook.title", (*Site).webhooks),
	action("make-webhook", "/{lang}/work/webhooks", civic.MayHook, NoEntry, "webhook", (*Site).makeWebhook),
	action("test-webhook", "/{lang}/work/webhooks/test", civic.MayHook, NoEntry, "webhook", (*Site).testWebhook),
	action("end-webhook", "/{lang}/work/webhooks/end", civic.MayHook, NoEntry, "webhook", (*Site).endWebhook),

	work("reminders", "/{lang}/account/reminders", AnAccount, "account", "reminder.title", (*Site).reminders),
	action("set-reminders", "/{lang}/account/reminders", AnAccount, NoEntry, "account", (*Site).setReminders),
}
