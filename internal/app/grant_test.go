package app

import (
	"context"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

func TestAPointOfContactGivesRolesInsideItsOwnScopeAlone(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		poc := person(t, a, "poc@example.org", civic.PointOfContact, civic.Scope{Plan: r.Plan})
		for _, c := range []struct {
			says string
			req  GrantRequest
			kind civic.ErrorKind
		}{
			{"a facilitator in the plan", GrantRequest{Mail: "f@example.org", Role: civic.Facilitator, Scope: civic.Scope{Plan: r.Plan}}, ""},
			{"the same again", GrantRequest{Mail: "F@example.org ", Role: civic.Facilitator, Scope: civic.Scope{Member: r.Member, Plan: r.Plan}}, civic.Conflict},
			{"one in the whole member", GrantRequest{Mail: "f@example.org", Role: civic.Facilitator, Scope: civic.Scope{Member: r.Member}}, civic.Forbidden},
			{"another point of contact", GrantRequest{Mail: "f@example.org", Role: civic.PointOfContact, Scope: civic.Scope{Plan: r.Plan}}, civic.Forbidden},
			{"an administrator", GrantRequest{Mail: "f@example.org", Role: civic.Administrator}, civic.Forbidden},
			{"a commitment of the plan", GrantRequest{Mail: "f@example.org", Role: civic.Reporter, Scope: civic.Scope{Plan: r.Plan, Commitment: r.Commitment}}, ""},
			{"a plan that is not here", GrantRequest{Mail: "f@example.org", Role: civic.Reporter, Scope: civic.Scope{Plan: "00000000000000000000000000"}}, civic.Invalid},
			{"a day that is past", GrantRequest{Mail: "f@example.org", Role: civic.ForumMember, Scope: civic.Scope{Plan: r.Plan}, Until: "2000-01-01"}, civic.Invalid},
			{"no address", GrantRequest{Role: civic.ForumMember, Scope: civic.Scope{Plan: r.Plan}}, civic.Invalid},
			{"an address that is none", GrantRequest{Mail: "nobody", Role: civic.ForumMember, Scope: civic.Scope{Plan: r.Plan}}, civic.Invalid},
		} {
			before := recordSize(t, a)
			_, err := a.Grant(ctx, poc, c.req)
			if civic.KindOf(err) != c.kind || c.kind == "" && err != nil {
				t.Errorf("%s: %v", c.says, err)
			}
			want := before
			if c.kind == "" {
				want++
			}
			if n := recordSize(t, a); n != want {
				t.Errorf("%s: %d entries", c.says, n-before)
			}
		}
		if _, err := a.AccountByMail(ctx, "stranger@example.org"); civic.KindOf(err) != civic.NotFound {
			t.Error("an account was made for nobody")
		}
	})
}

func TestWhoMayNotGiveARoleMakesNoAccount(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		for _, who := range []civic.Caller{{}, person(t, a, "c@example.org", civic.Citizen, civic.Scope{})} {
			if _, err := a.Grant(ctx, who, GrantRequest{Mail: "victim@example.org", Role: civic.Reporter, Scope: civic.Scope{Member: r.Member}}); err == nil {
				t.Error("a role was given")
			}
		}
		weak := person(t, a, "poc@example.org", civic.PointOfContact, civic.Scope{Member: r.Member})
		weak.Strong = false
		_, err := a.Grant(ctx, weak, GrantRequest{Mail: "victim@example.org", Role: civic.Reporter, Scope: civic.Scope{Member: r.Member}})
		refused(t, err, civic.Unproven, "with one factor")
		if _, err := a.AccountByMail(ctx, "victim@example.org"); civic.KindOf(err) != civic.NotFound {
			t.Errorf("an account was made: %v", err)
		}
	})
}

func TestAnInvitationIsQueuedOnce(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		if _, err := a.Grant(ctx, civic.Operator(), GrantRequest{Mail: "su@example.org", Role: civic.SupportUnit, Lang: "fr"}); err != nil {
			t.Fatal(err)
		}
		var mails []store.QueuedMail
		now := a.now().UnixMicro()
		err := a.store.House(ctx, func(h *store.House) (err error) { mails, err = h.LeaseMails(now, now+1, 10); return err })
		if err != nil || len(mails) != 1 || mails[0].To != "su@example.org" || mails[0].Lang != "fr" || mails[0].Kind != "invitation" {
			t.Errorf("%+v %v", mails, err)
		}
	})
}

func TestARoleEndsWithAReasonAndTheLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		first, err := a.Grant(ctx, civic.Operator(), GrantRequest{Mail: "admin@example.org", Role: civic.Administrator})
		if err != nil {
			t.Fatal(err)
		}
		admin := person(t, a, "admin@example.org", civic.Citizen, civic.Scope{})
		poc := person(t, a, "poc@example.org", civic.PointOfContact, civic.Scope{Member: r.Member})
		refused(t, a.EndGrant(ctx, poc, first, "why not"), civic.Forbidden, "a point of contact ends an administrator")
		refused(t, a.EndGrant(ctx, admin, first, "tired"), civic.Conflict, "the last administrator goes")
		refused(t, a.EndGrant(ctx, admin, poc.Grants[0].ID, " "), civic.Invalid, "without a reason")
		if err := a.EndGrant(ctx, admin, poc.Grants[0].ID, "Left the ministry."); err != nil {
			t.Fatal(err)
		}
		refused(t, a.EndGrant(ctx, admin, poc.Grants[0].ID, "again"), civic.Conflict, "ending twice")
		refused(t, a.EndGrant(ctx, admin, "00000000000000000000000000", "x"), civic.NotFound, "a role that is not here")
		if held, err := a.GrantsOf(ctx, poc.Account); err != nil || len(held) != 0 {
			t.Errorf("%+v %v", held, err)
		}
		if _, err := a.Grant(ctx, admin, GrantRequest{Mail: "two@example.org", Role: civic.Administrator}); err != nil {
			t.Fatal(err)
		}
		if err := a.EndGrant(ctx, admin, first, "Handed over."); err != nil {
			t.Error(err)
		}
	})
}

func TestARoleIsOverOnTheDayAfterItsLast(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		day := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
		a.now = func() time.Time { return day }
		if _, err := a.Grant(ctx, civic.Operator(), GrantRequest{Mail: "x@example.org", Role: civic.Reporter, Scope: civic.Scope{Member: r.Member}, Until: "2026-05-02"}); err != nil {
			t.Fatal(err)
		}
		account, err := a.AccountByMail(ctx, "x@example.org")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{1, 1, 0} {
			if held, err := a.GrantsOf(ctx, account.ID); err != nil || len(held) != want {
				t.Errorf("on %s %d roles hold: %v", day, len(held), err)
			}
			day = day.AddDate(0, 0, 1)
		}
	})
}

func TestRolesAreListedForWhoMayEndThemAndCountedForEverybody(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		within := civic.Scope{Member: r.Member}
		poc := person(t, a, "poc@example.org", civic.PointOfContact, within)
		admin := person(t, a, "admin@example.org", civic.Administrator, civic.Scope{})
		person(t, a, "f@example.org", civic.Facilitator, within)
		person(t, a, "g@example.org", civic.Facilitator, within)
		mails := func(who civic.Caller) (out []string) {
			list, err := a.GrantsAt(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range list {
				out = append(out, g.Mail)
			}
			return out
		}
		if got := mails(poc); len(got) != 2 || got[0] != "f@example.org" {
			t.Errorf("the point of contact sees %v", got)
		}
		if got := mails(admin); len(got) != 4 {
			t.Errorf("the administrator sees %v", got)
		}
		// Whoever invites an address learns nothing of who has it.
		known := person(t, a, "known@example.org", civic.Citizen, civic.Scope{})
		if err := a.NameAccount(ctx, known, "Known Person", "fr"); err != nil {
			t.Fatal(err)
		}
		for _, mail := range []string{"known@example.org", "stranger@example.org"} {
			if _, err := a.Grant(ctx, poc, GrantRequest{Mail: mail, Role: civic.ForumMember, Scope: within}); err != nil {
				t.Fatal(err)
			}
		}
		list, err := a.GrantsAt(ctx, poc)
		if err != nil || len(list) != 4 || list[2].Name != list[3].Name || list[2].Mail != "known@example.org" {
			t.Errorf("the point of contact sees %+v %v", list, err)
		}
		if list, err := a.GrantsAt(ctx, admin); err != nil || len(list) != 6 || list[4].Name != "Known Person" {
			t.Errorf("the administrator sees %+v %v", list, err)
		}
		_, err = a.GrantsAt(ctx, person(t, a, "c@example.org", civic.Citizen, civic.Scope{}))
		refused(t, err, civic.Forbidden, "a citizen looks")
		counts, err := a.RolesAt(ctx, r.Member)
		if err != nil || len(counts) != 3 || counts[0].Role != civic.Facilitator || counts[0].People != 2 {
			t.Errorf("%+v %v", counts, err)
		}
		public, err := a.PublicGrants(ctx)
		if err != nil || len(public) != 6 {
			t.Fatalf("%+v %v", public, err)
		}
		for _, g := range public {
			if g.Account != "" || g.Mail != "" || g.Name != "" || g.Reason != "" {
				t.Errorf("the public list tells who: %+v", g)
			}
		}
	})
}
