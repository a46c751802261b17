package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

type faultList = []components.Fault

// settled sends on after a form of the repository, or shows it again. When somebody
// else changed the thing since the form was opened, now is the form of what stands,
// and both are shown beside each other.
func (c *call) settled(err error, to string, again func(faultList) pages.Keep, now ...func() (pages.Keep, error)) error {
	if err == nil {
		return c.goOn(to)
	}
	if e := asCivic(err); e.Key == "error.conflict" && len(now) > 0 {
		stands, failed := now[0]()
		if failed != nil {
			return failed
		}
		page := again(faultList{{Text: c.p.T(e.Key)}})
		page.Theirs, page.Mine = saidIn(c, stands), saidIn(c, page)
		page.Hidden, page.Submit = stands.Hidden, c.p.T("work.reports.replace")
		return c.send(http.StatusConflict, pages.KeepPage(page))
	}
	faults, ok := c.faults(tooLargeFault(err))
	if !ok {
		return err
	}
	return c.again(pages.KeepPage(again(faults)))
}

// saidIn is what a form says, to be read.
func saidIn(c *call, p pages.Keep) []pages.FormPart {
	var out []components.Answer
	add := func(question, value, lang string) {
		a := components.Answer{Question: question, Value: cmp.Or(value, c.p.T("work.nothing"))}
		if value != "" && lang != "" {
			a.Lang, a.Dir = lang, civic.Direction(lang)
		}
		out = append(out, a)
	}
	chosen := func(items []components.Choice) (value string) {
		for _, i := range items {
			if i.Chosen && i.Value != "" {
				value = i.Label
			}
		}
		return value
	}
	for _, q := range p.Questions {
		switch {
		case q.Text != nil:
			add(q.Text.Label, q.Text.Value, q.Text.Lang)
		case q.Pick != nil:
			add(q.Pick.Legend, chosen(q.Pick.Items), "")
		case q.Select != nil:
			add(q.Select.Label, chosen(q.Select.Items), "")
		case q.Upload != nil:
			add(q.Upload.Label, q.Kept, "")
		}
	}
	return []pages.FormPart{{Answers: out}}
}

// tooLargeFault makes a file over the limit a fault of its field.
func tooLargeFault(err error) error {
	if e, ok := err.(*civic.Error); ok && e.Kind == civic.TooLarge && e.Field != "" {
		return &civic.Error{Kind: civic.Invalid, Key: e.Key, Field: e.Field, Args: e.Args}
	}
	return err
}

// seen is the version that a form was made from.
func seen(f *sent) int {
	n, _ := strconv.Atoi(f.text("seen")) // none: it does not matter
	return n
}

// askForum asks for a member's forum.
func (c *call) askForum(m app.MemberPage, q *asking, number string) pages.Keep {
	q.text("name", "forum.name", 0, civic.MaxLine, false)
	q.line("government", "forum.government", "number", false)
	q.line("civil", "forum.civil", "number", false)
	q.line("others", "forum.others", "number", true)
	var rules []choice
	if d, err := c.site.App.Documents(c.r.Context(), m.Slug, app.DocumentFilter{Kind: "forum_rules"}); err == nil {
		for _, v := range d.Documents {
			rules = append(rules, choice{string(v.ID), v.Title.In(c.p.Code).Text})
		}
	}
	q.menu("rules", "forum.rules", rules)
	q.line("website", "forum.website", "url", true)
	q.line("repository", "forum.repository", "url", true)
	p := c.asks(c.p.T("forum.describe"), c.p.T("forum.lead"), "/work/members/"+m.Slug+"/forum", c.p.T("repository.save"), q)
	p.Trail, p.Hidden = c.deskTrail(m.MemberItem), [][2]string{{"seen", number}}
	return p
}

func (s *Site) forumForm(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	f, number, err := s.App.Forum(c.r.Context(), m.ID)
	if err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askForum(m, c.forumAsked(f, m), strconv.Itoa(number))))
}

func (c *call) forumAsked(f civic.Forum, m app.MemberPage) *asking {
	values := map[string]string{"government": numberText(f.Government), "civil": numberText(f.Civil), "others": numberText(f.Others), "rules": string(f.Rules),
		"website": f.Website, "repository": f.Repository}
	textValues(values, "name", f.Name)
	return c.kept(values, languagesWith(c.writes(m), f.Name))
}

func (s *Site) keepForum(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	f, err := c.form()
	if err != nil {
		return err
	}
	languages := f.languages("name", c.writes(m))
	in := civic.Forum{Member: m.ID, Name: textOf(f, "name", languages), Government: numberOf(f, "government"), Civil: numberOf(f, "civil"), Others: numberOf(f, "others"),
		Rules: civic.DocumentID(f.text("rules")), Website: f.text("website"), Repository: f.text("repository")}
	_, err = s.App.KeepForum(c.r.Context(), c.who, in, seen(f))
	return c.settled(err, "/work/members/"+m.Slug+"/repository?done=forum", func(faults faultList) pages.Keep {
		return c.askForum(m, c.typed(f, faults, languages), f.text("seen"))
	}, func() (pages.Keep, error) {
		now, number, err := s.App.Forum(c.r.Context(), m.ID)
		return c.askForum(m, c.forumAsked(now, m), strconv.Itoa(number)), err
	})
}

// askMeeting asks for a meeting.
func (c *call) askMeeting(m app.MemberPage, id, number string, q *asking, undo *pages.Undo) pages.Keep {
	q.pick("kind", "meeting.kind", choices(civic.MeetingKinds, func(v string) string { return c.p.T("meeting.kind." + v) }))
	q.menu("plan", "meeting.plan", c.plansOf(m))
	q.line("on", "meeting.on", "date", false)
	q.text("title", "repository.name", 0, civic.MaxLine, false)
	q.line("where", "meeting.where", "", true)
	q.menu("channel", "meeting.channel", choices([]string{"in_person", "web"}, func(v string) string { return c.p.T("channel." + v) }))
	q.line("government", "meeting.government", "number", true)
	q.line("civil", "meeting.civil", "number", true)
	q.line("others", "meeting.others", "number", true)
	q.text("decided", "meeting.decided", 6, civic.MaxText, true)
	q.tick("cancelled", "meeting.cancelled.ask", "meeting.cancelled.yes")
	action, title := "/work/members/"+m.Slug+"/meetings/new", c.p.T("meeting.add")
	if id != "" {
		action, title = "/work/meetings/"+id, c.p.T("meeting.change")
	}
	p := c.asks(title, c.p.T("meeting.form.lead"), action, c.p.T("repository.save"), q)
	p.Trail, p.Hidden, p.Undo = c.deskTrail(m.MemberItem), [][2]string{{"seen", number}}, undo
	return p
}

func (s *Site) newMeeting(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askMeeting(m, "", "0", c.kept(map[string]string{"plan": c.query("plan")}, c.writes(m)), nil)))
}

func (s *Site) addMeeting(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	return c.keepMeeting(m, civic.Meeting{Member: m.ID})
}

func (s *Site) meetingForm(c *call) error {
	v, number, m, err := c.aMeeting()
	if err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askMeeting(m, string(v.ID), strconv.Itoa(number), c.meetingAsked(v, m, nil), c.undo("/work/meetings/"+string(v.ID)+"/withdraw", nil, ""))))
}

func (c *call) meetingAsked(v civic.Meeting, m app.MemberPage, faults faultList) *asking {
	values := map[string]string{"kind": v.Kind, "plan": string(v.Plan), "on": v.On, "where": v.Where, "channel": string(v.Channel),
		"government": numberText(v.Government), "civil": numberText(v.Civil), "others": numberText(v.Others)}
	if v.Cancelled {
		values["cancelled"] = "yes"
	}
	textValues(values, "title", v.Title)
	textValues(values, "decided", v.Decided)
	q := c.kept(values, languagesWith(c.writes(m), v.Title, v.Decided))
	q.faults = faults
	return q
}

// aMeeting reads the meeting of the address for who keeps it.
func (c *call) aMeeting() (civic.Meeting, int, app.MemberPage, error) {
	v, number, err := c.site.App.AMeeting(c.r.Context(), c.r.PathValue("meeting"))
	if err != nil {
		return v, 0, app.MemberPage{}, err
	}
	m, err := c.keeps(string(v.Member))
	return v, number, m, err
}

func (s *Site) changeMeeting(c *call) error {
	v, _, m, err := c.aMeeting()
	if err != nil {
		return err
	}
	return c.keepMeeting(m, v)
}

func (c *call) keepMeeting(m app.MemberPage, v civic.Meeting) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	languages := f.languages("title", c.writes(m))
	v.Kind, v.Plan, v.On, v.Where, v.Channel = f.text("kind"), civic.PlanID(f.text("plan")), f.text("on"), f.text("where"), civic.Channel(f.text("channel"))
	v.Title, v.Decided = textOf(f, "title", languages), textOf(f, "decided", languages)
	v.Government, v.Civil, v.Others, v.Cancelled = numberOf(f, "government"), numberOf(f, "civil"), numberOf(f, "others"), f.has("cancelled")
	_, err = c.site.App.KeepMeeting(c.r.Context(), c.who, v, seen(f))
	return c.settled(err, "/work/members/"+m.Slug+"/repository?done=meeting", func(faults faultList) pages.Keep {
		return c.askMeeting(m, string(v.ID), f.text("seen"), c.typed(f, faults, languages), nil)
	}, func() (pages.Keep, error) {
		now, number, m, err := c.aMeeting()
		return c.askMeeting(m, string(v.ID), strconv.Itoa(number), c.meetingAsked(now, m, nil), nil), err
	})
}

func (s *Site) withdrawMeeting(c *call) error {
	v, number, m, err := c.aMeeting()
	if err != nil {
		return err
	}
	return c.withdraw(m, func(reason string) error { return s.App.WithdrawMeeting(c.r.Context(), c.who, v.ID, reason) },
		"/work/meetings/"+string(v.ID)+"/withdraw", func(undo *pages.Undo, faults faultList) pages.Keep {
			return c.askMeeting(m, string(v.ID), strconv.Itoa(number), c.meetingAsked(v, m, faults), undo)
		})
}

// withdraw takes a thing of the repository back.
func (c *call) withdraw(m app.MemberPage, do func(reason string) error, action string, again func(*pages.Undo, faultList) pages.Keep) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	err = do(f.text("reason"))
	return c.settled(err, "/work/members/"+m.Slug+"/repository?done=withdrawn", func(faults faultList) pages.Keep {
		return again(c.undo(action, faults, f.text("reason")), faults)
	})
}

// languages are those in which a text was sent, at least the given ones.
func (f *sent) languages(name string, languages []string) []string {
	out := append([]string(nil), languages...)
	for _, field := range slices.Sorted(maps.Keys(f.values)) {
		if lang, ok := cutField(field, name); ok && civic.IsLanguage(lang) {
			out = languagesWith(out, civic.Text{{Lang: lang}})
		}
	}
	return out
}

func cutField(field, name string) (string, bool) {
	if len(field) > len(name)+1 && field[:len(name)+1] == name+"." {
		return field[len(name)+1:], true
	}
	return "", false
}
