package app

import (
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// tellTagChange tells an operation on the taxonomy, and that it was undone or redone.
func tellTagChange(t *teller, now taxonomy.Change, was *taxonomy.Change) ([]Sentence, error) {
	_, graph, err := t.app.tags.current(t.ctx)
	if err != nil {
		return nil, err
	}
	if was != nil && now.State != was.State {
		s := say("story.tag.redone", "tag", tagText(graph, now.Tag), "set", now.Set)
		if now.State == taxonomy.Undone {
			s.Key = "story.tag.undone"
		}
		return []Sentence{because(s, now.Why)}, nil
	}
	s := say("story.tag."+string(now.Op), "tag", tagText(graph, now.Tag))
	switch now.Op {
	case taxonomy.Create, taxonomy.Rename:
		s.Args["name"] = now.Names
	case taxonomy.Redefine:
		s.Args["definition"] = now.Definition
	case taxonomy.AddParent, taxonomy.RemoveParent:
		s.Args["others"] = tagTexts(graph, now.Parents)
	case taxonomy.Relate, taxonomy.Unrelate:
		s.Args["others"] = tagTexts(graph, now.Related)
	case taxonomy.Alias:
		s.Args["name"] = now.Aliases
	case taxonomy.Deprecate:
	case taxonomy.Merge, taxonomy.Split:
		s.Args["others"] = tagTexts(graph, now.Into)
	}
	return []Sentence{because(s, now.Reason)}, nil
}

// because adds the reason of a change.
func because(s Sentence, reason civic.Text) Sentence {
	if len(reason) > 0 {
		s.More = append(s.More, said("story.reason", "reason", reason))
	}
	return s
}

// tagText names a tag: by its names, or by its ID where an undone change made it.
func tagText(g *taxonomy.Graph, id taxonomy.ID) civic.Text {
	if tag, ok := g.Tag(id); ok {
		return tag.Names
	}
	return civic.Text{{Lang: civic.Undetermined, Text: string(id)}}
}

// tagTexts lists tags for a sentence.
func tagTexts(g *taxonomy.Graph, ids []taxonomy.ID) any {
	list := make([]civic.Text, 0, len(ids))
	for _, id := range ids {
		list = append(list, tagText(g, id))
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

// tellDecisions tells what people decided on the tags of a commitment.
func (t *teller) tellDecisions(now, was civic.Commitment) ([]Sentence, error) {
	if len(now.Decided) == 0 {
		return nil, nil
	}
	_, graph, err := t.app.tags.current(t.ctx)
	if err != nil {
		return nil, err
	}
	var out []Sentence
	for _, d := range now.Decided {
		before, known := was.Decision(d.Tag)
		if known && sameDecisions([]civic.TagDecision{before}, []civic.TagDecision{d}) {
			continue
		}
		s := say("story.tagged."+string(d.Verdict), "tag", tagText(graph, taxonomy.ID(d.Tag)))
		if d.Origin != civic.FromPerson {
			s.More = append(s.More, said("story.tagged.from."+string(d.Origin)))
		}
		out = append(out, because(s, d.Reason))
	}
	if len(out) == 0 || t.told.Verb != verbTag {
		return out, nil
	}
	alone, err := t.alone()
	if err == nil && !alone {
		last := &out[len(out)-1]
		last.More = append(last.More, said("story.tagged.together"))
	}
	return out, err
}
