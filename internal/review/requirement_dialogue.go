package review

import (
	"slices"

	"avow/internal/civic"
)

// space is 1.1: a space for dialogue with members of government and of civil
// society, with public rules, that meets at least every six months.
func (a assessing) space() []Part {
	begun := civic.AddMonths(a.Since, a.MeetingMonths)
	if a.Forum == nil {
		return []Part{a.missing("requirement.reason.no_forum", "requirement.next.forum", begun), a.meetings(begun)}
	}
	f := a.Forum
	seats := part(Met, "requirement.reason.seats", "government", f.Government, "civil", f.Civil, "others", f.Others)
	if f.Government == 0 || f.Civil == 0 {
		seats.Result, seats.Reason = NotMet, "requirement.reason.one_sided"
	}
	seats.Evidence = []Proof{{Kind: civic.KindForum, ID: string(f.ID)}}
	rules := a.missing("requirement.reason.rules_missing", "requirement.next.rules", begun)
	for _, d := range a.Documents {
		if d.ID == f.Rules || f.Rules == "" && d.Kind == "forum_rules" {
			rules = part(Met, "requirement.reason.rules", "date", d.Dated)
			rules.Evidence = []Proof{proofOf(d)}
		}
	}
	return []Part{seats, rules, a.meetings(begun)}
}

// meetings: every six months, to the day. The day on which the last one turns six
// months old is still in time.
func (a assessing) meetings(begun string) Part {
	held := keep(a.Meetings, func(m civic.Meeting) bool { return m.Kind == "forum" })
	if len(held) == 0 {
		return a.missing("requirement.reason.no_meeting", "requirement.next.meeting", begun)
	}
	last := held[len(held)-1]
	by := civic.AddMonths(last.On, a.MeetingMonths)
	p := part(Met, "requirement.reason.meeting", "date", last.On, "by", by)
	if a.On > by {
		p.Result, p.Reason = NotMet, "requirement.reason.meeting_late"
	}
	p.Next = &Due{"requirement.next.meeting", by}
	for _, m := range slices.Backward(held[max(0, len(held)-4):]) {
		p.Evidence = append(p.Evidence, proofOfMeeting(m))
	}
	return p
}

// website is 2.1. Whether its address answers is not looked at here.
func (a assessing) website() []Part {
	if a.Forum == nil || a.Forum.Website == "" {
		return []Part{a.missing("requirement.reason.no_website", "requirement.next.website", civic.AddMonths(a.Since, a.SettleMonths))}
	}
	p := part(Met, "requirement.reason.website", "address", a.Forum.Website)
	p.Evidence = []Proof{{Kind: civic.KindForum, ID: string(a.Forum.ID)}}
	return []Part{p}
}

// repository is 2.2: documents of co-creation and of implementation, updated at
// least twice a year: on two days of the twelve months that end on the day.
func (a assessing) repository() []Part {
	if len(a.Documents) == 0 && a.Forum != nil && a.Forum.Repository != "" {
		return one(CannotTell, "requirement.reason.elsewhere", "address", a.Forum.Repository)
	}
	out := []Part{a.updates()}
	if begun := a.cocreationBegan(); begun != "" && begun <= a.On {
		out = append(out, a.documents(a.ofCocreation, civic.AddMonths(max(begun, a.Since), a.SettleMonths),
			"requirement.reason.cocreation_documents", "requirement.reason.cocreation_none", "requirement.next.cocreation_document"))
	}
	if a.Running != nil {
		if begun := FirstDay(a.Running.Start.Date); begun != "" && begun <= a.On {
			out = append(out, a.documents(a.ofImplementation, civic.AddMonths(max(begun, a.Since), a.SettleMonths),
				"requirement.reason.implementation_documents", "requirement.reason.implementation_none", "requirement.next.implementation_document"))
		}
	}
	return out
}

func (a assessing) updates() Part {
	var days []string
	for _, d := range a.Documents {
		if len(days) == 0 || days[len(days)-1] != d.Dated {
			days = append(days, d.Dated)
		}
	}
	p, due := a.inTwelveMonths(days, a.Updates, a.On, civic.AddMonths(a.Since, 12))
	if len(days) == 0 {
		return a.missing("requirement.reason.no_documents", "requirement.next.update", civic.AddMonths(a.Since, a.SettleMonths))
	}
	p.Reason = map[Result]string{Met: "requirement.reason.updates", NotMet: "requirement.reason.updates_few", CannotTell: "requirement.reason.updates_few"}[p.Result]
	p.Next = &Due{"requirement.next.update", due}
	for _, d := range slices.Backward(a.Documents[max(0, len(a.Documents)-3):]) {
		p.Evidence = append(p.Evidence, proofOf(d))
	}
	return p
}

// inTwelveMonths asks for a number of different days (in order) in the twelve months
// that end on a day: a day still counts on its own first birthday. With fewer there
// is time until a day. due is the last day on which one more is in time.
func (a assessing) inTwelveMonths(days []string, want int, on, until string) (p Part, due string) {
	recent := keep(days, func(d string) bool { return d <= on && civic.AddMonths(d, 12) >= on })
	p = part(Met, "", "count", len(recent), "want", want)
	if len(days) > 0 {
		p.Args["date"] = days[len(days)-1]
	}
	if len(recent) >= want {
		return p, civic.AddMonths(recent[len(recent)-want], 12)
	}
	p.Result = NotMet
	if on <= until {
		p.Result = CannotTell
	}
	if len(days) >= want { // there were enough once: until when
		until = max(until, civic.AddMonths(days[len(days)-want], 12))
	}
	return p, until
}

// documents asks for at least one document of a sort, until a day.
func (a assessing) documents(fits func(civic.Document) bool, by, met, none, next string) Part {
	found := keep(a.Documents, fits)
	if len(found) == 0 {
		return a.missing(none, next, by)
	}
	last := found[len(found)-1]
	p := part(Met, met, "count", len(found), "date", last.Dated)
	p.Evidence = []Proof{proofOf(last)}
	return p
}

// ofCocreation: what speaks of the making of the plan.
func (a assessing) ofCocreation(d civic.Document) bool {
	if a.Plan != nil && d.Plan != "" && d.Plan != a.Plan.ID {
		return false
	}
	return d.Step != "" || slices.Contains([]string{"timeline", "outreach", "input", "feedback"}, d.Kind) || a.kindOfMeeting(d.Meeting) == "co_creation"
}

// ofImplementation: what speaks of its commitments being carried out.
func (a assessing) ofImplementation(d civic.Document) bool {
	if a.Running == nil || d.Plan != "" && d.Plan != a.Running.ID {
		return false
	}
	return d.Commitment != "" || d.Kind == "evidence" || d.Kind == "report" || a.kindOfMeeting(d.Meeting) == "results"
}

func (a assessing) kindOfMeeting(id civic.MeetingID) string {
	for _, m := range a.Meetings {
		if m.ID == id && id != "" {
			return m.Kind
		}
	}
	return ""
}

// cocreationBegan is the first day of the plan's first step, "" when none is recorded.
func (a assessing) cocreationBegan() string {
	for _, s := range a.Steps {
		if s.Kind != "adoption" && s.Kind != "other" {
			return s.Start
		}
	}
	return ""
}

func proofOf(d civic.Document) Proof { return Proof{civic.KindDocument, string(d.ID), d.Dated} }

func proofOfMeeting(m civic.Meeting) Proof { return Proof{civic.KindMeeting, string(m.ID), m.On} }
