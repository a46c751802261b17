package app

import "avow/internal/civic"

func tellForum(t *teller, now civic.Forum, was *civic.Forum) ([]Sentence, error) {
	switch {
	case was == nil && t.first():
		return []Sentence{say("story.forum.created", "name", now.Name)}, nil
	case was != nil && now.Rules != "" && now.Rules != was.Rules:
		return []Sentence{say("story.forum.rules")}, nil
	}
	return nil, nil
}

func tellMeeting(t *teller, now civic.Meeting, was *civic.Meeting) ([]Sentence, error) {
	args := []any{"title", now.Title, "date", civic.Day(now.On)}
	if was == nil {
		if !t.first() {
			return nil, nil
		}
		return []Sentence{say("story.meeting.new", args...)}, nil
	}
	if now.Withdrawn != "" && was.Withdrawn == "" {
		s := say("story.meeting.withdrawn", args...)
		s.More = append(s.More, said("story.reason", "reason", now.Withdrawn))
		return []Sentence{s}, nil
	}
	var out []Sentence
	if now.Cancelled && !was.Cancelled {
		out = append(out, say("story.meeting.cancelled", args...))
	}
	if now.On != was.On {
		out = append(out, say("story.meeting.moved", "title", now.Title, "before", civic.Day(was.On), "after", civic.Day(now.On)))
	}
	if now.Minutes != "" && was.Minutes == "" {
		out = append(out, say("story.meeting.minutes", args...))
	}
	if len(now.Decided) > 0 && string(encoded(now.Decided)) != string(encoded(was.Decided)) {
		s := say("story.meeting.decided", args...)
		s.More = append(s.More, said("story.outcome", "text", now.Decided))
		out = append(out, s)
	}
	if n := now.Government + now.Civil + now.Others; n > 0 && n != was.Government+was.Civil+was.Others {
		out = append(out, say("story.meeting.came", append(args, "count", n)...))
	}
	return out, nil
}

func tellStep(t *teller, now civic.Step, was *civic.Step) ([]Sentence, error) {
	if was == nil {
		if !t.first() {
			return nil, nil
		}
		return []Sentence{say("story.step.new", "title", now.Title, "date", civic.Day(now.Start))}, nil
	}
	if now.Withdrawn != "" && was.Withdrawn == "" {
		s := say("story.step.withdrawn", "title", now.Title)
		s.More = append(s.More, said("story.reason", "reason", now.Withdrawn))
		return []Sentence{s}, nil
	}
	return moved("step_start", civic.When{Date: now.Start}, civic.When{Date: was.Start}, "title", now.Title), nil
}

func tellDocument(t *teller, now civic.Document, was *civic.Document) ([]Sentence, error) {
	args := []any{"title", now.Title, "date", civic.Day(now.Dated)}
	switch {
	case now.Withdrawn != "" && (was == nil || was.Withdrawn == ""):
		s := say("story.document.withdrawn", args...)
		s.More = append(s.More, said("story.reason", "reason", now.Withdrawn))
		return []Sentence{s}, nil
	case was == nil && t.first():
		return []Sentence{say("story.document.new", args...)}, nil
	case was != nil && string(encoded(now.File)) != string(encoded(was.File)):
		return []Sentence{say("story.document.replaced", args...)}, nil
	}
	return nil, nil
}

func tellTension(t *teller, now civic.Tension, was *civic.Tension) ([]Sentence, error) {
	if was == nil {
		if !t.first() {
			return nil, nil
		}
		s := say("story.tension.new", "topic", now.Topic)
		if now.Owner == "" {
			s.More = append(s.More, said("story.no_owner"))
			return []Sentence{s}, nil
		}
		owner, err := t.institution(now.Owner)
		s.More = append(s.More, said("story.owner", "institution", owner))
		return []Sentence{s}, err
	}
	out, err := t.owner(now.Owner, was.Owner, "story.tension.owner", "topic", now.Topic)
	if now.Resolved != "" && was.Resolved == "" {
		s := say("story.tension.resolved", "topic", now.Topic, "date", civic.Day(now.Resolved))
		if len(now.How) > 0 {
			s.More = append(s.More, said("story.outcome", "text", now.How))
		}
		out = append(out, s)
	}
	return out, err
}

func tellTool(t *teller, now civic.Tool, was *civic.Tool) ([]Sentence, error) {
	if was == nil {
		if !t.first() {
			return nil, nil
		}
		return []Sentence{say("story.tool.new", "name", now.Name)}, nil
	}
	out, err := t.owner(now.Owner, was.Owner, "story.tool.owner", "name", now.Name)
	if now.Maintainer != was.Maintainer && now.Maintainer != "" {
		out = append(out, say("story.tool.maintainer", "name", now.Name, "maintainer", now.Maintainer))
	}
	out = append(out, moved("tool_until", civic.When{Date: now.Until}, civic.When{Date: was.Until}, "name", now.Name)...)
	return out, err
}

// owner tells who came to answer for something, or that nobody does any more.
func (t *teller) owner(now, was civic.InstitutionID, key string, args ...any) ([]Sentence, error) {
	if now == was {
		return nil, nil
	}
	if now == "" {
		return []Sentence{say(key+".none", args...)}, nil
	}
	owner, err := t.institution(now)
	return []Sentence{say(key+".set", append(args, "institution", owner)...)}, err
}
