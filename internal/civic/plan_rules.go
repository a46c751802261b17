package civic

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// How long texts may be, in characters.
const (
	MaxLine = 300    // titles, names, who decided
	MaxText = 20_000 // every longer answer
)

// MaxPeriods bounds the reporting periods of a plan.
const MaxPeriods = 40

// nextStages are the steps that a plan can take.
var nextStages = map[Stage][]Stage{
	Drafting:       {Consultation},
	Consultation:   {AdoptedStage, Drafting},
	AdoptedStage:   {Implementation},
	Implementation: {Ended},
}

// Next lists the stages that can follow: the usual one first. A plan that was
// only imported has none.
func (s Stage) Next() []Stage { return nextStages[s] }

// Lives reports whether a plan is run here.
func (p Plan) Lives() bool { return p.Stage != "" }

// Runs reports whether what was adopted stands, so that a change of it is an amendment.
func (s Stage) Runs() bool { return s == AdoptedStage || s == Implementation || s == Ended }

// Lives reports whether a commitment is run here: what was promised is changed by
// amendments alone, and no import overwrites it.
func (c Commitment) Lives() bool { return c.Proposed || c.Adopted != nil }

var (
	civilDay    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	periodKey   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,19}$`)
)

// IsDay reports whether s is a day of the calendar, YYYY-MM-DD.
func IsDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil && civilDay.MatchString(s)
}

// IsLanguage reports whether s has the form of a language's tag ("en", "pt-BR").
func IsLanguage(s string) bool { return languageTag.MatchString(s) }

// CheckPlan says what is wrong with a plan that somebody opens here.
func CheckPlan(p Plan) Errors {
	var e Errors
	switch {
	case strings.TrimSpace(p.Number) == "":
		e.Add("number", "planrule.number_missing")
	case utf8.RuneCountInString(p.Number) > 20 || Slug(p.Number) == "":
		e.Add("number", "planrule.number_form", "value", p.Number)
	}
	checkText(&e, "title", p.Title, MaxLine, false)
	checkDay(&e, "start", p.Start.Date)
	checkDay(&e, "end", p.End.Date)
	if IsDay(p.Start.Date) && IsDay(p.End.Date) && p.End.Date <= p.Start.Date {
		e.Add("end", "planrule.end_before_start", "start", p.Start.Date, "end", p.End.Date)
	}
	if !slices.Contains([]Regime{National, Local, LegacyLocal, OtherRegime}, p.Regime) {
		e.Add("regime", "planrule.regime", "value", string(p.Regime))
	}
	checkLanguages(&e, p.Languages)
	return e
}

// CheckLanguages says what is wrong with the languages of a plan.
func CheckLanguages(languages []string) Errors {
	var e Errors
	checkLanguages(&e, languages)
	return e
}

func checkLanguages(e *Errors, languages []string) {
	if len(languages) == 0 {
		e.Add("languages", "planrule.languages_missing")
	}
	for i, l := range languages {
		if !IsLanguage(l) {
			e.Add("languages", "planrule.language_form", "value", l)
		} else if slices.Contains(languages[:i], l) {
			e.Add("languages", "planrule.language_twice", "value", l)
		}
	}
}

// checkDay notes a date that is missing or is no day.
func checkDay(e *Errors, field, day string) bool {
	switch {
	case day == "":
		e.Add(field, "planrule.date_missing")
	case !IsDay(day):
		e.Add(field, "planrule.date_form", "value", day)
	default:
		return true
	}
	return false
}

// checkText notes a phrase that is too long and, when the text is needed, that
// there is none.
func checkText(e *Errors, field string, t Text, limit int, needed bool) {
	if needed && strings.TrimSpace(t.String()) == "" {
		e.Add(field, "planrule.text_missing")
	}
	for _, p := range t {
		if n := utf8.RuneCountInString(p.Text); n > limit {
			e.Add(field, "planrule.text_long", "max", limit, "count", n)
			return
		}
	}
}

// checkDecision notes what is wrong with when and by whom something was decided.
func checkDecision(e *Errors, on, by, today string) {
	if checkDay(e, "on", on) && on > today {
		e.Add("on", "planrule.date_future", "value", on)
	}
	switch {
	case strings.TrimSpace(by) == "":
		e.Add("by", "planrule.by_missing")
	case utf8.RuneCountInString(by) > MaxLine:
		e.Add("by", "planrule.text_long", "max", MaxLine, "count", utf8.RuneCountInString(by))
	}
}

// CheckMove says what is wrong with a step to another stage: it must be one that
// can follow, on a day not before the last step and not after today, with who
// decided; back to drafting it needs a reason, and adopting something to adopt.
// commitments are those published for consultation.
func CheckMove(p Plan, m Move, commitments int, today string) Errors {
	var e Errors
	if !slices.Contains(p.Stage.Next(), m.To) {
		e.Add("to", "planrule.move", "from", string(p.Stage), "to", string(m.To))
		return e
	}
	checkDecision(&e, m.On, m.By, today)
	if n := len(p.Moves); n > 0 && IsDay(m.On) && m.On < p.Moves[n-1].On {
		e.Add("on", "planrule.move_earlier", "value", m.On, "last", p.Moves[n-1].On)
	}
	checkText(&e, "reason", m.Reason, MaxText, p.Stage == Consultation && m.To == Drafting)
	if m.To == AdoptedStage && commitments == 0 {
		e.Add("to", "planrule.nothing_to_adopt")
	}
	return e
}

// CheckTakeOver says what is wrong with taking over an imported plan as adopted.
func CheckTakeOver(a Adoption, commitments int, today string) Errors {
	var e Errors
	checkDecision(&e, a.On, a.By, today)
	if commitments == 0 {
		e.Add("", "planrule.nothing_to_adopt")
	}
	return e
}

// CheckInstitution says what is wrong with an institution.
func CheckInstitution(i Institution) Errors {
	var e Errors
	checkText(&e, "name", i.Name, MaxLine, true)
	return e
}

// CheckAmendment says what is wrong with an amendment's day, reason and body.
func CheckAmendment(a Amendment, adopted *Adoption, today string) Errors {
	var e Errors
	checkDecision(&e, a.On, a.By, today)
	if adopted != nil && IsDay(a.On) && a.On < adopted.On {
		e.Add("on", "planrule.amended_earlier", "value", a.On, "adopted", adopted.On)
	}
	checkText(&e, "reason", a.Reason, MaxText, true)
	return e
}

// CheckPeriods says what is wrong with the reporting periods that a plan shall
// have. Those with reports keep their key and their days. Fields are named
// "period.0.start" and so on.
func CheckPeriods(p Plan, periods []Period, reported map[string]bool) Errors {
	var e Errors
	if len(periods) > MaxPeriods {
		e.Add("periods", "planrule.periods_many", "max", MaxPeriods)
		return e
	}
	seen := map[string]bool{}
	for i, next := range periods {
		at := "period." + strconv.Itoa(i) + "."
		switch {
		case !periodKey.MatchString(next.Key):
			e.Add(at+"key", "planrule.period_key", "value", next.Key)
		case seen[next.Key]:
			e.Add(at+"key", "planrule.period_twice", "value", next.Key)
		}
		seen[next.Key] = true
		checkText(&e, at+"title", next.Title, MaxLine, false)
		start, end, due := checkDay(&e, at+"start", next.Start), checkDay(&e, at+"end", next.End), checkDay(&e, at+"due", next.Due)
		if start && end && next.End < next.Start {
			e.Add(at+"end", "planrule.end_before_start", "start", next.Start, "end", next.End)
		}
		if due && end && next.Due < next.End {
			e.Add(at+"due", "planrule.period_due", "due", next.Due, "end", next.End)
		}
		if start && p.Start.Decided() && next.Start < p.Start.first() {
			e.Add(at+"start", "planrule.period_before_plan", "start", next.Start, "plan", p.Start.Date)
		}
		if i > 0 && start && IsDay(periods[i-1].End) && next.Start <= periods[i-1].End {
			e.Add(at+"start", "planrule.period_overlaps", "start", next.Start, "end", periods[i-1].End)
		}
	}
	for _, old := range p.Periods {
		if !reported[old.Key] {
			continue
		}
		i := slices.IndexFunc(periods, func(n Period) bool { return n.Key == old.Key })
		if i < 0 {
			e.Add("periods", "planrule.period_reported", "value", old.Key)
		} else if n := periods[i]; n.Start != old.Start || n.End != old.End || n.Due != old.Due {
			e.Add("period."+strconv.Itoa(i)+".start", "planrule.period_moved", "value", old.Key)
		}
	}
	return e
}

// SuggestPeriods cuts the days from start to end (YYYY-MM-DD) at the halves of
// the calendar year: "2026-1", "2026-2" …; reports are due a month after each.
func SuggestPeriods(start, end string) []Period {
	from, errFrom := time.Parse(time.DateOnly, start)
	to, errTo := time.Parse(time.DateOnly, end)
	if errFrom != nil || errTo != nil {
		return nil
	}
	var out []Period
	for !from.After(to) && len(out) < MaxPeriods {
		half := 1 + (int(from.Month())-1)/6
		last := time.Date(from.Year(), time.Month(half*6+1), 0, 0, 0, 0, 0, time.UTC)
		if last.After(to) {
			last = to
		}
		due := time.Date(last.Year(), last.Month()+2, 0, 0, 0, 0, 0, time.UTC) // the last day of the month after
		out = append(out, Period{
			Key:   strconv.Itoa(from.Year()) + "-" + strconv.Itoa(half),
			Start: from.Format(time.DateOnly), End: last.Format(time.DateOnly), Due: due.Format(time.DateOnly),
		})
		from = last.AddDate(0, 0, 1)
	}
	return out
}

// Hint is something that OGP recommends and nobody is held to.
type Hint struct {
	Key  string
	Args map[string]any
}

// Recommended size of a plan (domain 1.4).
const (
	FewCommitments  = 5
	ManyCommitments = 15
)

// PlanHints says in what a plan departs from what is usual: two or four years
// for a national plan, five to fifteen commitments.
func PlanHints(p Plan, commitments int) []Hint {
	var out []Hint
	if months := p.months(); p.Regime == National && months > 0 && (months < 21 || months > 27 && months < 45 || months > 51) {
		out = append(out, Hint{"planwork.hint.length", map[string]any{"months": months}})
	}
	if commitments > 0 && (commitments < FewCommitments || commitments > ManyCommitments) {
		out = append(out, Hint{"planwork.hint.size", map[string]any{"count": commitments, "few": FewCommitments, "many": ManyCommitments}})
	}
	if p.Stage.Runs() && p.Stage != Ended && len(p.Periods) == 0 {
		out = append(out, Hint{"planwork.hint.periods", nil})
	}
	return out
}

// months is how long a plan runs, 0 when its days are not known.
func (p Plan) months() int {
	start, errS := time.Parse(time.DateOnly, p.Start.Date)
	end, errE := time.Parse(time.DateOnly, p.End.Date)
	if errS != nil || errE != nil {
		return 0
	}
	return int(end.Sub(start).Hours()/24/30.44 + 0.5)
}

// YearsOf is how many years lie between two days (YYYY-MM-DD), rounded.
func YearsOf(start, end string) int {
	return (Plan{Start: When{Date: start}, End: When{Date: end}}.months() + 6) / 12
}

// first and last are the earliest and the latest day that a decided date may mean.
func (w When) first() string { return w.Date + "0000-01-01"[min(len(w.Date), 10):] }
func (w When) last() string  { return w.Date + "0000-12-31"[min(len(w.Date), 10):] }

// LastDay is the latest day that a decided date may mean: April 2026 ends on the
// 30th. It is "" when the date is not decided.
func (w When) LastDay() string {
	switch len(w.Date) {
	case 10:
		return w.Date
	case 7:
		if month, err := time.Parse("2006-01", w.Date); err == nil {
			return month.AddDate(0, 1, -1).Format(time.DateOnly)
		}
	case 4:
		return w.Date + "-12-31"
	}
	return ""
}

// Before reports whether a decided date lies wholly before another.
func (w When) Before(o When) bool { return w.Decided() && o.Decided() && w.last() < o.first() }
