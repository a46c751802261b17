package i18n

import (
	"strings"
	"time"
)

// Date writes the UTC day of an instant in microseconds since 1970: "5 April 2012".
func (p *Printer) Date(micros int64) string {
	t := time.UnixMicro(micros).UTC()
	return p.day(t.Year(), int(t.Month()), t.Day())
}

// DateTime writes an instant in microseconds since 1970 with hours and minutes,
// and says that it is UTC.
func (p *Printer) DateTime(micros int64) string {
	t := time.UnixMicro(micros).UTC()
	return replace(p.locale("datetime", "{date}, {time} UTC"),
		"date", p.day(t.Year(), int(t.Month()), t.Day()), "time", p.inDigits(t.Format("15:04")))
}

// CivilDate writes a civil date as exact as it is: "2012", "2012-04" or
// "2012-04-05". Anything else is given back as it is.
func (p *Printer) CivilDate(date string) string {
	switch len(date) {
	case 4:
		if t, err := time.Parse("2006", date); err == nil {
			return p.Plain(t.Year())
		}
	case 7:
		if t, err := time.Parse("2006-01", date); err == nil {
			return replace(p.locale("date.month", "{month} {year}"),
				"month", p.month(t.Month()), "year", p.Plain(t.Year()))
		}
	case 10:
		if t, err := time.Parse(time.DateOnly, date); err == nil {
			return p.day(t.Year(), int(t.Month()), t.Day())
		}
	}
	return date
}

// Month returns the name of a month inside a date.
func (p *Printer) month(m time.Month) string { return p.writing.months[m-1] }

func (p *Printer) day(year, month, day int) string {
	d := p.Plain(day)
	if day == 1 {
		d = p.locale("day.1", d)
	}
	return replace(p.locale("date.day", "{day} {month} {year}"),
		"day", d, "month", p.month(time.Month(month)), "year", p.Plain(year))
}

func replace(pattern string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pattern = strings.ReplaceAll(pattern, "{"+pairs[i]+"}", pairs[i+1])
	}
	return pattern
}
