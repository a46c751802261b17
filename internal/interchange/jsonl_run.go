package interchange

import (
	"regexp"
	"strconv"

	"avow/internal/civic"
)

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

// run checks a subject of the kinds that a plan gathers while it is run: what must
// hold whenever it was written. Today's limits of forms are not asked: what was
// right when it was written stays so.
func (c *subjectCheck) run(s civic.Subject) {
	switch s := s.(type) {
	case civic.Grant:
		c.oneOf("role", string(s.Role), words(civic.AccessRoles)...)
		c.need(s.Account != "" && s.By != "", "account", "field_missing", "")
		c.optionalDay("until", s.Until)
	case civic.Report:
		c.report(s)
	case civic.Testimony:
		c.belongs("report", string(s.Report), "commitment", string(s.Commitment), "plan", string(s.Plan), "member", string(s.Member))
		c.text("saw", s.Saw)
		c.voice(s.Way, s.Month, s.Hidden)
	case civic.Dispute:
		c.belongs("report", string(s.Report), "commitment", string(s.Commitment), "plan", string(s.Plan), "member", string(s.Member))
		c.need(!s.Claim.Blank(), "claim", "field_missing", "")
		c.texts("claim", s.Claim, "answer", s.Answer, "why", s.Why)
		c.oneOf("by", string(s.By), words(civic.AccessRoles)...)
		c.oneOf("outcome", s.Outcome, append([]string{""}, civic.DisputeOutcomes...)...)
		c.day("on", s.On)
		c.optionalDay("answered", s.Answered)
		c.optionalDay("settled", s.Settled)
	case civic.Forum:
		c.belongs("member", string(s.Member))
		c.need(!s.Name.Blank(), "name", "field_missing", "")
		c.text("name", s.Name)
		c.counts("government", s.Government, s.Civil, s.Others)
		c.address("website", s.Website)
		c.address("repository", s.Repository)
	case civic.Meeting:
		c.belongs("member", string(s.Member))
		c.oneOf("kind", s.Kind, civic.MeetingKinds...)
		c.texts("title", s.Title, "decided", s.Decided)
		c.day("on", s.On)
		c.channel(s.Channel)
		c.counts("government", s.Government, s.Civil, s.Others)
	case civic.Step:
		c.belongs("member", string(s.Member), "plan", string(s.Plan))
		c.oneOf("kind", s.Kind, civic.StepKinds...)
		c.text("title", s.Title)
		c.day("start", s.Start)
		c.optionalDay("end", s.End)
		c.optionalDay("announced", s.Announced)
		c.channel(s.Channel)
	case civic.Document:
		c.belongs("member", string(s.Member))
		c.oneOf("kind", s.Kind, civic.DocumentKinds...)
		c.text("title", s.Title)
		c.day("dated", s.Dated)
		c.need(s.Lang == "" || civic.IsLanguage(s.Lang), "lang", "language_form", s.Lang)
		c.address("url", s.URL)
		c.file("file", s.File)
	case civic.Contribution:
		c.belongs("plan", string(s.Plan), "member", string(s.Member))
		c.need(!s.Text.Blank(), "text", "field_missing", "")
		c.texts("text", s.Text, "response", s.Response)
		c.voice(s.Way, s.Month, s.Hidden)
		c.oneOf("decision", s.Decision, append([]string{""}, civic.Decisions...)...)
		c.optionalDay("answered", s.Answered)
	case civic.Tension:
		c.belongs("member", string(s.Member))
		c.need(!s.Topic.Blank(), "topic", "field_missing", "")
		c.texts("topic", s.Topic, "how", s.How)
		c.optionalDay("resolved", s.Resolved)
	case civic.Tool:
		c.belongs("member", string(s.Member))
		c.need(s.Name != "", "name", "field_missing", "")
		c.text("purpose", s.Purpose)
		c.oneOf("maintainer_kind", s.Kind, append([]string{""}, civic.MaintainerKinds...)...)
		c.optionalDay("until", s.Until)
		c.address("url", s.URL)
	}
	if r, ok := s.(civic.Referring); ok {
		for _, ref := range r.References() {
			if ref.Role != civic.OfFile {
				c.id(ref.Role, ref.Target)
			}
		}
	}
}

func (c *subjectCheck) report(s civic.Report) {
	c.belongs("commitment", string(s.Commitment), "plan", string(s.Plan), "member", string(s.Member))
	if s.Institution != "" {
		c.id("institution", string(s.Institution))
	}
	if s.Status != "" {
		c.oneOf("status", string(s.Status), words(civic.SelfCompletions)...)
	}
	c.need((s.Status != "" || s.Words != "") == (s.NoStatus == nil), "status", "value_or_missing", string(s.Status))
	c.missing("no_status", s.NoStatus)
	c.texts("done", s.Done, "challenges", s.Challenges, "next", s.Next)
	c.when("dated", s.Dated)
	if s.Edition != "" {
		c.edition("edition", s.Edition)
	}
	for _, e := range s.Evidence {
		c.text("evidence.title", e.Title)
		c.address("evidence.url", e.URL)
		c.file("evidence.file", e.File)
	}
	for _, m := range s.Steps {
		c.id("milestones.milestone", string(m.Milestone))
		c.oneOf("milestones.status", string(m.Status), words(civic.SelfCompletions)...)
		c.optionalDay("milestones.done_on", m.DoneOn)
	}
}

// voice checks what citizens say: on which way, in which month, and by which rule
// it is hidden.
func (c *subjectCheck) voice(w civic.Way, month string, h *civic.Hiding) {
	c.oneOf("channel", string(w.Channel), words(civic.Channels)...)
	c.need(len(month) == len("2006-01") && civic.IsDay(month+"-01"), "month", "date_impossible", month)
	if h != nil {
		c.oneOf("hidden.rule", h.Rule, civic.HidingRules...)
		c.need(h.By != "", "hidden.by", "field_missing", "")
		c.day("hidden.on", h.On)
	}
}

func (c *subjectCheck) channel(way civic.Channel) {
	if way != "" {
		c.oneOf("channel", string(way), words(civic.Channels)...)
	}
}

func (c *subjectCheck) file(field string, f *civic.File) {
	if f == nil {
		return
	}
	kind, ok := civic.KindOfFile(f.Name)
	c.need(sha256Form.MatchString(f.SHA256), field, "value_unknown", f.SHA256)
	c.need(ok && kind.Type == f.Type && civic.CleanFileName(f.Name) == f.Name && f.Size >= 0, field, "value_unknown", f.Name)
}

// belongs needs IDs: pairs of a field and its value.
func (c *subjectCheck) belongs(pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		c.id(pairs[i], pairs[i+1])
	}
}

// texts checks texts: pairs of a field and a civic.Text.
func (c *subjectCheck) texts(pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		c.text(pairs[i].(string), pairs[i+1].(civic.Text))
	}
}

func (c *subjectCheck) counts(field string, counts ...int) {
	for _, n := range counts {
		c.need(n >= 0, field, "value_unknown", strconv.Itoa(n))
	}
}

func (c *subjectCheck) optionalDay(field, day string) {
	if day != "" {
		c.day(field, day)
	}
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}
