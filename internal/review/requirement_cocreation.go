package review

import "avow/internal/civic"

// announcement is 3.1: the timeline and the opportunities are published at least
// two weeks before co-creation starts. Fourteen days before is in time.
func (a assessing) announcement() []Part {
	for _, s := range a.Steps {
		if s.Kind != "co_creation_start" {
			continue
		}
		last := addDays(s.Start, -a.AnnounceDays)
		if s.Announced == "" || s.Announced > a.On {
			p := a.missing("requirement.reason.not_announced", "requirement.next.announce", last)
			p.Args["start"] = s.Start
			p.Evidence = []Proof{proofOfStep(s)}
			return []Part{p}
		}
		p := part(Met, "requirement.reason.announced", "date", s.Announced, "start", s.Start, "days", civic.DaysBetween(s.Announced, s.Start), "want", a.AnnounceDays)
		if s.Announced > last {
			p.Result, p.Reason = NotMet, "requirement.reason.announced_late"
		}
		p.Evidence = []Proof{{civic.KindStep, string(s.ID), s.Announced}}
		for _, d := range a.Documents {
			if d.Kind == "timeline" && d.Plan == a.Plan.ID {
				p.Evidence = append(p.Evidence, proofOf(d))
			}
		}
		return []Part{p}
	}
	return a.absent("requirement.reason.no_start", "requirement.next.announce")
}

// outreach is 3.2: people are told of the process and of how to take part.
func (a assessing) outreach() []Part {
	var p Part
	count := 0
	for _, s := range a.Steps {
		if s.Kind == "outreach" && s.Start <= a.On && (a.over == "" || s.Start <= a.over) {
			count++
			p.Evidence = append(p.Evidence, proofOfStep(s))
		}
	}
	if count == 0 {
		return a.absent("requirement.reason.no_outreach", "requirement.next.outreach")
	}
	met := part(Met, "requirement.reason.outreach", "count", count)
	met.Evidence = p.Evidence
	return []Part{met}
}

// input is 3.3: a way to give input over a suitable period. A step that has no end
// goes on until co-creation is over.
func (a assessing) input() []Part {
	var best, running *Part
	longest := 0
	for _, s := range a.Steps {
		if s.Kind != "input" || a.over != "" && s.Start > a.over {
			continue
		}
		end, enough := s.End, addDays(s.Start, a.InputDays-1)
		if end == "" {
			end = max(s.Start, a.over)
			if a.over == "" {
				end = max(enough, a.On)
			}
		}
		days := civic.DaysBetween(s.Start, end) + 1
		p := part(Met, "requirement.reason.input", "date", s.Start, "end", end, "days", days, "want", a.InputDays)
		p.Evidence = []Proof{proofOfStep(s)}
		switch {
		case days >= a.InputDays && enough <= a.On:
			return []Part{p}
		case days >= a.InputDays:
			p.Result, p.Reason = CannotTell, "requirement.reason.input_running"
			p.Next = &Due{"requirement.next.input", enough}
			running = &p
		case days > longest:
			p.Result, p.Reason, longest = NotMet, "requirement.reason.input_short", days
			best = &p
		}
	}
	switch {
	case running != nil:
		return []Part{*running}
	case best == nil:
		return a.absent("requirement.reason.no_input", "requirement.next.input")
	case a.over == "" || a.On <= a.over: // there is time for another one
		best.Result, best.Next = CannotTell, &Due{"requirement.next.input", a.over}
	}
	return []Part{*best}
}

// responses is 4.1: every contribution, whatever its channel, has a published
// reasoned response. One that is hidden counts as well, unless it was spam: hiding
// does not answer it.
func (a assessing) responses() []Part {
	total, answered, last := 0, 0, ""
	for _, c := range a.Contributions {
		if c.Hidden != nil && c.Hidden.Rule == "spam" && c.Hidden.On <= a.On {
			continue
		}
		total++
		if c.Decision != "" && c.Answered <= a.On {
			answered++
			last = max(last, c.Answered)
		}
	}
	if total == 0 {
		p := part(CannotTell, "requirement.reason.no_contributions")
		if a.over == "" || a.On <= a.over {
			p.Next = &Due{"requirement.next.answer", a.over}
		}
		return []Part{p}
	}
	p := part(Met, "requirement.reason.answered", "count", total, "answered", answered, "open", total-answered, "date", last)
	if answered < total {
		p.Result, p.Reason = CannotTell, "requirement.reason.unanswered"
		if a.over != "" && a.On > a.over {
			p.Result = NotMet
		}
		p.Next = &Due{"requirement.next.answer", a.over}
		if p.Result == NotMet {
			p.Next.By = ""
		}
	}
	for _, d := range a.Documents {
		if d.Kind == "feedback" && d.Plan == a.Plan.ID {
			p.Evidence = append(p.Evidence, proofOf(d))
		}
	}
	for _, s := range a.Steps {
		if s.Kind == "feedback" && s.Start <= a.On {
			p.Evidence = append(p.Evidence, proofOfStep(s))
		}
	}
	return []Part{p}
}

// results is 5.1: at least two meetings a year with civil society on the results
// of implementation. After the plan's end its last twelve months are looked at.
func (a assessing) results() []Part {
	if a.Running == nil {
		return one(CannotTell, "requirement.reason.results_not_due")
	}
	start, on := FirstDay(a.Running.Start.Date), a.On
	if end := a.Running.LastDay(); end != "" && end < on {
		on = end
	}
	var days []string
	held := keep(a.Meetings, func(m civic.Meeting) bool {
		return m.Kind == "results" && m.Civil > 0 && m.On >= start && (m.Plan == "" || m.Plan == a.Running.ID)
	})
	for _, m := range held {
		if len(days) == 0 || days[len(days)-1] != m.On {
			days = append(days, m.On)
		}
	}
	p, due := a.inTwelveMonths(days, a.Results, on, civic.AddMonths(max(start, a.Since), 12))
	p.Reason = map[Result]string{Met: "requirement.reason.results", NotMet: "requirement.reason.results_few", CannotTell: "requirement.reason.results_few"}[p.Result]
	if on == a.On {
		p.Next = &Due{"requirement.next.results", due}
	}
	for _, m := range held[max(0, len(held)-4):] {
		p.Evidence = append(p.Evidence, proofOfMeeting(m))
	}
	return []Part{p}
}

func proofOfStep(s civic.Step) Proof { return Proof{civic.KindStep, string(s.ID), s.Start} }
