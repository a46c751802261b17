package app

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

func itoa(n int) string { return strconv.Itoa(n) }

// tags adds what the newest edition says that has the tag. Answers of "no" are
// not listed; unsaid supplies them where two states are compared.
func (l *factList) tags(c civic.Commitment) {
	eachTag(c, func(name string, missing *civic.Missing) {
		value := "yes"
		if missing != nil {
			value = missingValue(*missing)
		}
		l.add("tag."+civic.Slug(name), value)
	})
}

// eachTag calls use with the tags that the newest edition with each tag answers
// with yes (missing is nil) or leaves open, the newest edition first.
func eachTag(c civic.Commitment, use func(name string, missing *civic.Missing)) {
	seen := map[string]bool{}
	tell := func(at int, name string, missing *civic.Missing) {
		slug := civic.Slug(name)
		if !seen[slug] && !askedLater(c.Tags[at+1:], slug) {
			seen[slug] = true
			use(name, missing)
		}
	}
	for i, t := range slices.Backward(c.Tags) {
		for _, name := range t.Yes {
			tell(i, name, nil)
		}
		for _, u := range t.Unknown {
			tell(i, u.Name, &u.Missing)
		}
	}
}

// askedLater reports whether one of the editions has a column for the tag.
func askedLater(later []civic.EditionTags, slug string) bool {
	return slices.ContainsFunc(later, func(t civic.EditionTags) bool { return tagAsked(t.Edition, slug) })
}

// unsaid returns what a commitment says of a fact that Facts leaves out: a tag
// that one of its editions asks and that has no answer there was answered with no.
func unsaid(f Fact, c civic.Commitment) (Fact, bool) {
	slug, ok := strings.CutPrefix(f.key, "tag.")
	if !ok {
		return Fact{}, false
	}
	for _, t := range c.Tags {
		if tagAsked(t.Edition, slug) {
			return Fact{Field: f.Field, Value: "no", key: f.key}, true
		}
	}
	return Fact{}, false
}
