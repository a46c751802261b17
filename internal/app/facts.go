package app

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// Fact is one named value of a commitment. Field names it for people and may
// occur more than once (a number in each of two plans); Value is the text, the
// canonical value, or "missing:KIND:CODE".
type Fact struct {
	Field string
	Value string

	key     string     // tells facts of one commitment apart
	when    civic.When // of a date
	lang    bool       // a text's language: news only while the text is the same
	guessed bool       // a language that was detected, not told
	own     bool       // a cell of one source that no other field gives back
}

// SameFact reports whether two facts say the same: dates at the coarser
// precision, texts with white space and <br/> folded, two guessed languages always.
func SameFact(a, b Fact) bool {
	switch {
	case a.Value == b.Value:
		return true
	case a.guessed && b.guessed:
		return true
	case !a.when.IsZero() || !b.when.IsZero():
		return sameWhen(a.when, b.when)
	}
	if isMissing(a.Value) && isMissing(b.Value) {
		return strings.EqualFold(a.Value, b.Value)
	}
	return foldSpace(a.Value) == foldSpace(b.Value)
}

// Facts lists what a commitment says, in the order in which its page tells it.
// A rating is the one of the newest edition that reports that variable of that
// product; a tag that of the newest edition that has it.
func Facts(c civic.Commitment) []Fact {
	var l factList
	l.add("ogp_id", c.OGPID)
	l.add("member", string(c.Member))
	for _, p := range c.Plans {
		l.put(Fact{Field: "plan", Value: string(p.Plan), key: "plan/" + string(p.Plan)})
		l.put(Fact{Field: "plan.number", Value: p.Number, key: "plan.number/" + string(p.Plan)})
	}
	l.text("title", c.Title)
	l.text("short_title", c.Short)
	l.text("text", c.Text)
	l.text("theme", c.Theme)
	l.when("start", c.Start)
	l.when("end", c.End)
	l.year("submitted", c.Submitted)
	l.add("lead", partNames(c.Parts, civic.Lead))
	l.add("supporting", partNames(c.Parts, civic.Supporting))
	l.add("url", c.URL)
	l.ratings(c)
	l.tags(c)
	l.living(c)
	l.milestones(c.Milestones)
	for _, e := range c.Absent {
		l.add("absent."+string(e), "yes")
	}
	for _, n := range c.Notes {
		l.put(Fact{Field: "note", Value: n.Text.String(), key: "note/" + n.Source + "/" + foldSpace(n.Text.String())})
	}
	if c.Placeholder {
		l.add("placeholder", "yes")
	}
	for _, s := range c.Sources {
		for _, cell := range s.Cells {
			l.put(Fact{Field: "source." + cell.Column, Value: cell.Value, key: "source/" + string(s.Edition) + "/" + cell.Column, own: true})
		}
	}
	l.tellApart()
	return l
}

type factList []Fact

func (l *factList) put(f Fact) {
	if f.Value == "" {
		return
	}
	if f.key == "" {
		f.key = f.Field
	}
	*l = append(*l, f)
}

// tellApart numbers facts that have the same key: a source that holds one
// assessment twice, say, must not look like a change of itself.
func (l *factList) tellApart() {
	seen := make(map[string]int, len(*l))
	for i := range *l {
		f := &(*l)[i]
		if seen[f.key]++; seen[f.key] > 1 {
			f.key += "#" + itoa(seen[f.key])
		}
	}
}

func (l *factList) add(field, value string) { l.put(Fact{Field: field, Value: value}) }

func (l *factList) year(field string, y int) {
	if y != 0 {
		l.add(field, itoa(y))
	}
}

// languageEnd ends the field of a text's language.
const languageEnd = ".language"

// text adds the original under the field's name, its language, and every other
// phrase under the name and its language.
func (l *factList) text(field string, t civic.Text) {
	for i, p := range t {
		if i == 0 {
			l.add(field, p.Text)
			l.put(Fact{Field: field + languageEnd, Value: p.Lang, lang: true, guessed: p.Guessed})
			continue
		}
		l.add(field+"."+p.Lang, p.Text)
	}
}

func (l *factList) when(field string, w civic.When) {
	l.put(Fact{Field: field, Value: whenValue(w), when: w})
}

func whenValue(w civic.When) string {
	switch {
	case w.Date != "":
		return w.Date
	case w.Missing != nil:
		return missingValue(*w.Missing)
	}
	return w.Words
}

// missingValue is how a fact tells that a value is missing and which way.
// Codes are compared without regard to case ("None Specified", "None specified").
func missingValue(m civic.Missing) string { return "missing:" + string(m.Kind) + ":" + m.Code }

func isMissing(value string) bool { return strings.HasPrefix(value, "missing:") }

// partNames joins the institutions of a role as the source writes them, sorted,
// because their order says nothing.
func partNames(parts []civic.Part, role civic.Role) string {
	var names []string
	for _, p := range parts {
		switch {
		case p.Role != role:
		case p.Missing != nil:
			names = append(names, missingValue(*p.Missing))
		default:
			names = append(names, cmp.Or(foldSpace(p.Name), string(p.Institution)))
		}
	}
	slices.Sort(names)
	return strings.Join(names, "; ")
}

// ratings adds, for each variable of each product and unit, what the newest
// edition that reports it says.
func (l *factList) ratings(c civic.Commitment) {
	for _, a := range c.Assessments {
		scope := string(a.Product)
		if a.Unit != "" {
			scope += "." + a.Unit
		}
		for _, r := range a.Ratings {
			if newestReport(c, a, r.Variable) {
				l.add("rating."+r.Variable+"."+scope, ratingValue(r))
			}
		}
		if newestReport(c, a, "") {
			if a.NoYear != nil {
				l.add("report_year."+scope, missingValue(*a.NoYear))
			}
			l.year("report_year."+scope, a.Year)
		}
	}
}

func ratingValue(r civic.Rating) string {
	if r.Missing != nil {
		return missingValue(*r.Missing)
	}
	return r.Value
}

// newestReport reports whether no newer edition has the variable of a's product
// and unit; variable "" asks for the assessment itself.
func newestReport(c civic.Commitment, a civic.Assessment, variable string) bool {
	for _, o := range c.Assessments {
		if o.Product != a.Product || o.Unit != a.Unit || editionRank(c, o.Edition) <= editionRank(c, a.Edition) {
			continue
		}
		if variable == "" && (o.Year != 0 || o.NoYear != nil) {
			return false
		}
		if slices.ContainsFunc(o.Ratings, func(r civic.Rating) bool { return r.Variable == variable }) {
			return false
		}
	}
	return true
}

// editionRank is the position of an edition among the commitment's sources,
// which stand oldest first.
func editionRank(c civic.Commitment, e civic.Edition) int {
	return slices.IndexFunc(c.Sources, func(s civic.Source) bool { return s.Edition == e })
}

// milestones adds each field of each milestone under its code, or under its
// place when the source gives no codes. Two states are compared by the milestone's
// ID: one that is taken away does not look like a change of all that follow.
func (l *factList) milestones(ms []civic.Milestone) {
	seen := map[string]int{}
	for i, m := range ms {
		code := cmp.Or(m.Code, itoa(i+1))
		if seen[code]++; seen[code] > 1 {
			code += "#" + itoa(seen[code]) // a source may use a code twice
		}
		at := "milestone." + code + "."
		var its factList
		its.text("title", m.Title)
		its.text("text", m.Text)
		its.when("start", m.Start)
		its.when("due", m.Due)
		its.text("due_in", m.DueIn)
		its.add("lead", m.Lead)
		its.text("url", m.URL)
		its.add("parent", m.Parent)
		for _, cell := range m.Cells {
			its.add(cell.Column, cell.Value)
		}
		key := at
		if m.ID != "" {
			key = "milestone/" + string(m.ID) + "."
		}
		for _, f := range its {
			f.Field, f.key = at+f.Field, key+f.key
			l.put(f)
		}
	}
}

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>`)

// foldSpace brings a text into the form in which texts are compared: NFC, each
// run of white space and <br/> one space.
func foldSpace(s string) string {
	if strings.ContainsRune(s, '<') {
		s = lineBreak.ReplaceAllString(s, " ")
	}
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// sameWhen compares two dates at the coarser precision. A date that its source
// left undecided (04/05/2012) is the same as one that agrees with a reading of it.
func sameWhen(a, b civic.When) bool {
	if a.Decided() && b.Decided() {
		return a.SameAs(b)
	}
	ra, rb := readings(a), readings(b)
	for _, x := range ra {
		for _, y := range rb {
			if strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				return true
			}
		}
	}
	if len(ra) > 0 && len(rb) > 0 {
		return false
	}
	return foldSpace(whenValue(a)) == foldSpace(whenValue(b))
}

// readings lists the dates that a When may mean: the date it has, or those that
// its words give as month/day and as day/month.
func readings(w civic.When) []string {
	if w.Decided() {
		return []string{w.Date}
	}
	return interchange.DateReadings(w.Words)
}
