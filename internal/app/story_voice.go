package app

import "avow/internal/civic"

// What citizens say is not repeated in a story: neither their words, nor the way
// on which they came, nor whether they agreed, so that small numbers cannot be added up.

func tellTestimony(t *teller, now civic.Testimony, was *civic.Testimony) ([]Sentence, error) {
	who, err := t.reporter(now.Report)
	switch {
	case err != nil:
		return nil, err
	case now.Hidden != nil && (was == nil || was.Hidden == nil):
		return []Sentence{hidden("story.testimony.hidden", *now.Hidden)}, nil
	case now.Hidden == nil && was != nil && was.Hidden != nil:
		return []Sentence{say("story.testimony.shown")}, nil
	case now.Withdrawn && (was == nil || !was.Withdrawn):
		return []Sentence{say("story.testimony.withdrawn")}, nil
	case was == nil && t.first():
		return []Sentence{say("story.testimony.new", "institution", who)}, nil
	}
	return []Sentence{say("story.testimony.changed")}, nil
}

func channelWord(c civic.Channel) civic.Word {
	return civic.Word{Key: "story.channel." + string(c), Else: string(c)}
}

// hidden says by which rule a contribution is no longer shown.
func hidden(key string, h civic.Hiding) Sentence {
	s := say(key, "rule", civic.Word{Key: "story.rule." + h.Rule, Else: h.Rule})
	if h.Reason != "" {
		s.More = append(s.More, said("story.reason", "reason", h.Reason))
	}
	return s
}

// reporter names the institution of a report.
func (t *teller) reporter(id civic.ReportID) (any, error) {
	r, err := t.report(id)
	if err != nil {
		return nil, err
	}
	return t.institution(r.Institution)
}

func tellDispute(t *teller, now civic.Dispute, was *civic.Dispute) ([]Sentence, error) {
	who, err := t.reporter(now.Report)
	if err != nil {
		return nil, err
	}
	var out []Sentence
	if was == nil {
		if !t.first() {
			return nil, nil
		}
		s := say("story.dispute.new", "institution", who, "role", byWord(now.By))
		s.More = append(s.More, said("story.dispute.claim", "claim", now.Claim))
		return []Sentence{s}, nil
	}
	if now.Answered != "" && was.Answered == "" {
		s := say("story.dispute.answered", "institution", who)
		s.More = append(s.More, said("story.answer", "answer", now.Answer))
		out = append(out, s)
	}
	if now.Outcome != was.Outcome && now.Outcome != "" {
		s := say("story.dispute."+now.Outcome, "institution", who)
		if len(now.Why) > 0 {
			s.More = append(s.More, said("story.reason", "reason", now.Why))
		}
		out = append(out, s)
	}
	return out, nil
}

func tellContribution(t *teller, now civic.Contribution, was *civic.Contribution) ([]Sentence, error) {
	switch {
	case now.Hidden != nil && (was == nil || was.Hidden == nil):
		return []Sentence{hidden("story.contribution.hidden", *now.Hidden)}, nil
	case now.Hidden == nil && was != nil && was.Hidden != nil:
		return []Sentence{say("story.contribution.shown")}, nil
	case was == nil && t.first():
		return []Sentence{say("story.contribution.new", "channel", channelWord(now.Channel))}, nil
	case was != nil && now.Decision != was.Decision && now.Decision != "":
		s := say("story.contribution." + now.Decision)
		if len(now.Response) > 0 {
			s.More = append(s.More, said("story.answer", "answer", now.Response))
		}
		return []Sentence{s}, nil
	case was != nil && string(encoded(now.Response)) != string(encoded(was.Response)):
		return []Sentence{say("story.contribution.answer_changed")}, nil
	}
	return []Sentence{say("story.contribution.changed")}, nil
}
