package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/store"
)

// How many items a page of a list has: when nobody says, and at most.
const (
	DefaultLimit = 20
	MaxLimit     = 200
)

// Commitments returns a page of the commitments that a filter selects, with the
// exact total and the counts of every filter's choices. The order is: newest year
// of submission, member, plan, number; with words to search for, commitments
// whose title has them come first. Limit 0 is DefaultLimit; a limit out of
// bounds, a cursor of another filter, or a value that cannot exist is Invalid.
func (a *App) Commitments(ctx context.Context, f CommitmentFilter, limit int, cursor string) (CommitmentList, error) {
	if limit == 0 {
		limit = DefaultLimit
	}
	if limit < 0 || limit > MaxLimit {
		return CommitmentList{}, invalid("limit", limit)
	}
	var after *position
	if cursor != "" {
		p, err := decodeCursor(cursor, f)
		if err != nil {
			return CommitmentList{}, err
		}
		after = &p
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return CommitmentList{}, err
	}
	sel, err := a.selectBy(ctx, s, f)
	if err != nil {
		return CommitmentList{}, err
	}
	page, counts := sel.page(limit, after)
	items, err := a.items(ctx, s, page.rows)
	if err != nil {
		return CommitmentList{}, err
	}
	out := CommitmentList{Facets: sel.facets(counts)}
	out.Total, out.Items, out.Next = page.total, items, page.next
	return out, nil
}

type rowPage struct {
	total int
	rows  []*row
	next  string
}

// page goes through the rows once: it counts, and keeps the rows of the page.
func (sel *selection) page(limit int, after *position) (rowPage, *facetCounts) {
	var out rowPage
	var last position
	n := newFacetCounts(sel.snapshot)
	sel.each(func(group, i int, r *row, fails int) {
		n.count(sel.snapshot, i, fails)
		if fails != 0 {
			return
		}
		out.total++
		switch {
		case len(out.rows) == limit:
			if out.next == "" {
				out.next = last.encode()
			}
		case after == nil || group > after.Group || group == after.Group && sel.key(r).compare(after.Key) > 0:
			out.rows = append(out.rows, r)
			if len(out.rows) == limit {
				last = position{Filter: sel.filter.hash(), Group: group, Key: sel.key(r)}
			}
		}
	})
	return out, n
}

// CommitmentsOf returns commitments by our IDs, in their order. Those that are not there
// are left out.
func (a *App) CommitmentsOf(ctx context.Context, ids ...civic.CommitmentID) ([]CommitmentItem, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]*row, len(ids))
	for i, id := range ids {
		rows[i] = &row{id: id}
	}
	return a.items(ctx, s, rows)
}

// items reads the commitments of rows with everything they refer to, in the
// order of the rows.
func (a *App) items(ctx context.Context, s *snapshot, rows []*row) ([]CommitmentItem, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = string(r.id)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, ids)
	if err != nil {
		return nil, fmt.Errorf("read commitments: %w", err)
	}
	out := make([]CommitmentItem, 0, len(rows))
	var parts []string
	for i := range rows {
		v, ok := versions[ids[i]]
		if !ok || v.Erased {
			continue
		}
		item, err := s.item(v)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
		parts = appendInstitutions(parts, item.Dossier.Commitment)
	}
	bodies, err := a.institutions(ctx, parts)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Dossier.Institutions = theirs(bodies, out[i].Dossier.Commitment)
	}
	return out, nil
}

// item makes a commitment's item from its version; institutions are left out.
func (s *snapshot) item(v store.Version) (CommitmentItem, error) {
	var c civic.Commitment
	if err := json.Unmarshal(v.Body, &c); err != nil {
		return CommitmentItem{}, fmt.Errorf("decode commitment %s: %w", v.ID, err)
	}
	return s.itemOf(c, v.Entry), nil
}

func (s *snapshot) itemOf(c civic.Commitment, entry int64) CommitmentItem {
	item := CommitmentItem{Ref: refOf(c), Entry: entry, Completion: completionOf(c), graph: s.graph}
	item.Dossier.Commitment, item.Dossier.Member = c, s.memberOf(c.Member)
	for _, p := range c.Plans {
		item.Dossier.Plans = append(item.Dossier.Plans, s.planOf(p.Plan))
	}
	return item
}

// completionOf is the value or missing kind of the latest assessment.
func completionOf(c civic.Commitment) string {
	value, missing := review.LatestCompletion(c)
	return cmp.Or(value, string(missing))
}

// refOf is the last part of a commitment's address.
func refOf(c civic.Commitment) string {
	if c.OGPID != "" {
		return c.OGPID
	}
	return string(c.ID)
}

// memberOf and planOf return what the snapshot knows of a member or plan; when it
// is newer than the snapshot, only the ID.
func (s *snapshot) memberOf(id civic.MemberID) civic.Member {
	if i, ok := s.memberBy[string(id)]; ok {
		return s.members[i]
	}
	return civic.Member{ID: id}
}

func (s *snapshot) planOf(id civic.PlanID) civic.Plan {
	if i, ok := s.planBy[string(id)]; ok {
		return s.plans[i]
	}
	return civic.Plan{ID: id}
}

func appendInstitutions(ids []string, c civic.Commitment) []string {
	for _, p := range c.Parts {
		if p.Institution != "" {
			ids = append(ids, string(p.Institution))
		}
	}
	return ids
}

// institutions reads institutions by their IDs, each once.
func (a *App) institutions(ctx context.Context, ids []string) (map[civic.InstitutionID]civic.Institution, error) {
	out := map[civic.InstitutionID]civic.Institution{}
	ids = unique(ids)
	if len(ids) == 0 {
		return out, nil
	}
	versions, err := a.store.NewestOf(ctx, civic.KindInstitution, ids)
	if err != nil {
		return nil, fmt.Errorf("read institutions: %w", err)
	}
	for id, v := range versions {
		if v.Erased {
			continue
		}
		var i civic.Institution
		if err := json.Unmarshal(v.Body, &i); err != nil {
			return nil, fmt.Errorf("decode institution %s: %w", id, err)
		}
		out[i.ID] = i
	}
	return out, nil
}

func theirs(all map[civic.InstitutionID]civic.Institution, c civic.Commitment) map[civic.InstitutionID]civic.Institution {
	out := map[civic.InstitutionID]civic.Institution{}
	for _, p := range c.Parts {
		if i, ok := all[p.Institution]; ok {
			out[i.ID] = i
		}
	}
	return out
}

func unique(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	out := ids[:0:0]
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
