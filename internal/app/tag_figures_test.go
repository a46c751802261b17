package app

import (
	"context"
	"testing"

	"avow/internal/taxonomy"
)

func TestTheSameCommitmentsAreCountedUnderBothTaxonomies(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	out, err := a.TryTags(ctx, appendix(t))
	if err != nil {
		t.Fatal(err)
	}
	shifts, err := a.TagFigures(ctx, out.Before, out.After)
	if err != nil {
		t.Fatal(err)
	}
	want := map[taxonomy.ID]taxonomy.Shift{
		"open-digital":       {After: taxonomy.Count{Rolled: 2}},
		"e-government":       {Before: taxonomy.Count{Direct: 1, Rolled: 1}, After: taxonomy.Count{Direct: 1, Rolled: 1}},
		"digital-governance": {Before: taxonomy.Count{Direct: 1, Rolled: 1}, After: taxonomy.Count{Direct: 1, Rolled: 1}},
	}
	found := 0
	for _, s := range shifts {
		w, asked := want[s.Tag]
		if !asked {
			continue
		}
		found++
		if w.Tag = s.Tag; s != w {
			t.Errorf("%s: %+v, not %+v", s.Tag, s, w)
		}
	}
	if found != len(want) {
		t.Errorf("only %d of the tags are counted", found)
	}
}
