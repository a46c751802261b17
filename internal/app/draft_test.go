package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"avow/internal/civic"
)

func TestTwoPeopleWhoEditEndInAChoiceAndLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		d := l.write(l.open(), "First title")
		other := someone("other", civic.PointOfContact, civic.Scope{Member: l.member})
		theirs, err := a.SaveDraft(l.ctx, other, d.ID, d.Revision, map[string]string{"title.en": "Their title", "contact": "info@example.org"})
		l.must(err)
		_, err = a.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{"title.en": "My title", "results.en": "Mine alone"})
		var clash *DraftConflict
		if !errors.As(err, &clash) || civic.KindOf(err) != civic.Conflict {
			t.Fatalf("got %v", err)
		}
		if want := []FieldConflict{{"title.en", "First title", "My title", "Their title"}}; !slices.Equal(clash.Fields, want) {
			t.Errorf("in conflict are %+v", clash.Fields)
		}
		if clash.Mine["results.en"] != "Mine alone" || clash.Draft.Revision != theirs.Revision {
			t.Errorf("my text is lost: %+v", clash)
		}
		// Different answers: both are kept.
		merged, err := a.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{"results.en": "Mine alone"})
		l.must(err)
		if merged.Content.Answer("results.en") != "Mine alone" || merged.Content.Answer("title.en") != "Their title" || merged.Content.Answer("contact") != "info@example.org" {
			t.Errorf("merged is %v", merged.Content.Answers())
		}
		// Twenty people at once: every answer is there afterwards.
		var group sync.WaitGroup
		names := civic.TemplateQuestions
		for i := range names {
			group.Go(func() {
				for range 50 {
					_, err := a.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{names[i] + ".sw": fmt.Sprint("jibu ", i)})
					if err == nil {
						return
					}
					if civic.KindOf(err) != civic.Conflict && civic.KindOf(err) != civic.Unavailable {
						t.Error(err)
						return
					}
				}
				t.Errorf("%s was never saved", names[i])
			})
		}
		group.Wait()
		now, err := a.Draft(l.ctx, l.poc, d.ID)
		l.must(err)
		for i, name := range names {
			if got := now.Content.Answer(name + ".sw"); got != fmt.Sprint("jibu ", i) {
				t.Errorf("%s is %q", name, got)
			}
		}
	})
}

func TestMilestonesOfTwoPeopleAreJoined(t *testing.T) {
	id := func(n int) string { return fmt.Sprintf("%026d", n) }
	base := map[string]string{"milestones": id(1) + " " + id(2), "milestone." + id(1) + ".title.en": "one", "milestone." + id(2) + ".title.en": "two"}
	mine := map[string]string{"milestones": id(1) + " " + id(3), "milestone." + id(1) + ".title.en": "one", "milestone." + id(3) + ".title.en": "mine"}
	theirs := map[string]string{"milestones": id(1) + " " + id(2) + " " + id(4), "milestone." + id(1) + ".title.en": "one",
		"milestone." + id(2) + ".title.en": "two", "milestone." + id(4) + ".title.en": "theirs"}
	change, conflicts := threeWay(base, mine, theirs)
	if want := id(1) + " " + id(4) + " " + id(3); len(conflicts) > 0 || change["milestones"] != want || change["milestone."+id(3)+".title.en"] != "mine" {
		t.Errorf("%v %v", change, conflicts)
	}
	theirs["milestone."+id(2)+".title.en"] = "two, changed"
	change, conflicts = threeWay(base, mine, theirs)
	if len(conflicts) > 0 || !has(change["milestones"], id(2)) {
		t.Errorf("a milestone that somebody changed is gone: %v %v", change, conflicts)
	}
}

func TestADraftOfACommitmentThatMovedOnSaysSoAndLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		_, c := l.adopted()
		d, err := l.DraftOf(l.ctx, l.poc, c)
		l.must(err)
		d, err = l.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{"title.en": "Open every budget", "end": "2027-09-30"})
		l.must(err)
		// Three versions on, by another way than this draft.
		for i, title := range []string{"A", "B", "C"} {
			now := l.newest(c)
			in := l.amendment()
			next, err := now.WithAnswers(map[string]string{"title.en": title, "budget.en": fmt.Sprint(i)}, nil)
			l.must(err)
			amended, err := a.amended(now, next, in, nil)
			l.must(err)
			l.must(a.act(l.ctx, l.poc, civic.MayPlan, func(ask func(civic.Place) error) ([]edit, error) {
				return []edit{{subject: amended, verb: verbAmend}}, ask(placeOf(now))
			}))
		}
		size := recordSize(t, a)
		err = l.Amend(l.ctx, l.poc, d.ID, l.amendment())
		var clash *DraftConflict
		if !errors.As(err, &clash) || clash.Versions != 3 || len(clash.Fields) != 1 || clash.Fields[0].Theirs != "C" {
			t.Fatalf("got %v %+v", err, clash)
		}
		if _, err := l.FollowPublished(l.ctx, l.poc, d.ID, d.Revision, nil); civic.KindOf(err) != civic.Conflict {
			t.Errorf("without a choice: %v", err)
		}
		if recordSize(t, a) != size {
			t.Error("something was written")
		}
		d, err = l.FollowPublished(l.ctx, l.poc, d.ID, d.Revision, map[string]string{"title.en": "Open every budget"})
		l.must(err)
		l.must(l.Amend(l.ctx, l.poc, d.ID, l.amendment()))
		now := l.newest(c)
		if now.Title.String() != "Open every budget" || now.Template.Budget.String() != "2" || now.End.Date != "2027-09-30" || len(now.Amendments) != 4 {
			t.Errorf("now it is %+v", now)
		}
	})
}

func TestDraftsAreInNoAnswerAndProposalsOnlyOnTheirPlansPage(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan := l.open()
		before, err := a.Overview(l.ctx)
		l.must(err)
		d := l.write(plan, "Xylophone registers")
		l.move(plan, civic.Consultation)
		found := func() (list, export, search int, page PlanPage) {
			t.Helper()
			all, err := a.Commitments(l.ctx, CommitmentFilter{}, 0, "")
			l.must(err)
			hits, err := a.Commitments(l.ctx, CommitmentFilter{Q: "xylophone"}, 0, "")
			l.must(err)
			var b strings.Builder
			l.must(a.ExportCommitments(l.ctx, "jsonl", CommitmentFilter{}, &b))
			page, err = a.Plan(l.ctx, "kenya-6")
			l.must(err)
			return all.Total, strings.Count(b.String(), "Xylophone"), hits.Total, page
		}
		if list, export, search, page := found(); list != 2 || export != 0 || search != 0 || len(page.Items) != 0 {
			t.Errorf("a draft shows: %d %d %d %d", list, export, search, len(page.Items))
		}
		_, err = l.PublishDrafts(l.ctx, l.poc, plan)
		l.must(err)
		if list, export, search, page := found(); list != 2 || export != 0 || search != 0 || len(page.Items) != 1 || page.Commitments != 0 {
			t.Errorf("a proposal shows: %d %d %d %d %d", list, export, search, len(page.Items), page.Commitments)
		}
		now, err := a.Overview(l.ctx)
		l.must(err)
		if now.Commitments != before.Commitments || now.Milestones != before.Milestones {
			t.Errorf("a proposal is counted: %+v", now)
		}
		members, err := a.Member(l.ctx, "KEN")
		l.must(err)
		for _, i := range members.Institutions {
			if i.ID == l.bodies[0] && i.Leads != 0 {
				t.Error("a proposal is counted for its institution")
			}
		}
		if page, err := a.Commitment(l.ctx, string(d.Content.ID)); err != nil || !page.Dossier.Commitment.Proposed {
			t.Errorf("the proposal has no page: %v", err)
		}
		// A second process reads the whole record at once.
		if all, err := appOver(a.store).Commitments(l.ctx, CommitmentFilter{Q: "xylophone"}, 0, ""); err != nil || all.Total != 0 {
			t.Errorf("a fresh index finds %d: %v", all.Total, err)
		}
		l.move(plan, civic.AdoptedStage)
		if list, export, search, page := found(); list != 3 || export != 1 || search != 1 || page.Commitments != 1 {
			t.Errorf("adopted it does not show: %d %d %d %d", list, export, search, page.Commitments)
		}
	})
}
