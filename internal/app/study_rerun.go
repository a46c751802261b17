package app

import (
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// Rerun is what a study's question answers when it is asked again of the record as
// it was. Same is true when it is the frozen list, in its order.
type Rerun struct {
	Same    bool
	Found   int
	Missing []civic.CommitmentID // of the frozen list, not found again
	More    []civic.CommitmentID // found, and not in the frozen list
}

// RerunStudy asks a study's question again of the record as it was when the list
// was frozen, from the record's entries alone: the commitments, members, plans and
// tags of that moment. Of a study that was frozen from another record this is a Conflict.
func (a *App) RerunStudy(ctx context.Context, who civic.Caller, id study.ID) (Rerun, error) {
	s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
	if err != nil {
		return Rerun{}, err
	}
	if err := who.AskAnywhere(civic.MayCode); err != nil {
		return Rerun{}, err
	}
	if here, err := a.frozenHere(ctx, s); err != nil || !here {
		if err == nil {
			err = &civic.Error{Kind: civic.Conflict, Key: "study.elsewhere"}
		}
		return Rerun{}, err
	}
	found, err := a.answerAt(ctx, FilterOf(s.Query), s.Size, s.On)
	if err != nil {
		return Rerun{}, err
	}
	frozen := make([]civic.CommitmentID, len(s.Items))
	for i, item := range s.Items {
		frozen[i] = item.Commitment
	}
	out := Rerun{Same: slices.Equal(found, frozen), Found: len(found)}
	for _, c := range frozen {
		if !slices.Contains(found, c) {
			out.Missing = append(out.Missing, c)
		}
	}
	for _, c := range found {
		if !slices.Contains(frozen, c) {
			out.More = append(out.More, c)
		}
	}
	return out, nil
}

// answerAt returns what a filter selected of the record of an earlier size, on the
// day on which it had that size.
func (a *App) answerAt(ctx context.Context, f CommitmentFilter, size int64, day string) ([]civic.CommitmentID, error) {
	s, words, err := a.past(ctx, size, day)
	if err != nil {
		return nil, err
	}
	q := f.Q
	f.Q = ""
	sel, err := a.selectBy(ctx, s, f)
	if err != nil {
		return nil, err
	}
	if q != "" {
		sel.hits = words.find(s, q)
	}
	rows := sel.answer()
	out := make([]civic.CommitmentID, len(rows))
	for i, r := range rows {
		out[i] = r.id
	}
	return out, nil
}

// pastWords are the words of commitments, by the entry of their first version.
type pastWords map[int64]*[groups]map[string]bool

// find is the search of an earlier state: each word in one of its variants, all of
// them in the title, or anywhere.
func (w pastWords) find(s *snapshot, q string) *hits {
	h := &hits{newBitset(len(s.rows)), newBitset(len(s.rows))}
	query := text.Query(q)
	for i, r := range s.rows {
		of := w[r.ord]
		if of == nil || len(query) == 0 {
			continue
		}
		title, anywhere := true, true
		for _, variants := range query {
			inTitle := slices.ContainsFunc(variants, func(v string) bool { return of[groupTitle][v] })
			title = title && inTitle
			anywhere = anywhere && (inTitle || slices.ContainsFunc(variants, func(v string) bool { return of[groupText][v] }))
		}
		switch {
		case title:
			h[groupTitle].set(int32(i))
		case anywhere:
			h[groupText].set(int32(i))
		}
	}
	if id, isID := civic.ParseOGPID(q); isID {
		h.lift(s, id)
	}
	return h
}

// past makes the index of an earlier size of the record, from its entries.
func (a *App) past(ctx context.Context, size int64, day string) (*snapshot, pastWords, error) {
	x := newFacetIndex(a.store, a.tags)
	var changes []taxonomy.Change
	err := eachUntil(ctx, a.store, civic.KindTagChange, size, func(c taxonomy.Change) { changes = append(changes, c) })
	if err != nil {
		return nil, nil, err
	}
	timeline, err := taxonomy.NewTimeline(changes)
	if err != nil {
		return nil, nil, err
	}
	fresh, words := map[int64]*row{}, pastWords{}
	err = a.store.FacetsAt(ctx, size, func(p store.PastCommitment) error {
		fresh[p.Ord] = x.row(p.FacetRow)
		of := &[groups]map[string]bool{groupTitle: {}, groupText: {}}
		for _, w := range p.TitleWords {
			of[groupTitle][w] = true
		}
		for _, w := range p.BodyWords {
			of[groupText][w] = true
		}
		words[p.Ord] = of
		return nil
	})
	if err == nil {
		err = eachUntil(ctx, a.store, civic.KindPlan, size, func(p civic.Plan) { put(&x.planOf, x.plans.number(p.ID), p) })
	}
	if err == nil {
		err = eachUntil(ctx, a.store, civic.KindMember, size, func(m civic.Member) { put(&x.memberOf, x.members.number(m.ID), m) })
	}
	if err != nil {
		return nil, nil, err
	}
	return x.snapshot(nil, store.Head{Size: size}, timeline.At(day), fresh), words, nil
}

// eachUntil gives every version of a kind below a size of the record, in its order.
func eachUntil[T civic.Subject](ctx context.Context, st *store.Store, kind civic.Kind, size int64, use func(T)) error {
	return st.EachVersion(ctx, kind, 0, func(v store.Version) error {
		if v.Erased || v.Entry >= size {
			return nil
		}
		sub, err := decodeVersion[T](v)
		if err == nil {
			use(sub)
		}
		return err
	})
}
