package interchange

import (
	"testing"

	"avow/internal/taxonomy"
)

func TestTheTaxonomyKnowsTheTagsOfEveryEdition(t *testing.T) {
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, edition := range Editions() {
		version, g, err := line.Version(i + 1)
		if err != nil || version.Edition != edition || taxonomy.Editions()[i] != edition {
			t.Fatalf("version %d is %+v, %v", i+1, version, err)
		}
		names := TagNames(edition)
		for _, name := range names {
			tag, ok := g.Find(name)
			if written, asked := tag.In(edition); !ok || !asked || written != name || tag.Name("en").Text != name {
				t.Errorf("%q of %s is %+v", name, edition, tag)
			}
		}
		asked := 0
		for tag := range g.All() {
			if _, ok := tag.In(edition); ok {
				asked++
			}
		}
		if asked != len(names) {
			t.Errorf("%s has %d tags, the taxonomy knows %d", edition, len(names), asked)
		}
	}
}
