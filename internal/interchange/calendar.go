package interchange

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Calendar is a calendar of whole days (iCalendar, RFC 5545). Texts are finished.
type Calendar struct {
	Name   string
	Lang   string // BCP 47
	Events []CalendarEvent
}

// CalendarEvent is one entry. UID stays the same for ever, Sequence grows with
// each change, so that a program moves what it has instead of adding to it.
type CalendarEvent struct {
	UID       string
	Sequence  int
	Changed   int64  // microseconds
	Start     string // YYYY-MM-DD
	End       string // its last day, "" for one day
	Summary   string
	About     string
	URL       string
	Cancelled bool
}

// WriteCalendar writes a calendar. Events whose days do not exist are left out.
func WriteCalendar(w io.Writer, c Calendar) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Avow//Avow//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(oneLine(c.Name), language(c.Lang))
	cal.SetXWRCalName(oneLine(c.Name))
	cal.SetRefreshInterval("PT6H")
	cal.SetXPublishedTTL("PT6H")
	for _, e := range c.Events {
		start, err := time.Parse(time.DateOnly, e.Start)
		if err != nil {
			continue
		}
		end := start
		if last, err := time.Parse(time.DateOnly, e.End); err == nil && last.After(start) {
			end = last
		}
		event := ics.NewEvent(e.UID)
		changed := time.UnixMicro(e.Changed).UTC()
		event.SetDtStampTime(changed)
		event.SetLastModifiedAt(changed)
		event.SetSequence(e.Sequence)
		event.SetAllDayStartAt(start)
		event.SetAllDayEndAt(end.AddDate(0, 0, 1)) // the day after the last one
		event.SetSummary(oneLine(e.Summary), language(c.Lang))
		event.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy for it
		if e.About != "" {
			event.SetDescription(oneLine(e.About), language(c.Lang))
		}
		if e.URL != "" {
			event.SetURL(e.URL)
		}
		if e.Cancelled {
			event.SetStatus(ics.ObjectStatusCancelled)
		}
		cal.AddVEvent(event)
	}
	if err := cal.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write a calendar: %w", err)
	}
	return nil
}

// oneLine is a text without line ends and control characters.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))), " ")
}

// language tells in which language a text is.
func language(lang string) ics.PropertyParameter {
	return &ics.KeyValues{Key: string(ics.ParameterLanguage), Value: []string{lang}}
}
