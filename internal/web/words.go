package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/web/ui/components/bars"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/span"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/pages"

	"avow/internal/app"
)

// words turns values into words of one language.
type words struct{ *i18n.Printer }

// missing is how a missing value is named, with the source's own code.
func (w words) missing(m civic.Missing) value.Value {
	return value.Value{Text: w.Or("missing."+string(m.Kind), string(m.Kind)), Missing: true, Code: m.Code}
}

// unassessed is the value of the completion filter for commitments of which no
// assessment is known.
const unassessed = "none"

// completion is a value of the completion scale, or a kind of missing; "" and
// unassessed are a commitment of which no assessment is known.
func (w words) completion(v string) value.Value {
	switch {
	case v == "" || v == unassessed:
		return value.Value{Text: w.T("missing.never_assessed"), Missing: true}
	case slices.Contains(civic.MissingKinds, civic.MissingKind(v)):
		return value.Value{Text: w.T("missing." + v), Missing: true}
	}
	return value.Value{Text: w.Or("scale.completion."+v, v)}
}

// rating is what an assessment says of one variable.
func (w words) rating(r civic.Rating) value.Value {
	if r.Missing != nil {
		return w.missing(*r.Missing)
	}
	v := value.Value{Text: w.scaled(r.Scale, r.Variable, r.Value)}
	var notes []string
	if r.Label != "" {
		notes = append(notes, w.T("commitment.review.label", "label", r.Label))
	}
	if r.Coded != nil {
		notes = append(notes, w.T("commitment.review.clash", "code", *r.Coded))
	}
	v.Note = strings.Join(notes, " ")
	return v
}

// scaled is the word of a value on a scale ("completion/2017").
func (w words) scaled(scale, variable, v string) string {
	family, _, _ := strings.Cut(scale, "/")
	for _, f := range []string{family, sharedWords[family], variable} {
		if word := w.Or("scale."+f+"."+v, ""); f != "" && word != "" {
			return word
		}
	}
	return v
}

// sharedWords are families of scales that use the words of another.
var sharedWords = map[string]string{"open_government_value": "open_government"}

// scaleVersion names the version of a scale ("completion/2017").
func (w words) scaleVersion(scale string) string {
	if _, version, ok := strings.Cut(scale, "/"); ok {
		return cmp.Or(w.Or("commitment.review.scale_version."+version, ""), w.T("commitment.review.scale_version", "version", w.Digits(version)))
	}
	return scale
}

// lead is a label that leads up to what stands behind it: "Completion:".
func (w words) lead(key string) string {
	return strings.TrimSpace(w.T("unit.labelled", "label", w.T(key), "value", ""))
}

// title is the title of a commitment, or the words for a source that gives none.
func (w words) title(cm civic.Commitment) phrase.Text {
	if t := phrase.Of(cm.Title.Original()); t.Text != "" {
		return t
	}
	return phrase.Text{Lang: w.Code, Dir: w.Dir, Text: w.T("commitment.title.none")}
}

// unknown is drawn where a fact is not known and no source says why.
func (w words) unknown() value.Value { return value.Value{Text: w.T("unit.unknown"), Missing: true} }

func (w words) variable(id string) string { return w.Or("variable."+id, id) }

func (w words) product(id civic.Product) string { return w.Or("product."+string(id), string(id)) }

// edition is the name of a source. Editions of trackers and tables carry their
// plan or name behind the family's ("canada-nap4-2018-2020", "table-NAME").
func (w words) edition(e civic.Edition) string {
	s := string(e)
	if word := w.Or("edition."+s, ""); word != "" {
		return word
	}
	if rest, ok := strings.CutPrefix(s, "canada-nap"); ok {
		number, years, _ := strings.Cut(rest, "-")
		return w.T("edition.canada-nap", "number", w.Digits(number), "years", w.Digits(strings.ReplaceAll(years, "-", "–")))
	}
	if rest, ok := strings.CutPrefix(s, "us-nap"); ok {
		return w.T("edition.us-nap", "number", w.Digits(rest))
	}
	if rest, ok := strings.CutPrefix(s, "ogp-site-"); ok {
		return w.T("edition.ogp-site.state", "number", w.Digits(rest))
	}
	if rest, ok := strings.CutPrefix(s, "table-"); ok {
		return w.T("edition.table", "name", rest)
	}
	return s
}

func (w words) region(r civic.Region) string {
	if r == "" {
		return w.T("filter.region.none")
	}
	return w.Or("region."+string(r), string(r))
}

// when is a date in words: decided, in the source's words, or missing.
func (w words) when(d civic.When) string {
	switch {
	case d.Decided():
		return w.CivilDate(d.Date)
	case d.Words != "":
		return w.T("commitment.date_words", "words", d.Words)
	case d.Missing != nil:
		return w.missing(*d.Missing).Text
	}
	return ""
}

// whenFact is a date as a line of a summary; a missing one is drawn as missing.
func (w words) whenFact(term string, d civic.When) (pages.Fact, bool) {
	switch {
	case d.Missing != nil && !d.Decided() && d.Words == "":
		v := w.missing(*d.Missing)
		return pages.Fact{Term: term, Value: &v}, true
	case d.IsZero():
		return pages.Fact{}, false
	}
	return pages.Fact{Term: term, Text: w.when(d)}, true
}

// whenFacts are the start and the end of a commitment; what no source gives is
// drawn as missing.
func (w words) whenFacts(cm civic.Commitment) []pages.Fact {
	start, from := w.whenFact(w.T("label.start"), cm.Start)
	end, to := w.whenFact(w.T("label.end"), cm.End)
	none := value.Value{Text: w.T("commitment.promised.no_dates"), Missing: true}
	switch unknown := w.unknown(); {
	case !from && !to:
		return []pages.Fact{{Term: w.T("label.period"), Value: &none}}
	case !from:
		start = pages.Fact{Term: w.T("label.start"), Value: &unknown}
	case !to:
		end = pages.Fact{Term: w.T("label.end"), Value: &unknown}
	}
	return []pages.Fact{start, end}
}

// period is a stretch of time in words, "" when nothing of it is known.
func (w words) period(start, end civic.When) string {
	from, to := "", ""
	if start.Decided() {
		from = w.CivilDate(start.Date)
	}
	if end.Decided() {
		to = w.CivilDate(end.Date)
	}
	switch {
	case from != "" && to != "":
		return w.T("unit.range", "from", from, "to", to)
	case from != "":
		return w.T("unit.from", "from", from)
	case to != "":
		return w.T("unit.until", "to", to)
	}
	return cmp.Or(w.when(end), w.when(start))
}

// noPeriod is drawn where neither end of a stretch of time is told: the way in
// which the source says that it is missing, else that it is not known.
func (w words) noPeriod(start, end civic.When) *value.Value {
	for _, d := range []civic.When{start, end} {
		if d.Decided() || d.Words != "" {
			return nil
		}
	}
	v := w.unknown()
	for _, d := range []civic.When{end, start} {
		if d.Missing != nil {
			v = w.missing(*d.Missing)
			break
		}
	}
	return &v
}

func bar(start, end civic.When, minor bool) span.Bar {
	return span.Bar{Start: span.Month(start.Date, false), End: span.Month(end.Date, true), Minor: minor}
}

// planTimes are a plan's start and end: its dates, else its years.
func planTimes(p civic.Plan) (start, end civic.When) {
	start, end = p.Start, p.End
	if start.IsZero() && p.Submitted > 0 {
		start = civic.When{Date: year(p.Submitted)}
	}
	if end.IsZero() && p.EndYear > 0 {
		end = civic.When{Date: year(p.EndYear)}
	}
	return start, end
}

// planName is "Action plan 4".
func (w words) planName(p civic.Plan) string {
	if p.Number == "" || p.Number == "?" {
		return w.T("plan.name.unknown")
	}
	return w.T("plan.name", "number", w.Digits(p.Number))
}

// planTitle is "Chile: action plan 4".
func (w words) planTitle(member string, p civic.Plan) string {
	if p.Number == "" || p.Number == "?" {
		return w.T("plan.title.unknown", "member", member)
	}
	return w.T("plan.title", "member", member, "number", w.Digits(p.Number))
}

// inPlan is a commitment's number in its plan as the source means it, with what
// the source writes where a spreadsheet has spoilt it ("1.1000000000000001").
func (w words) inPlan(number string) string {
	if len(number) < 8 {
		return number
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	short := strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
	if short == number {
		return number
	}
	return w.T("unit.with_note", "text", short, "note", w.T("commitment.number.source", "text", number))
}

func (w words) memberName(m civic.Member) string { return w.Member(m.Code, m.Name) }

// tones give the steps of the completion scale their depth.
var tones = map[string]int{"complete": 5, "substantial": 4, "limited": 3, "not_started": 2}

// completionChart divides commitments by the completion of their latest
// assessment; those of total that no choice counts were never assessed. link
// gives the address of the list of one value, or is nil.
func (w words) completionChart(caption string, choices []app.Choice, total int, link func(string) string) bars.Chart {
	c := bars.Chart{Caption: caption, Head: [3]string{w.T("label.completion"), w.T("label.commitments"), w.T("label.share")}}
	c.Total = max(total, sum(choices))
	rows := slices.DeleteFunc(slices.Clone(choices), func(ch app.Choice) bool { return ch.Value == unassessed })
	for _, ch := range append(rows, app.Choice{Value: unassessed, Count: c.Total - sum(rows)}) {
		if ch.Count == 0 {
			continue
		}
		v := w.completion(ch.Value)
		row := bars.Row{Label: v.Text, N: ch.Count, Count: w.Number(ch.Count), Share: w.Percent(ch.Count, c.Total), Missing: v.Missing, Tone: max(tones[ch.Value], 1)}
		if link != nil {
			row.URL = link(ch.Value)
		}
		c.Rows = append(c.Rows, row)
	}
	slices.SortStableFunc(c.Rows, func(a, b bars.Row) int {
		switch {
		case a.Missing != b.Missing && a.Missing:
			return 1
		case a.Missing != b.Missing:
			return -1
		}
		return b.Tone - a.Tone
	})
	return c
}

// highCompletion says how many of a plan's assessed commitments are substantial
// or complete: "5 of 12", "5 of 8 assessed"; without any, in which ways the
// values are missing.
func (w words) highCompletion(choices []app.Choice, total int) (text string, missing []value.Value) {
	high, rated := 0, 0
	for _, ch := range choices {
		if v := w.completion(ch.Value); v.Missing {
			if ch.Count > 0 && ch.Value != "" && ch.Value != unassessed {
				missing = append(missing, v)
			}
			continue
		}
		rated += ch.Count
		if ch.Value == "substantial" || ch.Value == "complete" {
			high += ch.Count
		}
	}
	switch {
	case rated == 0 && missing == nil:
		return "", []value.Value{w.completion(unassessed)}
	case rated == 0:
		return "", missing
	case rated < total:
		return w.T("unit.of_assessed", "part", high, "whole", rated), nil
	}
	return w.T("unit.of", "part", high, "whole", rated), nil
}
