package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/review"
)

// ownTable is a table of an edition with rows of our own making: each sets some
// columns by their keys, the others hold what says nothing.
func ownTable(t testing.TB, ed civic.Edition, rows ...map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewCSVWriter(&b)
	writeRows(t, w, append(HeaderRows(ed), ownRows(t, ed, rows...)...))
	return b.Bytes()
}

func ownRows(t testing.TB, ed civic.Edition, rows ...map[string]string) [][]string {
	t.Helper()
	e := editions()[ed]
	var all [][]string
	for n, set := range rows {
		row := make([]string, len(e.columns))
		for i, c := range e.columns {
			switch c.kind {
			case kindTag:
				row[i] = "0"
			case kindID:
				row[i] = fmt.Sprintf("ZZ%04d", n+1)
			case kindMember:
				row[i] = "Ruritania"
			case kindCode:
				row[i] = "RUR"
			case kindPlan:
				row[i] = "1"
			case kindPlanID:
				row[i] = "AP_RUR01"
			case kindTitle:
				row[i] = fmt.Sprintf("Open the castle archive, part %d", n+1)
			case kindRegion:
				row[i] = "Europe"
			case kindRegime:
				row[i] = "National"
			case kindLabel, kindCoded, kindFlag, kindYear, kindStart, kindEnd:
				row[i] = "NR"
			}
		}
		for key, value := range set {
			i, ok := e.places[key]
			if !ok {
				t.Fatalf("%s has no column %q", ed, key)
			}
			row[i] = value
		}
		all = append(all, row)
	}
	return all
}

func parseOwn(t *testing.T, ed civic.Edition, rows ...map[string]string) Parsed {
	t.Helper()
	parsed, err := ParseOGP(BytesInput("own.csv", ownTable(t, ed, rows...)))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestDatesAreDecidedOnlyWhenOneReadingIsLeft(t *testing.T) {
	for _, test := range []struct {
		edition civic.Edition
		cell    string
		date    string
		code    string
		missing civic.MissingKind
	}{
		{OGP2024, "12/31/2022", "2022-12-31", "", ""},
		{OGP2024, "31/12/2015", "2015-12-31", "", ""},
		{OGP2024, "1/1/2014", "2014-01-01", "", ""},
		{OGP2024, "4/5/2012", "", "date_ambiguous", ""},
		{OGP2017, "04/01/2012", "", "date_ambiguous", ""},
		{OGP2024, "31/2/2014", "", "date_impossible", ""},
		{OGP2024, "2/30/2014", "", "date_impossible", ""},
		{OGP2024, "2014-02-30", "", "date_impossible", ""},
		{OGP2024, "2/29/2016", "2016-02-29", "", ""},
		{OGP2024, "2/29/2015", "", "date_impossible", ""},
		{OGP2024, "12/31/15", "2015-12-31", "", ""},
		{OGP2024, "April 2012", "2012-04", "", ""},
		{OGP2024, "2012", "2012", "", ""},
		{OGP2024, "2012-04-05", "2012-04-05", "", ""},
		{OGP2024, "7/15/1905", "", "date_implausible", ""},
		{OGP2024, "IV quarter of 2020", "", "date_not_exact", ""},
		{OGP2024, "Ongoing", "", "date_not_exact", ""},
		{OGP2024, "Apr-12", "", "date_not_exact", ""},
		{OGP2015, "Apr-12", "2012-04", "", ""},
		{OGP2015, "13-Feb-11", "2011-02-13", "", ""},
		{OGP2015, "31-Feb-11", "", "date_impossible", ""},
		{OGP2015, "Not Specified", "", "", civic.NotSpecified},
		{OGP2015, "Unclear", "", "", civic.NotSpecified},
		{OGP2024, "NA", "", "", civic.NotApplicable},
		{OGP2024, "NR", "", "", civic.NotReported},
		{OGP2024, "ND", "", "", civic.NoData},
	} {
		when, code, _ := parseDate(test.edition, test.cell)
		missing := civic.NotMissing
		if when.Missing != nil {
			missing = when.Missing.Kind
		}
		if when.Date != test.date || code != test.code || missing != test.missing {
			t.Errorf("%s %q: date %q, code %q, missing %q", test.edition, test.cell, when.Date, code, missing)
		}
		if code != "" && when.Words != test.cell {
			t.Errorf("%q lost its words: %q", test.cell, when.Words)
		}
		again, code, _ := parseDate(test.edition, dateCell(test.edition, when))
		if code == "" && !reflect.DeepEqual(again, when) {
			t.Errorf("%q is written %q, which is %+v", test.cell, dateCell(test.edition, when), again)
		}
	}
}

func TestRowsWithFaultsAreRefusedAndOthersTaken(t *testing.T) {
	parsed := parseOwn(t, OGP2024,
		map[string]string{},
		map[string]string{"Commitment Unique Identifier": "ZZ1"},
		map[string]string{"Commitment Unique Identifier": "zz0001"},
		map[string]string{"Action Plan ID": "AP-1"},
		map[string]string{"Action Plan Number": "two"},
		map[string]string{"Action Plan Number": "NA"},
		map[string]string{"Commitment Title": ""},
		map[string]string{"Country/Locality": "ND"},
		map[string]string{"Start Date": "12/31/2022", "End Date": "6/30/2021", "Potential Impact": "Huge", "Tax": "7", "Region": "Atlantis"},
	)
	var refused, warned []string
	for _, issue := range parsed.Refused {
		refused = append(refused, fmt.Sprint(issue.Row, " ", issue.Column, " ", issue.Code))
	}
	for _, issue := range parsed.Warnings {
		warned = append(warned, fmt.Sprint(issue.Row, " ", issue.Column, " ", issue.Code))
	}
	if want := []string{
		"3 Commitment Unique Identifier ogp_id_form", "4 Commitment Unique Identifier ogp_id_twice", "5 Action Plan ID plan_id_form",
		"6 Action Plan Number plan_number_form", "7 Action Plan Number plan_missing", "8 Commitment Title title_missing", "9 Country/Locality member_missing",
	}; !slices.Equal(refused, want) {
		t.Errorf("refused %q", refused)
	}
	if want := []string{"10 Region value_unknown", "10 End Date end_before_start", "10 Tax value_unknown", "10 Potential Impact value_unknown"}; !slices.Equal(warned, want) {
		t.Errorf("warned %q", warned)
	}
	if parsed.Records != 9 || len(parsed.Drafts) != 2 || parsed.Drafts[1].Row != 10 {
		t.Errorf("%d records, %d drafts", parsed.Records, len(parsed.Drafts))
	}
}

func TestAHeaderWithAMissingOrDoubledColumnIsAnErrorThatNamesIt(t *testing.T) {
	table := ownRows(t, OGP2024, map[string]string{})
	header := HeaderRows(OGP2024)[0]
	write := func(header, row []string) []byte {
		var b bytes.Buffer
		writeRows(t, NewCSVWriter(&b), [][]string{header, row})
		return b.Bytes()
	}
	at := slices.Index(header, "Short Title")
	for name, test := range map[string]struct {
		data []byte
		key  string
	}{
		"missing": {write(slices.Delete(slices.Clone(header), at, at+1), slices.Delete(slices.Clone(table[0]), at, at+1)), "import.column_missing"},
		"doubled": {write(append(slices.Clone(header), "Short Title"), append(slices.Clone(table[0]), "x")), "import.column_twice"},
		"unknown": {[]byte("name,value\na,b\n"), "import.header_unknown"},
	} {
		_, err := ParseOGP(BytesInput("own.csv", test.data))
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != test.key || name != "unknown" && e.Args["column"] != "Short Title" {
			t.Errorf("%s: %v %+v", name, err, e)
		}
	}
	more, err := ParseOGP(BytesInput("own.csv", write(append(slices.Clone(header), "Note"), append(slices.Clone(table[0]), "kept"))))
	if err != nil || len(more.Warnings) != 1 || more.Warnings[0].Code != "column_unknown" {
		t.Fatalf("%v %+v", err, more.Warnings)
	}
	cells := more.Drafts[0].Commitment.Sources[0].Cells
	if last := cells[len(cells)-1]; last != (civic.Cell{Column: "Note", Value: "kept"}) {
		t.Errorf("the extra column became %+v", last)
	}
}

func TestALabelThatClashesWithItsCodeIsKeptWithIt(t *testing.T) {
	parsed := parseOwn(t, OGP2017, map[string]string{"Specificity": "None", "_Specificity": "1", "Potential impact": "NR", "_Pot Impact Coded": "3", "Completion (progress report)": "a. Not Started", "_CompletionProgress": "2"})
	if len(parsed.Warnings) != 2 || parsed.Warnings[0].Code != "label_code_clash" || parsed.Warnings[1].Column != "Potential impact" {
		t.Errorf("warnings %+v", parsed.Warnings)
	}
	ratings := map[string]civic.Rating{}
	for _, a := range parsed.Drafts[0].Commitment.Assessments {
		if a.Product == review.ProgressReport {
			for _, r := range a.Ratings {
				ratings[r.Variable] = r
			}
		}
	}
	if r := ratings["specificity"]; r.Value != "none" || r.Coded == nil || *r.Coded != "1" || r.Scale != "specificity/2012" {
		t.Errorf("specificity %+v", r)
	}
	if r := ratings["potential_impact"]; r.Value != "" || r.Missing == nil || *r.Missing != (civic.Missing{Kind: civic.NotReported, Code: "NR"}) || *r.Coded != "3" {
		t.Errorf("potential impact %+v", r)
	}
	if r := ratings["completion"]; r.Value != "not_started" || r.Label != "a. Not Started" || r.Coded != nil {
		t.Errorf("completion %+v", r)
	}
}

func TestChangingOneRatingChangesItsCellsAlone(t *testing.T) {
	for _, table := range sharedTables {
		parsed, err := ParseOGP(sharedTable(t, table.file))
		if err != nil {
			t.Fatal(err)
		}
		e := editions()[table.edition]
		for _, d := range parsed.Drafts[:min(25, len(parsed.Drafts))] {
			before := FullRow(table.edition, d.Commitment)
			for ai, a := range d.Commitment.Assessments {
				for ri, r := range a.Ratings {
					scale, _ := review.ScaleByID(r.Scale)
					value := scale.Values[0]
					if r.Value == value {
						value = scale.Values[1]
					}
					changed := d.Commitment
					changed.Assessments = slices.Clone(changed.Assessments)
					changed.Assessments[ai].Ratings = slices.Clone(a.Ratings)
					changed.Assessments[ai].Ratings[ri] = civic.Rating{Variable: r.Variable, Scale: r.Scale, Value: value}
					for _, c := range []civic.Commitment{changed, Repack(d.Commitment, changed)} {
						checkOnly(t, e, d.Row, before, FullRow(table.edition, c), a.Product, r.Variable)
					}
				}
			}
		}
	}
}

func checkOnly(t *testing.T, e *edition, row int, before, after []string, product civic.Product, variable string) {
	t.Helper()
	some := false
	for i, c := range e.columns {
		own := c.product == product && c.variable == variable
		if before[i] != after[i] && !own {
			t.Errorf("row %d: changing %s of %s changed column %q", row, variable, product, c.key)
		}
		some = some || own && before[i] != after[i]
	}
	if !some {
		t.Errorf("row %d: changing %s of %s changed nothing", row, variable, product)
	}
}

func TestOlderRowsStayAsTheyAreWhenANewerEditionSpeaks(t *testing.T) {
	old := parseOwn(t, OGP2015, map[string]string{"Commitment Title": "Open the archive ", "Start": "Apr-12", "Supporting Institution": "Abbey;Guild", "Open Data": "1"}).Drafts[0].Commitment
	recent := parseOwn(t, OGP2017, map[string]string{"Commitment Title": "Open the archive", "Start Date": "04/01/2012", "Supporting Institution(s)": "Abbey", "Open Data": "0"}).Drafts[0].Commitment
	row2015, row2017 := FullRow(OGP2015, old), FullRow(OGP2017, recent)
	merged := recent
	merged.Tags = append(slices.Clone(old.Tags), recent.Tags...)
	merged.Assessments = append(slices.Clone(old.Assessments), recent.Assessments...)
	merged.Sources = append(slices.Clone(old.Sources), recent.Sources...)
	merged = Repack(old, merged)
	if got := FullRow(OGP2015, merged); !slices.Equal(got, row2015) {
		t.Errorf("the older row changed: %q", got)
	}
	if got := FullRow(OGP2017, merged); !slices.Equal(got, row2017) {
		t.Errorf("the newer row changed: %q", got)
	}
	corrected := merged
	corrected.Title = civic.Text{{Lang: "en", Text: "Open the whole archive"}}
	corrected = Repack(merged, corrected)
	if got := FullRow(OGP2015, corrected); !slices.Equal(got, row2015) {
		t.Errorf("a correction changed the older row: %q", got)
	}
	row2017[editions()[OGP2017].places["Commitment Title"]] = "Open the whole archive"
	if got := FullRow(OGP2017, corrected); !slices.Equal(got, row2017) {
		t.Errorf("a correction did not change exactly the newest row's title: %q", got)
	}
}

func TestAnExportReadAgainGivesTheSameBytes(t *testing.T) {
	for _, table := range sharedTables {
		first, err := ParseOGP(sharedTable(t, table.file))
		if err != nil {
			t.Fatal(err)
		}
		csv := export(t, table.edition, first, "export.csv")
		exports := map[string][]byte{"export.csv": csv}
		if table.edition == OGP2024 {
			exports["export.xlsx"] = export(t, table.edition, first, "export.xlsx")
		}
		for name, data := range exports {
			again, err := ParseOGP(BytesInput(name, data))
			if err != nil {
				t.Fatal(err)
			}
			if got := export(t, table.edition, again, "export.csv"); !bytes.Equal(got, csv) {
				t.Errorf("%s of %s read again gives other bytes", name, table.edition)
			}
			if !reflect.DeepEqual(first.Drafts, again.Drafts) {
				t.Errorf("%s of %s read again gives other drafts", name, table.edition)
			}
		}
	}
}

func export(t *testing.T, ed civic.Edition, parsed Parsed, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewCSVWriter(&b)
	if strings.HasSuffix(name, ".xlsx") {
		var err error
		if w, err = NewXLSXWriter(&b, "Commitments"); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(WriteOGP(ed, w, func(yield func(civic.Commitment) error) error {
		for _, d := range parsed.Drafts {
			if err := yield(d.Commitment); err != nil {
				return err
			}
		}
		return nil
	}), w.Close())
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzParseOGP(f *testing.F) {
	for _, ed := range Editions() {
		f.Add(ownTable(f, ed, map[string]string{}, map[string]string{"Full Text": "=1+1"}))
	}
	broken := ownTable(f, OGP2017, map[string]string{"Start Date": "31/2/2014", "End Date": "4/5/12", "Lead Institution": ";a;;NA;", "Specificity": "c. high", "_Specificity": "9"})
	f.Add(broken)
	f.Add([]byte(strings.ReplaceAll(string(broken), ",", ";")))
	f.Add(broken[:len(broken)-9])
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, err := ParseOGP(BytesInput("x", data))
		if err != nil {
			return
		}
		if parsed.Records != len(parsed.Drafts)+len(parsed.Refused) {
			t.Fatalf("%d records, %d drafts, %d refused", parsed.Records, len(parsed.Drafts), len(parsed.Refused))
		}
		for _, d := range parsed.Drafts {
			if d.Plan.Number == "" || d.Member.Name == "" || d.Commitment.Title.String() == "" {
				t.Fatalf("row %d lacks what a draft needs", d.Row)
			}
			row := FullRow(parsed.Edition, d.Commitment)
			c := d.Commitment
			c.Sources = []civic.Source{Pack(parsed.Edition, c, row)}
			if !slices.Equal(FullRow(parsed.Edition, c), row) {
				t.Fatalf("row %d does not come back", d.Row)
			}
		}
	})
}
