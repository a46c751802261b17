package web

var historyRoutes = []Route{
	page("commitment-history", "/{lang}/commitments/{commitment}/history", "J2", "", (*Site).commitmentHistory),
	page("plan-history", "/{lang}/plans/{plan}/history", "J1", "", (*Site).planHistory),
	page("member-history", "/{lang}/members/{member}/history", "J1", "", (*Site).memberHistory),
	page("tag-history", "/{lang}/tags/{tag}/history", "J1", "", (*Site).tagHistory),
	page("changes", "/{lang}/record/changes", "J12", "story.title.changes", (*Site).changes),
	file("commitment-feed", "/{lang}/commitments/{commitment}/feed.atom", (*Site).commitmentFeed),
	file("plan-feed", "/{lang}/plans/{plan}/feed.atom", (*Site).planFeed),
	file("member-feed", "/{lang}/members/{member}/feed.atom", (*Site).memberFeed),
	file("tag-feed", "/{lang}/tags/{tag}/feed.atom", (*Site).tagFeed),
	file("changes-feed", "/{lang}/record/feed.atom", (*Site).changesFeed),
}
