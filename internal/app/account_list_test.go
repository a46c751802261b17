package app

import (
	"slices"
	"testing"

	"avow/internal/civic"
)

// administers signs somebody in with two factors and makes them an administrator.
func (d *mailDesk) administers(t *testing.T, mail string) civic.Caller {
	t.Helper()
	who, session := d.signsIn(t, mail)
	session, _, _ = d.enrols(t, who, session)
	if _, err := d.Grant(t.Context(), civic.Operator(), GrantRequest{Account: who.Account, Role: civic.Administrator}); err != nil {
		t.Fatal(err)
	}
	return d.caller(t, session)
}

func TestAdministratorsAloneSeeAccountsAndBlockThem(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := t.Context()
		admin := d.administers(t, "admin@example.org")
		ana, session := d.signsIn(t, "ana_b%@example.org")
		weak := admin
		weak.Strong = false
		for _, who := range []civic.Caller{{}, ana, weak} {
			if _, _, err := d.Accounts(ctx, who, ""); err == nil {
				t.Errorf("%+v sees the accounts", who)
			}
			if d.BlockAccount(ctx, who, ana.Account, true) == nil || d.ResetFactors(ctx, who, ana.Account) == nil {
				t.Errorf("%+v blocks", who)
			}
		}
		for part, want := range map[string]int{"": 2, "EXAMPLE": 2, "ana_": 1, "%@": 1, "_d": 0, `\`: 0, "admin": 1} {
			list, more, err := d.Accounts(ctx, admin, part)
			if err != nil || more || len(list) != want {
				t.Errorf("%q finds %+v, %v, %v", part, list, more, err)
			}
		}
		if err := d.BlockAccount(ctx, admin, admin.Account, true); civic.KindOf(err) != civic.Conflict {
			t.Errorf("an administrator blocks their own account: %v", err)
		}
		if err := d.BlockAccount(ctx, admin, ana.Account, true); err != nil {
			t.Fatal(err)
		}
		if who := d.caller(t, session); who.SignedIn() {
			t.Error("a blocked account is signed in")
		}
		list, _, err := d.Accounts(ctx, admin, "ana_")
		if err != nil || !list[0].Blocked || list[0].Factor || list[0].Own {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestAClosedAccountLeavesNothingButItsNumber(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := t.Context()
		admin := d.administers(t, "admin@example.org")
		if err := d.CloseAccount(ctx, admin); civic.KindOf(err) != civic.Conflict {
			t.Errorf("the last administrator leaves: %v", err)
		}
		other := d.administers(t, "other@example.org")
		weak := admin
		weak.Strong = false
		if err := d.CloseAccount(ctx, weak); civic.KindOf(err) != civic.Unproven {
			t.Errorf("without the second factor: %v", err)
		}
		if err := d.CloseAccount(ctx, civic.Caller{}); civic.KindOf(err) != civic.Unauthenticated {
			t.Errorf("a visitor: %v", err)
		}
		before, err := d.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.CloseAccount(ctx, admin); err != nil {
			t.Fatal(err)
		}
		if got := verbsFrom(t, d.App, before.Size); !slices.Equal(got, []string{"grant end_grant"}) {
			t.Errorf("the record says %v", got)
		}
		if held, err := d.GrantsOf(ctx, admin.Account); err != nil || len(held) > 0 {
			t.Errorf("roles %v, %v", held, err)
		}
		if _, err := d.AccountOf(ctx, admin.Account); civic.KindOf(err) != civic.NotFound {
			t.Errorf("the account is there: %v", err)
		}
		list, _, err := d.Accounts(ctx, other, "admin")
		if err != nil || len(list) > 0 {
			t.Errorf("%+v %v", list, err)
		}
		again, _ := d.signsIn(t, "admin@example.org")
		if again.Account == admin.Account || len(again.Grants) > 0 {
			t.Errorf("the same address is somebody else from now on: %+v", again)
		}
	})
}

func TestACitizensClosedAccountWritesNothing(t *testing.T) {
	d := mailDeskOver(openSQLite(t))
	who, session := d.signsIn(t, "ana@example.org")
	before, _ := d.Head(t.Context())
	if err := d.CloseAccount(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	if after, _ := d.Head(t.Context()); after.Size != before.Size {
		t.Error("the record grew")
	}
	if d.caller(t, session).SignedIn() {
		t.Error("the session goes on")
	}
}
