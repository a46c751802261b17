package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"avow/internal/civic"
	"avow/internal/store/storetest"
)

// enrols gives an account a second factor; it returns the session's new token,
// the secret and the recovery codes.
func (d *mailDesk) enrols(t *testing.T, who civic.Caller, session string) (renewed, secret string, codes []string) {
	t.Helper()
	ctx := context.Background()
	if err := d.BeginTOTP(ctx, who, session, "avow.example"); err != nil {
		t.Fatal(err)
	}
	e, ok, err := d.PendingTOTP(ctx, session)
	if err != nil || !ok {
		t.Fatal(err)
	}
	secret = strings.ReplaceAll(e.Secret, " ", "")
	if renewed, err = d.ConfirmTOTP(ctx, who, session, d.code(t, secret)); err != nil {
		t.Fatal(err)
	}
	shown, ok, err := d.ShownOnce(ctx, renewed)
	if err != nil || !ok {
		t.Fatal(err)
	}
	return renewed, secret, shown.Codes
}

func (d *mailDesk) code(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, d.at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestASecondFactorMakesASessionStrongForHalfADay(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, session := d.signsIn(t, "ana@example.org")
		if who.Strong {
			t.Fatal("a mail alone is one factor")
		}
		renewed, secret, codes := d.enrols(t, who, session)
		if d.caller(t, session).SignedIn() || !d.caller(t, renewed).Strong || len(codes) != 10 {
			t.Fatalf("%d codes", len(codes))
		}
		d.at = d.at.Add(strongLasts + time.Second)
		if now := d.caller(t, renewed); !now.SignedIn() || now.Strong {
			t.Errorf("after half a day without use: %+v", now)
		}
		if d.caller(t, renewed).Strong {
			t.Error("being seen made it strong again")
		}
		who = d.caller(t, renewed)
		code := d.code(t, secret)
		again, err := d.PassTOTP(ctx, who, renewed, code)
		if err != nil || !d.caller(t, again).Strong || d.caller(t, renewed).SignedIn() {
			t.Fatalf("%v", err)
		}
		_, err = d.PassTOTP(ctx, who, again, code)
		refusedWith(t, err, "factor.again")
		last, err := d.PassTOTP(ctx, who, again, strings.ToUpper(codes[0]))
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.PassTOTP(ctx, who, last, codes[0])
		refusedWith(t, err, "factor.wrong")
	})
}

func TestSomebodyWhoReadsTheMailAloneChangesNothingThatProtectsTheAccount(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, session := d.signsIn(t, "ana@example.org")
		d.enrols(t, who, session)
		thief, stolen := d.signsIn(t, "ana@example.org")
		_, confirm := d.ConfirmTOTP(ctx, thief, stolen, "000000")
		for what, err := range map[string]error{
			"remove": d.RemoveTOTP(ctx, thief), "begin": d.BeginTOTP(ctx, thief, stolen, ""), "confirm": confirm,
			"key": d.NewAPIToken(ctx, thief, stolen, "mine"), "passkey": d.BeginPasskey(ctx, thief, stolen, "https://avow.example"), "forget": d.RemovePasskey(ctx, thief, "x"),
		} {
			if civic.KindOf(err) != civic.Unproven {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestCodesCannotBeGuessed(t *testing.T) {
	d := mailDeskOver(storetest.SQLite(t).Open(t))
	ctx := context.Background()
	who, session := d.signsIn(t, "ana@example.org")
	session, secret, _ := d.enrols(t, who, session)
	d.at = d.at.Add(time.Minute)
	for range factorTries {
		_, err := d.PassTOTP(ctx, who, session, "abc")
		refusedWith(t, err, "factor.wrong")
	}
	if _, err := d.PassTOTP(ctx, who, session, d.code(t, secret)); civic.KindOf(err) != civic.TooMany {
		t.Errorf("%v", err)
	}
	d.at = d.at.Add(factorWindow + time.Second)
	if _, err := d.PassTOTP(ctx, who, session, d.code(t, secret)); err != nil {
		t.Errorf("later: %v", err)
	}
}

func TestAKeyForProgramsActsForItsAccountUntilItIsRevoked(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, session := d.signsIn(t, "ana@example.org")
		if _, err := d.Grant(ctx, civic.Operator(), GrantRequest{Account: who.Account, Role: civic.Administrator}); err != nil {
			t.Fatal(err)
		}
		who = d.caller(t, session)
		if err := d.NewAPIToken(ctx, who, session, "upload"); civic.KindOf(err) != civic.Unproven {
			t.Errorf("a role that publishes, without a second factor: %v", err)
		}
		session, _, _ = d.enrols(t, who, session)
		who = d.caller(t, session)
		if err := d.NewAPIToken(ctx, who, session, "upload"); err != nil {
			t.Fatal(err)
		}
		shown, ok, err := d.ShownOnce(ctx, session)
		if err != nil || !ok || shown.Name != "upload" {
			t.Fatalf("%+v %v", shown, err)
		}
		if _, ok, err := d.ShownOnce(ctx, strings.Repeat("A", 43)); ok || err != nil {
			t.Errorf("another session reads it: %v", err)
		}
		program, err := d.CallerByToken(ctx, shown.Token)
		if err != nil || program.Account != who.Account || !program.Strong || !program.May(civic.MayAdminister, civic.Place{}) {
			t.Fatalf("%+v %v", program, err)
		}
		keys, err := d.APITokens(ctx, who)
		if err != nil || len(keys) != 1 || keys[0].Used == 0 {
			t.Fatalf("%+v %v", keys, err)
		}
		stranger, _ := d.signsIn(t, "eve@example.org")
		if err := d.RevokeAPIToken(ctx, stranger, keys[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.CallerByToken(ctx, shown.Token); err != nil {
			t.Errorf("revoked by a stranger: %v", err)
		}
		if err := d.RevokeAPIToken(ctx, who, keys[0].ID); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{shown.Token, "avow_x", "x"} {
			if _, err := d.CallerByToken(ctx, token); civic.KindOf(err) != civic.Unauthenticated {
				t.Errorf("%s: %v", token, err)
			}
		}
		if nobody, err := d.CallerByToken(ctx, ""); err != nil || nobody.SignedIn() {
			t.Errorf("without a key: %v", err)
		}
	})
}

func TestASetupLinkMakesOneAdministrator(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		old, err := d.NewSetup(ctx)
		if err != nil {
			t.Fatal(err)
		}
		token, err := d.NewSetup(ctx)
		if err != nil {
			t.Fatal(err)
		}
		refusedWith(t, d.LookAtSetup(ctx, old), "setup.unknown")
		if _, err := d.SetUp(ctx, token, "", "x", Arrival{}); err == nil || !strings.Contains(err.Error(), "account.name_missing") || !strings.Contains(err.Error(), "signin.mail") {
			t.Errorf("both faults are told: %v", err)
		}
		in, err := d.SetUp(ctx, token, "Ana", "ana@example.org", Arrival{Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		who := d.caller(t, in.Session)
		if has, err := d.HasAdministrator(ctx); !has || err != nil || !who.Has(civic.Administrator, civic.Place{}) || who.Name != "Ana" || who.Grants[0].By != civic.ProgramActor {
			t.Errorf("%+v %v", who, err)
		}
		_, err = d.SetUp(ctx, token, "Eve", "eve@example.org", Arrival{Lang: "en"})
		refusedWith(t, err, "setup.used")
		late, err := d.NewSetup(ctx)
		if err != nil {
			t.Fatal(err)
		}
		d.at = d.at.Add(setupLasts + time.Second)
		_, err = d.SetUp(ctx, late, "Eve", "eve@example.org", Arrival{Lang: "en"})
		refusedWith(t, err, "setup.expired")
	})
}

func TestOnlyHashesOfTokensAreKept(t *testing.T) {
	db := storetest.SQLite(t)
	d := mailDeskOver(db.Open(t))
	nonce, token, code := d.asks(t, "ana@example.org", "")
	in, err := d.FollowLink(context.Background(), token, Arrival{Browser: nonce})
	if err != nil {
		t.Fatal(err)
	}
	who := d.caller(t, in.Session)
	session, _, codes := d.enrols(t, who, in.Session)
	if err := d.NewAPIToken(context.Background(), d.caller(t, session), session, "key"); err != nil {
		t.Fatal(err)
	}
	shown, _, err := d.ShownOnce(context.Background(), session)
	if err != nil {
		t.Fatal(err)
	}
	raw := db.Raw(t)
	var all strings.Builder
	for _, table := range []string{"account", "recovery", "session", "token", "api_token", "mail_queue"} {
		rows, err := raw.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([][]byte, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				all.Write(v)
				all.WriteByte('\n')
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for what, secret := range map[string]string{"nonce": nonce, "link": token, "code": code, "session": session, "recovery code": codes[0], "key": shown.Token} {
		if strings.Contains(all.String(), secret) {
			t.Errorf("the %s is in the database as it is", what)
		}
	}
}
