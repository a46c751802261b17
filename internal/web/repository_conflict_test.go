package web

import (
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/webtest"
)

func TestWhoChangesWhatSomebodyElseChangedSeesBothTexts(t *testing.T) {
	a := webtest.Demo(t)
	who, m := pointOfContact(t, a)
	d := deskOf(t, a, who)
	today := a.Today()
	at := "/en/work/members/lithuania"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	english := func(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }
	_, err := a.KeepForum(t.Context(), who, civic.Forum{Member: m.ID, Name: english("First name"), Government: 4, Civil: 4}, 0)
	must(err)
	meeting, err := a.KeepMeeting(t.Context(), who, civic.Meeting{Member: m.ID, Kind: "forum", On: today, Title: english("First meeting")}, 0)
	must(err)
	document, err := a.KeepDocument(t.Context(), who, civic.Document{Member: m.ID, Kind: "letter", Dated: today, Title: english("First letter"), URL: "https://lithuania.example/letter"}, 0)
	must(err)
	for _, one := range []struct {
		address, title string
		more           []string
	}{
		{at + "/forum", "name.en", []string{"government", "4", "civil", "4"}},
		{"/en/work/meetings/" + string(meeting), "title.en", []string{"kind", "forum", "on", today}},
		{"/en/work/documents/" + string(document), "title.en", []string{"kind", "letter", "dated", today, "url", "https://lithuania.example/letter"}},
	} {
		seen := between(t, d.page(one.address), `name="seen" value="`, `"`)
		d.post(one.address, append([]string{one.title, "Somebody else’s words", "seen", seen}, one.more...)...)
		mine := append([]string{one.title, "My own words"}, one.more...)
		both := d.refused(409, one.address, append(mine, "seen", seen)...)
		theirs := between(t, both, `<section aria-labelledby="theirs">`, "</section>")
		said := between(t, both, `<section aria-labelledby="mine">`, "</section>")
		if !strings.Contains(theirs, "Somebody else’s words") || !strings.Contains(said, "My own words") || !strings.Contains(both, `value="My own words"`) {
			t.Errorf("%s does not show both: %s", one.address, both)
		}
		d.post(one.address, append(mine, "seen", between(t, both, `name="seen" value="`, `"`))...)
		if !strings.Contains(d.page(one.address), "My own words") {
			t.Errorf("%s: what was chosen does not stand", one.address)
		}
	}
}
