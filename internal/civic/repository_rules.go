package civic

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of what a repository and its contributions hold.
const (
	MaxSeats        = 1_000   // of one side of a forum
	MaxPeople       = 100_000 // of one side at a meeting
	MaxGroups       = 20      // whom one outreach addressed
	MaxContribution = 5_000   // characters of a contribution in one language
	MaxResponse     = 10_000  // characters of a response in one language
)

// Days before these are slips of the pen: OGP began in 2011, and nobody plans a
// meeting more than five years ahead.
const (
	firstDocument = "2000-01-01"
	firstProcess  = "2010-01-01"
	monthsAhead   = 60
)

// repositoryFault notes a fault of this room: its message is "repository.fault." + rule.
func repositoryFault(e *Errors, field, rule string, args ...any) {
	e.Add(field, "repository.fault."+rule, args...)
}

// CheckForum says what is wrong with a forum. Fields: name, government, civil,
// others, website, repository.
func CheckForum(f Forum) Errors {
	var e Errors
	someText(&e, "name", f.Name, MaxLine, true)
	numbers(&e, MaxSeats, "government", f.Government, "civil", f.Civil, "others", f.Others)
	address(&e, "website", f.Website)
	address(&e, "repository", f.Repository)
	return e
}

// CheckMeeting says what is wrong with a meeting, on a day (YYYY-MM-DD). Fields:
// kind, plan, on, title, where, channel, government, civil, others, decided, minutes.
func CheckMeeting(m Meeting, today string) Errors {
	var e Errors
	oneOf(&e, "kind", m.Kind, MeetingKinds)
	someText(&e, "title", m.Title, MaxLine, true)
	someText(&e, "decided", m.Decided, MaxText, false)
	oneLine(&e, "where", m.Where)
	if m.Channel != "" {
		oneOf(&e, "channel", string(m.Channel), []string{string(Web), string(InPerson)})
	}
	numbers(&e, MaxPeople, "government", m.Government, "civil", m.Civil, "others", m.Others)
	if m.Plan == "" && m.Kind != "" && m.Kind != "forum" {
		repositoryFault(&e, "plan", "plan")
	}
	if !plausible(&e, "on", m.On, firstProcess, AddMonths(today, monthsAhead)) {
		return e
	}
	took := m.Government+m.Civil+m.Others > 0
	switch {
	case m.On > today && (took || !m.Decided.Blank()):
		repositoryFault(&e, "on", "not_held_yet", "date", m.On)
	case m.Cancelled && (took || !m.Decided.Blank()):
		repositoryFault(&e, "cancelled", "cancelled_held")
	}
	if m.Minutes != "" && (m.On > today || m.Cancelled) {
		repositoryFault(&e, "minutes", "minutes_early", "date", m.On)
	}
	return e
}

// CheckStep says what is wrong with a step, on a day. Fields: kind, plan, title,
// start, end, announced, groups, channel.
func CheckStep(s Step, today string) Errors {
	var e Errors
	oneOf(&e, "kind", s.Kind, StepKinds)
	someText(&e, "title", s.Title, MaxLine, true)
	if s.Plan == "" {
		repositoryFault(&e, "plan", "plan")
	}
	latest := AddMonths(today, monthsAhead)
	if plausible(&e, "start", s.Start, firstProcess, latest) && s.End != "" && plausible(&e, "end", s.End, firstProcess, latest) && s.End < s.Start {
		repositoryFault(&e, "end", "end_first", "start", s.Start, "end", s.End)
	}
	if s.Announced != "" && plausible(&e, "announced", s.Announced, firstProcess, latest) && s.Announced > today {
		repositoryFault(&e, "announced", "future", "date", s.Announced)
	}
	if len(s.Groups) > MaxGroups {
		repositoryFault(&e, "groups", "many", "most", MaxGroups)
	}
	for _, g := range s.Groups {
		oneLine(&e, "groups", g)
	}
	if s.Channel != "" {
		oneOf(&e, "channel", string(s.Channel), words(Channels))
	}
	return e
}

// CheckDocument says what is wrong with a document, on a day. meeting is the one
// that it belongs to, if any. Fields: kind, title, dated, lang, url, file, meeting.
func CheckDocument(d Document, meeting *Meeting, today string) Errors {
	var e Errors
	oneOf(&e, "kind", d.Kind, DocumentKinds)
	someText(&e, "title", d.Title, MaxLine, true)
	if d.Lang != "" && !IsLanguage(d.Lang) {
		repositoryFault(&e, "lang", "language", "value", d.Lang)
	}
	switch {
	case d.URL == "" && d.File == nil:
		repositoryFault(&e, "file", "nothing")
	case d.URL != "" && d.File != nil:
		repositoryFault(&e, "url", "both")
	}
	address(&e, "url", d.URL)
	if plausible(&e, "dated", d.Dated, firstDocument, AddMonths(today, monthsAhead)) && d.Dated > today {
		repositoryFault(&e, "dated", "future", "date", d.Dated)
	}
	if d.Kind != "minutes" {
		return e
	}
	switch {
	case meeting == nil:
		repositoryFault(&e, "meeting", "minutes_of")
	case meeting.On > today || meeting.Cancelled || IsDay(d.Dated) && d.Dated < meeting.On:
		repositoryFault(&e, "dated", "minutes_early", "date", meeting.On)
	}
	return e
}

// CheckContribution says what is wrong with a contribution to a plan, on a day.
// Fields: text, month, channel, place, consent, plan.
func CheckContribution(c Contribution, plan Plan, today string) Errors {
	var e Errors
	someText(&e, "text", c.Text, MaxContribution, true)
	oneOf(&e, "channel", string(c.Channel), words(Channels))
	oneLine(&e, "place", c.Place)
	switch {
	case !c.Channel.Offline():
	case !c.Consent:
		repositoryFault(&e, "consent", "consent")
	case c.Facilitator == "":
		repositoryFault(&e, "channel", "facilitator")
	}
	if len(c.Month) != len("2006-01") || !IsDay(c.Month+"-01") {
		repositoryFault(&e, "month", "month", "value", c.Month)
	} else if first := AddMonths(today, -24)[:7]; c.Month > today[:7] || c.Month < first {
		repositoryFault(&e, "month", "month_range", "from", first, "to", today[:7])
	}
	open := plan.Stage == Drafting || plan.Stage == Consultation
	if late := plan.Stage == AdoptedStage && c.Channel.Offline(); !open && !late {
		repositoryFault(&e, "plan", "closed")
	}
	return e
}

// CheckAnswer says what is wrong with the reasoned response to a contribution: it
// comes in every language of the plan. Fields: decision, response.LANG.
func CheckAnswer(c Contribution, plan Plan) Errors {
	var e Errors
	oneOf(&e, "decision", c.Decision, Decisions)
	if len(plan.Languages) == 0 {
		someText(&e, "response", c.Response, MaxResponse, true)
		return e
	}
	for _, lang := range plan.Languages {
		if strings.TrimSpace(exactly(c.Response, lang)) == "" {
			repositoryFault(&e, "response."+lang, "missing")
		}
	}
	someText(&e, "response", c.Response, MaxResponse, false)
	return e
}

func exactly(t Text, lang string) string {
	for _, p := range t {
		if p.Lang == lang {
			return p.Text
		}
	}
	return ""
}

// someText notes a text that is needed and missing, one that is too long, and one
// in a language that is none or given twice.
func someText(e *Errors, field string, t Text, most int, needed bool) {
	if needed && t.Blank() {
		at := field
		if len(t) > 0 {
			at += "." + t[0].Lang
		}
		repositoryFault(e, at, "missing")
	}
	var seen []string
	for _, p := range t {
		if p.Lang != Undetermined && !IsLanguage(p.Lang) || slices.Contains(seen, p.Lang) {
			repositoryFault(e, field, "language", "value", p.Lang)
		}
		seen = append(seen, p.Lang)
		if n := utf8.RuneCountInString(p.Text); n > most {
			repositoryFault(e, field+"."+p.Lang, "long", "count", n, "most", most)
		}
	}
}

func oneLine(e *Errors, field, text string) {
	if n := utf8.RuneCountInString(text); n > MaxLine {
		repositoryFault(e, field, "long", "count", n, "most", MaxLine)
	}
}

func oneOf(e *Errors, field, value string, choices []string) {
	if !slices.Contains(choices, value) {
		repositoryFault(e, field, "choose", "value", value)
	}
}

func numbers(e *Errors, most int, pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if n := pairs[i+1].(int); n < 0 || n > most {
			repositoryFault(e, pairs[i].(string), "number", "value", strconv.Itoa(n), "most", most)
		}
	}
}

func address(e *Errors, field, url string) {
	switch {
	case url == "":
	case len(url) > MaxAddress:
		repositoryFault(e, field, "long", "count", len(url), "most", MaxAddress)
	case !WebAddress(url):
		repositoryFault(e, field, "address", "value", url)
	}
}

// plausible notes a day that is none, or one that lies outside of what can be meant.
func plausible(e *Errors, field, day, from, to string) bool {
	switch {
	case day == "":
		repositoryFault(e, field, "missing")
	case !IsDay(day):
		repositoryFault(e, field, "day", "value", day)
	case day < from || day > to:
		repositoryFault(e, field, "day_range", "from", from, "to", to)
	default:
		return true
	}
	return false
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}
