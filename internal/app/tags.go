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

// Tags returns every tag that some commitment carries, by name, with the
// editions that have it.
func (a *App) Tags(ctx context.Context) ([]TagItem, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := a.parts.current(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]TagItem, 0, len(parts.tags))
	for slug := range parts.tags {
		out = append(out, tagItem(s, parts, slug))
	}
	slices.SortFunc(out, func(a, b TagItem) int { return strings.Compare(a.Slug, b.Slug) })
	return out, nil
}

// Tag returns one tag; nothing there is NotFound.
func (a *App) Tag(ctx context.Context, slug string) (TagItem, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return TagItem{}, err
	}
	parts, err := a.parts.current(ctx)
	if err != nil {
		return TagItem{}, err
	}
	slug = TagSlug(slug)
	if parts.tags[slug] == nil {
		return TagItem{}, notFound("tag", slug)
	}
	return tagItem(s, parts, slug), nil
}

func tagItem(s *snapshot, parts *partSums, slug string) TagItem {
	t := TagItem{Slug: slug}
	if n, ok := s.tagBy[slug]; ok {
		t.Commitments = s.sums.tagged[n]
	}
	for edition, n := range parts.tags[slug] {
		t.Editions = append(t.Editions, TagEdition{Edition: edition, Name: n.name, Yes: n.yes, Unknown: n.unknown})
	}
	slices.SortFunc(t.Editions, func(a, b TagEdition) int { return compareEditions(a.Edition, b.Edition) })
	if n := len(t.Editions); n > 0 {
		t.Name = t.Editions[n-1].Name
	}
	return t
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

// tagName returns what the newest edition with the tag calls it, or the slug.
func tagName(slug string) string {
	for _, e := range slices.Backward(interchange.Editions()) {
		if name, ok := asked()[e][slug]; ok {
			return name
		}
	}
	return strings.ReplaceAll(slug, "-", " ")
}
