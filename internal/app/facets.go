package app

import (
	"cmp"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// facetCounts holds, for each filter, how many commitments each choice would leave:
// those that pass all other filters.
type facetCounts struct {
	member, tag, completion, lang []int32
	year                          []int32 // by year
	region                        []int32 // as in civic.Regions, then none
	facet, scope                  []int32 // as in taxonomy.Facets and Scopes
}

func newFacetCounts(s *snapshot) *facetCounts {
	return &facetCounts{
		member: make([]int32, len(s.members)), tag: make([]int32, len(s.tags)),
		completion: make([]int32, len(s.completions)), lang: make([]int32, len(s.langs)),
		year: make([]int32, s.lastYear+1), region: make([]int32, noRegion+1),
		facet: make([]int32, len(taxonomy.Facets)), scope: make([]int32, len(taxonomy.Scopes)),
	}
}

// count adds the row at a position that fails the given filters: with none it counts for every
// filter, with one for that filter alone.
func (n *facetCounts) count(s *snapshot, i int, fails int) {
	if fails&(fails-1) != 0 || fails == failPlan {
		return
	}
	f := &s.facts[i]
	if fails == 0 || fails == failMember {
		n.member[f.member]++
	}
	if fails == 0 || fails == failRegion {
		n.region[s.regions[f.member]]++
	}
	if fails == 0 || fails == failYear {
		n.year[f.year]++
	}
	if fails == 0 || fails == failCompletion {
		n.completion[f.completion]++
	}
	if fails == 0 || fails == failLang {
		n.lang[f.lang]++
	}
	if fails == 0 || fails == failTag {
		for _, t := range s.tagsOf(i) {
			n.tag[t]++
		}
	}
	if fails == 0 || fails == failFacet {
		eachBit(s.frames[i].facets, func(place int) { n.facet[place]++ })
	}
	if fails == 0 || fails == failScope {
		n.scope[s.frames[i].scope()]++
	}
}

// facets turns counts into the filters' choices: those that something has, and
// the chosen one even when nothing has it.
func (sel *selection) facets(n *facetCounts) []Facet {
	s, f := sel.snapshot, sel.filter
	chosenLang := f.Lang
	if sel.lang >= 0 {
		chosenLang = s.langs[sel.lang]
	}
	return []Facet{
		sel.regionFacet(n),
		memberFacet(s, n, sel),
		sel.tagFacet(n),
		fixedFacet("facet", taxonomy.Facets, n.facet, f.Facet),
		fixedFacet("scope", taxonomy.Scopes, n.scope, f.Scope),
		sel.yearFacet(n),
		listFacet("completion", s.completions, n.completion, f.Completion, byCompletion),
		listFacet("lang", s.langs, n.lang, chosenLang, strings.Compare),
	}
}

// fixedFacet makes a filter whose choices are fixed, in their order.
func fixedFacet[T ~string](name string, values []T, n []int32, chosen string) Facet {
	f := Facet{Name: name}
	for i, v := range values {
		if n[i] > 0 || string(v) == chosen {
			f.Choices = append(f.Choices, Choice{Value: string(v), Count: int(n[i]), Selected: string(v) == chosen})
		}
	}
	return f
}

// listFacet makes a filter whose choices are a dictionary's values.
func listFacet(name string, values []string, n []int32, chosen string, order func(a, b string) int) Facet {
	f := Facet{Name: name}
	found := chosen == ""
	for i, v := range values {
		if v != "" && (n[i] > 0 || v == chosen) {
			found = found || v == chosen
			f.Choices = append(f.Choices, Choice{Value: v, Count: int(n[i]), Selected: v == chosen})
		}
	}
	if !found {
		f.Choices = append(f.Choices, Choice{Value: chosen, Selected: true})
	}
	slices.SortFunc(f.Choices, func(a, b Choice) int { return order(a.Value, b.Value) })
	return f
}

// tagFacet offers tags; the value is the tag's ID, also where the filter names it
// otherwise.
func (sel *selection) tagFacet(n *facetCounts) Facet {
	chosen := civic.Slug(sel.filter.Tag)
	if sel.tag >= 0 {
		chosen = sel.tags[sel.tag]
	}
	f := listFacet("tag", sel.tags, n.tag, chosen, strings.Compare)
	f.Names = make(map[string]civic.Text, len(f.Choices))
	for i, c := range f.Choices {
		names := civic.Text{{Lang: "en", Text: strings.ReplaceAll(c.Value, "-", " ")}}
		if n := sel.tagNumber(c.Value); n >= 0 {
			names = sel.tagNames(n)
		}
		f.Names[c.Value], f.Choices[i].Label = names, names.In("en").Text
	}
	return f
}

// memberFacet offers members by name; the value is the slug.
func memberFacet(s *snapshot, n *facetCounts, sel *selection) Facet {
	f := Facet{Name: "member"}
	keys := map[string]string{}
	for i, m := range s.members {
		chosen := sel.asks&failMember != 0 && i == sel.member
		if n.member[i] > 0 || chosen {
			value := cmp.Or(m.Slug, string(m.ID))
			keys[value] = s.memberKeys[i]
			f.Choices = append(f.Choices, Choice{Value: value, Label: m.Name, Count: int(n.member[i]), Selected: chosen})
		}
	}
	if sel.asks&failMember != 0 && sel.member < 0 {
		f.Choices = append(f.Choices, Choice{Value: sel.filter.Member, Label: sel.filter.Member, Selected: true})
	}
	slices.SortFunc(f.Choices, func(a, b Choice) int {
		return cmp.Or(strings.Compare(keys[a.Value], keys[b.Value]), strings.Compare(a.Value, b.Value))
	})
	return f
}

func (sel *selection) regionFacet(n *facetCounts) Facet {
	f := Facet{Name: "region"}
	for i, r := range civic.Regions {
		chosen := sel.asks&failRegion != 0 && i == sel.region
		if n.region[i] > 0 || chosen {
			f.Choices = append(f.Choices, Choice{Value: string(r), Count: int(n.region[i]), Selected: chosen})
		}
	}
	return f
}

// yearFacet offers years, newest first.
func (sel *selection) yearFacet(n *facetCounts) Facet {
	f := Facet{Name: "year"}
	for y, count := range slices.Backward(n.year) {
		if y != 0 && (count > 0 || y == sel.year) {
			f.Choices = append(f.Choices, Choice{Value: itoa(y), Count: int(count), Selected: y == sel.year})
		}
	}
	if sel.year > sel.lastYear {
		f.Choices = slices.Insert(f.Choices, 0, Choice{Value: itoa(sel.year), Selected: true})
	}
	return f
}

// byCompletion orders values of completion worst first, then the missing kinds.
func byCompletion(a, b string) int {
	order := completionOrder()
	ia, ib := slices.Index(order, a), slices.Index(order, b)
	if ia < 0 {
		ia = len(order)
	}
	if ib < 0 {
		ib = len(order)
	}
	return cmp.Or(cmp.Compare(ia, ib), strings.Compare(a, b))
}
