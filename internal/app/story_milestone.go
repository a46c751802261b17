package app

import (
	"cmp"
	"encoding/json"

	"avow/internal/civic"
)

// milestoneName is what a milestone is called in a sentence: its code, else its
// place among the others.
func milestoneName(ms []civic.Milestone, id civic.MilestoneID) string {
	for i, m := range ms {
		if m.ID == id {
			return cmp.Or(m.Code, itoa(i+1))
		}
	}
	return ""
}

// tellMilestones tells which milestones came, went, moved and changed.
func tellMilestones(now, was []civic.Milestone) []Sentence {
	var out []Sentence
	former := map[civic.MilestoneID]civic.Milestone{}
	for _, m := range was {
		former[m.ID] = m
	}
	here := map[civic.MilestoneID]bool{}
	for _, m := range now {
		here[m.ID] = true
	}
	for _, m := range was {
		if !here[m.ID] {
			out = append(out, say("story.milestone.removed", "milestone", milestoneName(was, m.ID), "title", m.Title))
		}
	}
	for _, m := range now {
		name := milestoneName(now, m.ID)
		o, had := former[m.ID]
		if !had {
			s := say("story.milestone.added", "milestone", name, "title", m.Title)
			if m.Due.Decided() {
				s.More = append(s.More, said("story.milestone.due_on", "date", civic.Day(m.Due.Date)))
			}
			out = append(out, s)
			continue
		}
		out = append(out, tellMilestone(name, m, o)...)
	}
	return out
}

func tellMilestone(name string, now, was civic.Milestone) []Sentence {
	out := moved("milestone_start", now.Start, was.Start, "milestone", name)
	out = append(out, moved("milestone_due", now.Due, was.Due, "milestone", name)...)
	field := func(field string, before, after string) {
		if foldSpace(before) != foldSpace(after) {
			out = append(out, fieldSentence("milestone."+name+"."+field, before, after))
		}
	}
	text := func(name string, before, after civic.Text) {
		field(name, before.String(), after.String())
		for _, p := range after {
			if p.Lang != after.Original().Lang && p.Lang != before.Original().Lang {
				field(name+"."+p.Lang, phraseIn(before, p.Lang), p.Text)
			}
		}
	}
	text("title", was.Title, now.Title)
	text("text", was.Text, now.Text)
	if !sameWhen(now.Start, was.Start) && (!now.Start.Decided() || !was.Start.Decided() && !was.Start.IsZero()) {
		field("start", whenValue(was.Start), whenValue(now.Start))
	}
	if !sameWhen(now.Due, was.Due) && (!now.Due.Decided() || !was.Due.Decided() && !was.Due.IsZero()) {
		field("due", whenValue(was.Due), whenValue(now.Due))
	}
	text("due_in", was.DueIn, now.DueIn)
	field("lead", was.Lead, now.Lead)
	text("url", was.URL, now.URL)
	field("parent", was.Parent, now.Parent)
	before := map[string]string{}
	for _, c := range was.Cells {
		before[c.Column] = c.Value
	}
	for _, c := range now.Cells {
		field(c.Column, before[c.Column], c.Value)
	}
	return out
}

// phraseIn is the text in a language, "" when it is not there.
func phraseIn(t civic.Text, lang string) string {
	for _, p := range t {
		if p.Lang == lang {
			return p.Text
		}
	}
	return ""
}

// encoded is a value as canonical bytes, to compare.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return nil // types of ours always encode
	}
	return b
}
