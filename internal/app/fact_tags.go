package app

import (
	"strconv"
	"strings"

	"avow/internal/civic"
)

func itoa(n int) string { return strconv.Itoa(n) }

// tags adds what the newest edition says that has the tag. Answers of "no" are
// not listed; unsaid supplies them where two states are compared.
func (l *factList) tags(c civic.Commitment) {
	seen := map[string]bool{}
	for i := len(c.Tags) - 1; i >= 0; i-- {
		t := c.Tags[i]
		for _, name := range t.Yes {
			l.tag(seen, name, "yes")
		}
		for _, u := range t.Unknown {
			l.tag(seen, u.Name, missingValue(u.Missing))
		}
		for slug := range asked()[t.Edition] {
			seen[slug] = true
		}
	}
}

func (l *factList) tag(seen map[string]bool, name, value string) {
	slug := civic.Slug(name)
	if !seen[slug] {
		seen[slug] = true
		l.add("tag."+slug, value)
	}
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
