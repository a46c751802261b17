package web

import (
	"net/url"
	"strings"

	"avow/internal/web/ui/layout"
)

// ways are how a reader can keep up with what a page is about: its history, its
// feed, a mail, a calendar.
func (c *call) ways(title string) (history string, feed layout.Feed, ways []layout.Link) {
	path, target := "", ""
	add := func(key, to string) { ways = append(ways, layout.Link{URL: to, Text: c.p.T(key)}) }
	name, onHistory := strings.CutSuffix(c.route.Name, "-history")
	switch name {
	case "commitment":
		target = c.r.PathValue("commitment")
		path = "/commitments/" + url.PathEscape(target)
	case "plan":
		target = c.r.PathValue("plan")
		path = "/plans/" + url.PathEscape(target)
	case "member":
		target = c.r.PathValue("member")
		path = "/members/" + url.PathEscape(target)
	case "tag":
		target = c.r.PathValue("tag")
		path = "/tags/" + url.PathEscape(target)
	case "record", "changes":
		path = "/record"
	case "commitments":
		if q := c.query("q"); q != "" {
			add("follow.way.mail", c.url("/follow"+query("q", q)))
		}
		return "", layout.Feed{}, ways
	default:
		return "", layout.Feed{}, nil
	}
	history = c.url(path + "/history")
	if target == "" {
		history = c.url("/record/changes")
	}
	feed = layout.Feed{URL: c.url(path + "/feed.atom"), Title: c.p.T("story.feed", "name", title)}
	if !onHistory && name != "changes" {
		add("follow.way.history", history)
	}
	if target != "" {
		add("follow.way.mail", c.url("/follow"+query(name, target)))
	}
	add("follow.way.feed", feed.URL)
	if name == "plan" || name == "member" {
		add("follow.way.calendar", c.url(path+"/calendar.ics"))
	}
	return history, feed, ways
}
