package study

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"avow/internal/civic"
)

// Bounds of a study. Texts are counted in characters of one language.
const (
	FewestItems = 4
	MostItems   = 1000
	MaxName     = 200
	MaxText     = 5000
	FewestCoder = 2
	MostCoders  = 5
	mostMemos   = 2000
)

// The rules below return the study as it is after something was done, or what is
// wrong: civic.Errors for fields, a civic.Error of kind Conflict when the study is
// at another stage. The study that is handed in stays as it was.

func wrongStage(s Study) error {
	return &civic.Error{Kind: civic.Conflict, Key: "study.stage", Args: map[string]any{"Stage": string(s.Stage)}}
}

// someText notes what is wrong with a text: nothing where something is needed, or too much.
func someText(e *civic.Errors, field string, t civic.Text, most int, needed bool) {
	if needed && strings.TrimSpace(t.String()) == "" {
		e.Add(field, "study.fault."+field)
	}
	for _, p := range t {
		if utf8.RuneCountInString(p.Text) > most {
			e.Add(field, "study.fault.long", "Most", most)
			return
		}
	}
}

// CheckFrozen says what is wrong with a study that is to be frozen. Fields: title,
// question, query.
func CheckFrozen(s Study) error {
	var e civic.Errors
	someText(&e, "title", s.Title, MaxName, true)
	someText(&e, "question", s.Question, MaxText, false)
	switch {
	case len(s.Items) < FewestItems:
		e.Add("query", "study.fault.few", "Count", len(s.Items), "Least", FewestItems)
	case len(s.Items) > MostItems:
		e.Add("query", "study.fault.many", "Count", len(s.Items), "Most", MostItems)
	}
	return e.Or()
}

// CheckGroups says whether so many groups can be asked for. Field: groups.
func CheckGroups(groups int) error {
	var e civic.Errors
	if groups != 0 && (groups < FewestGroups || groups > MostGroups) {
		e.Add("groups", "study.fault.groups", "Least", FewestGroups, "Most", MostGroups)
	}
	return e.Or()
}

// Regroup lays a suggestion in the place of the groups. What a person named stays
// a group with its members: the suggestion is for the commitments outside of those.
// within are the places of those commitments, in the order of the documents.
func Regroup(s Study, within []int, by Grouping, suggested Suggestion) (Study, error) {
	if s.Stage != StageFrozen && s.Stage != StageGrouped {
		return s, wrongStage(s)
	}
	named := s.Codes()
	s.Items = slices.Clone(s.Items)
	next := nextKey(s)
	for _, i := range within {
		s.Items[i].Group = ""
	}
	s.Groups = named
	for _, t := range suggested.Groups {
		if len(s.Groups) == MostGroups {
			break
		}
		g := Group{Key: fmt.Sprintf("g%d", next), Words: t.Words}
		next++
		s.Groups = append(s.Groups, g)
		for _, at := range t.Texts {
			s.Items[within[at]].Group = g.Key
		}
	}
	by.Within = len(within)
	s.Grouping, s.Stage = &by, StageGrouped
	return s, nil
}

// Loose returns the places of the commitments that are in no named group: what a
// new suggestion is for.
func Loose(s Study) []int {
	var out []int
	for i, item := range s.Items {
		if g, ok := s.Group(item.Group); !ok || !g.Named() {
			out = append(out, i)
		}
	}
	return out
}

// nextKey is the number of the next group: one more than the highest that groups
// or moves know.
func nextKey(s Study) int {
	most := 0
	note := func(key string) {
		var n int
		if _, err := fmt.Sscanf(key, "g%d", &n); err == nil {
			most = max(most, n)
		}
	}
	for _, g := range s.Groups {
		note(g.Key)
	}
	for _, m := range s.Moves {
		note(m.From)
		note(m.To)
	}
	for _, m := range s.Memos {
		note(m.Target)
	}
	return most + 1
}

// Name gives a group a name and a definition, so that it is a code; key "" makes a
// new group without members. Fields: name, definition, group.
func Name(s Study, key string, name, definition civic.Text) (Study, error) {
	if s.Stage != StageFrozen && s.Stage != StageGrouped {
		return s, wrongStage(s)
	}
	var e civic.Errors
	someText(&e, "name", name, MaxName, true)
	someText(&e, "definition", definition, MaxText, true)
	s.Groups = slices.Clone(s.Groups)
	for _, g := range s.Groups {
		if g.Key != key && g.Named() && strings.EqualFold(g.Name.String(), name.String()) {
			e.Add("name", "study.fault.name_taken")
		}
	}
	at := slices.IndexFunc(s.Groups, func(g Group) bool { return g.Key == key })
	switch {
	case key == "" && len(s.Groups) >= MostGroups:
		e.Add("group", "study.fault.groups", "Least", FewestGroups, "Most", MostGroups)
	case key == "":
		s.Groups = append(s.Groups, Group{Key: fmt.Sprintf("g%d", nextKey(s))})
		at = len(s.Groups) - 1
	case at < 0:
		e.Add("group", "study.fault.group")
	}
	if len(e) > 0 {
		return s, e
	}
	s.Groups[at].Name, s.Groups[at].Definition = name, definition
	s.Stage = StageGrouped
	return s, nil
}

// MoveTo puts a commitment into another group, or into none for "". Fields: commitment, to.
func MoveTo(s Study, c civic.CommitmentID, to string, by civic.Actor, on string) (Study, error) {
	if s.Stage != StageGrouped {
		return s, wrongStage(s)
	}
	var e civic.Errors
	at := s.At(c)
	if at < 0 {
		e.Add("commitment", "study.fault.commitment")
	}
	if _, ok := s.Group(to); to != "" && !ok {
		e.Add("to", "study.fault.group")
	}
	if len(e) == 0 && s.Items[at].Group == to {
		e.Add("to", "study.fault.there")
	}
	if len(e) > 0 {
		return s, e
	}
	s.Items = slices.Clone(s.Items)
	s.Moves = append(slices.Clone(s.Moves), Move{c, s.Items[at].Group, to, by, on})
	s.Items[at].Group = to
	return s, nil
}

// Note keeps a memo. While people code none is written: it would tell one coder
// what another thinks. Fields: about, memo.
func Note(s Study, m Memo) (Study, error) {
	if s.Stage == StageCoding {
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.blind"}
	}
	var e civic.Errors
	someText(&e, "memo", m.Text, MaxText, true)
	known := m.About == OnStudy && m.Target == ""
	if m.About == OnGroup {
		_, known = s.Group(m.Target)
	}
	if m.About == OnCommitment {
		known = s.At(civic.CommitmentID(m.Target)) >= 0
	}
	if !known {
		e.Add("about", "study.fault.about")
	}
	if len(s.Memos) >= mostMemos {
		e.Add("memo", "study.fault.memos", "Most", mostMemos)
	}
	s.Memos = append(slices.Clone(s.Memos), m)
	return s, e.Or()
}

// OpenCoding fixes the named groups as codes for so many coders. Groups without a
// name are dissolved. Fields: coders, codes.
func OpenCoding(s Study, coders int, several bool) (Study, error) {
	if s.Stage != StageGrouped {
		return s, wrongStage(s)
	}
	var e civic.Errors
	if coders < FewestCoder || coders > MostCoders {
		e.Add("coders", "study.fault.coders", "Least", FewestCoder, "Most", MostCoders)
	}
	s.Groups = s.Codes()
	if len(s.Groups) < FewestGroups {
		e.Add("codes", "study.fault.codes", "Least", FewestGroups)
	}
	s.Items = slices.Clone(s.Items)
	for i := range s.Items {
		if _, ok := s.Group(s.Items[i].Group); !ok {
			s.Items[i].Group = ""
		}
	}
	s.Stage, s.Wanted, s.Several = StageCoding, coders, several
	return s, e.Or()
}

// Join makes somebody the next coder. Joining twice, or when all places are taken,
// is a Conflict.
func Join(s Study, who civic.Actor, on string) (Study, error) {
	switch {
	case s.Stage != StageCoding:
		return s, wrongStage(s)
	case s.CoderOf(who) != "":
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.joined"}
	case len(s.Coders) >= s.Wanted:
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.full"}
	}
	s.Coders = append(slices.Clone(s.Coders), Coder{Label: string(rune('A' + len(s.Coders))), By: who, Joined: on})
	return s, nil
}

// CheckAnswer says what is wrong with an answer, and returns it with its codes in
// order. Fields: commitment, codes, note.
func CheckAnswer(s Study, a Answer) (Answer, error) {
	if s.Stage != StageCoding {
		return a, wrongStage(s)
	}
	var e civic.Errors
	if s.At(a.Commitment) < 0 {
		e.Add("commitment", "study.fault.commitment")
	}
	codes, fault := checkCodes(s, a.Codes)
	if fault != "" {
		e.Add("codes", fault)
	}
	if utf8.RuneCountInString(a.Note) > MaxText {
		e.Add("note", "study.fault.long", "Most", MaxText)
	}
	a.Codes = codes
	return a, e.Or()
}

func checkCodes(s Study, codes []string) (sorted []string, fault string) {
	sorted = slices.Clone(codes)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	if sorted == nil {
		sorted = []string{}
	}
	for _, key := range sorted {
		if g, ok := s.Group(key); !ok || !g.Named() {
			return sorted, "study.fault.code"
		}
	}
	if !s.Several && len(sorted) > 1 {
		return sorted, "study.fault.one_code"
	}
	return sorted, ""
}

// HandIn notes that a coder is done. gaps says that commitments without an answer
// are meant to stay so. all is true when every coder has handed in. Field: gaps.
func HandIn(s Study, who civic.Actor, coding Coding, gaps bool, on string) (next Study, all bool, err error) {
	if s.Stage != StageCoding {
		return s, false, wrongStage(s)
	}
	at := slices.IndexFunc(s.Coders, func(c Coder) bool { return c.By == who })
	switch {
	case at < 0:
		return s, false, &civic.Error{Kind: civic.Forbidden, Key: "study.no_coder"}
	case s.Coders[at].HandedIn != "":
		return s, false, &civic.Error{Kind: civic.Conflict, Key: "study.handed_in"}
	}
	var e civic.Errors
	if left := len(s.Items) - len(coding.Answers); len(coding.Answers) == 0 || left > 0 && !gaps {
		e.Add("gaps", "study.fault.gaps", "Count", left)
		return s, false, e
	}
	s.Coders = slices.Clone(s.Coders)
	s.Coders[at].HandedIn = on
	all = len(s.Coders) == s.Wanted && !slices.ContainsFunc(s.Coders, func(c Coder) bool { return c.HandedIn == "" })
	return s, all, nil
}

// Reveal ends the coding with the codings of all, in the order of their letters,
// and counts their agreement.
func Reveal(s Study, codings []Coding) Study {
	results := Count(s, codings, seedOf(s))
	s.Results, s.Stage = &results, StageCoded
	return s
}

// seedOf is a number that the study alone decides.
func seedOf(s Study) uint64 { return uint64(s.Size) }

// Settle decides a disagreement. Fields: commitment, codes, reason.
func Settle(s Study, codings []Coding, d Decision) (Study, error) {
	if s.Stage != StageCoded {
		return s, wrongStage(s)
	}
	var e civic.Errors
	if !slices.ContainsFunc(Disagreements(s, codings), func(o Disagreement) bool { return o.Commitment == d.Commitment }) {
		e.Add("commitment", "study.fault.agreed")
	}
	codes, fault := checkCodes(s, d.Codes)
	if fault != "" {
		e.Add("codes", fault)
	}
	someText(&e, "reason", d.Reason, MaxText, true)
	d.Codes = codes
	s.Decisions = slices.DeleteFunc(slices.Clone(s.Decisions), func(o Decision) bool { return o.Commitment == d.Commitment })
	s.Decisions = append(s.Decisions, d)
	return s, e.Or()
}

// Propose says which tag each code stands for and turns the final codes into
// proposals; codes that tags does not name propose nothing. It waits until every
// disagreement is settled. known reports whether a tag exists. Fields: tag.KEY, tags.
func Propose(s Study, codings []Coding, tags map[string]string, known func(tag string) bool, on string) (Study, error) {
	if s.Stage != StageCoded {
		return s, wrongStage(s)
	}
	if open := Open(Disagreements(s, codings)); open > 0 {
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.open", Args: map[string]any{"Count": open}}
	}
	var e civic.Errors
	s.Groups = slices.Clone(s.Groups)
	some := false
	for i, g := range s.Groups {
		tag := tags[g.Key]
		if tag != "" && !known(tag) {
			e.Add("tag."+g.Key, "study.fault.tag", "Tag", tag)
		}
		s.Groups[i].Tag = tag
		some = some || tag != ""
	}
	if !some {
		e.Add("tags", "study.fault.tags")
	}
	s.Proposed = on
	return s, e.Or()
}

// Publish shows a study to everybody. Before its codings are in the record it
// would tell coders of each other.
func Publish(s Study, on string) (Study, error) {
	switch {
	case s.Stage != StageCoded:
		return s, wrongStage(s)
	case s.Published != "":
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.published"}
	}
	s.Published = on
	return s, nil
}
