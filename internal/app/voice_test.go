package app

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"avow/internal/civic"
)

// person makes an account with a role, strong as after two factors.
func person(t *testing.T, a *App, mail string, role civic.AccessRole, scope civic.Scope) civic.Caller {
	t.Helper()
	ctx := context.Background()
	id, err := a.OpenAccount(ctx, mail, "", "en")
	if err != nil {
		t.Fatal(err)
	}
	if role != civic.Citizen {
		if _, err := a.Grant(ctx, civic.Operator(), GrantRequest{Account: id, Role: role, Scope: scope}); err != nil {
			t.Fatal(err)
		}
	}
	grants, err := a.GrantsOf(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return civic.Caller{Actor: civic.ActorOf(id), Account: id, Grants: grants, Strong: true}
}

// reported is a record with one report in it, written past the rules of reports.
func reported(t *testing.T, a *App) civic.Report {
	t.Helper()
	two(t, a)
	ctx := context.Background()
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, firstID(t, a))
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.newID()
	if err != nil {
		t.Fatal(err)
	}
	r := civic.Report{ID: civic.ReportID(id), Member: c.Member, Plan: c.Plans[0].Plan, Commitment: c.ID, Status: civic.SelfCompleted}
	enter(t, a, r, "report")
	return r
}

func enter(t *testing.T, a *App, sub civic.Subject, verb string) {
	t.Helper()
	err := a.act(context.Background(), civic.Operator(), civic.MayImport, func(ask func(civic.Place) error) ([]edit, error) {
		return []edit{{subject: sub, verb: verb}}, ask(civic.Place{})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func inEnglish(text string) civic.Text { return civic.Text{{Lang: "en", Text: text}} }

func refused(t *testing.T, err error, kind civic.ErrorKind, what string) {
	t.Helper()
	if civic.KindOf(err) != kind {
		t.Errorf("%s: have %v, want %s", what, err, kind)
	}
}

func TestACitizenTestifiesOnceAndTheRecordDoesNotTellWho(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		ana := person(t, a, "ana@example.org", civic.Citizen, civic.Scope{})
		id, err := a.Testify(ctx, ana, TestimonyInput{Report: r.ID, Happened: true, Saw: inEnglish("The well gives water.")})
		if err != nil {
			t.Fatal(err)
		}
		v, err := a.store.Newest(ctx, civic.KindTestimony, string(id))
		if err != nil || v.Actor != civic.CitizenActor {
			t.Errorf("the record names %s: %v", v.Actor, err)
		}
		for _, secret := range []string{string(ana.Account), "ana@example.org", time.Now().UTC().Format(time.DateOnly)} {
			if bytes.Contains(v.Body, []byte(secret)) {
				t.Errorf("the testimony tells %q: %s", secret, v.Body)
			}
		}
		_, err = a.Testify(ctx, ana, TestimonyInput{Report: r.ID, Happened: false})
		refused(t, err, civic.Conflict, "a second testimony")
		if mine, err := a.MyTestimony(ctx, ana, r.ID); err != nil || mine == nil || mine.ID != id {
			t.Errorf("her own: %+v %v", mine, err)
		}
		if err := a.ChangeTestimony(ctx, ana, id, false, inEnglish("It ran dry.")); err != nil {
			t.Error(err)
		}
		ben := person(t, a, "ben@example.org", civic.Citizen, civic.Scope{})
		refused(t, a.ChangeTestimony(ctx, ben, id, true, nil), civic.NotFound, "changing somebody else's")
		refused(t, a.WithdrawTestimony(ctx, ben, id), civic.NotFound, "withdrawing somebody else's")
		if err := a.WithdrawTestimony(ctx, ana, id); err != nil {
			t.Error(err)
		}
		page, err := a.Testimonies(ctx, r.ID)
		if err != nil || len(page.Told) != 0 || page.Counts.Total.N != 0 || page.Counts.Total.Hidden {
			t.Errorf("after it was withdrawn: %+v %v", page, err)
		}
		again, err := a.Testify(ctx, ana, TestimonyInput{Report: r.ID, Happened: true})
		if err != nil || again != id {
			t.Errorf("testifying after withdrawing: %s %v", again, err)
		}
	})
}

func TestOnlyWhoMayTestifies(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		_, err := a.Testify(ctx, civic.Caller{}, TestimonyInput{Report: r.ID})
		refused(t, err, civic.Unauthenticated, "a visitor")
		_, err = a.Testify(ctx, person(t, a, "ana@example.org", civic.Citizen, civic.Scope{}), TestimonyInput{Report: r.ID, Channel: civic.Paper, Consent: true})
		refused(t, err, civic.Forbidden, "a citizen for somebody else")
		_, err = a.Testify(ctx, person(t, a, "cy@example.org", civic.Citizen, civic.Scope{}), TestimonyInput{Report: "00000000000000000000000000"})
		refused(t, err, civic.NotFound, "a report that is not here")
		frank := person(t, a, "frank@example.org", civic.Facilitator, civic.Scope{Plan: r.Plan})
		_, err = a.Testify(ctx, frank, TestimonyInput{Report: r.ID, Channel: civic.Paper, Place: "market of Otavalo"})
		refused(t, err, civic.Invalid, "without consent")
		_, err = a.Testify(ctx, frank, TestimonyInput{Report: r.ID, Channel: "pigeon", Consent: true})
		refused(t, err, civic.Invalid, "a channel that is none")
		before := recordSize(t, a)
		for range 3 {
			if _, err := a.Testify(ctx, frank, TestimonyInput{Report: r.ID, Happened: true, Channel: civic.Paper, Place: "market of Otavalo", Consent: true}); err != nil {
				t.Fatal(err)
			}
		}
		if n := recordSize(t, a); n != before+3 {
			t.Errorf("%d entries for three people met at the market", n-before)
		}
	})
}

func TestSmallNumbersOfTestimonyAreNotTold(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		for i := range 6 {
			if _, err := a.Testify(ctx, person(t, a, fmt.Sprintf("c%d@example.org", i), civic.Citizen, civic.Scope{}), TestimonyInput{Report: r.ID, Happened: true, Saw: inEnglish("seen")}); err != nil {
				t.Fatal(err)
			}
		}
		frank := person(t, a, "frank@example.org", civic.Facilitator, civic.Scope{Plan: r.Plan})
		if _, err := a.Testify(ctx, frank, TestimonyInput{Report: r.ID, Happened: true, Channel: civic.Phone, Saw: inEnglish("by phone"), Consent: true}); err != nil {
			t.Fatal(err)
		}
		page, err := a.Testimonies(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if page.Counts.Total.N != 7 || page.Counts.Rows[0].N != 7 || len(page.Channels) != 0 || len(page.Counts.Cells[0]) != 0 {
			t.Errorf("%+v", page.Counts)
		}
		for _, told := range page.Told {
			if told.Channel != "" {
				t.Errorf("a text tells its channel, on which only one came: %+v", told)
			}
		}
	})
}

func TestWhatIsHiddenIsNotShownAndStillCounts(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		id := ""
		for i := range 5 {
			one, err := a.Testify(ctx, person(t, a, fmt.Sprintf("c%d@example.org", i), civic.Citizen, civic.Scope{}), TestimonyInput{Report: r.ID, Saw: inEnglish("insult")})
			if err != nil {
				t.Fatal(err)
			}
			id = string(one)
		}
		mod := person(t, a, "mod@example.org", civic.Moderator, civic.Scope{Member: r.Member})
		if list, err := a.Voices(ctx, mod); err != nil || len(list) != 5 || list[0].ID != id {
			t.Errorf("the moderator sees %d: %v", len(list), err)
		}
		other := person(t, a, "other@example.org", civic.Citizen, civic.Scope{})
		refused(t, a.Hide(ctx, other, civic.KindTestimony, id, "insult", "why"), civic.Forbidden, "a citizen who hides")
		refused(t, a.Hide(ctx, mod, civic.KindTestimony, id, "dislike", "why"), civic.Invalid, "a rule that is none")
		refused(t, a.Hide(ctx, mod, civic.KindTestimony, id, "insult", " "), civic.Invalid, "without a reason")
		refused(t, a.ShowAgain(ctx, mod, civic.KindTestimony, id), civic.Conflict, "showing what is shown")
		if err := a.Hide(ctx, mod, civic.KindTestimony, id, "insult", "It calls somebody names."); err != nil {
			t.Fatal(err)
		}
		page, err := a.Testimonies(ctx, r.ID)
		if err != nil || page.Counts.Total.N != 5 {
			t.Errorf("%+v %v", page.Counts, err)
		}
		for _, told := range page.Told {
			if string(told.ID) == id && (told.Rule != "insult" || len(told.Saw) > 0) {
				t.Errorf("hidden: %+v", told)
			}
		}
		if err := a.ShowAgain(ctx, mod, civic.KindTestimony, id); err != nil {
			t.Error(err)
		}
	})
}

func TestADisputeIsRaisedAnsweredAndSettled(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		within := civic.Scope{Member: r.Member}
		forum := person(t, a, "forum@example.org", civic.ForumMember, within)
		poc := person(t, a, "poc@example.org", civic.PointOfContact, within)
		su := person(t, a, "su@example.org", civic.SupportUnit, civic.Scope{})
		_, err := a.Dispute(ctx, poc, r.ID, inEnglish("Nothing was built."))
		refused(t, err, civic.Forbidden, "the government contests its own report")
		_, err = a.Dispute(ctx, forum, r.ID, inEnglish("  "))
		refused(t, err, civic.Invalid, "a dispute without words")
		id, err := a.Dispute(ctx, forum, r.ID, inEnglish("Nothing was built."))
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Dispute(ctx, forum, r.ID, inEnglish("Nothing was built."))
		refused(t, err, civic.Conflict, "the same again")
		refused(t, a.AnswerDispute(ctx, forum, id, inEnglish("x")), civic.Forbidden, "the forum answers")
		if err := a.AnswerDispute(ctx, poc, id, inEnglish("It was, in May.")); err != nil {
			t.Fatal(err)
		}
		refused(t, a.AnswerDispute(ctx, poc, id, inEnglish("And in June.")), civic.Conflict, "a second answer")
		refused(t, a.SettleDispute(ctx, poc, id, "report_stands", inEnglish("x")), civic.Forbidden, "the government settles")
		refused(t, a.SettleDispute(ctx, su, id, "won", inEnglish("x")), civic.Invalid, "an outcome that is none")
		refused(t, a.SettleDispute(ctx, su, id, "report_stands", nil), civic.Invalid, "without a reason")
		if err := a.SettleDispute(ctx, su, id, "report_corrected", inEnglish("The report now says limited.")); err != nil {
			t.Fatal(err)
		}
		refused(t, a.SettleDispute(ctx, su, id, "report_stands", inEnglish("x")), civic.Conflict, "settling twice")
		all, err := a.Disputes(ctx, r.ID)
		if err != nil || len(all) != 1 || all[0].By != civic.ForumMember || all[0].On == "" || all[0].Answered == "" || all[0].Settled == "" {
			t.Errorf("%+v %v", all, err)
		}
	})
}
