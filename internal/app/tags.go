package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// TagSlug is the part of an address that names a tag. Tags whose names differ in
// case or punctuation alone are one tag.
func TagSlug(name string) string { return civic.Slug(name) }

// Tags returns every tag of the taxonomy of today, and those of sources that it does
// not know, by ID.
func (a *App) Tags(ctx context.Context) ([]TagItem, error) {
	s, of, err := a.tagCounts(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]TagItem, 0, len(s.tags))
	for n := range s.tags {
		t := s.tagItem(n, of)
		if t.Tag.MergedInto == "" && (len(t.Editions) > 0 || t.Tag.ID != "") {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b TagItem) int { return strings.Compare(a.Slug, b.Slug) })
	return out, nil
}

// Tag returns the tag that a name leads to, whichever of its names it is; nothing
// there is NotFound.
func (a *App) Tag(ctx context.Context, name string) (TagItem, error) {
	s, of, err := a.tagCounts(ctx)
	if err != nil {
		return TagItem{}, err
	}
	n := s.tagNumber(name)
	if n < 0 {
		return TagItem{}, notFound("tag", TagSlug(name))
	}
	return s.tagItem(n, of), nil
}

// editionsOf holds what the editions say of each tag, by its number.
type editionsOf map[int][]TagEdition

// tagCounts returns the index, and what each edition says of each tag.
func (a *App) tagCounts(ctx context.Context) (*snapshot, editionsOf, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	parts, err := a.parts.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	of := editionsOf{}
	for slug, editions := range parts.tags {
		n := s.tagNumber(slug)
		if n < 0 {
			continue // written since the index was made
		}
		for edition, sum := range editions {
			of[n] = append(of[n], TagEdition{Edition: edition, Name: sum.name, Yes: sum.yes, Unknown: sum.unknown})
		}
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b TagEdition) int {
			return cmp.Or(compareEditions(a.Edition, b.Edition), cmp.Compare(a.Name, b.Name))
		})
	}
	return s, of, nil
}

func (s *snapshot) tagItem(n int, of editionsOf) TagItem {
	count := s.tagCounts[n]
	t := TagItem{Slug: s.tags[n], Names: s.tagNames(n), Commitments: count.Rolled, Direct: count.Direct, Editions: of[n]}
	if n < s.graph.Len() {
		t.Tag = s.graph.ByNumber(int32(n))
	} else if e := len(t.Editions); e > 0 {
		t.Names = civic.Text{{Lang: "en", Text: t.Editions[e-1].Name}}
	}
	t.Name = t.Names.Original().Text
	return t
}

// tagNames are the names of a tag by its number.
func (s *snapshot) tagNames(n int) civic.Text {
	if n < s.graph.Len() {
		return s.graph.ByNumber(int32(n)).Names
	}
	return civic.Text{{Lang: "en", Text: strings.ReplaceAll(s.tags[n], "-", " ")}}
}

// compareEditions puts older editions first, and those of no known age by name.
func compareEditions(a, b civic.Edition) int {
	return cmp.Or(cmp.Compare(interchange.EditionRank(a), interchange.EditionRank(b)), cmp.Compare(a, b))
}

// asked holds, for each edition with a fixed list of tags, their slugs and the
// names it gives them.
var asked = sync.OnceValue(func() map[civic.Edition]map[string]string {
	out := map[civic.Edition]map[string]string{}
	for _, e := range interchange.Editions() {
		out[e] = map[string]string{}
		for _, name := range interchange.TagNames(e) {
			out[e][civic.Slug(name)] = name
		}
	}
	return out
})

// tagAsked reports whether an edition has a column for the tag.
func tagAsked(e civic.Edition, slug string) bool {
	_, ok := asked()[e][slug]
	return ok
}
