package web

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// process shows the process of a plan.
func (s *Site) process(c *call) error {
	ref := c.r.PathValue("plan")
	v, err := s.App.Process(c.r.Context(), ref)
	if err != nil {
		return err
	}
	if ref != v.Plan.Slug {
		return c.redirect(c.url("/plans/"+v.Plan.Slug+"/process"), permanently)
	}
	w := words{c.p}
	plan := w.planTitle(w.Member(v.Plan.MemberCode, v.Plan.MemberName), v.Plan.Plan)
	member := app.MemberItem{Member: civic.Member{Slug: v.Plan.MemberSlug, Name: v.Plan.MemberName, Code: v.Plan.MemberCode}}
	p := pages.Process{
		Page: c.layout("members", c.p.T("process.page", "plan", plan)), Name: c.p.T("process.page", "plan", plan), Lead: c.p.T("process.lead"),
		Trail: append(c.memberTrail(member), pages.Link{URL: c.url("/plans/" + v.Plan.Slug), Text: w.planName(v.Plan.Plan)}),
		Links: c.memberRooms(member, ""), Events: c.events(v), Count: c.p.T("contribution.none"),
	}
	p.Page.About, p.Page.Hidden, p.Saved = p.Lead, c.r.URL.RawQuery != "", c.wasKept()
	if v.Plan.Demo {
		p.Demo = c.p.T("commitment.demo.help")
	}
	if v.Open {
		p.Invite = &pages.Link{URL: c.url("/work/plans/" + v.Plan.Slug + "/contribute"), Text: c.p.T("contribution.invite")}
	}
	if n := len(v.Contributions); n > 0 {
		p.Count = c.p.N("contribution.count", n, "answered", v.Answered)
		p.CSV = &pages.Link{URL: c.url("/plans/" + v.Plan.Slug + "/contributions.csv"), Text: c.p.T("contribution.csv")}
	}
	for _, ch := range v.Channels {
		p.Channels = append(p.Channels, pages.Fact{Term: c.p.T("channel." + ch.Value), Text: c.p.Number(ch.Count)})
	}
	for i, one := range v.Contributions {
		p.Rows = append(p.Rows, c.contributionRow(i+1, one))
	}
	return c.show(pages.ProcessPage(p))
}

// events are steps, meetings and documents that stand alone, in their order.
func (c *call) events(v app.ProcessPage) []pages.Event {
	type dated struct {
		on string
		pages.Event
	}
	var all []dated
	for _, s := range v.Steps {
		e := pages.Event{ID: string(s.ID), Kind: c.p.Or("step.kind."+s.Kind, s.Kind), Title: phrase.Of(s.Title.In(c.p.Code)),
			Day: words{c.p}.period(civic.When{Date: s.Start}, civic.When{Date: s.End})}
		if s.End == "" {
			e.Day = c.p.CivilDate(s.Start)
		}
		if s.Announced != "" {
			e.Notes = append(e.Notes, c.p.T("step.announced_on", "date", c.p.CivilDate(s.Announced)))
		}
		if len(s.Groups) > 0 {
			e.Notes = append(e.Notes, c.p.T("step.for", "groups", c.p.List(s.Groups)))
		}
		if s.Channel != "" {
			e.Notes = append(e.Notes, c.p.T("step.by", "channel", c.p.T("channel."+string(s.Channel))))
		}
		if s.Start > v.Today {
			e.State = c.p.T("meeting.to_come")
		}
		all = append(all, dated{s.Start, e})
	}
	for _, m := range v.Meetings {
		row := c.meetingRow(app.MeetingView{Meeting: m}, v.Today)
		e := pages.Event{Kind: row.Kind, Day: row.Day, Title: row.Title, State: row.State, URL: c.url("/members/" + v.Plan.MemberSlug + "/meetings#m-" + row.ID)}
		all = append(all, dated{m.On, e})
	}
	for _, d := range v.Documents {
		row := c.documentRow(d)
		all = append(all, dated{d.Dated, pages.Event{Kind: row.Kind, Day: row.Day, Title: row.Title, URL: row.URL}})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return strings.Compare(a.on, b.on) })
	out := make([]pages.Event, len(all))
	for i, e := range all {
		out[i] = e.Event
	}
	return out
}

// contributionRow is a contribution as everybody reads it.
func (c *call) contributionRow(number int, v app.ContributionView) pages.ContributionRow {
	row := pages.ContributionRow{ID: string(v.ID), Number: c.p.T("contribution.number", "number", number), Channel: c.p.T("channel." + string(v.Channel)),
		Month: c.p.CivilDate(v.Month), Place: v.Place, State: pages.State{Text: c.p.T("decision.none"), Class: "m"}}
	if v.Hidden != nil {
		row.Hidden = c.p.T("contribution.hidden", "rule", c.p.Or("rule."+v.Hidden.Rule, v.Hidden.Rule))
	} else {
		text := phrase.Of(v.Text.In(c.p.Code))
		row.Text = &text
	}
	if v.Commitment != nil {
		row.About = &pages.Link{URL: c.commitmentURL(v.Commitment.Ref), Text: words{c.p}.title(v.Commitment.Dossier.Commitment).Text}
	}
	if v.Decision != "" {
		row.State = pages.State{Text: c.p.T("decision." + v.Decision), Class: "v"}
		row.Answered = c.p.T("contribution.answered_on", "date", c.p.CivilDate(v.Answered))
		response := phrase.Of(v.Response.In(c.p.Code))
		row.Response = &response
	}
	return row
}

// contributionsTable gives out the contributions with their responses as a table:
// the document that OGP asks for.
func (s *Site) contributionsTable(c *call) error {
	if err := c.readState(); err != nil {
		return err
	}
	if httpx.Fresh(c.w, c.r, httpx.ETag(strconv.FormatInt(c.state.size, 10), c.state.root, c.site.Build, c.r.URL.RequestURI())) {
		return nil
	}
	rows, slug, err := s.App.ContributionTable(c.r.Context(), c.r.PathValue("plan"), c.p.Code)
	if err != nil {
		return err
	}
	head := []string{"contribution.column.id", "contribution.column.month", "contribution.column.channel", "contribution.column.text", "contribution.column.hidden",
		"contribution.column.commitment", "contribution.column.decision", "contribution.column.response", "contribution.column.answered"}
	for i, key := range head {
		head[i] = c.p.T(key)
	}
	c.w.Header().Set("Content-Disposition", httpx.Attachment(slug+"-contributions.csv"))
	return httpx.Send(c.w, 200, "text/csv; charset=utf-8; header=present", func(out io.Writer) error {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return err
		}
		w := csv.NewWriter(out)
		w.UseCRLF = true
		if err := w.Write(head); err != nil {
			return err
		}
		for _, r := range rows {
			r.Channel = c.p.T("channel." + r.Channel)
			if r.Decision != "" {
				r.Decision = c.p.T("decision." + r.Decision)
			}
			if r.Hidden != "" {
				r.Hidden = c.p.Or("rule."+r.Hidden, r.Hidden)
			}
			if err := w.Write([]string{r.ID, r.Month, r.Channel, r.Text, r.Hidden, r.Commitment, r.Decision, r.Response, r.Answered}); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}
