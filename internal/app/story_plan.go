package app

import (
	"slices"

	"avow/internal/civic"
)

func tellMember(t *teller, _ civic.Member, was *civic.Member) ([]Sentence, error) {
	if was == nil && t.first() {
		return []Sentence{say("story.member.created")}, nil
	}
	return nil, nil
}

func tellInstitution(t *teller, now civic.Institution, was *civic.Institution) ([]Sentence, error) {
	switch {
	case was == nil && t.first():
		return []Sentence{say("story.institution.created", "institution", now.Name)}, nil
	case was != nil && now.Name.String() != was.Name.String():
		return []Sentence{say("story.institution.renamed", "before", was.Name, "after", now.Name)}, nil
	case was != nil && len(now.Name) > len(was.Name):
		return []Sentence{say("story.institution.translated", "institution", now.Name)}, nil
	}
	return nil, nil
}

func tellPlan(t *teller, now civic.Plan, was *civic.Plan) ([]Sentence, error) {
	if was == nil {
		switch {
		case !t.first():
			return nil, nil
		case now.Stage != "":
			return []Sentence{say("story.plan.opened")}, nil
		}
		return []Sentence{say("story.plan.created")}, nil
	}
	var out []Sentence
	told := []string{"stage", "adopted", "amendments", "periods", "moves"}
	if now.Adopted != nil && was.Adopted == nil {
		out, told = append(out, adopted("story.plan.adopted", *now.Adopted)), append(told, "submitted")
	}
	if now.Stage != was.Stage && (now.Stage != civic.AdoptedStage || len(out) == 0) {
		s := say("story.plan.stage." + string(now.Stage))
		if n := len(now.Moves); n > len(was.Moves) {
			s.More = decision(now.Moves[n-1].By, now.Moves[n-1].Reason)
		}
		out = append(out, s)
	}
	out = append(out, tellPeriods(now.Periods, was.Periods)...)
	for _, d := range []struct {
		field    string
		now, was civic.When
	}{{"start", now.Start, was.Start}, {"end", now.End, was.End}} {
		if s := moved("plan_"+d.field, d.now, d.was); len(s) > 0 {
			out, told = append(out, s...), append(told, d.field)
		}
	}
	rest, err := fieldSentences(encoded(now), encoded(*was))
	if err != nil {
		return nil, err
	}
	for _, s := range rest {
		if s.Field != "" && !slices.Contains(told, s.Field) {
			out = append(out, s)
		}
	}
	return amended(out, now.Amendments, was.Amendments), nil
}

// tellPeriods tells which reporting periods were set and moved.
func tellPeriods(now, was []civic.Period) []Sentence {
	var out []Sentence
	find := func(list []civic.Period, key string) (civic.Period, bool) {
		i := slices.IndexFunc(list, func(p civic.Period) bool { return p.Key == key })
		if i < 0 {
			return civic.Period{}, false
		}
		return list[i], true
	}
	for _, p := range now {
		o, had := find(was, p.Key)
		switch {
		case !had:
			out = append(out, say("story.period.added", "period", periodName(p), "from", civic.Day(p.Start), "to", civic.Day(p.End), "due", civic.Day(p.Due)))
		case o.Start != p.Start || o.End != p.End:
			out = append(out, say("story.period.changed", "period", periodName(p), "from", civic.Day(p.Start), "to", civic.Day(p.End), "due", civic.Day(p.Due)))
		default:
			out = append(out, moved("period_due", civic.When{Date: p.Due}, civic.When{Date: o.Due}, "period", periodName(p))...)
		}
	}
	for _, p := range was {
		if _, still := find(now, p.Key); !still {
			out = append(out, say("story.period.removed", "period", periodName(p)))
		}
	}
	return out
}

// periodName is what a period is called in a sentence.
func periodName(p civic.Period) any {
	if len(p.Title) > 0 {
		return p.Title
	}
	return p.Key
}

// periodOf finds a plan's period by its key, and the one before it.
func periodOf(p civic.Plan, key string) (period, before civic.Period) {
	for i, q := range p.Periods {
		if q.Key != key {
			continue
		}
		if i > 0 {
			before = p.Periods[i-1]
		}
		return q, before
	}
	return civic.Period{Key: key}, before
}
