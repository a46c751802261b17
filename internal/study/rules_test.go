package study

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"

	"avow/internal/civic"
)

func say(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// field is the field of the first fault, "" without one; a conflict's key.
func field(err error) string {
	var e *civic.Error
	if errors.As(err, &e) {
		if e.Field != "" {
			return e.Field
		}
		return e.Key
	}
	return ""
}

// coding is a study of n commitments c0, c1 … with two codes, open for two coders.
func coding(t *testing.T, n int, several bool) Study {
	do := must[Study](t)
	s := Study{ID: "s", Title: say("Open digital"), Stage: StageFrozen, Size: 12}
	for i := range n {
		s.Items = append(s.Items, Item{Commitment: civic.CommitmentID(fmt.Sprintf("c%d", i)), Version: 1})
	}
	s = do(Name(s, "", say("Open source"), say("Code that everybody may read.")))
	s = do(Name(s, "", say("Data"), say("Data for all.")))
	s = do(OpenCoding(s, 2, several))
	s = do(Join(s, "account:a", "2026-01-01"))
	return do(Join(s, "account:b", "2026-01-01"))
}

func sheetOf(s Study, label string, codes ...[]string) Coding {
	c := Coding{ID: label, Study: s.ID, Label: label}
	for i, said := range codes {
		if said != nil {
			c = c.With(Answer{Commitment: s.Items[i].Commitment, Codes: said})
		}
	}
	return c
}

var (
	one, two, both, none = []string{"g1"}, []string{"g2"}, []string{"g1", "g2"}, []string{}
)

func TestOneCodePerCommitmentIsCountedAsCategories(t *testing.T) {
	s := coding(t, 6, false)
	a := sheetOf(s, "A", one, one, two, two, none, one)
	b := sheetOf(s, "B", one, two, two, two, none, nil)
	r := Count(s, []Coding{a, b}, 1)
	// Five both coded, four alike; chance (2*1 + 2*3 + 1*1) / 25.
	if want := (0.8 - 0.36) / (1 - 0.36); math.Abs(r.Overall.Cohen.Value-want) > 0.0001 || r.Units != 5 || r.Agreed != 4 {
		t.Errorf("overall %+v of %d, %d agreed; want %v", r.Overall.Cohen, r.Units, r.Agreed, want)
	}
	if !reflect.DeepEqual(r.Coded, []Done{{"A", 6}, {"B", 5}}) || !reflect.DeepEqual(r.Codes[0].Given, []int{3, 1}) {
		t.Errorf("%+v", r)
	}
	open := Disagreements(s, []Coding{a, b})
	if len(open) != 2 || open[0].Commitment != "c1" || open[1].Commitment != "c5" || open[1].Answers[1] != nil {
		t.Errorf("to talk about: %+v", open)
	}
}

func TestSeveralCodesPerCommitmentAreCountedAsYesAndNo(t *testing.T) {
	s := coding(t, 4, true)
	a := sheetOf(s, "A", both, one, none, two)
	b := sheetOf(s, "B", both, both, none, two)
	r := Count(s, []Coding{a, b}, 1)
	// Eight answers, seven alike; A says yes four times, B five.
	chance := (4.0*5 + 4*3) / 64
	if want := (7.0/8 - chance) / (1 - chance); math.Abs(r.Overall.Cohen.Value-want) > 0.0001 || r.Agreed != 3 {
		t.Errorf("overall %+v, %d agreed, want %v", r.Overall.Cohen, r.Agreed, want)
	}
	if r.Codes[0].Cohen.Value != 1 || r.Codes[1].Agreed != 3 {
		t.Errorf("codes %+v", r.Codes)
	}
}

func TestAStudyWalksThroughItsStages(t *testing.T) {
	do := must[Study](t)
	s := coding(t, 5, false)
	a, b := sheetOf(s, "A", one, one, two, two, none), sheetOf(s, "B", one, two, two, two, none)
	if _, _, err := HandIn(s, "account:c", a, false, "2026-01-02"); civic.KindOf(err) != civic.Forbidden {
		t.Errorf("a stranger hands in: %v", err)
	}
	if _, _, err := HandIn(s, "account:a", sheetOf(s, "A", one), false, "2026-01-02"); field(err) != "gaps" {
		t.Errorf("gaps: %v", err)
	}
	s, all, err := HandIn(s, "account:a", a, false, "2026-01-02")
	if err != nil || all {
		t.Fatalf("first: all %v, %v", all, err)
	}
	if _, err := Note(s, Memo{About: OnStudy, Text: say("Hm.")}); field(err) != "study.blind" {
		t.Errorf("a memo while others code: %v", err)
	}
	s, all, err = HandIn(s, "account:b", b, false, "2026-01-03")
	if err != nil || !all {
		t.Fatalf("second: all %v, %v", all, err)
	}
	both := []Coding{a, b}
	s = Reveal(s, both)
	tags := map[string]string{"g1": "open-source"}
	known := func(tag string) bool { return tag == "open-source" }
	if _, err := Propose(s, both, tags, known, "2026-01-04"); field(err) != "study.open" {
		t.Errorf("proposed with a disagreement: %v", err)
	}
	if _, err := Settle(s, both, Decision{Commitment: "c0", Codes: one, Reason: say("Why not.")}); field(err) != "commitment" {
		t.Errorf("settled what nobody disputes: %v", err)
	}
	s = do(Settle(s, both, Decision{Commitment: "c1", Codes: one, Reason: say("The text says code.")}))
	s = do(Note(s, Memo{ID: "m1", About: OnCommitment, Target: "c1", Text: say("Compare with c0.")}))
	s = do(Note(s, Memo{ID: "m2", About: OnGroup, Target: "g1", Text: say("Code, not data.")}))
	if _, err := Propose(s, both, map[string]string{"g1": "nothing"}, known, "2026-01-04"); field(err) != "tag.g1" {
		t.Errorf("an unknown tag: %v", err)
	}
	s = do(Propose(s, both, tags, known, "2026-01-04"))
	got := Proposals(s, both)
	if len(got) != 2 || got[0].Commitment != "c0" || got[1].Tag != "open-source" || len(got[1].Memos) != 2 || got[1].Code != "g1" {
		t.Errorf("proposals: %+v", got)
	}
	s = do(Publish(s, "2026-01-05"))
	if _, err := Publish(s, "2026-01-05"); field(err) != "study.published" {
		t.Errorf("published twice: %v", err)
	}
}

func TestWhatARuleRefusesItNames(t *testing.T) {
	s := coding(t, 4, false)
	grouped := s
	grouped.Stage = StageGrouped
	long := say(string(make([]byte, MaxText+1)))
	cases := []struct {
		name string
		err  error
		want string
	}{
		{"a study without title", CheckFrozen(Study{Items: s.Items}), "title"},
		{"a study of nothing", CheckFrozen(Study{Title: say("T")}), "query"},
		{"one group", CheckGroups(1), "groups"},
		{"a name that is taken", errOf(Name(grouped, "g1", say("data"), say("D"))), "name"},
		{"a definition that is too long", errOf(Name(grouped, "g1", say("N"), long)), "definition"},
		{"a group that is not there", errOf(Name(grouped, "g9", say("N"), say("D"))), "group"},
		{"naming while people code", errOf(Name(s, "g1", say("N"), say("D"))), "study.stage"},
		{"a move to where it is", errOf(MoveTo(grouped, "c0", "", "account:a", "")), "to"},
		{"a move to nowhere", errOf(MoveTo(grouped, "c0", "g9", "account:a", "")), "to"},
		{"a move of what is not there", errOf(MoveTo(grouped, "c9", "g1", "account:a", "")), "commitment"},
		{"a memo on nothing", errOf(Note(grouped, Memo{About: OnGroup, Target: "g9", Text: say("M")})), "about"},
		{"one coder", errOf(OpenCoding(grouped, 1, false)), "coders"},
		{"joining twice", errOf(Join(s, "account:a", "")), "study.joined"},
		{"a third of two", errOf(Join(s, "account:c", "")), "study.full"},
		{"two codes where one is asked for", errOfAnswer(CheckAnswer(s, Answer{Commitment: "c0", Codes: both})), "codes"},
		{"a code that is not there", errOfAnswer(CheckAnswer(s, Answer{Commitment: "c0", Codes: []string{"g9"}})), "codes"},
		{"publishing before the coding", errOf(Publish(s, "")), "study.stage"},
	}
	for _, c := range cases {
		if field(c.err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, c.err, c.want)
		}
	}
}

func errOf(_ Study, err error) error        { return err }
func errOfAnswer(_ Answer, err error) error { return err }

func TestASuggestionLeavesNamedGroupsAsTheyAre(t *testing.T) {
	do := must[Study](t)
	s := Study{Stage: StageFrozen}
	for i := range 30 {
		s.Items = append(s.Items, Item{Commitment: civic.CommitmentID(fmt.Sprintf("c%02d", i))})
	}
	docs := threeSubjects(10)
	suggest := func(s Study) Study {
		within := Loose(s)
		var these []Document
		for _, i := range within {
			these = append(these, docs[i])
		}
		return do(Regroup(s, within, Grouping{Seed: 1}, Suggest(these, 0, 1)))
	}
	s = suggest(s)
	key := s.Items[0].Group
	s = do(Name(s, key, say("Budgets"), say("Money.")))
	members := s.Members(key)
	s = do(MoveTo(s, s.Items[1].Commitment, key, "account:a", "2026-01-01"))
	s = suggest(s)
	if s.Members(key) != members+1 || s.Grouping.Within != 30-members-1 {
		t.Errorf("%d members, %d before; suggested within %d", s.Members(key), members, s.Grouping.Within)
	}
	for _, g := range s.Groups {
		if g.Key != key && (g.Named() || g.Key == "g1" || g.Key == "g2" || g.Key == "g3") {
			t.Errorf("group %+v was there before", g)
		}
	}
}
