package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
)

// exportBatch is how many subjects an export holds at a time.
const exportBatch = 200

// eachAsOf reads subjects in the given order, a batch at a time, as they were
// when the record had the snapshot's size: an export is one state of the record
// however long it takes, and holds no transaction open while somebody downloads.
// Subjects that were erased, or that are newer, are left out.
func (a *App) eachAsOf(ctx context.Context, s *snapshot, kind civic.Kind, ids []string, use func(store.Version) error) error {
	for batch := range slices.Chunk(ids, exportBatch) {
		if err := ctx.Err(); err != nil {
			return err
		}
		newest, err := a.store.NewestOf(ctx, kind, batch)
		if err != nil {
			return fmt.Errorf("read for export: %w", err)
		}
		for _, id := range batch {
			v, ok := newest[id]
			if ok && v.Entry >= s.head.Size {
				if v, ok, err = a.asOf(ctx, s, kind, id); err != nil {
					return err
				}
			}
			if !ok || v.Erased {
				continue
			}
			if err := use(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// asOf returns a subject's newest version that the snapshot knows.
func (a *App) asOf(ctx context.Context, s *snapshot, kind civic.Kind, id string) (store.Version, bool, error) {
	versions, err := a.store.Versions(ctx, kind, id)
	if err != nil {
		return store.Version{}, false, fmt.Errorf("read for export: %w", err)
	}
	for _, v := range slices.Backward(versions) {
		if v.Entry < s.head.Size {
			return v, true, nil
		}
	}
	return store.Version{}, false, nil
}

// eachCommitment decodes the commitments of rows, in their order.
func (a *App) eachCommitment(ctx context.Context, s *snapshot, ids []string, use func(civic.Commitment, store.Version) error) error {
	return a.eachAsOf(ctx, s, civic.KindCommitment, ids, func(v store.Version) error {
		var c civic.Commitment
		if err := json.Unmarshal(v.Body, &c); err != nil {
			return fmt.Errorf("decode commitment %s: %w", v.ID, err)
		}
		return use(c, v)
	})
}

// subjectIDs lists the IDs of a kind in the order of creation.
func (a *App) subjectIDs(ctx context.Context, kind civic.Kind) ([]string, error) {
	var ids []string
	err := a.store.EachNewest(ctx, kind, func(v store.Version) error {
		ids = append(ids, v.ID)
		return nil
	})
	return ids, err
}

// created lists the IDs of rows in the order of their creation.
func created(rows []*row) []string {
	slices.SortFunc(rows, func(a, b *row) int { return cmp.Compare(a.ord, b.ord) })
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = string(r.id)
	}
	return ids
}
