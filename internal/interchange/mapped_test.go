package interchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"avow/internal/civic"
)

// example reads one of the documented examples.
func example(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "formats", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func codes(issues []Issue) string {
	var out []string
	for _, i := range issues {
		out = append(out, i.Column+":"+i.Code)
	}
	return strings.Join(out, " ")
}

func TestDocumentedCountyTableIsReadThroughItsMapping(t *testing.T) {
	p, err := ParseMapped(BytesInput("county.csv", example(t, "county.csv")), example(t, "county.map.json"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Records != 3 || len(p.Drafts) != 3 || len(p.Refused) != 0 || p.Edition != "table-example-county-2031" {
		t.Fatalf("%d records, %d drafts, refused %v, edition %s", p.Records, len(p.Drafts), p.Refused, p.Edition)
	}
	if got := codes(p.Warnings); got != "Until:date_words First step due:date_impossible" {
		t.Errorf("warnings %s", got)
	}
	d := p.Drafts[0]
	if d.Row != 3 || d.Number != "1" || d.Member.Name != "Example County" || d.Member.Regime != civic.Local || d.Plan.Number != "1" ||
		d.Plan.EndYear != 2032 || d.Plan.Title.String() != "County open government plan" {
		t.Errorf("first draft %+v", d)
	}
	c := d.Commitment
	if c.Start.Date != "2031-02-01" || c.End.Date != "2032-12-31" || c.Submitted != 2031 || c.Title[0].Guessed || c.Title[0].Lang != "en" {
		t.Errorf("first commitment %+v", c)
	}
	wantParts := []civic.Part{{Role: civic.Lead, Name: "Roads Office"}, {Role: civic.Supporting, Name: "Finance Office"}, {Role: civic.Supporting, Name: "Riders' Union"}}
	if !reflect.DeepEqual(c.Parts, wantParts) {
		t.Errorf("institutions %+v", c.Parts)
	}
	if want := []civic.EditionTags{{Edition: p.Edition, Yes: []string{"Open Data"}}}; !reflect.DeepEqual(c.Tags, want) {
		t.Errorf("tags %+v", c.Tags)
	}
	want := []civic.Assessment{{Product: "local_end_of_commitment", Edition: p.Edition, Year: 2033,
		Ratings: []civic.Rating{{Variable: "completion", Scale: "completion/2017", Value: "substantial"}}}}
	if !reflect.DeepEqual(c.Assessments, want) {
		t.Errorf("ratings %+v", c.Assessments)
	}
	if len(c.Milestones) != 1 || c.Milestones[0].Code != "1" || c.Milestones[0].Due.Date != "2031-04-15" {
		t.Errorf("milestones %+v", c.Milestones)
	}
	for _, cell := range c.Sources[0].Cells {
		if strings.Contains(cell.Value, "@") {
			t.Errorf("a contact is in the source's cells: %v", cell)
		}
	}
	second, third := p.Drafts[1].Commitment, p.Drafts[2].Commitment
	if second.End.Words != "autumn 2032" || second.End.Decided() || len(second.Milestones) != 0 {
		t.Errorf("second commitment %+v", second)
	}
	if m := second.Assessments[0].Ratings[0].Missing; m == nil || *m != (civic.Missing{Kind: civic.NotApplicable, Code: "n/a"}) || second.Assessments[0].NoYear == nil {
		t.Errorf("missing rating %+v", second.Assessments)
	}
	if m := third.Parts[0].Missing; m == nil || m.Kind != civic.NotApplicable || len(third.Tags[0].Unknown) != 1 || third.Tags[0].Unknown[0].Missing.Code != "?" {
		t.Errorf("third commitment: %+v, %+v", third.Parts, third.Tags)
	}
}

func TestDocumentedBilingualTableIsReadThroughItsMapping(t *testing.T) {
	p, err := ParseMapped(BytesInput("bilingual.csv", example(t, "bilingual.csv")), example(t, "bilingual.map.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Drafts) != 2 || len(p.Refused)+len(p.Warnings) != 0 {
		t.Fatalf("%d drafts, refused %v, warnings %v", len(p.Drafts), p.Refused, p.Warnings)
	}
	a, b := p.Drafts[0].Commitment, p.Drafts[1].Commitment
	if a.OGPID != "LT9001" || a.Title.In("fr").Text != "Ouvrir les archives" || a.Title.In("fr").Guessed || a.URL != "https://example.org/archives" {
		t.Errorf("first commitment %+v", a)
	}
	if !reflect.DeepEqual(a.Tags[0].Yes, []string{"Open Data", "Culture"}) || a.Start.Date != "2031-05" {
		t.Errorf("tags %v, start %v", a.Tags, a.Start)
	}
	if b.OGPID != "" || len(b.Text) != 1 || b.Parts != nil || !b.End.IsZero() {
		t.Errorf("second commitment %+v", b)
	}
	if m, ok := FindMember(p.Drafts[1].Member); !ok || m.Code != "MKD" {
		t.Errorf("member %+v", p.Drafts[1].Member)
	}
	cells := a.Sources[0].Cells
	if n := len(cells); cells[n-2].Column != "Link" || cells[n-1].Column != "#K" {
		t.Errorf("two columns of one name in the cells: %v", cells)
	}
}

func TestMappedWorkbookGivesTheSameAsTheTableInCSV(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(example(t, "bilingual.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := NewXLSXWriter(&b, "Plans")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	mapping := example(t, "bilingual.map.json")
	want, err := ParseMapped(BytesInput("bilingual.csv", example(t, "bilingual.csv")), mapping)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseMapped(BytesInput("bilingual.xlsx", b.Bytes()), mapping)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("workbook gives %+v, CSV %+v", got, want)
	}
}

func TestMappingErrorsNameTheKeyAndItsLine(t *testing.T) {
	good := string(example(t, "county.map.json"))
	for name, c := range map[string]struct {
		old, new, code, key string
		line                int
	}{
		"unknown key":        {`"list_separator"`, `"list_seperator"`, "map_key_unknown", "list_seperator", 7},
		"unknown field":      {`"text": "What`, `"body": "What`, "map_key_unknown", "body", 18},
		"key twice":          {`"language": "en",`, `"language": "en", "language": "fr",`, "key_twice", "language", 6},
		"column and const":   {`"region": "europe"`, `"title": "x"`, "key_twice", "title", 17},
		"wrong type":         {`"header_line": 2`, `"header_line": "2"`, "map_value", "header_line", 5},
		"no such date order": {"day-month-year", "dmy", "map_value", "date_order", 8},
		"no such missing":    {"not_reported", "unheard_of", "map_value", "?", 11},
		"no such scale":      {"completion/2017", "completion/1900", "map_value", "scale", 0},
		"no such product":    {`"local_end_of_commitment"`, `"blog"`, "map_value", "product", 0},
		"no such value":      {`"substantial"`, `"nearly"`, "map_value", "mostly", 0},
		"no member":          {`"member": "Example County",`, ``, "map_needs", "member", 0},
		"not a mapping":      {`"avow-map"`, `"other"`, "map_value", "format", 2},
		"cut off":            {"contacts", "contacts\n", "not_json", "", 52},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Fatalf("%s: nothing changed", name)
		}
		_, err := ParseMapped(BytesInput("county.csv", example(t, "county.csv")), []byte(text))
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != "import."+c.code || c.key != "" && e.Args["key"] != c.key || c.line != 0 && e.Args["line"] != c.line {
			t.Errorf("%s: %v %v; want %s of %q on line %d", name, err, e.Args, c.code, c.key, c.line)
		}
	}
	if _, err := ParseMapped(BytesInput("county.csv", example(t, "county.csv")), nil); err == nil {
		t.Error("a table without a mapping is taken")
	}
}

func TestColumnsOfAMappingMustBeInTheTableOnce(t *testing.T) {
	table := BytesInput("x.csv", []byte("A,B,A\n1,2,3\n"))
	mapping := func(column string) []byte {
		return []byte(`{"format":"avow-map","version":1,"name":"x","constants":{"member":"Serbia","plan":"1"},"columns":{"title":"` + column + `"}}`)
	}
	for column, key := range map[string]string{"A": "import.map_column_twice", "C": "import.map_column_missing", "#D": "import.map_column_missing"} {
		_, err := ParseMapped(table, mapping(column))
		if e, ok := err.(*civic.Error); !ok || e.Key != key {
			t.Errorf("column %s: %v, want %s", column, err, key)
		}
	}
	p, err := ParseMapped(table, mapping("#C"))
	if err != nil || len(p.Drafts) != 1 || p.Drafts[0].Commitment.Title.String() != "3" {
		t.Errorf("column by its letter: %v %+v", err, p)
	}
}

func TestAColumnOfContactsCanBeNothingPublic(t *testing.T) {
	table := BytesInput("x.csv", []byte("Title,Mail\nOne,official@example.org\n"))
	const rating = `{"column":"#A","variable":"completion","scale":"completion/2017","product":"results_report"`
	for name, also := range map[string]string{
		"":                     ``,
		"a field":              `"columns":{"title":"Title","lead":"Mail"}`,
		"a text in French":     `"columns":{"title":"Title","text.fr":"Mail"}`,
		"a field, by letter":   `"columns":{"title":"Title","url":"#B"}`,
		"a tag":                `"tags":[{"column":"Mail","separator":";"}]`,
		"a rating":             `"ratings":[` + strings.Replace(rating, "#A", "Mail", 1) + `}]`,
		"the year of a rating": `"ratings":[` + rating + `,"year_column":"Mail"}]`,
		"a milestone's lead":   `"milestones":[{"title":"Title","lead":"Mail"}]`,
	} {
		if !strings.Contains(also, "columns\"") {
			also = strings.TrimSuffix(`"columns":{"title":"Title"},`+also, ",")
		}
		p, err := ParseMapped(table, []byte(`{"format":"avow-map","version":1,"name":"x","constants":{"member":"Serbia","plan":"1"},"contacts":["Mail"],`+also+`}`))
		if name == "" {
			if err != nil || len(p.Drafts) != 1 || len(p.Drafts[0].Commitment.Sources[0].Cells) != 1 {
				t.Errorf("a contact that is nothing else: %v %+v", err, p)
			}
			continue
		}
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != "import.map_contact_public" || e.Args["column"] != "Mail" && e.Args["column"] != "#B" {
			t.Errorf("a contact that is also %s: %v", name, err)
		}
	}
}

func TestRowsThatAMappingCannotReadAreRefusedAndDoubtsAreTold(t *testing.T) {
	mapping := []byte(`{"format":"avow-map","version":1,"name":"x","language":"en","columns":{"member":"m","plan":"p","title":"t","ogp_id":"i","key":"k","end":"e","url":"u","submitted":"y","region":"r"},
"tags":[{"column":"g","tag":"Open Data"}],"ratings":[{"column":"c","variable":"completion","scale":"completion/2017","product":"results_report"}]}`)
	rows := "m,p,t,i,k,e,u,y,r,g,c\n" +
		"Serbia,1,One,RS0001,a,03/04/2031,ftp://x,soon,moon,maybe,done\n" +
		",1,Two,,,,,,,,\n" + "Serbia,,Three,,,,,,,,\n" + "Serbia,1,,,,,,,,,\n" + "Serbia,1,Five,RS1,,,,,,,\n" + "Serbia,1,Six,,a,,,,,,\n" +
		"Serbia,1,Seven,,b,,,,,1,complete\n"
	p, err := ParseMapped(BytesInput("x.csv", []byte(rows)), mapping)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := codes(p.Refused), "m:field_missing p:field_missing t:field_missing i:ogp_id_form k:key_twice_table"; got != want {
		t.Errorf("refused %s, want %s", got, want)
	}
	if got, want := codes(p.Warnings), "r:value_unknown y:year_form e:date_ambiguous u:url_form g:value_unknown c:rating_unknown"; got != want {
		t.Errorf("warnings %s, want %s", got, want)
	}
	if len(p.Drafts) != 2 || len(p.Drafts[0].Commitment.Assessments) != 0 || len(p.Drafts[0].Commitment.Tags[0].Yes) != 0 {
		t.Fatalf("drafts %+v", p.Drafts)
	}
	if a := p.Drafts[1].Commitment.Assessments; len(a) != 1 || a[0].Ratings[0].Value != "complete" {
		t.Errorf("a scale's own word needs no mapping: %+v", a)
	}
}

func TestLanguageOfAMappedTableIsGuessedOnlyWhereNobodySaysIt(t *testing.T) {
	base := `{"format":"avow-map","version":1,"name":"x","constants":{"member":"Spain","plan":"1"},"columns":{"title":"t"`
	row := "t,l\nPublicar los datos abiertos de los ayuntamientos para que la ciudadanía pueda usarlos,ca\n"
	for name, c := range map[string]struct {
		mapping, lang string
		guessed       bool
	}{
		"nobody":       {base + `}}`, "es", true},
		"the mapping":  {base + `},"language":"gl"}`, "gl", false},
		"the row":      {base + `,"language":"l"},"language":"gl"}`, "ca", false},
		"the constant": {strings.Replace(base, `"plan":"1"`, `"plan":"1","language":"eu"`, 1) + `}}`, "eu", false},
	} {
		p, err := ParseMapped(BytesInput("x.csv", []byte(row)), []byte(c.mapping))
		if err != nil || len(p.Drafts) != 1 {
			t.Fatalf("%s: %v %+v", name, err, p.Refused)
		}
		if got := p.Drafts[0].Commitment.Title[0]; got.Lang != c.lang || got.Guessed != c.guessed {
			t.Errorf("%s says it: %s, guessed %v; want %s, %v", name, got.Lang, got.Guessed, c.lang, c.guessed)
		}
	}
}

func FuzzMapping(f *testing.F) {
	f.Add(example(f, "county.map.json"), example(f, "county.csv"))
	f.Add(example(f, "bilingual.map.json"), example(f, "bilingual.csv"))
	f.Fuzz(func(t *testing.T, mapping, table []byte) {
		if p, err := ParseMapped(BytesInput("f", bytes.Clone(table)), mapping); err == nil {
			checkAccount(t, p)
		}
	})
}
