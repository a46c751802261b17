package interchange

import (
	"time"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// scoped holds what a person answered of a commitment's place in digital government
// against the taxonomy's lists.
func (c *subjectCheck) scoped(a *civic.ScopeAnswer) {
	if a == nil {
		return
	}
	valued(c, "scoped.roles", a.Roles, taxonomy.Roles)
	valued(c, "scoped.strands", a.Strands, taxonomy.Strands)
	valued(c, "scoped.facets", a.Facets, taxonomy.Facets)
	c.text("scoped.reason", a.Reason)
	if a.By != "" {
		valued(c, "scoped.by", []string{string(a.By)}, civic.AccessRoles)
	}
	_, err := time.Parse(time.DateOnly, a.On)
	c.need(err == nil, "scoped.on", "date_impossible", a.On)
}

// valued holds values against the ones there are, each once.
func valued[T ~string](c *subjectCheck, field string, values []string, known []T) {
	seen := map[string]bool{}
	for _, v := range values {
		c.oneOf(field, v, texts(known)...)
		c.need(!seen[v], field, "value_unknown", v)
		seen[v] = true
	}
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
