package study

import (
	"fmt"
	"regexp"
	"slices"

	"avow/internal/civic"
)

// groupKey is the form of a group's key. Moves and memos may name groups that were
// dissolved since.
var groupKey = regexp.MustCompile(`^g[1-9][0-9]{0,4}$`)

// whole collects what is wrong with a study that comes whole.
type whole struct {
	study Study
	found civic.Errors
}

// CheckWhole says what is wrong with a study that comes whole, from a file: it must be
// as the rules above would have left it, and they are asked. codings are those of the
// study, in the order of their letters; known reports whether a tag exists or did. Whether
// the commitments exist is for who reads the record. Fields are the study's own.
func CheckWhole(s Study, codings []Coding, known func(tag string) bool) error {
	w := &whole{study: s}
	w.take("", CheckFrozen(s))
	w.need(slices.Contains(Stages, s.Stage), "stage", s.Stage)
	w.need(s.Size > 0 && s.Root != "", "size", s.Size)
	w.day("on", s.On)
	w.items()
	w.groups()
	w.trail()
	switch s.Stage {
	case StageFrozen, StageGrouped:
		w.need(s.Stage == StageGrouped || len(s.Groups) == 0, "groups", len(s.Groups))
		w.need(len(s.Coders) == 0 && s.Wanted == 0 && !s.Several, "coders", len(s.Coders))
	case StageCoding, StageCoded:
		w.coders()
	}
	if s.Stage == StageCoded {
		w.coded(codings, known)
	} else {
		w.need(len(codings) == 0, "coders", len(codings))
		w.need(s.Results == nil, "results", s.Stage)
		w.need(len(s.Decisions) == 0, "decisions", len(s.Decisions))
		w.need(s.Proposed == "", "proposed", s.Proposed)
		w.need(s.Published == "", "published", s.Published)
		w.need(!slices.ContainsFunc(s.Groups, func(g Group) bool { return g.Tag != "" }), "groups", "tag")
	}
	return w.found.Or()
}

// need notes a field that holds what no study of this stage holds.
func (w *whole) need(ok bool, field string, value any) {
	if !ok {
		w.found.Add(field, "study.fault.whole", "Field", field, "Value", fmt.Sprint(value))
	}
}

func (w *whole) day(field, day string) { w.need(civic.IsDay(day), field, day) }

// take keeps what a rule says; field stands in the place of the rule's own, "" for that.
func (w *whole) take(field string, err error) {
	switch e := err.(type) {
	case nil:
	case civic.Errors:
		for _, one := range e {
			w.take(field, one)
		}
	case *civic.Error:
		one := *e
		if field != "" {
			one.Field = field
		}
		w.found = append(w.found, &one)
	default:
		w.found = append(w.found, &civic.Error{Kind: civic.Invalid, Key: "study.fault.whole", Field: field, Args: map[string]any{"Field": field, "Value": ""}, Cause: err})
	}
}

// at is the study at another stage, for a rule that asks for it.
func (w *whole) at(stage Stage) Study {
	s := w.study
	s.Stage = stage
	return s
}

func (w *whole) items() {
	seen := map[civic.CommitmentID]bool{}
	for _, item := range w.study.Items {
		w.need(!seen[item.Commitment], "items.commitment", item.Commitment)
		seen[item.Commitment] = true
		w.need(item.Version >= 1, "items.version", item.Version)
		if item.Group != "" {
			_, ok := w.study.Group(item.Group)
			w.need(ok, "items.group", item.Group)
		}
		if p := item.Place; p != nil {
			w.need(p.X >= 0 && p.X <= 1000 && p.Y >= 0 && p.Y <= 1000, "items.place", *p)
		}
	}
}

// groups asks the rule of names of each group that has one.
func (w *whole) groups() {
	if n := len(w.study.Groups); n > MostGroups {
		w.take("groups", CheckGroups(n))
	}
	seen := map[string]bool{}
	for _, g := range w.study.Groups {
		w.need(groupKey.MatchString(g.Key) && !seen[g.Key], "groups.key", g.Key)
		seen[g.Key] = true
		if g.Named() {
			_, err := Name(w.at(StageGrouped), g.Key, g.Name, g.Definition)
			w.take("groups", err)
		}
	}
	if g := w.study.Grouping; g != nil {
		w.take("grouping", CheckGroups(g.Asked))
		w.day("grouping", g.On)
	}
}

// trail checks moves and memos: what they are on may be gone since, their words not.
func (w *whole) trail() {
	for _, m := range w.study.Moves {
		w.need(w.study.At(m.Commitment) >= 0, "moves.commitment", m.Commitment)
		for _, key := range []string{m.From, m.To} {
			w.need(key == "" || groupKey.MatchString(key), "moves.to", key)
		}
		w.need(m.By != "", "moves.by", m.By)
		w.day("moves.on", m.On)
	}
	ids := map[string]bool{}
	for i, m := range w.study.Memos {
		w.need(civic.IsID(m.ID) && !ids[m.ID], "memos.id", m.ID)
		ids[m.ID] = true
		w.need(m.By != "", "memos.by", m.By)
		w.day("memos.on", m.On)
		before := w.at(StageGrouped)
		before.Memos = w.study.Memos[:i]
		if m.About == OnGroup && groupKey.MatchString(m.Target) {
			before.Groups = append(slices.Clone(before.Groups), Group{Key: m.Target})
		}
		_, err := Note(before, m)
		w.take("memos", err)
	}
}

// coders lets everybody join again.
func (w *whole) coders() {
	s := w.study
	_, err := OpenCoding(w.at(StageGrouped), s.Wanted, s.Several)
	w.take("", err)
	w.need(len(s.Codes()) == len(s.Groups), "groups", len(s.Groups))
	joining := w.at(StageCoding)
	joining.Coders = nil
	for i, c := range s.Coders {
		next, err := Join(joining, c.By, c.Joined)
		if w.take("coders", err); err != nil {
			return
		}
		w.need(c.By != "" && c.Label == next.Coders[i].Label, "coders.label", c.Label)
		w.day("coders.joined", c.Joined)
		if c.HandedIn != "" {
			w.day("coders.handed_in", c.HandedIn)
		}
		joining = next
	}
	w.need(s.Stage == StageCoded || len(s.Coders) < s.Wanted || slices.ContainsFunc(s.Coders, func(c Coder) bool { return c.HandedIn == "" }), "stage", s.Stage)
}

// coded checks what follows the coding, with the codings.
func (w *whole) coded(codings []Coding, known func(string) bool) {
	s := w.study
	for i, c := range s.Coders {
		w.need(c.HandedIn != "", "coders.handed_in", c.Label)
		if i >= len(codings) || codings[i].Label != c.Label {
			w.found.Add("coders", "study.fault.no_coding", "Label", c.Label)
			return
		}
	}
	w.need(len(s.Coders) == s.Wanted && len(codings) == len(s.Coders), "coders", len(s.Coders))
	if s.Results == nil {
		w.need(false, "results", "")
		return
	}
	w.need(sameCounts(*s.Results, s, codings), "results", "")
	settled := w.at(StageCoded)
	settled.Decisions = nil
	for i, d := range s.Decisions {
		next, err := Settle(settled, codings, d)
		if w.take("decisions", err); err != nil {
			return
		}
		w.need(len(next.Decisions) == i+1 && slices.Equal(next.Decisions[i].Codes, d.Codes), "decisions", d.Commitment)
		w.need(d.By != "", "decisions.by", d.By)
		w.day("decisions.on", d.On)
		settled = next
	}
	tags := map[string]string{}
	for _, g := range s.Groups {
		if g.Tag != "" {
			tags[g.Key] = g.Tag
		}
	}
	w.need(len(tags) == 0 || s.Proposed != "", "proposed", s.Proposed)
	if s.Proposed != "" {
		w.day("proposed", s.Proposed)
		_, err := Propose(s, codings, tags, known, s.Proposed)
		w.take("", err)
	}
	if s.Published != "" {
		w.day("published", s.Published)
	}
}

// sameCounts reports whether results are of these codings: what was counted, not the
// measures, which stay as they were worked out.
func sameCounts(r Results, s Study, codings []Coding) bool {
	of := answersOf(codings)
	if len(r.Coded) != len(codings) || len(r.Codes) != len(s.Codes()) {
		return false
	}
	for k, c := range codings {
		if r.Coded[k] != (Done{c.Label, len(of[k])}) {
			return false
		}
	}
	units, agreed := Compared(sets(s, of))
	return r.Units == units && r.Agreed == agreed
}

// CheckCoding says what is wrong with a coding that comes whole, for the study it is
// of: Conflict when the study's codings are not in the record. Fields are its own.
func CheckCoding(s Study, c Coding) error {
	w := &whole{study: s}
	if s.Stage != StageCoded {
		return wrongStage(s)
	}
	if !slices.ContainsFunc(s.Coders, func(o Coder) bool { return o.Label == c.Label }) {
		w.found.Add("label", "study.fault.no_label", "Label", c.Label)
	}
	w.day("on", c.On)
	seen := map[civic.CommitmentID]bool{}
	for _, a := range c.Answers {
		w.need(!seen[a.Commitment], "answers.commitment", a.Commitment)
		seen[a.Commitment] = true
		sorted, err := CheckAnswer(w.at(StageCoding), a)
		w.take("answers", err)
		w.need(a.Codes != nil && slices.Equal(sorted.Codes, a.Codes), "answers.codes", a.Codes)
	}
	w.need(len(c.Answers) > 0, "answers", 0)
	return w.found.Or()
}
