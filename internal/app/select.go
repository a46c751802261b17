package app

import (
	"context"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/taxonomy"
)

// The filters, as bits: which of them a row fails.
const (
	failMember = 1 << iota
	failRegion
	failTag
	failYear
	failCompletion
	failLang
	failPlan
	failFacet
	failScope
)

// A search answers in two groups: commitments whose title matches, then the rest.
const (
	groupTitle = iota
	groupText
	groups
)

// selection is a filter, understood: numbers of the dictionaries, -1 for a value
// that is well formed but that nothing here has, and what the search found.
type selection struct {
	*snapshot
	filter CommitmentFilter
	asks   int // bits of the filters that are set

	member, tag, completion, lang, plan int
	facet, scope                        int // places in taxonomy.Facets and Scopes
	region                              int // place in civic.Regions
	year                                int
	hits                                *hits // nil: everything
}

// select understands a filter. A value that can never exist (a region that OGP
// does not have, a word that is no completion, no facet or no scope) is Invalid and named; a member,
// tag, plan or language that is not here selects nothing.
func (a *App) selectBy(ctx context.Context, s *snapshot, f CommitmentFilter) (*selection, error) {
	sel := &selection{snapshot: s, filter: f, region: slices.Index(civic.Regions, civic.Region(strings.ToLower(f.Region))), year: f.Year}
	ask := func(bit int, value string, by map[string]int) int {
		if value == "" {
			return -1
		}
		sel.asks |= bit
		if n, ok := by[value]; ok {
			return n
		}
		return -1
	}
	sel.member = ask(failMember, strings.ToLower(f.Member), s.memberBy)
	if sel.tag = s.tagNumber(f.Tag); f.Tag != "" {
		sel.asks |= failTag
	}
	sel.completion = ask(failCompletion, f.Completion, s.completionBy)
	sel.lang = ask(failLang, strings.ToLower(f.Lang), s.langBy)
	sel.plan = ask(failPlan, strings.ToLower(f.Plan), s.planBy)
	if f.Region != "" {
		sel.asks |= failRegion
	}
	if f.Year != 0 {
		sel.asks |= failYear
	}
	if sel.facet = slices.Index(taxonomy.Facets, taxonomy.Facet(f.Facet)); f.Facet != "" {
		sel.asks |= failFacet
	}
	if sel.scope = slices.Index(taxonomy.Scopes, taxonomy.Scope(f.Scope)); f.Scope != "" {
		sel.asks |= failScope
	}
	switch {
	case f.Facet != "" && sel.facet < 0:
		return nil, invalid("facet", f.Facet)
	case f.Scope != "" && sel.scope < 0:
		return nil, invalid("scope", f.Scope)
	case f.Region != "" && sel.region < 0:
		return nil, invalid("region", f.Region)
	case f.Year != 0 && (f.Year < FirstYear || f.Year > LastYear):
		return nil, invalid("year", strconv.Itoa(f.Year))
	case f.Completion != "" && sel.completion < 0 && !slices.Contains(completionOrder(), f.Completion):
		return nil, invalid("completion", f.Completion)
	case f.Lang != "" && !langForm.MatchString(f.Lang):
		return nil, invalid("lang", f.Lang)
	}
	if strings.TrimSpace(f.Q) != "" {
		var err error
		if sel.hits, err = a.index.words.find(ctx, s, f.Q); err != nil {
			return nil, err
		}
	}
	return sel, nil
}

// The years of submission that can be asked for. OGP began in 2011: the bounds
// leave room for what else may be held, and refuse what is no year.
const (
	FirstYear = 2000
	LastYear  = 2100
)

var langForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

func invalid(field string, value any) error {
	return &civic.Error{Kind: civic.Invalid, Key: "query." + field, Field: field, Args: map[string]any{"value": value}}
}

// fails returns the bits of the filters that the row at a position fails.
func (sel *selection) fails(i int, r *row) int {
	if sel.asks == 0 {
		return 0
	}
	f, fails := &sel.facts[i], 0
	if sel.asks&failMember != 0 && int(f.member) != sel.member {
		fails |= failMember
	}
	if sel.asks&failRegion != 0 && int(sel.regions[f.member]) != sel.region {
		fails |= failRegion
	}
	if sel.asks&failYear != 0 && int(f.year) != sel.year {
		fails |= failYear
	}
	if sel.asks&failCompletion != 0 && int(f.completion) != sel.completion {
		fails |= failCompletion
	}
	if sel.asks&failLang != 0 && int(f.lang) != sel.lang {
		fails |= failLang
	}
	if sel.asks&failTag != 0 && (sel.tag < 0 || !slices.Contains(sel.tagsOf(i), int32(sel.tag))) {
		fails |= failTag
	}
	if sel.asks&failFacet != 0 && sel.frames[i].facets&(1<<sel.facet) == 0 {
		fails |= failFacet
	}
	if sel.asks&failScope != 0 && sel.frames[i].scope() != sel.scope {
		fails |= failScope
	}
	if sel.asks&failPlan != 0 && !slices.ContainsFunc(r.plans, func(p place) bool { return int(p.plan) == sel.plan }) {
		fails |= failPlan
	}
	return fails
}

// each calls use with every row that the search found, in the order of the list:
// the group it is in, its position, and the filters it fails.
func (sel *selection) each(use func(group, i int, r *row, fails int)) {
	if sel.hits == nil {
		for i, r := range sel.rows {
			use(groupTitle, i, r, sel.fails(i, r))
		}
		return
	}
	for group, set := range sel.hits {
		for w, word := range set {
			for ; word != 0; word &= word - 1 {
				i := w*64 + bits.TrailingZeros64(word)
				r := sel.rows[i]
				use(group, i, r, sel.fails(i, r))
			}
		}
	}
}

// completionOrder lists the values of completion, worst first, then the kinds in
// which one can be missing: the order of choices and charts.
var completionOrder = sync.OnceValue(func() []string {
	var out []string
	for _, s := range slices.Backward(review.Scales) {
		if s.Variable != "completion" {
			continue
		}
		for _, v := range s.Values {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	for _, k := range civic.MissingKinds {
		out = append(out, string(k))
	}
	out = append(out, NeverAssessed)
	return out
})
