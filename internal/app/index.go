package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// facetIndex answers lists, filters and counts from memory. It follows the
// record: each request compares the record's size with the snapshot's, and one
// of them reads what is new. Readers use a snapshot that never changes.
type facetIndex struct {
	store *store.Store
	now   atomic.Pointer[snapshot]
	words *wordCache
	graph *tagIndex

	mu           sync.Mutex // held while reading what is new
	number       uint64     // of the newest snapshot; never goes back
	members      dictionary[civic.MemberID]
	plans        dictionary[civic.PlanID]
	tags         dictionary[string]
	langs        dictionary[string]
	completions  dictionary[string]
	institutions map[civic.InstitutionID]civic.MemberID
	memberOf     []civic.Member // by number
	planOf       []civic.Plan
}

func newFacetIndex(st *store.Store, tags *tagIndex) *facetIndex {
	x := &facetIndex{store: st, words: newWordCache(st), graph: tags}
	x.clear()
	return x
}

// maxRefresh bounds the reading of what is new. It outlives the request that began
// it: a client that goes away takes nothing from those who wait.
const maxRefresh = 2 * time.Minute

func (x *facetIndex) clear() {
	x.now.Store(nil)
	x.members, x.plans = newDictionary[civic.MemberID](), newDictionary[civic.PlanID]()
	x.tags, x.langs, x.completions = newDictionary[string](), newDictionary[string](), newDictionary[string]()
	x.institutions = map[civic.InstitutionID]civic.MemberID{}
	x.memberOf, x.planOf = nil, nil
}

// current returns a snapshot of the record as it is now.
func (x *facetIndex) current(ctx context.Context) (*snapshot, error) {
	head, err := x.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	_, graph, err := x.graph.at(ctx, head)
	if err != nil {
		return nil, err
	}
	if s := x.now.Load(); s.covers(head) && s.graph == graph {
		return s, nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	// While this request waited the record and the snapshot may have grown.
	if head, err = x.store.Head(ctx); err != nil {
		return nil, err
	}
	if _, graph, err = x.graph.at(ctx, head); err != nil {
		return nil, err
	}
	s := x.now.Load()
	if s.covers(head) && s.graph == graph {
		return s, nil
	}
	if s == nil || s.head.Origin != head.Origin || s.head.Size >= head.Size && !s.covers(head) {
		x.clear() // nothing was read, or another database stands in the place of the one we knew
		s = nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxRefresh)
	defer cancel()
	next, err := x.refresh(ctx, s, head, graph)
	if err != nil {
		// The old snapshot stays: whatever was read in part is read again after it.
		return nil, fmt.Errorf("refresh the index: %w", err)
	}
	x.now.Store(next)
	return next, nil
}

// refresh reads every subject with an entry since the old snapshot. Commitments
// come first: what they refer to was written before them, so it is found after.
func (x *facetIndex) refresh(ctx context.Context, old *snapshot, head store.Head, graph *taxonomy.Graph) (*snapshot, error) {
	since := int64(-1)
	if old != nil {
		since = old.head.Size - 1
	}
	fresh := map[int64]*row{}
	err := x.store.Facets(ctx, since, func(f store.FacetRow) error {
		fresh[f.Ord] = x.row(f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachChanged(ctx, x.store, civic.KindInstitution, since, func(i civic.Institution) { x.institutions[i.ID] = i.Member })
	if err != nil {
		return nil, err
	}
	// A snapshot keeps its own slices: these are changed in copies only.
	x.memberOf, x.planOf = slices.Clone(x.memberOf), slices.Clone(x.planOf)
	err = eachChanged(ctx, x.store, civic.KindPlan, since, func(p civic.Plan) { put(&x.planOf, x.plans.number(p.ID), p) })
	if err != nil {
		return nil, err
	}
	err = eachChanged(ctx, x.store, civic.KindMember, since, func(m civic.Member) { put(&x.memberOf, x.members.number(m.ID), m) })
	if err != nil {
		return nil, err
	}
	x.number++
	return x.snapshot(old, head, graph, fresh), nil
}

func eachChanged[T civic.Subject](ctx context.Context, st *store.Store, kind civic.Kind, since int64, use func(T)) error {
	return st.EachChanged(ctx, kind, since, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		var sub T
		if err := json.Unmarshal(v.Body, &sub); err != nil {
			return fmt.Errorf("decode %s %s: %w", v.Kind, v.ID, err)
		}
		use(sub)
		return nil
	})
}

func (x *facetIndex) row(f store.FacetRow) *row {
	r := &row{
		id: f.ID, ogpID: f.OGPID, ord: f.Ord, entry: f.Entry, member: int32(x.members.number(f.Member)),
		milestones: int32(f.Milestones), year: int16(f.Year), demo: f.Demo, proposed: f.Proposed,
		completion: uint32(x.completions.number(cmp.Or(f.Completion, NeverAssessed))), lang: uint32(x.langs.number(f.Lang)),
	}
	if len(f.Plans) > 0 {
		r.plans = make([]place, len(f.Plans))
		for i, p := range f.Plans {
			r.plans[i].plan = int32(x.plans.number(p))
			if i < len(f.Numbers) {
				r.plans[i].number = naturalKey(f.Numbers[i])
			}
		}
	}
	if len(f.Tags) > 0 {
		r.tags = make([]uint32, len(f.Tags))
		for i, t := range f.Tags {
			r.tags[i] = uint32(x.tags.number(t))
		}
	}
	return r
}

// put sets the element at i of a slice that grows as needed.
func put[T any](s *[]T, i int, v T) {
	for len(*s) <= i {
		var zero T
		*s = append(*s, zero)
	}
	(*s)[i] = v
}

// dictionary gives each value it sees a number, from 0 in the order of sight.
type dictionary[T comparable] struct {
	values []T
	at     map[T]int
}

func newDictionary[T comparable]() dictionary[T] { return dictionary[T]{at: map[T]int{}} }

func (d *dictionary[T]) number(v T) int {
	n, ok := d.at[v]
	if !ok {
		n = len(d.values)
		d.at[v] = n
		d.values = append(d.values, v)
	}
	return n
}

// memberSortKey and planSortKey order members by name and plans by number.
func memberSortKey(m civic.Member) string { return sortKey(text.Fold(m.Name)) }
func planSortKey(p civic.Plan) string     { return naturalKey(p.Number) + "\x00" + string(p.ID) }
