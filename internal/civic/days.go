package civic

import "time"

// parseDay reads a civil date; a year or a month stands for its last day when
// last is set, else for its first.
func parseDay(date string, last bool) (time.Time, bool) {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(date)]
	t, err := time.Parse(layout, date)
	if layout == "" || err != nil {
		return time.Time{}, false
	}
	switch {
	case !last || len(date) == 10:
	case len(date) == 7:
		t = t.AddDate(0, 1, -1)
	default:
		t = t.AddDate(1, 0, -1)
	}
	return t, true
}

// LastDay is the last day of a civil date: 2023 and 2023-12 end on 2023-12-31.
// "" when it is no date.
func LastDay(date string) string {
	t, ok := parseDay(date, true)
	if !ok {
		return ""
	}
	return t.Format(time.DateOnly)
}

// DaysBetween counts the days from one civil date to a later one, negative when it
// is earlier; 0 when one of them is no date. Coarse dates stand for their last day.
func DaysBetween(from, to string) int {
	a, okA := parseDay(from, true)
	b, okB := parseDay(to, true)
	if !okA || !okB {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// AddMonths is the day some months after a day, at the latest the last one of
// its month; "" when it is no date.
func AddMonths(date string, months int) string {
	t, ok := parseDay(date, true)
	if !ok {
		return ""
	}
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1).Format(time.DateOnly)
}

// LastDay is the day on which the plan ends, as exactly as it is known; that of
// its last period when the plan does not say; "" when nothing does.
func (p Plan) LastDay() string {
	if day := LastDay(p.End.Date); day != "" {
		return day
	}
	if n := len(p.Periods); n > 0 {
		return p.Periods[n-1].End
	}
	if p.EndYear > 0 {
		return LastDay(time.Date(p.EndYear, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	return ""
}

// MadeOn is the day on which an ID was made, in UTC: IDs begin with their time.
// "" when it is none of ours. It says nothing of the blind IDs of contributions.
func MadeOn(id string) string {
	if !IsID(id) {
		return ""
	}
	raw, err := idAlphabet.DecodeString(id)
	if err != nil {
		return ""
	}
	var milli int64
	for _, b := range raw[:6] {
		milli = milli<<8 | int64(b)
	}
	return time.UnixMilli(milli).UTC().Format(time.DateOnly)
}
