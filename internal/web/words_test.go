package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/web/ui/components/phrase"
)

func english() *call { return &call{p: i18n.For("en")} }

func TestFoundWordsAreMarkedWhateverTheirEnding(t *testing.T) {
	for _, c := range []struct{ q, text, want string }{
		{"data", "Open Data portal", "Open [Data] portal"},
		{"portals", "An open portal", "An open [portal]"},
		{"transparencia", "Transparência fiscal", "[Transparência] fiscal"},
		{"", "Open data", "Open data"},
		{"zzz", "Open data", "Open data"},
		{"a", "a cat", "[a] cat"},
	} {
		got := newMarker(c.q).text(phrase.Text{Text: c.text}, 0)
		s := got.Text
		for _, p := range got.Pieces {
			if p.Found {
				s += "[" + p.Text + "]"
			} else {
				s += p.Text
			}
		}
		if s != c.want {
			t.Errorf("%q in %q: have %q, want %q", c.q, c.text, s, c.want)
		}
	}
}

func TestAnExcerptShowsTheFirstWordFoundAndKeepsItsLength(t *testing.T) {
	long := strings.Repeat("words before ", 100) + "budget " + strings.Repeat("words after ", 100)
	got := newMarker("budget").text(phrase.Text{Text: long}, 200)
	s, found := "", false
	for _, p := range got.Pieces {
		s += p.Text
		found = found || p.Found && p.Text == "budget"
	}
	if n := utf8.RuneCountInString(s); !found || n > 210 {
		t.Errorf("found %v, %d characters: %q", found, n, s)
	}
	plain := newMarker("").text(phrase.Text{Text: long}, 200)
	if n := utf8.RuneCountInString(plain.Text); n > 210 || !strings.HasSuffix(plain.Text, " …") {
		t.Errorf("%d characters: %q", n, plain.Text)
	}
}

func TestALongChangeShowsWhatDiffersWithSomeWordsAround(t *testing.T) {
	same := strings.Repeat("The ministry will publish. ", 80)
	before, after := around(same+"in 2014"+same, same+"in 2016"+same)
	for _, s := range []string{before, after} {
		if n := utf8.RuneCountInString(s); n > maxSide+10 || !strings.HasPrefix(s, "… ") || !strings.HasSuffix(s, " …") {
			t.Errorf("%d characters: %q", n, s)
		}
	}
	if !strings.Contains(before, "4") || !strings.Contains(after, "6") {
		t.Errorf("the difference is not shown: %q, %q", before, after)
	}
	if b, a := around("short", ""); b != "short" || a != "" {
		t.Errorf("short texts are changed: %q, %q", b, a)
	}
	if b, a := around("", same); b != "" || utf8.RuneCountInString(a) > maxSide+10 {
		t.Errorf("a new text: %q, %d characters", b, utf8.RuneCountInString(a))
	}
}

func TestFieldsOfTheHistoryHaveNamesForPeople(t *testing.T) {
	for field, want := range map[string]string{
		"title":                               "Title",
		"text.fr":                             "Full text in French",
		"rating.completion.progress_report":   "Completion (Progress Report)",
		"report_year.end_of_term_report":      "Year of the report (End-of-Term Report)",
		"milestone.C01.1.due":                 "Milestone C01.1: Due date",
		"source.Theme":                        "Column of the source: Theme",
		"absent.ogp-2024":                     "Missing from a later table: OGP table of July 2024",
		"tag.open-data":                       "Tag: open-data",
		"plan.number":                         "Number in the action plan",
		"something.nobody.knows":              "something.nobody.knows",
		"rating.starred.progress_report.part": "Star (Progress Report)",
	} {
		if got := english().fieldName(field); got != want {
			t.Errorf("%s: have %q, want %q", field, got, want)
		}
	}
}

func TestSidesOfAChangeAreInWords(t *testing.T) {
	c := english()
	if s := c.side("rating.completion.progress_report", "substantial"); s.Text != "Substantial" {
		t.Errorf("a rating: %+v", s)
	}
	if s := c.side("start", "missing:not_reported:NR"); s.Missing == nil || s.Missing.Text != "Not reported" || s.Missing.Code != "NR" || !s.Missing.Missing {
		t.Errorf("a missing date: %+v", s)
	}
	if s := c.side("end", "2012-04"); s.Text != "April 2012" {
		t.Errorf("a date: %+v", s)
	}
	if s := c.side("title", ""); s.None != "not given" {
		t.Errorf("nothing: %+v", s)
	}
}

func TestWhatIsMissingIsNeverDrawnAsAValue(t *testing.T) {
	w := words{i18n.For("en")}
	for _, kind := range civic.MissingKinds {
		if v := w.completion(string(kind)); !v.Missing || v.Text == "" {
			t.Errorf("%s: %+v", kind, v)
		}
		if v := w.rating(civic.Rating{Variable: "completion", Missing: &civic.Missing{Kind: kind, Code: "NR"}}); !v.Missing || v.Code != "NR" {
			t.Errorf("%s: %+v", kind, v)
		}
	}
	if v := w.completion(""); !v.Missing {
		t.Errorf("never assessed: %+v", v)
	}
	chart := w.completionChart("", []app.Choice{{Value: "not_reported", Count: 3}, {Value: "limited", Count: 1}, {Value: "complete", Count: 2}}, 10, nil)
	if len(chart.Rows) != 4 || chart.Rows[0].Label != "Complete" || !chart.Rows[2].Missing || chart.Rows[3].Label != "No assessment known here" || chart.Rows[3].N != 4 {
		t.Errorf("chart: %+v", chart.Rows)
	}
	if s, missing := w.highCompletion([]app.Choice{{Value: "not_reported", Count: 3}}, 3); s != "" || len(missing) != 1 || missing[0].Text != "Not reported" || !missing[0].Missing {
		t.Errorf("nothing assessed: %q %+v", s, missing)
	}
	if s, missing := w.highCompletion(nil, 3); s != "" || len(missing) != 1 || missing[0].Text != "No assessment known here" {
		t.Errorf("no assessment: %q %+v", s, missing)
	}
	if s, _ := w.highCompletion([]app.Choice{{Value: "limited", Count: 3}, {Value: "complete", Count: 2}}, 5); s != "2 of 5" {
		t.Errorf("assessed: %q", s)
	}
	if s, _ := w.highCompletion([]app.Choice{{Value: "complete", Count: 1}, {Value: "none", Count: 9}}, 10); s != "1 of 1 assessed" {
		t.Errorf("one of ten assessed: %q", s)
	}
}

func TestAPeriodThatIsNotToldIsDrawnAsMissing(t *testing.T) {
	w := words{i18n.For("fr")}
	na := civic.When{Missing: &civic.Missing{Kind: civic.NotApplicable, Code: "NA"}}
	if v := w.noPeriod(na, na); v == nil || !v.Missing || v.Text != "Sans objet" || v.Code != "NA" {
		t.Errorf("not applicable: %+v", v)
	}
	if v := w.noPeriod(civic.When{}, civic.When{}); v == nil || !v.Missing || v.Text == "" {
		t.Errorf("nothing known: %+v", v)
	}
	if v := w.noPeriod(na, civic.When{Date: "2016"}); v != nil {
		t.Errorf("an end: %+v", v)
	}
	if v := w.noPeriod(civic.When{}, civic.When{Words: "Ongoing"}); v != nil {
		t.Errorf("words: %+v", v)
	}
}

func TestOnlyAddressesOfTheWebBecomeLinks(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/x": true, "http://example.org": true, "javascript:alert(1)": false, "data:text/html,x": false, "//example.org": false, "see annex": false, "": false,
	} {
		if _, ok := outward(address); ok != want {
			t.Errorf("%q: %v", address, ok)
		}
	}
}

func TestSourcesHaveNames(t *testing.T) {
	w := words{i18n.For("en")}
	for id, want := range map[civic.Edition]string{
		"ogp-2017": "OGP table of 2017", "canada-nap4-2018-2020": "Canada, action plan 4 (2018–2020)", "us-nap5": "United States, action plan 5",
		"table-lists": "Table “lists”", "unheard-of": "unheard-of",
	} {
		if got := w.edition(id); got != want {
			t.Errorf("%s: have %q, want %q", id, got, want)
		}
	}
}

func TestAValueThatManyColumnsHoldIsToldOnceWithAllTheirNames(t *testing.T) {
	columns := []civic.Cell{{Column: "ID", Value: "X"}}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		columns = append(columns, civic.Cell{Column: name, Value: "0"})
	}
	columns = append(columns, civic.Cell{Column: "end", Value: "1"})
	single, shared := apart(columns)
	if len(single) != 2 || single[0].Column != "ID" || single[1].Column != "end" || len(shared) != 1 || shared[0].Column != "a · b · c · d · e · f · g · h" || shared[0].Value != "0" {
		t.Errorf("alone %v, together %v", single, shared)
	}
	if single, shared = apart(columns[:8]); len(single) != 8 || shared != nil {
		t.Errorf("seven zeros: alone %v, together %v", single, shared)
	}
}
