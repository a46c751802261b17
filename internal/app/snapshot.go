package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// snapshot is the index of one state of the record. It never changes.
type snapshot struct {
	head   store.Head
	number uint64 // of this snapshot: no other of the index has it
	rows   []*row // in the order of lists

	proposed []*row  // for consultation: on their plans' pages, and nowhere else
	at       []int32 // position in rows by ord, -1 where the entry is no commitment's first

	facts    []fact // of rows, by position
	graph    *taxonomy.Graph
	tagged   []int32 // tags of all rows with those above them, in their order
	lastYear int     // the highest year of submission
	regions  []uint8 // place in civic.Regions by number of member, noRegion for none

	members     []civic.Member // by number, as in row
	plans       []civic.Plan
	memberKeys  []string // sort keys
	planKeys    []string
	tags        []string // by number: those of the graph, then those of sources that it does not know
	langs       []string
	completions []string

	strangeTags map[string]int // numbers of those that the graph does not know
	tagCounts   []taxonomy.Count
	tagWords    []wordOf // what the numbers of row.tags mean
	tagFrames   []frame  // what each tag proposes
	frames      []frame  // of rows, by position

	memberBy     map[string]int // lower-case ID, code, slug, prefix
	planBy       map[string]int // lower-case ID, slug, source ID
	langBy       map[string]int
	completionBy map[string]int
	institutions map[civic.MemberID][]civic.InstitutionID
	bodies       int // number of institutions

	sums sums
}

// fact is what counting needs of a row. Facts lie in the order of counting, which
// rows do not: it is memory that makes counting slow.
type fact struct {
	member           int32
	tags             uint32 // end in tagged; the row before it says where they begin
	completion, lang uint32
	year             int16 // of submission, 0 when not known
}

// tagsOf returns the tags of the row at a position.
func (s *snapshot) tagsOf(i int) []int32 {
	from := uint32(0)
	if i > 0 {
		from = s.facts[i-1].tags
	}
	return s.tagged[from:s.facts[i].tags]
}

// covers reports whether the snapshot knows the record up to its head.
func (s *snapshot) covers(h store.Head) bool {
	return s != nil && s.head.Origin == h.Origin && s.head.Size == h.Size && s.head.Root == h.Root
}

// snapshot makes the next snapshot out of the old one's rows and the fresh ones.
func (x *facetIndex) snapshot(old *snapshot, head store.Head, graph *taxonomy.Graph, fresh map[int64]*row) *snapshot {
	s := &snapshot{
		head: head, number: x.number, members: x.memberOf, plans: x.planOf,
		graph: graph, langs: slices.Clone(x.langs.values), completions: slices.Clone(x.completions.values),
		langBy: map[string]int{}, completionBy: maps.Clone(x.completions.at),
		memberBy: map[string]int{}, planBy: map[string]int{}, bodies: len(x.institutions),
		institutions: map[civic.MemberID][]civic.InstitutionID{},
	}
	// Whatever a row names has an element, even when the subject itself was erased.
	for i, id := range x.members.values {
		if i >= len(s.members) || s.members[i].ID == "" {
			put(&s.members, i, civic.Member{ID: id})
		}
	}
	for i, id := range x.plans.values {
		if i >= len(s.plans) || s.plans[i].ID == "" {
			put(&s.plans, i, civic.Plan{ID: id})
		}
	}
	s.name()
	for i, l := range s.langs {
		claim(s.langBy, l, i)
	}
	for id, m := range x.institutions {
		s.institutions[m] = append(s.institutions[m], id)
	}
	of := s.numberTags(x.tags.values)
	s.order(old, fresh)
	s.fillTags(of)
	s.sum()
	return s
}

// name fills the ways in which people name members and plans. A code counts
// before a slug, both before the letters of OGP IDs.
func (s *snapshot) name() {
	s.memberKeys, s.planKeys = make([]string, len(s.members)), make([]string, len(s.plans))
	for i, m := range s.members {
		s.memberKeys[i] = memberSortKey(m)
	}
	for i, p := range s.plans {
		s.planKeys[i] = planSortKey(p)
	}
	for _, name := range []func(civic.Member) string{
		func(m civic.Member) string { return string(m.ID) },
		func(m civic.Member) string { return m.Code },
		func(m civic.Member) string { return m.Slug },
		func(m civic.Member) string { return m.Prefix },
	} {
		for i, m := range s.members {
			claim(s.memberBy, name(m), i)
		}
	}
	for _, name := range []func(civic.Plan) string{
		func(p civic.Plan) string { return string(p.ID) },
		func(p civic.Plan) string { return p.Slug },
		func(p civic.Plan) string { return p.SourceID },
	} {
		for i, p := range s.plans {
			claim(s.planBy, name(p), i)
		}
	}
}

func claim(by map[string]int, name string, i int) {
	name = strings.ToLower(name)
	if _, taken := by[name]; !taken && name != "" {
		by[name] = i
	}
}

// order puts the rows into the order of lists. The old rows are in it already,
// unless a member was renamed or the like, so a few fresh ones cost little.
func (s *snapshot) order(old *snapshot, fresh map[int64]*row) {
	compare := s.comparison()
	var kept []*row
	if old != nil {
		kept = make([]*row, 0, len(old.rows))
		for _, r := range old.rows {
			if _, replaced := fresh[r.ord]; !replaced {
				kept = append(kept, r)
			}
		}
		if !slices.IsSortedFunc(kept, compare) {
			slices.SortFunc(kept, compare)
		}
	}
	if old != nil {
		s.proposed = slices.DeleteFunc(slices.Clone(old.proposed), func(r *row) bool { return fresh[r.ord] != nil })
	}
	added := slices.SortedFunc(maps.Values(fresh), compare)
	s.proposed = slices.Concat(s.proposed, slices.DeleteFunc(slices.Clone(added), func(r *row) bool { return !r.proposed }))
	added = slices.DeleteFunc(added, func(r *row) bool { return r.proposed })
	rows := make([]*row, 0, len(kept)+len(added))
	for _, r := range kept {
		for len(added) > 0 && compare(added[0], r) < 0 {
			rows, added = append(rows, added[0]), added[1:]
		}
		rows = append(rows, r)
	}
	rows = append(rows, added...)
	s.rows = rows
	last := int64(-1)
	for _, r := range rows {
		last = max(last, r.ord)
	}
	s.at = slices.Repeat([]int32{-1}, int(last+1))
	s.facts = make([]fact, len(rows))
	for i, r := range rows {
		s.at[r.ord] = int32(i)
		year := max(s.year(r), 0)
		s.facts[i] = fact{member: r.member, completion: r.completion, lang: r.lang, year: int16(year)}
		s.lastYear = max(s.lastYear, year)
	}
	s.regions = make([]uint8, len(s.members))
	for i, m := range s.members {
		s.regions[i] = uint8(noRegion)
		if at := slices.Index(civic.Regions, m.Region); at >= 0 {
			s.regions[i] = uint8(at)
		}
	}
}

// noRegion stands for a member of no region.
var noRegion = len(civic.Regions)

// comparison compares rows as orderKey does, by ranks instead of texts.
func (s *snapshot) comparison() func(a, b *row) int {
	memberRank, planRank := ranks(s.memberKeys), ranks(s.planKeys)
	planOf := func(p place) int32 {
		if p.plan < 0 {
			return -1
		}
		return planRank[p.plan]
	}
	return func(a, b *row) int {
		if c := cmp.Compare(s.year(b), s.year(a)); c != 0 {
			return c
		}
		if c := cmp.Compare(memberRank[a.member], memberRank[b.member]); c != 0 {
			return c
		}
		pa, pb := a.first(), b.first()
		if c := cmp.Compare(planOf(pa), planOf(pb)); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(pa.number, pb.number), cmp.Compare(a.ord, b.ord))
	}
}

// ranks returns the place of each key in sorted order; equal keys share a rank.
func ranks(keys []string) []int32 {
	by := make([]int, len(keys))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	out := make([]int32, len(keys))
	for place, i := range by {
		out[i] = int32(place)
		if place > 0 && keys[by[place-1]] == keys[i] {
			out[i] = out[by[place-1]]
		}
	}
	return out
}

// first is the place that sorts a commitment: that in the first plan it names.
func (r *row) first() place {
	if len(r.plans) == 0 {
		return place{plan: -1}
	}
	return r.plans[0]
}

// year is the year of submission of a commitment, or of its plan where the
// commitment's source names none.
func (s *snapshot) year(r *row) int {
	if r.year != 0 || len(r.plans) == 0 {
		return int(r.year)
	}
	return s.plans[r.plans[0].plan].Submitted
}

// key is the row's place as values.
func (s *snapshot) key(r *row) orderKey {
	k := orderKey{Year: s.year(r), Member: s.memberKeys[r.member], Number: r.first().number, Ord: r.ord}
	if p := r.first().plan; p >= 0 {
		k.Plan = s.planKeys[p]
	}
	return k
}
