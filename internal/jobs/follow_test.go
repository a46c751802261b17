package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/jobs"
	"avow/internal/mail"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// house is a site without pages: a record, its use cases, a clock, and the mail
// that came out.
type house struct {
	t     *testing.T
	store *store.Store
	app   *app.App
	at    time.Time
	words *i18n.Set
	inbox []mail.Message
}

func newHouse(t *testing.T, s *store.Store) *house {
	t.Helper()
	words, err := i18n.Load(i18n.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: s, at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), words: words} // a Monday
	h.app = app.New(s, app.Options{Now: func() time.Time { return h.at }})
	h.write("create", north)
	return h
}

var north = civic.Member{ID: civic.MemberID(ident(1)), Slug: "northland", Code: "NOR", Name: "Northland", Regime: civic.National}

func ident(n int) string { return fmt.Sprintf("%026d", n) }

// Send keeps a mail.
func (h *house) Send(_ context.Context, m mail.Message) error {
	h.inbox = append(h.inbox, m)
	return nil
}

func (h *house) write(verb string, subjects ...civic.Subject) {
	h.t.Helper()
	err := h.store.Write(h.t.Context(), func(tx *store.Tx) error {
		for _, sub := range subjects {
			p, err := store.Prepare(sub)
			if err != nil {
				return err
			}
			if _, err := tx.Put(p, store.Entry{At: h.at.UnixMicro(), Actor: civic.LocalOperator, Verb: verb}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// promise is a commitment with a number and a title.
func promise(n int, title string) civic.Commitment {
	return civic.Commitment{ID: civic.CommitmentID(ident(100 + n)), Member: north.ID, Title: civic.Text{{Lang: "en", Text: title}}}
}

func (h *house) now() time.Time { return h.at }

// post sends what waits and returns what came.
func (h *house) post() []mail.Message {
	h.t.Helper()
	h.inbox = nil
	relay := jobs.Relay{App: h.app, Office: mail.Office{Words: h.words, Sender: h}, Now: h.now}
	if err := relay.SendDue(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	return h.inbox
}

func (h *house) digest() jobs.Digest {
	return jobs.Digest{App: h.app, Words: h.words, Address: "https://avow.example", Now: h.now}
}

// tokenIn finds the token of a link in a letter.
func tokenIn(t *testing.T, m mail.Message, page string) string {
	t.Helper()
	found := regexp.MustCompile(`/follow/` + page + `\?t=(\S+)`).FindStringSubmatch(m.Text)
	if found == nil {
		t.Fatalf("no link to %s in:\n%s", page, m.Text)
	}
	return found[1]
}

// follows subscribes an address and confirms.
func (h *house) follows(r app.FollowRequest) {
	h.t.Helper()
	r.Address = "https://avow.example"
	if err := h.app.Follow(h.t.Context(), r); err != nil {
		h.t.Fatal(err)
	}
	got := h.post()
	if len(got) != 1 || got[0].To != r.Mail {
		h.t.Fatalf("to confirm: %+v", got)
	}
	if err := h.app.Confirm(h.t.Context(), tokenIn(h.t, got[0], "confirm")); err != nil {
		h.t.Fatal(err)
	}
}

func TestNobodyIsToldBeforeTheyConfirmed(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		ask := app.FollowRequest{Mail: "ana@example.org", Lang: "en", Cadence: app.Daily, Member: "northland", Name: "Northland", Address: "https://avow.example"}
		if err := h.app.Follow(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
		letter := h.post()
		h.at = h.at.AddDate(0, 0, 1)
		h.write("create", promise(1, "Clean water"))
		if n, err := h.digest().Send(t.Context(), app.Daily); n != 0 || err != nil {
			t.Errorf("%d letters before somebody said yes, %v", n, err)
		}
		for _, wrong := range []string{"", "x", tokenIn(t, letter[0], "confirm") + "x", ident(9) + ".abc", strings.Repeat("a", 500)} {
			if err := h.app.Confirm(t.Context(), wrong); civic.KindOf(err) != civic.Invalid {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if err := h.app.Confirm(t.Context(), tokenIn(t, letter[0], "confirm")); err != nil {
			t.Fatal(err)
		}
		h.at = h.at.AddDate(0, 0, 1)
		if n, _ := h.digest().Send(t.Context(), app.Daily); n != 0 {
			t.Error("what happened before is told")
		}
		// asked again, the answer is the same, whether they are told already or not
		for range 3 {
			if err := h.app.Follow(t.Context(), ask); err != nil {
				t.Error(err)
			}
		}
		if n := len(h.post()); n != 1 {
			t.Errorf("asked three times in an hour, %d letters came", n)
		}
	})
}

func TestADigestTellsWhatChangedOnceAndEndsWithOneClick(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		h.write("create", promise(1, "Clean water"), promise(2, "Open courts"))
		h.follows(app.FollowRequest{Mail: "ana@example.org", Lang: "en", Cadence: app.Daily, Member: "northland", Name: "Northland"})
		h.follows(app.FollowRequest{Mail: "ben@example.org", Lang: "ar", Cadence: app.Daily, Commitment: ident(102), Name: "Open courts"})
		h.follows(app.FollowRequest{Mail: "zoe@example.org", Lang: "fr", Cadence: app.Weekly, Query: "water", Name: "water"})
		h.at = h.at.AddDate(0, 0, 1)
		changed := promise(1, "Clean water")
		changed.OGPID = "NO0001"
		h.write("assign_id", changed)
		if _, err := h.digest().Send(t.Context(), app.Daily); err != nil {
			t.Fatal(err)
		}
		got := h.post()
		if len(got) != 1 || got[0].To != "ana@example.org" {
			t.Fatalf("letters: %+v", got)
		}
		m := got[0]
		for _, want := range []string{"One change: Northland", "Clean water\n-----------", "OGP’s Support Unit gave it the ID NO0001.", "https://avow.example/en/commitments/NO0001/history", "End these letters with one click"} {
			if !strings.Contains(m.Subject+"\n"+m.Text, want) {
				t.Errorf("the letter does not say %q:\n%s\n%s", want, m.Subject, m.Text)
			}
		}
		if !strings.HasPrefix(m.Unsubscribe, "https://avow.example/en/follow/stop?t=") {
			t.Errorf("List-Unsubscribe: %q", m.Unsubscribe)
		}
		if n, err := h.digest().Send(t.Context(), app.Daily); n != 0 || err != nil || len(h.post()) != 0 {
			t.Errorf("the same day makes %d letters more, %v", n, err)
		}
		if _, err := h.digest().Send(t.Context(), app.Weekly); err != nil || len(h.post()) != 0 {
			t.Error("the letter of the week came before its week")
		}
		h.at = h.at.AddDate(0, 0, 6)
		if _, err := h.digest().Send(t.Context(), app.Weekly); err != nil {
			t.Fatal(err)
		}
		if got := h.post(); len(got) != 1 || got[0].To != "zoe@example.org" || !strings.Contains(got[0].Text, "identifiant") {
			t.Errorf("the letter of the week: %+v", got)
		}
		token := tokenIn(t, m, "stop")
		for range 2 { // a second click is no fault
			if err := h.app.Unfollow(t.Context(), token); err != nil {
				t.Error(err)
			}
		}
		changed.OGPID = "NO0002"
		h.write("update", changed)
		h.at = h.at.AddDate(0, 0, 1)
		if _, err := h.digest().Send(t.Context(), app.Daily); err != nil || len(h.post()) != 0 {
			t.Error("a letter came after its end")
		}
	})
}

func TestALongDigestIsShort(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t).Open(t))
	for _, lang := range []string{"en", "ar"} {
		h.follows(app.FollowRequest{Mail: lang + "@example.org", Lang: lang, Cadence: app.Daily, Member: "northland", Name: "Northland"})
	}
	h.at = h.at.AddDate(0, 0, 1)
	for i := range 40 {
		c := promise(i, strings.Repeat("مدرسة قريبة من كل بيت في القرية ", 12)+ident(i))
		h.write("create", c)
	}
	if _, err := h.digest().Send(t.Context(), app.Daily); err != nil {
		t.Fatal(err)
	}
	got := h.post()
	if len(got) != 2 {
		t.Fatalf("%d letters", len(got))
	}
	for _, m := range got {
		if n := len(m.Text) + len(m.HTML); n > 20<<10 {
			t.Errorf("%s: %d bytes", m.To, n)
		}
		if m.To == "en@example.org" && !regexp.MustCompile(`And \d\d more\.`).MatchString(m.Text) {
			t.Errorf("what is left out is not counted:\n%s", m.Text)
		}
	}
}

// errCrash is a process that dies while it writes letters.
var errCrash = errors.New("killed")

func TestACrashBetweenComposingAndSendingMakesNoLetterTwice(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		for i := range 7 {
			h.follows(app.FollowRequest{Mail: fmt.Sprintf("reader%d@example.org", i), Lang: "en", Cadence: app.Daily, Member: "northland", Name: "Northland"})
			h.at = h.at.Add(time.Minute)
		}
		h.at = h.at.AddDate(0, 0, 1)
		h.write("create", promise(1, "Clean water"))
		window := app.Window(app.Daily, h.at)
		due, _, err := h.app.FollowsDue(t.Context(), app.Daily, window, "")
		if err != nil || len(due) != 7 {
			t.Fatal(len(due), err)
		}
		data, err := json.Marshal(mail.Digest{Name: "Northland", Count: 1, Stop: "https://avow.example/en/follow/stop?t=x"})
		if err != nil {
			t.Fatal(err)
		}
		// one process writes three letters and dies while it writes the next two
		var letters []app.Outgoing
		for _, f := range due {
			letters = append(letters, app.Outgoing{Followed: f, Data: data})
		}
		if n, err := h.app.SendDigests(t.Context(), window, 2, letters[:3]); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		dying := s.House(t.Context(), func(in *store.House) error {
			for _, l := range letters[3:5] {
				if _, err := in.FollowTold(l.ID, window, 2); err != nil {
					return err
				}
				if err := in.QueueMail(store.QueuedMail{Key: "digest/" + l.ID + "/" + window, To: l.Mail, Lang: "en", Kind: "digest", Data: data}); err != nil {
					return err
				}
			}
			return errCrash
		})
		if !errors.Is(dying, errCrash) {
			t.Fatal(dying)
		}
		first := h.post()
		// a second process, which had read the same list, writes all of them
		if n, err := h.app.SendDigests(t.Context(), window, 2, letters); n != 4 || err != nil {
			t.Errorf("%d letters more, %v", n, err)
		}
		if n, err := h.digest().Send(t.Context(), app.Daily); n != 0 || err != nil {
			t.Errorf("the next run makes %d, %v", n, err)
		}
		count := map[string]int{}
		for _, m := range append(first, h.post()...) {
			count[m.To]++
		}
		for _, f := range due {
			if count[f.Mail] != 1 {
				t.Errorf("%s got %d letters", f.Mail, count[f.Mail])
			}
		}
	})
}
