package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"avow/internal/civic"
)

// PastCommitment is what lists and searches knew of a commitment at an earlier
// size of the record: its facets, and the words of its title and of everything else.
type PastCommitment struct {
	FacetRow
	TitleWords, BodyWords []string
}

// FacetsAt gives every commitment as the record had it when it held size entries,
// in the order of creation. A version that was erased since is left out.
func (s *Store) FacetsAt(ctx context.Context, size int64, fn func(PastCommitment) error) error {
	first, newest := map[string]int64{}, map[string]Version{}
	var order []string
	err := s.EachVersion(ctx, civic.KindCommitment, 0, func(v Version) error {
		if v.Entry >= size {
			return nil
		}
		if _, known := first[v.ID]; !known {
			first[v.ID] = v.Entry
			order = append(order, v.ID)
		}
		newest[v.ID] = v
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range order {
		v := newest[id]
		if v.Erased {
			continue
		}
		var c civic.Commitment
		if err := json.Unmarshal(v.Body, &c); err != nil {
			return fmt.Errorf("decode commitment %s: %w", id, err)
		}
		past := pastOf(c)
		past.Ord, past.Entry = first[id], v.Entry
		if err := fn(past); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// pastOf derives the facets as the tables have them.
func pastOf(c civic.Commitment) PastCommitment {
	rows, _ := deriveCommitment(c)
	of := map[string]any{}
	for i, name := range commitmentTable.columns[1:] {
		of[name] = rows[0].values[i]
	}
	text := func(name string) string { s, _ := of[name].(string); return s }
	number := func(name string) int64 { n, _ := of[name].(int64); return n }
	p := PastCommitment{FacetRow: FacetRow{ID: c.ID, OGPID: c.OGPID, Member: c.Member, Year: c.Submitted, Completion: text("completion"), Lang: text("lang"),
		Title: text("title"), TitleKey: text("title_key"), Tags: unlines(text("tags")), Milestones: int(number("milestones")), Demo: c.Demo, Proposed: c.Proposed}}
	for _, e := range c.Plans {
		p.Plans, p.Numbers = append(p.Plans, e.Plan), append(p.Numbers, e.Number)
	}
	title, _ := rows[1].values[0].(string)
	body, _ := rows[1].values[1].(string)
	p.TitleWords, p.BodyWords = strings.Fields(title), strings.Fields(body)
	return p
}
