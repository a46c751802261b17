package interchange

import (
	"testing"

	"avow/internal/review"
)

func TestEveryRatedColumnHasAScaleAndEveryWordingAValueOfIt(t *testing.T) {
	for _, ed := range Editions() {
		used := map[string]bool{}
		for _, c := range editions()[ed].columns {
			if c.kind != kindLabel && c.kind != kindCoded && c.kind != kindFlag {
				continue
			}
			scale, ok := review.ScaleByID(c.scale)
			if !ok {
				t.Errorf("%s, %q: no scale %q", ed, c.key, c.scale)
			}
			used[c.scale] = true
			if _, worded := wordings[ed][c.scale]; worded == (c.kind == kindFlag) {
				t.Errorf("%s, %q: wordings of %s: %v", ed, c.key, scale.ID, worded)
			}
		}
		for id, words := range wordings[ed] {
			scale, _ := review.ScaleByID(id)
			for _, w := range words {
				if !scale.Has(w.value) {
					t.Errorf("%s: %q is no value of %s", ed, w.value, id)
				}
			}
			if !used[id] {
				t.Errorf("%s words %s and has no column of it", ed, id)
			}
		}
	}
}

func TestTheEditionsHaveTheirTags(t *testing.T) {
	for ed, want := range map[string]int{"ogp-2015": 42, "ogp-2017": 43, "ogp-2024": 86} {
		n := 0
		for _, c := range editions()[Editions()[map[string]int{"ogp-2015": 0, "ogp-2017": 1, "ogp-2024": 2}[ed]]].columns {
			if c.kind == kindTag {
				n++
			}
		}
		if n != want {
			t.Errorf("%s has %d tags, want %d", ed, n, want)
		}
	}
}
