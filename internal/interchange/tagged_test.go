package interchange

import (
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func TestTaggedRowsKeepWhatIsUnknownApartFromNo(t *testing.T) {
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	title := func(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }
	p := Parsed{Edition: taxonomy.Edition2017, Drafts: []Draft{
		{Member: MemberRef{Name: "UK"}, Commitment: civic.Commitment{Title: title("1. Open data"), Tags: []civic.EditionTags{
			{Edition: taxonomy.Edition2017, Yes: []string{"Open Data", "A tag nobody knows"}, Unknown: []civic.UnknownTag{{Name: "E-government"}}}}}},
		{Member: MemberRef{Name: "Scotland, United Kingdom"}, Commitment: civic.Commitment{Title: title("Open data")}},
	}}
	got := Tagged(p, line.Newest())
	r := got.Rows[0]
	if len(r.Yes) != 2 || r.Yes[0] != "open-data" || r.Yes[1] != "a-tag-nobody-knows" || len(r.Unknown) != 1 || r.Unknown[0] != "e-government" {
		t.Errorf("%+v", r)
	}
	if len(got.Tags) != len(TagNames(taxonomy.Edition2017)) || got.Edition != taxonomy.Edition2017 || r.Source != "ogp-2017" {
		t.Errorf("%+v", got)
	}
	if r.Member != got.Rows[1].Member || r.Key == got.Rows[1].Key {
		t.Errorf("a country and its part: %q %q", r.Key, got.Rows[1].Key)
	}
}
