package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/study"
)

// library is a record with twelve commitments on three subjects, in turn.
func library(t *testing.T, a *App) {
	t.Helper()
	subjects := []string{"budget spending treasury audit expenditure", "school teacher pupil classroom curriculum", "river water pollution basin fishing"}
	var lines []line
	for i := range 12 {
		words := strings.Fields(subjects[i%3])
		l := in2015(fmt.Sprintf("%s and %s %d", words[i/3%5], words[(i/3+1)%5], i))
		l["Full Text"] = "The ministry publishes " + subjects[i%3]
		lines = append(lines, l)
	}
	mustImport(t, a, ogpRequest(ogpTable(t, interchange.OGP2015, lines...)))
}

func coders(t *testing.T, a *App) (su, reviewer civic.Caller) {
	t.Helper()
	library(t, a)
	m, err := a.Members(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return person(t, a, "su@example.org", civic.SupportUnit, civic.Scope{}), person(t, a, "irm@example.org", civic.Reviewer, civic.Scope{Member: m[0].Member.ID})
}

func frozen(t *testing.T, a *App, who civic.Caller) study.ID {
	t.Helper()
	id, err := a.FreezeStudy(context.Background(), who, StudyInput{Title: inEnglish("What is promised"), Filter: CommitmentFilter{Q: "publishes"}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAFrozenListStaysAsItWas(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		su, reviewer := coders(t, a)
		_, err := a.FreezeStudy(ctx, person(t, a, "ana@example.org", civic.Citizen, civic.Scope{}), StudyInput{})
		refused(t, err, civic.Forbidden, "a citizen freezes a study")
		_, err = a.FreezeStudy(ctx, su, StudyInput{Title: inEnglish("Nothing"), Filter: CommitmentFilter{Q: "zzzz"}})
		refused(t, err, civic.Invalid, "a study of nothing")
		id := frozen(t, a, su)
		before, err := a.WorkStudy(ctx, reviewer, id)
		if err != nil || len(before.List) != 12 || before.Size == 0 || before.Root == "" {
			t.Fatalf("%+v, %v", before.Study, err)
		}
		tongue := CommitmentFilter{Lang: before.List[0].Content.Text.Original().Lang}
		spoken, err := a.FreezeStudy(ctx, su, StudyInput{Title: inEnglish("In one language"), Filter: tongue})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.CorrectLanguage(ctx, civic.LocalOperator, before.List[0].Ref, "sw"); err != nil {
			t.Fatal(err)
		}
		again, err := a.RerunStudy(ctx, su, spoken)
		now, list, errNow := a.answerOf(ctx, tongue)
		if err != nil || errNow != nil || !again.Same || again.Found != len(list)+1 || now.head.Size <= before.Size {
			t.Errorf("asked again after a language was corrected: %+v, %d today, %v %v", again, len(list), err, errNow)
		}
		after, err := a.WorkStudy(ctx, reviewer, id)
		if err != nil || string(encoded(after.List[0].Content)) != string(encoded(before.List[0].Content)) {
			t.Errorf("the text that was frozen is another one: %v", err)
		}
		again, err = a.RerunStudy(ctx, su, id)
		if err != nil || !again.Same || again.Found != 12 {
			t.Errorf("asked again of the record as it was: %+v, %v", again, err)
		}
		for _, f := range []CommitmentFilter{{Q: "teacher classroom"}, {Q: "river", Year: 2015}, {Member: "KEN", Lang: "en"}, {Tag: "open-data"}, {Region: "africa-middle-east"}, {}} {
			s, rows, err := a.answerOf(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			past, err := a.answerAt(ctx, f, s.head.Size, a.today())
			if err != nil || len(past) != len(rows) {
				t.Errorf("%+v: %d in the list, %d in the record, %v", f, len(rows), len(past), err)
			}
			for i := range min(len(past), len(rows)) {
				if past[i] != rows[i].id {
					t.Errorf("%+v: another order", f)
					break
				}
			}
		}
		_, err = a.PublishedStudy(ctx, id)
		refused(t, err, civic.NotFound, "a study that is not published")
	})
}

func TestAStudyGoesFromTheQuestionToProposals(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		su, reviewer := coders(t, a)
		id := frozen(t, a, su)
		do := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		do(a.SuggestGroups(ctx, su, id, 3))
		p, err := a.WorkStudy(ctx, su, id)
		do(err)
		if len(p.Groups) != 3 || p.List[0].Group == p.List[1].Group || p.List[0].Group != p.List[3].Group || p.List[0].Place == nil {
			t.Fatalf("groups %+v of %+v", p.Groups, p.Items)
		}
		money, school := p.List[0].Group, p.List[1].Group
		do(a.NameGroup(ctx, su, id, money, inEnglish("Money"), inEnglish("What is spent.")))
		do(a.NameGroup(ctx, reviewer, id, school, inEnglish("Schools"), inEnglish("What is learned.")))
		do(a.MoveItem(ctx, su, id, p.List[2].Commitment, money))
		do(a.WriteMemo(ctx, su, id, study.OnCommitment, string(p.List[0].Commitment), inEnglish("Spending on rivers is spending.")))
		do(a.OpenCoding(ctx, su, id, 2, false))
		do(a.JoinAsCoder(ctx, su, id))
		do(a.JoinAsCoder(ctx, reviewer, id))
		said := func(who civic.Caller, item int, code string) {
			t.Helper()
			do(a.Code(ctx, who, id, study.Answer{Commitment: p.List[item].Commitment, Codes: []string{code}}))
		}
		for i := range 12 {
			code := []string{money, school, money}[i%3]
			said(su, i, code)
			if i == 4 {
				code = money
			}
			said(reviewer, i, code)
		}
		mine, err := a.MyCoding(ctx, reviewer, id)
		if err != nil || mine.Label != "B" || len(mine.Answers) != 12 {
			t.Errorf("mine %+v, %v", mine, err)
		}
		if told, err := a.WorkStudy(ctx, su, id); err != nil || len(told.Codings) != 0 || told.Mine != "A" || told.Coded != 12 {
			t.Errorf("while people code: %+v, %v", told.Codings, err)
		}
		do(a.HandIn(ctx, su, id, false))
		refused(t, a.Code(ctx, su, id, study.Answer{Commitment: p.List[0].Commitment}), civic.Conflict, "a coding that was handed in")
		if kinds := kindCount(t, a, civic.KindCoding); kinds != 0 {
			t.Errorf("%d codings are in the record before all handed in", kinds)
		}
		do(a.HandIn(ctx, reviewer, id, false))
		if p, err = a.WorkStudy(ctx, su, id); err != nil || len(p.Codings) != 2 || len(p.Open) != 1 || p.Results == nil {
			t.Fatalf("handed in: %+v, %v", p.Study, err)
		}
		// A said money 8 times, B 9 times; 11 of 12 alike.
		chance := (8.0*9 + 4*3) / 144
		if want := (11.0/12 - chance) / (1 - chance); p.Results.Overall.Cohen.Value < want-0.0001 || p.Results.Overall.Cohen.Value > want+0.0001 {
			t.Errorf("kappa %+v, want %v", p.Results.Overall.Cohen, want)
		}
		if body, err := a.store.Coding(ctx, string(id), su.Actor); err != nil || body != nil {
			t.Errorf("the house still has %s, %v", body, err)
		}
		tags := map[string]string{money: "Open data", school: ""}
		refused(t, a.ProposeTags(ctx, su, id, tags), civic.Conflict, "proposals with a disagreement")
		do(a.SettleCodes(ctx, reviewer, id, p.List[4].Commitment, []string{school}, inEnglish("It is about teachers.")))
		refused(t, a.ProposeTags(ctx, su, id, map[string]string{money: "no such tag"}), civic.Invalid, "a tag that is not there")
		do(a.ProposeTags(ctx, su, id, tags))
		proposals, err := a.ClusterProposals(ctx)
		if err != nil || len(proposals) != 8 || proposals[0].Tag != "open-data" || proposals[0].Study != id || len(proposals[0].Memos) != 1 {
			t.Errorf("proposals %+v, %v", proposals, err)
		}
		choice := TagChoice{Commitment: p.List[0].Ref, Tag: "open-data", Verdict: civic.TagDeferred, Origin: civic.FromCluster, Study: string(id)}
		do(a.DecideTags(ctx, su, []TagChoice{choice}))
		if proposals, err = a.ClusterProposals(ctx); err != nil || len(proposals) != 8 {
			t.Errorf("one was put off: %d, %v", len(proposals), err)
		}
		choice.Verdict = civic.TagAccepted
		do(a.DecideTags(ctx, su, []TagChoice{choice}))
		if proposals, err = a.ClusterProposals(ctx); err != nil || len(proposals) != 7 {
			t.Errorf("one was accepted: %d, %v", len(proposals), err)
		}
		do(a.PublishStudy(ctx, su, id))
		if told, err := a.PublishedStudy(ctx, id); err != nil || len(told.List[0].TagDecided) != 1 || len(told.List[0].TagsHeld) != 1 || len(told.List[1].TagsHeld) != 0 {
			t.Errorf("the trail: %+v, %v", told.List[0], err)
		}
		if all, err := a.Studies(ctx); err != nil || len(all) != 1 {
			t.Errorf("published: %v, %v", all, err)
		}
		if report, err := a.store.Verify(ctx, store.VerifyOptions{}); err != nil || !report.OK() {
			t.Errorf("the record does not fit: %v %v", report.Problems, err)
		}
	})
}

func kindCount(t *testing.T, a *App, kind civic.Kind) int {
	t.Helper()
	n := 0
	if err := a.store.EachNewest(context.Background(), kind, func(store.Version) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhoDoesNotCodeAStudySaysNothingInIt(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		su, reviewer := coders(t, a)
		id := frozen(t, a, su)
		p, err := a.WorkStudy(ctx, su, id)
		if err != nil {
			t.Fatal(err)
		}
		answer := study.Answer{Commitment: p.List[0].Commitment}
		refused(t, a.Code(ctx, su, id, answer), civic.Conflict, "coding before it is open")
		for _, name := range []string{"One", "Other"} {
			if err := a.NameGroup(ctx, su, id, "", inEnglish(name), inEnglish("It is.")); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(a.OpenCoding(ctx, su, id, 2, true), a.JoinAsCoder(ctx, su, id)); err != nil {
			t.Fatal(err)
		}
		refused(t, a.Code(ctx, reviewer, id, answer), civic.Conflict, "coding without having joined")
		refused(t, a.Code(ctx, civic.Caller{}, id, answer), civic.Unauthenticated, "a visitor codes")
		refused(t, a.HandIn(ctx, su, id, true), civic.Invalid, "an empty coding is handed in")
		refused(t, a.WriteMemo(ctx, su, id, study.OnStudy, "", inEnglish("Hm.")), civic.Conflict, "a memo while people code")
	})
}
