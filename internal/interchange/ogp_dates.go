package interchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/review"
)

var (
	isoDate     = regexp.MustCompile(`^(\d{4}(?:-\d{2}){0,2})(?: \d{2}:\d{2}:\d{2})?$`)
	slashDate   = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$`)
	namedMonth  = regexp.MustCompile(`^([A-Za-z]{3,9}) (\d{4})$`)
	shortMonth  = regexp.MustCompile(`^(?:(\d{1,2})-)?([A-Z][a-z]{2})-(\d{2})$`)
	firstYear   = 1990 // a commitment of a partnership founded in 2011 does not begin before
	lastYear    = 2100
	monthLength = 3
)

// parseDate reads a date cell of one of OGP's editions. What cannot be decided
// keeps its words, and code says why: "date_ambiguous" (two readings exist, args
// name them), "date_impossible" (no such day), "date_implausible" (a year that
// cannot be meant), "date_not_exact" (words, quarters). Code is "" when the cell
// is a date or says that it is missing.
//
// Editions mix the orders of day and month, so each cell is decided by itself: it
// is a date when only one order gives an existing day, or both give the same.
func parseDate(ed civic.Edition, cell string) (when civic.When, code string, args map[string]any) {
	if m, ok := review.MissingInstitution(cell); ok {
		if m.Kind == civic.Blank && cell == "" {
			return civic.When{}, "", nil
		}
		return civic.When{Missing: &m}, "", nil
	}
	words := civic.When{Words: cell}
	s := strings.TrimSpace(cell)
	var date string
	switch {
	case isoDate.MatchString(s):
		date = isoDate.FindStringSubmatch(s)[1]
	case slashDate.MatchString(s):
		readings := DateReadings(s)
		if len(readings) == 0 {
			return words, "date_impossible", nil
		}
		if len(readings) == 2 {
			return words, "date_ambiguous", map[string]any{"one": readings[0], "other": readings[1]}
		}
		date = readings[0]
	case namedMonth.MatchString(s):
		m := namedMonth.FindStringSubmatch(s)
		if n := monthNumber(m[1]); n > 0 {
			date = fmt.Sprintf("%s-%02d", m[2], n)
		}
	case ed == OGP2015 && shortMonth.MatchString(s):
		m := shortMonth.FindStringSubmatch(s)
		if n := monthNumber(m[2]); n > 0 {
			if date = fmt.Sprintf("20%s-%02d", m[3], n); m[1] != "" {
				day, _ := strconv.Atoi(m[1])
				date += fmt.Sprintf("-%02d", day)
			}
		}
	}
	if date == "" {
		return words, "date_not_exact", nil
	}
	when, err := civic.NewDate(date)
	switch {
	case err != nil:
		return words, "date_impossible", nil
	case when.Year() < firstYear || when.Year() > lastYear:
		return words, "date_implausible", map[string]any{"year": strconv.Itoa(when.Year())}
	}
	return when, "", nil
}

// DateReadings returns the days (YYYY-MM-DD) that a date of the form 4/5/2012 can
// mean: month first, then day first. There are two when it cannot be decided, and
// none when words is no such date or no such day exists. Two digits are a year of
// this century.
func DateReadings(words string) []string {
	m := slashDate.FindStringSubmatch(strings.TrimSpace(words))
	if m == nil {
		return nil
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	if len(m[3]) == 2 {
		year += 2000
	}
	var readings []string
	for _, order := range [2][2]int{{a, b}, {b, a}} {
		date := fmt.Sprintf("%04d-%02d-%02d", year, order[0], order[1])
		if _, err := time.Parse(time.DateOnly, date); err == nil && (len(readings) == 0 || readings[0] != date) {
			readings = append(readings, date)
		}
	}
	return readings
}

// monthNumber reads an English month by its name or its first three letters.
func monthNumber(name string) int {
	for n := time.January; n <= time.December; n++ {
		full := strings.ToLower(n.String())
		if low := strings.ToLower(name); low == full || low == full[:monthLength] {
			return int(n)
		}
	}
	return 0
}

// dateCell writes a date in an edition's way. A day that could be misread in the
// edition's own form is written YYYY-MM-DD.
func dateCell(ed civic.Edition, w civic.When) string {
	if !w.Decided() {
		if w.Missing != nil {
			return w.Missing.Code
		}
		return w.Words
	}
	switch len(w.Date) {
	case len("2006-01"):
		t, err := time.Parse("2006-01", w.Date)
		if err != nil {
			return w.Date
		}
		if ed == OGP2015 {
			return t.Format("Jan-06")
		}
		return t.Format("January 2006")
	case len(time.DateOnly):
		t, err := time.Parse(time.DateOnly, w.Date)
		if err != nil {
			return w.Date
		}
		if ed == OGP2015 {
			return t.Format("2-Jan-06")
		}
		if t.Day() <= 12 && t.Day() != int(t.Month()) {
			return w.Date
		}
		if ed == OGP2017 {
			return t.Format("01/02/2006")
		}
		return t.Format("1/2/2006")
	}
	return w.Date
}

// endsBefore reports whether end lies before start at the coarser precision of
// the two.
func endsBefore(start, end civic.When) bool {
	n := min(len(start.Date), len(end.Date))
	return n > 0 && end.Date[:n] < start.Date[:n]
}
