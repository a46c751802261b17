package app

import (
	"avow/internal/civic"
	"avow/internal/study"
)

// tellStudy tells what was done in a study. What a coder thinks is told only when
// all have handed in: until then it is nowhere in the record.
func tellStudy(t *teller, now study.Study, was *study.Study) ([]Sentence, error) {
	title := func(key string, args ...any) []Sentence {
		return []Sentence{say(key, append([]any{"title", now.Title}, args...)...)}
	}
	switch {
	case was == nil:
		if !t.first() {
			return nil, nil
		}
		return title("story.study.frozen", "count", len(now.Items)), nil
	case now.Published != was.Published:
		return title("story.study.published"), nil
	case t.told.Verb == verbProposeTags:
		return title("story.study.proposed"), nil
	case t.told.Verb == verbSettleCodes && len(now.Decisions) > 0:
		out := title("story.study.settled")
		out[0].More = append(out[0].More, said("story.reason", "reason", now.Decisions[len(now.Decisions)-1].Reason))
		return out, nil
	case len(now.Coders) > len(was.Coders):
		return title("story.study.joined", "label", now.Coders[len(now.Coders)-1].Label), nil
	case len(now.Coders) > 0 && t.told.Verb == verbHandIn:
		for i, c := range now.Coders {
			if c.HandedIn != was.Coders[i].HandedIn {
				return title("story.study.handed_in", "label", c.Label), nil
			}
		}
	case now.Stage == study.StageCoding && was.Stage != now.Stage:
		return title("story.study.coding", "count", now.Wanted), nil
	case len(now.Memos) > len(was.Memos):
		return title("story.study.memo"), nil
	case len(now.Moves) > len(was.Moves):
		return title("story.study.moved"), nil
	case t.told.Verb == verbSuggest:
		return title("story.study.grouped", "count", len(now.Groups)), nil
	}
	for _, g := range now.Groups {
		before, _ := was.Group(g.Key)
		if g.Named() && string(encoded(g.Name)) != string(encoded(before.Name)) {
			return title("story.study.named", "name", g.Name), nil
		}
	}
	return title("story.study.changed"), nil
}

func tellCoding(t *teller, now study.Coding, _ *study.Coding) ([]Sentence, error) {
	s, _, err := read[study.Study](t.ctx, t.app, civic.KindStudy, string(now.Study))
	if err != nil && civic.KindOf(err) != civic.NotFound {
		return nil, err
	}
	return []Sentence{say("story.coding.new", "title", s.Title, "label", now.Label, "count", len(now.Answers))}, nil
}
