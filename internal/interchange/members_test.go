package interchange

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

// sourceFile returns the path of a published table beside the repository.
func sourceFile(t *testing.T, name string) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil && os.Getenv("CI") != "true" {
		t.Skip("the published tables are not beside the repository (../shared/data)")
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

func TestReferenceListOfMembersIsWellFormed(t *testing.T) {
	list := members().list
	if len(list) != 111 {
		t.Errorf("list has %d members, want 111", len(list))
	}
	code := regexp.MustCompile(`^([A-Z]{3,6})?$`)
	prefix := regexp.MustCompile(`^([A-Z]{2,6})?$`)
	slugs := map[string]bool{}
	codes := map[string]bool{}
	for _, m := range list {
		codes[m.Code] = true
	}
	for _, m := range list {
		if !code.MatchString(m.Code) || !prefix.MatchString(m.Prefix) {
			t.Errorf("%s: code %q, prefix %q", m.Name, m.Code, m.Prefix)
		}
		if m.Slug != civic.Slug(m.Name) || slugs[m.Slug] {
			t.Errorf("%s: slug %q is not the name's or is there twice", m.Name, m.Slug)
		}
		slugs[m.Slug] = true
		if m.Region != "" && !slices.Contains(civic.Regions, m.Region) {
			t.Errorf("%s: region %q", m.Name, m.Region)
		}
		if local := m.Regime == civic.Local || m.Regime == civic.LegacyLocal; local != (m.Within != "") || local && !codes[m.Within] {
			t.Errorf("%s: regime %q within %q", m.Name, m.Regime, m.Within)
		}
		if m.Joined != 0 && (m.Joined < 2011 || m.Joined > 2026) {
			t.Errorf("%s: joined %d", m.Name, m.Joined)
		}
	}
}

func TestFindMemberTakesCodeNameAndAliasWithoutRegardToCaseAndMarks(t *testing.T) {
	for _, c := range []struct {
		ref  MemberRef
		slug string
	}{
		{MemberRef{Name: "Macedonia"}, "north-macedonia"},
		{MemberRef{Name: "north  macedonia"}, "north-macedonia"},
		{MemberRef{Name: "UK"}, "united-kingdom"},
		{MemberRef{Name: "USA"}, "united-states"},
		{MemberRef{Name: "Slovakia"}, "slovak-republic"},
		{MemberRef{Name: "South Korea"}, "republic-of-korea"},
		{MemberRef{Name: "TÜRKIYE"}, "turkey"},
		{MemberRef{Name: "Cote d’Ivoire"}, "cote-divoire"},
		{MemberRef{Name: "Ivory Coast"}, "cote-divoire"},
		{MemberRef{Name: "Cape Verde"}, "cabo-verde"},
		{MemberRef{Name: "Kyrgyzstan"}, "kyrgyz-republic"},
		{MemberRef{Name: "anything", Code: "arba"}, "buenos-aires-argentina"},
		{MemberRef{Name: "Scotland", Code: "not a code"}, "scotland-united-kingdom"},
	} {
		if m, ok := FindMember(c.ref); !ok || m.Slug != c.slug {
			t.Errorf("%+v: %q, %v; want %q", c.ref, m.Slug, ok, c.slug)
		}
	}
	if m, ok := FindMember(MemberRef{Name: "Atlantis", Code: "ATL"}); ok {
		t.Errorf("unknown member is %q", m.Slug)
	}
	if !MemberClash(MemberRef{Name: "Serbia", Code: "MKD"}) || MemberClash(MemberRef{Name: "Macedonia", Code: "MKD"}) {
		t.Error("clash of name and code is not told right")
	}
}

func TestNewMemberOfAnUnknownReferenceHoldsOnlyWhatTheReferenceSays(t *testing.T) {
	got := NewMember(MemberRef{Name: " São Miguel ", Region: civic.Europe})
	want := civic.Member{Slug: "sao-miguel", Name: "São Miguel", Region: civic.Europe, Regime: civic.National}
	if got.Slug != want.Slug || got.Name != want.Name || got.Region != want.Region || got.Regime != want.Regime || got.Code != "" {
		t.Errorf("got %+v", got)
	}
}

func TestEveryMemberOfThePublishedTablesIsInTheReferenceList(t *testing.T) {
	for _, c := range []struct {
		file         string
		header       int
		name         string
		code, region string
		id           string
	}{
		{"ogp/commitments-2015.csv", 1, "Country", "", "", ""},
		{"ogp/commitments-2017.csv", 2 - 1, "Country", "", "", ""},
		{"ogp/commitments-2024.csv", 0, "Country/Locality", "Code", "Region", "Commitment Unique Identifier"},
		{"ogp-members/data.csv", 0, "Country Code", "Country Code", "", ""},
	} {
		f, err := os.Open(sourceFile(t, c.file))
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		h := rows[c.header]
		h[0] = strings.TrimPrefix(h[0], "\ufeff")
		cell := func(row []string, column string) string {
			if i := slices.Index(h, column); column != "" && i >= 0 {
				return row[i]
			}
			return ""
		}
		regions := map[string]civic.Region{"Africa and the Middle East": civic.Africa, "Americas": civic.Americas,
			"Asia and the Pacific": civic.Asia, "Europe": civic.Europe}
		for _, row := range rows[c.header+1:] {
			ref := MemberRef{Name: cell(row, c.name), Code: cell(row, c.code)}
			m, ok := FindMember(ref)
			switch {
			case !ok:
				t.Errorf("%s: %+v is not in the list", c.file, ref)
			case MemberClash(ref):
				t.Errorf("%s: name and code of %+v mean two members", c.file, ref)
			case c.region != "" && m.Region != regions[cell(row, c.region)]:
				t.Errorf("%s: %s is in %q, the list says %q", c.file, ref.Name, cell(row, c.region), m.Region)
			case c.id != "" && !strings.HasPrefix(cell(row, c.id), m.Prefix):
				t.Errorf("%s: %s has the ID %q, the list says prefix %q", c.file, ref.Name, cell(row, c.id), m.Prefix)
			}
		}
	}
}
