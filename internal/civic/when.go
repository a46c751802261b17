package civic

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// When is a civil date as exact as its source: a year, a month or a day. A date
// that cannot be decided (04/05/2012: April or May?) keeps only its words; a
// missing one keeps the kind of missing.
type When struct {
	Date    string   `json:"date,omitempty"` // "2012", "2012-04", "2012-04-05", or "" when not decided
	Words   string   `json:"words,omitempty"`
	Missing *Missing `json:"missing,omitempty"`
}

// NewDate checks that date is YYYY, YYYY-MM or YYYY-MM-DD and exists in the calendar.
func NewDate(date string) (When, error) {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}[len(date)]
	if layout == "" {
		return When{}, fmt.Errorf("date %q has none of the forms YYYY, YYYY-MM, YYYY-MM-DD", date)
	}
	if _, err := time.Parse(layout, date); err != nil {
		return When{}, fmt.Errorf("date %q does not exist", date)
	}
	return When{Date: date}, nil
}

// IsZero reports whether nothing at all is known, not even that it is missing.
func (w When) IsZero() bool { return w.Date == "" && w.Words == "" && w.Missing == nil }

// Decided reports whether the date could be told.
func (w When) Decided() bool { return w.Date != "" }

// Year returns the year of a decided date, or 0.
func (w When) Year() int {
	if len(w.Date) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(w.Date[:4])
	return y
}

// SameAs compares two decided dates at the coarser precision of the two:
// April 2012 is the same as 5 April 2012.
func (w When) SameAs(o When) bool {
	if !w.Decided() || !o.Decided() {
		return w.Date == o.Date && w.Words == o.Words && w.missing() == o.missing()
	}
	return strings.HasPrefix(w.Date, o.Date) || strings.HasPrefix(o.Date, w.Date)
}

func (w When) missing() Missing {
	if w.Missing == nil {
		return Missing{}
	}
	return *w.Missing
}
