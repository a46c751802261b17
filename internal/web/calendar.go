package web

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/tell"
)

func (s *Site) planCalendar(c *call) error {
	return c.calendar(func() (string, civic.MemberID, []civic.PlanID, error) {
		page, err := s.App.Plan(c.r.Context(), c.r.PathValue("plan"))
		w := words{c.p}
		return w.planTitle(w.Member(page.MemberCode, page.MemberName), page.Plan), page.Member, []civic.PlanID{page.ID}, err
	})
}

func (s *Site) memberCalendar(c *call) error {
	return c.calendar(func() (string, civic.MemberID, []civic.PlanID, error) {
		page, err := s.App.Member(c.r.Context(), c.r.PathValue("member"))
		var plans []civic.PlanID
		for _, p := range page.PlanItems {
			plans = append(plans, p.ID)
		}
		return words{c.p}.memberName(page.MemberItem.Member), page.MemberItem.ID, plans, err
	})
}

// calendar sends the days of plans as a calendar that programs subscribe to.
func (c *call) calendar(find func() (name string, member civic.MemberID, plans []civic.PlanID, err error)) error {
	if err := c.readState(); err != nil {
		return err
	}
	tag := httpx.ETag("calendar", strconv.FormatInt(c.state.size, 10), c.state.root, c.site.Build, c.site.BaseURL, c.r.URL.RequestURI(), c.p.Code)
	if httpx.Fresh(c.w, c.r, tag) {
		return nil
	}
	name, member, plans, err := find()
	if err != nil {
		return err
	}
	days, err := c.site.App.Occasions(c.r.Context(), member, plans...)
	if err != nil {
		return err
	}
	cal := app.Calendar{Name: c.p.T("calendar.name", "name", name), Lang: c.p.Code}
	_, record, _ := strings.Cut(c.state.origin, "/")
	for _, d := range days {
		e := app.CalendarEvent{UID: d.UID + "@" + record + ".avow", Sequence: d.Sequence, Changed: d.Changed, Start: d.Start, End: d.End,
			Summary: tell.Phrase(c.p, d.Says), Cancelled: d.Cancelled}
		if len(d.About) > 0 {
			e.About = tell.Place(c.p, d.About, civic.Country{}, "")
		}
		if d.Path != "" {
			e.URL = c.full(c.url((&url.URL{Path: d.Path}).EscapedPath()))
		}
		cal.Events = append(cal.Events, e)
	}
	var b bytes.Buffer
	if err := app.WriteCalendar(&b, cal); err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	c.w.Header().Set("Content-Language", c.p.Code)
	_, err = c.w.Write(b.Bytes())
	return err
}
