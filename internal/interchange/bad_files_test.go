package interchange

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

// fault parses a file that cannot be taken and returns its error.
func fault(t *testing.T, format, name string, data []byte) *civic.Error {
	t.Helper()
	_, err := Parse(format, BytesInput(name, data), nil)
	var e *civic.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s: got %v", name, err)
	}
	return e
}

func csvOf(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewCSVWriter(&b)
	writeRows(t, w, rows)
	return b.Bytes()
}

func TestEachNeededColumnOfEachEditionIsMissedByItsNameAndRow(t *testing.T) {
	for _, ed := range Editions() {
		e := editions()[ed]
		rows := append(HeaderRows(ed), ownRows(t, ed, nil)...)
		without := func(i int, change func(row []string) []string) (*civic.Error, Parsed) {
			var changed [][]string
			for _, row := range rows {
				changed = append(changed, change(slices.Clone(row)))
			}
			p, err := Parse("ogp", BytesInput("x.csv", csvOf(t, changed...)), nil)
			var told *civic.Error
			errors.As(err, &told)
			return told, p
		}
		named := map[string]int{}
		for _, c := range e.columns {
			named[strings.ToLower(foldHeading(c.heading))]++
		}
		for i, c := range e.columns {
			if c.heading == "" {
				continue
			}
			alone := named[strings.ToLower(foldHeading(c.heading))] == 1
			told, p := without(i, func(row []string) []string { return slices.Delete(row, i, i+1) })
			switch {
			case c.kind == kindContact:
				if told != nil || len(p.Drafts) != 1 {
					t.Errorf("%s without the contacts %q: %v", ed, c.key, told)
				}
			case told == nil || told.Key != "import.column_missing" || alone && told.Args["column"] != c.key || told.Args["row"] != e.lines:
				t.Errorf("%s without %q: %+v", ed, c.key, told)
			}
			told, _ = without(i, func(row []string) []string { return append(row, row[i]) })
			if told == nil || told.Key != "import.column_twice" || told.Args["column"] != foldHeading(c.heading) || told.Args["row"] != e.lines {
				t.Errorf("%s with %q twice: %+v", ed, c.key, told)
			}
		}
	}
}

func TestATableWithoutRowsIsSaidToHaveNone(t *testing.T) {
	for _, ed := range Editions() {
		if e := fault(t, "ogp", "x.csv", csvOf(t, HeaderRows(ed)...)); e.Key != "import.no_records" {
			t.Errorf("%s: %+v", ed, e)
		}
	}
}

func TestAFileOfBadRowsIsNotReadToItsEnd(t *testing.T) {
	head := csvOf(t, HeaderRows(OGP2024)...)
	e := fault(t, "ogp", "x.csv", append(head, bytes.Repeat([]byte("x\n"), maxRefused+50)...))
	if e.Key != "import.too_many_refused" || e.Args["row"] != 2 || e.Args["limit"] != maxRefused {
		t.Errorf("rows: %+v", e)
	}
	if e := fault(t, "ogp", "x.csv", append(csvOf(t, HeaderRows(OGP2024)...), bytes.Repeat([]byte("\n"), maxRows+5)...)); e.Key != "import.too_many_rows" {
		t.Errorf("empty rows: %+v", e)
	}
	if e := fault(t, "jsonl", "x", append([]byte(jsonlHeader+"\n"), bytes.Repeat([]byte("{}\n"), maxRefused+5000)...)); e.Key != "import.too_many_refused" || e.Args["row"] != 2 {
		t.Errorf("lines: %+v", e)
	}
	if e := fault(t, "jsonl", "x", append([]byte(jsonlHeader), bytes.Repeat([]byte("\n"), maxRows+5)...)); e.Key != "import.too_many_rows" {
		t.Errorf("empty lines: %+v", e)
	}
}

func TestAMessageDoesNotRepeatALongValue(t *testing.T) {
	p, err := Parse("ogp", BytesInput("x.csv", ownTable(t, OGP2024, map[string]string{"Start Date": strings.Repeat("é", 5000)})), nil)
	if err != nil || len(p.Warnings) != 1 || len([]rune(p.Warnings[0].Args["value"].(string))) != maxQuoted+1 {
		t.Errorf("%v, %.300v", err, p.Warnings)
	}
	if w := p.Drafts[0].Commitment.Start.Words; len([]rune(w)) != 5000 {
		t.Errorf("the value itself was cut: %d", len(w))
	}
}

func TestTextOfUnknownWidthIsNotTakenForATable(t *testing.T) {
	for name, text := range map[string]string{
		"UTF-16 without a mark, little": "I\x00D\x00,\x00A\x00\n\x001\x00,\x002\x00", "UTF-16 without a mark, big": "\x00I\x00D\x00,\x00A\x00\n\x001\x00,\x002",
		"UTF-32": "\xff\xfe\x00\x00I\x00\x00\x00D\x00\x00\x00",
	} {
		if e := fault(t, "ogp", "x.csv", []byte(text)); e.Key != "import.encoding_unknown" {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestWhatAFailedFormulaLeftIsSaidAndAnAddressThatIsNoneIsNoLink(t *testing.T) {
	p := parseOwn(t, OGP2024, map[string]string{"Commitment Title": "#REF!"})
	if len(p.Drafts) != 1 || len(p.Warnings) != 1 || p.Warnings[0].Code != "spreadsheet_error" || p.Warnings[0].Column != "Commitment Title" {
		t.Errorf("%+v", p.Warnings)
	}
	var link string
	for _, c := range editions()[OGP2024].columns {
		if c.kind == kindURL {
			link = c.key
		}
	}
	if link == "" {
		t.Skip("this edition has no column of addresses")
	}
	p = parseOwn(t, OGP2024, map[string]string{link: "javascript:alert(1)"})
	if len(p.Drafts) != 1 || p.Drafts[0].Commitment.URL != "" || len(p.Warnings) != 1 || p.Warnings[0].Code != "url_form" {
		t.Errorf("%+v", p.Warnings)
	}
	row := FullRow(OGP2024, p.Drafts[0].Commitment)
	if got := row[editions()[OGP2024].places[link]]; got != "javascript:alert(1)" {
		t.Errorf("the cell was lost: %q", got)
	}
}

func TestWholeNumbersOfAWorkbookComeWithoutPointOrExponent(t *testing.T) {
	for in, want := range map[string]string{"2012.0": "2012", "2.012E3": "2012", "1": "1", "8.1999999999999993": "8.1999999999999993", "1e300": "1e300", "007": "007", "-3.0": "-3", "x.0": "x.0", "": ""} {
		if got := wholeNumber(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestJSONLRefusesRatingsOffTheirScaleAndUnknownWords(t *testing.T) {
	good := strings.Split(strings.TrimSpace(string(smallJSONL(t))), "\n")
	rated := func(assessment string) string {
		i := strings.Index(good[4], `"assessments":[`)
		j := strings.Index(good[4], `,"sources":[`)
		if i < 0 || j < i {
			t.Fatalf("no assessments in %s", good[4])
		}
		return good[4][:i] + `"assessments":[` + assessment + `]` + good[4][j:]
	}
	of := func(edition, product, rating string) string {
		return `{"product":"` + product + `","edition":"` + edition + `","ratings":[` + rating + `]}`
	}
	fine := `{"variable":"completion","scale":"completion/2017","value":"limited"}`
	for name, c := range map[string]struct{ line, code string }{
		"a good one":               {rated(of("ogp-2024", "results_report", fine)), ""},
		"value off the scale":      {rated(of("ogp-2024", "results_report", strings.Replace(fine, "limited", "superb", 1))), "rating_unknown"},
		"unknown scale":            {rated(of("ogp-2024", "results_report", strings.Replace(fine, "completion/2017", "fame/1999", 1))), "scale_unknown"},
		"scale of something else":  {rated(of("ogp-2024", "results_report", strings.Replace(fine, "completion/2017", "specificity/2012", 1))), "scale_unknown"},
		"unknown variable":         {rated(of("ogp-2024", "results_report", strings.Replace(fine, `"completion"`, `"fame"`, 1))), "variable_unknown"},
		"unknown product":          {rated(of("ogp-2024", "gossip", fine)), "value_unknown"},
		"edition in no form":       {rated(of("The <b>", "results_report", fine)), "edition_form"},
		"a rating twice":           {rated(of("ogp-2024", "results_report", fine+","+fine)), "rating_twice"},
		"an assessment twice":      {rated(of("ogp-2024", "results_report", fine) + "," + of("ogp-2024", "results_report", fine)), "assessment_twice"},
		"value and missing":        {rated(of("ogp-2024", "results_report", strings.Replace(fine, "}", `,"missing":{"kind":"no_data"}}`, 1))), "value_or_missing"},
		"a year before there were": {rated(strings.Replace(of("ogp-2024", "results_report", fine), `"ratings"`, `"year":-5,"ratings"`, 1)), "year_form"},
		"an address that runs":     {strings.Replace(good[4], `,"sources":[`, `,"url":"javascript:alert(1)","sources":[`, 1), "address_form"},
		"a value of another type":  {strings.Replace(good[1], `"slug":"serbia"`, `"slug":5`, 1), "jsonl_value_type"},
		"nested without end":       {`{"kind":"member","subject":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, "jsonl_line"},
	} {
		p, err := ParseJSONL(BytesInput("x", []byte(good[0]+"\n"+c.line+"\n")))
		got := ""
		if len(p.Refused) > 0 {
			got = p.Refused[0].Code
		}
		if err != nil || got != c.code {
			t.Errorf("%s: %v, refused %+v, want %q", name, err, p.Refused, c.code)
		}
	}
}
