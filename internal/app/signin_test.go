package app

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// desk is an App with a clock that a test sets, and with its mails.
type mailDesk struct {
	*App
	at time.Time
}

func mailDeskOver(s *store.Store) *mailDesk {
	d := &mailDesk{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	d.App = New(s, Options{Now: func() time.Time { return d.at }})
	return d
}

func openSQLite(t testing.TB) *store.Store { return storetest.SQLite(t).Open(t) }

func eachMailDesk(t *testing.T, run func(t *testing.T, d *mailDesk)) {
	t.Helper()
	storetest.EachStore(t, func(t *testing.T, s *store.Store) { run(t, mailDeskOver(s)) })
}

// asks asks for a mail and returns the browser's nonce, the token of the link and the code.
func (d *mailDesk) asks(t *testing.T, mail, browser string) (nonce, token, code string) {
	t.Helper()
	ctx := context.Background()
	nonce, err := d.AskSignIn(ctx, SignInRequest{Mail: mail, Lang: "en", Browser: browser, Address: "https://avow.example"})
	if err != nil {
		t.Fatal(err)
	}
	mails, err := d.LeaseMails(ctx, 10)
	if err != nil || len(mails) == 0 {
		t.Fatalf("%+v %v", mails, err)
	}
	var letter SignInMail
	for _, m := range mails {
		if err := d.MailSent(ctx, m); err != nil {
			t.Fatal(err)
		}
		if m.To != mail || m.Kind != forSignIn {
			continue
		}
		if err := json.Unmarshal(m.Data, &letter); err != nil {
			t.Fatal(err)
		}
	}
	_, token, _ = strings.Cut(letter.Link, "token=")
	return nonce, token, letter.Code
}

func (d *mailDesk) signsIn(t *testing.T, mail string) (civic.Caller, string) {
	t.Helper()
	nonce, token, _ := d.asks(t, mail, "")
	in, err := d.FollowLink(context.Background(), token, Arrival{Browser: nonce})
	if err != nil {
		t.Fatal(err)
	}
	return d.caller(t, in.Session), in.Session
}

func (d *mailDesk) caller(t *testing.T, session string) civic.Caller {
	t.Helper()
	who, err := d.Caller(context.Background(), session)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// refusedWith checks the message of a refusal.
func refusedWith(t *testing.T, err error, key string) {
	t.Helper()
	if e, ok := err.(*civic.Error); !ok || e.Key != key {
		t.Errorf("%v, not %s", err, key)
	}
}

func TestALinkSignsInOnceAndOnlyWhereItWasAskedFor(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		nonce, token, code := d.asks(t, "ana@example.org", "")
		for _, browser := range []string{"", strings.Repeat("A", 43)} {
			_, err := d.FollowLink(ctx, token, Arrival{Browser: browser})
			refusedWith(t, err, "signin.elsewhere")
		}
		_, err := d.TypeCode(ctx, code, Arrival{Browser: strings.Repeat("A", 43)})
		refusedWith(t, err, "signin.link_unknown")
		_, err = d.FollowLink(ctx, strings.Repeat("A", len(token)), Arrival{Browser: nonce})
		refusedWith(t, err, "signin.link_unknown")
		if _, err := d.AccountByMail(ctx, "ana@example.org"); civic.KindOf(err) != civic.NotFound {
			t.Errorf("an account without a confirmed address: %v", err)
		}
		in, err := d.FollowLink(ctx, token, Arrival{Browser: nonce})
		if err != nil || !in.New || !d.caller(t, in.Session).SignedIn() {
			t.Fatalf("%+v %v", in, err)
		}
		_, err = d.FollowLink(ctx, token, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.link_used")
		_, err = d.TypeCode(ctx, code, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.link_used")
	})
}

func TestALinkAndItsCodeEndAfterFifteenMinutes(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		nonce, token, code := d.asks(t, "ana@example.org", "")
		d.at = d.at.Add(15*time.Minute + time.Second)
		_, err := d.FollowLink(context.Background(), token, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.link_expired")
		_, err = d.TypeCode(context.Background(), code, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.link_expired")
	})
}

func TestFiveWrongCodesEndTheRightOne(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		nonce, token, code := d.asks(t, "ana@example.org", "")
		wrong := "1111 1111"
		if code == wrong {
			wrong = "2222 2222"
		}
		for range 5 {
			_, err := d.TypeCode(ctx, wrong, Arrival{Browser: nonce})
			refusedWith(t, err, "signin.code_wrong")
		}
		_, err := d.TypeCode(ctx, code, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.code_tries")
		if _, err := d.FollowLink(ctx, token, Arrival{Browser: nonce}); err != nil {
			t.Errorf("the link has no tries to lose: %v", err)
		}
	})
}

func TestTheSameCodeTwiceAtOnceGivesOneSession(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		nonce, token, code := d.asks(t, "ana@example.org", "")
		var all sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			all.Go(func() {
				if i%2 == 0 {
					_, results[i] = d.FollowLink(context.Background(), token, Arrival{Browser: nonce})
				} else {
					_, results[i] = d.TypeCode(context.Background(), code, Arrival{Browser: nonce})
				}
			})
		}
		all.Wait()
		in := 0
		for _, err := range results {
			if err == nil {
				in++
			} else {
				refusedWith(t, err, "signin.link_used")
			}
		}
		account, err := d.AccountByMail(context.Background(), "ana@example.org")
		if err != nil {
			t.Fatal(err)
		}
		sessions, err := d.store.Sessions(context.Background(), account.ID)
		if err != nil || in != 1 || len(sessions) != 1 {
			t.Errorf("%d were let in, %d sessions: %v", in, len(sessions), err)
		}
	})
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]string{"1234 5678": "12345678", " 1234-5678 ": "12345678", "١٢٣٤ ٥٦٧٨": "12345678", "۱۲۳۴۵۶۷۸": "12345678", "AbcDe-12345": "abcde12345", "": ""} {
		if got := typed(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}

func TestOneAddressGetsAFewMailsAndNobodyLearnsWhoHasAnAccount(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		d.signsIn(t, "known@example.org")
		d.at = d.at.Add(time.Hour)
		for _, mail := range []string{"known@example.org", "unknown@example.org"} {
			for range throttleMany {
				d.asks(t, mail, "")
			}
			_, err := d.AskSignIn(ctx, SignInRequest{Mail: mail, Lang: "en"})
			if civic.KindOf(err) != civic.TooMany {
				t.Errorf("%s: %v", mail, err)
			}
		}
		if waits, err := d.MailWaits(ctx); waits || err != nil {
			t.Errorf("a mail waits: %v", err)
		}
		d.at = d.at.Add(throttleSome)
		d.asks(t, "known@example.org", "")
	})
}

func TestASessionEndsWhenItIsTold(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, first := d.signsIn(t, "ana@example.org")
		_, second := d.signsIn(t, "ana@example.org")
		_, third := d.signsIn(t, "ana@example.org")
		stranger, _ := d.signsIn(t, "eve@example.org")
		list, err := d.Sessions(ctx, who, second)
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v %v", list, err)
		}
		for _, s := range list {
			if s.This {
				if err := d.EndSession(ctx, stranger, s.ID); err != nil {
					t.Fatal(err)
				}
				if !d.caller(t, second).SignedIn() {
					t.Fatal("somebody else ended it")
				}
				if err := d.EndSession(ctx, who, s.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		if d.caller(t, second).SignedIn() || !d.caller(t, first).SignedIn() {
			t.Error("the wrong session ended")
		}
		if err := d.EndOtherSessions(ctx, who, first); err != nil {
			t.Fatal(err)
		}
		if d.caller(t, third).SignedIn() || !d.caller(t, first).SignedIn() {
			t.Error("all others should have ended")
		}
		if err := d.SignOut(ctx, first); err != nil || d.caller(t, first).SignedIn() {
			t.Errorf("signed out: %v", err)
		}
	})
}

func TestASessionEndsAfterAMonthWithoutUseAndNotBefore(t *testing.T) {
	d := mailDeskOver(storetest.SQLite(t).Open(t))
	_, session := d.signsIn(t, "ana@example.org")
	for range 3 {
		d.at = d.at.Add(29 * 24 * time.Hour)
		if !d.caller(t, session).SignedIn() {
			t.Fatal("it was in use")
		}
	}
	d.at = d.at.Add(sessionLasts + time.Second)
	if d.caller(t, session).SignedIn() {
		t.Error("it was idle")
	}
	if err := d.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := d.store.Session(context.Background(), digest("session", session)); ok || err != nil {
		t.Errorf("it is still kept: %v", err)
	}
}

func TestARoleThatIsTakenAwayOrABlockedAccountStopsAtOnce(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, session := d.signsIn(t, "ana@example.org")
		other, _ := d.signsIn(t, "last@example.org")
		if _, err := d.Grant(ctx, civic.Operator(), GrantRequest{Account: other.Account, Role: civic.Administrator}); err != nil {
			t.Fatal(err)
		}
		id, err := d.Grant(ctx, civic.Operator(), GrantRequest{Account: who.Account, Role: civic.Administrator, Reason: "begins"})
		if err != nil {
			t.Fatal(err)
		}
		if now := d.caller(t, session); !now.Has(civic.Administrator, civic.Place{}) || civic.KindOf(now.Ask(civic.MayAdminister, civic.Place{})) != civic.Unproven {
			t.Errorf("%+v", now)
		}
		if err := d.EndGrant(ctx, civic.Operator(), id, "ends"); err != nil {
			t.Fatal(err)
		}
		if now := d.caller(t, session); len(now.Grants) != 0 || civic.KindOf(now.Ask(civic.MayAdminister, civic.Place{})) != civic.Forbidden {
			t.Errorf("%+v", now)
		}
		if err := d.BlockAccount(ctx, who, who.Account, true); civic.KindOf(err) != civic.Forbidden {
			t.Errorf("blocked by somebody without the role: %v", err)
		}
		if err := d.BlockAccount(ctx, civic.Operator(), who.Account, true); err != nil || d.caller(t, session).SignedIn() {
			t.Errorf("blocked and still in: %v", err)
		}
		nonce, token, _ := d.asks(t, "ana@example.org", "")
		_, err = d.FollowLink(ctx, token, Arrival{Browser: nonce})
		refusedWith(t, err, "signin.blocked")
	})
}

func TestATokenOfASessionDoesNotOutliveASignIn(t *testing.T) {
	d := mailDeskOver(storetest.SQLite(t).Open(t))
	_, former := d.signsIn(t, "ana@example.org")
	nonce, token, _ := d.asks(t, "ana@example.org", "")
	in, err := d.FollowLink(context.Background(), token, Arrival{Browser: nonce, Session: former})
	if err != nil || in.Session == former || d.caller(t, former).SignedIn() {
		t.Errorf("the former session is still open: %v", err)
	}
}

func FuzzAnAddressNamesOneAccountOrNone(f *testing.F) {
	for _, s := range []string{"ana@example.org", "Ana@EXAMPLE.org", "a@b", "a@b.c\r\nBcc: x@y.z", "a b@c.d", "ana@bücher.example", `"a"@b.c`, "a@b.c,d@e.f", "<a@b.c>", "Ana <a@b.c>", "@", "a@.", strings.Repeat("a", 300) + "@b.c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		mail, err := ParseMail(s)
		if err != nil {
			if e, ok := err.(*civic.Error); !ok || e.Field != "mail" {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		again, err := ParseMail(mail)
		if err != nil || again != mail || strings.ContainsAny(mail, "\r\n\t ,<>\"") || strings.Count(mail, "@") != 1 || len(mail) > maxMail {
			t.Errorf("%q gives %q gives %q: %v", s, mail, again, err)
		}
	})
}

func FuzzACodeIsReadTheSameTwice(f *testing.F) {
	for _, s := range []string{"1234 5678", "١٢٣٤٥٦٧٨", "abcde-fghij", "𝟙𝟚𝟛", "\xff", "٠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := typed(s); typed(once) != once {
			t.Errorf("%q is %q, then %q", s, once, typed(once))
		}
	})
}
