package interchange

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

func TestACalendarIsReadBackAsItWasWritten(t *testing.T) {
	arabic := strings.Repeat("موعد استحقاق المعلم، وهو طويل؛ ", 12)
	in := Calendar{Name: "مواعيد: الأردن", Lang: "ar", Events: []CalendarEvent{
		{UID: "period-1@x.avow", Sequence: 3, Changed: 1_767_225_600_000_000, Start: "2026-02-28", Summary: "Reports, due; soon\nX-EVIL:1 \\ \"quoted\"", URL: "https://avow.example/en/plans/a-1"},
		{UID: "step-2@x.avow", Changed: 1_767_225_600_000_000, Start: "2026-03-01", End: "2026-03-05", Summary: arabic, About: strings.Repeat("é", 300), Cancelled: true},
		{UID: "bad@x.avow", Start: "2026-13-01", Summary: "no such day"},
	}}
	var b bytes.Buffer
	if err := WriteCalendar(&b, in); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d bytes in the line %q", len(line), line)
		}
		if strings.HasPrefix(line, "X-EVIL") {
			t.Error("a text became a property")
		}
	}
	out, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	events := out.Events()
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	for i, e := range events {
		want := in.Events[i]
		start, errS := e.GetAllDayStartAt()
		end, errE := e.GetAllDayEndAt()
		last := want.End
		if last == "" {
			last = want.Start
		}
		if e.Id() != want.UID || errS != nil || errE != nil || start.Format(time.DateOnly) != want.Start || end.AddDate(0, 0, -1).Format(time.DateOnly) != last {
			t.Errorf("%s: from %v to %v, %v %v", e.Id(), start, end, errS, errE)
		}
		if got := e.GetProperty(ics.ComponentPropertySummary).Value; got != oneLine(want.Summary) {
			t.Errorf("%q, not %q", got, oneLine(want.Summary))
		}
	}
	if got := events[0].GetProperty(ics.ComponentPropertySequence).Value; got != "3" {
		t.Errorf("its sequence is %s", got)
	}
	if s := events[1].GetProperty(ics.ComponentPropertyStatus); s == nil || s.Value != "CANCELLED" {
		t.Errorf("its status is %v", s)
	}
	var again bytes.Buffer
	if err := WriteCalendar(&again, in); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same calendar is written differently", err)
	}
}

func FuzzACalendarCanBeReadBack(f *testing.F) {
	f.Add("Reports; due, soon\\n", "2026-01-01")
	f.Add("اجتماع\r\nEND:VEVENT", "2026-02-30")
	f.Fuzz(func(t *testing.T, summary, day string) {
		var b bytes.Buffer
		if err := WriteCalendar(&b, Calendar{Name: summary, Lang: "en", Events: []CalendarEvent{{UID: "a@x", Start: day, Summary: summary, About: summary}}}); err != nil {
			t.Fatal(err)
		}
		out, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		if n := len(out.Events()); n > 1 {
			t.Errorf("%d events", n)
		}
	})
}
