package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/store"
)

// DecidedTogether tells the decisions on tags that were written in one turn with the
// one of an entry, from that entry on and oldest first: at most limit entries. next is
// the entry from which to go on, 0 at their end. An entry that is no decision on a tag
// is NotFound.
func (a *App) DecidedTogether(ctx context.Context, from int64, limit int) (out []Sentence, next int64, err error) {
	_, limit = StoryPage{Limit: limit}.bounds()
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, 0, err
	}
	told, err := a.store.Since(ctx, max(from, 0), limit+1)
	if err != nil {
		return nil, 0, err
	}
	n := 0
	for n < len(told) && n <= limit && told[n].Kind == civic.KindCommitment && told[n].Verb == verbTag && told[n].Entry == from+int64(n) && sameTurn(told[n], told[0]) {
		n++
	}
	if n == 0 {
		return nil, 0, notFound("entry", itoa(int(from)))
	}
	if n > limit {
		n, next = limit, told[limit].Entry
	}
	out, err = a.newTeller(s).all(ctx, told[:n])
	return out, next, err
}

// alone reports whether the entry that is told was written in a turn of its own: no
// entry beside it has its moment, author and verb.
func (t *teller) alone() (bool, error) {
	near, err := t.app.store.Since(t.ctx, max(t.told.Entry-1, 0), 3)
	if err != nil {
		return false, err
	}
	for _, other := range near {
		if d := other.Entry - t.told.Entry; (d == 1 || d == -1) && sameTurn(other, t.told) {
			return false, nil
		}
	}
	return true, nil
}

// sameTurn reports whether two entries were written in one transaction, as far as the
// record tells: by the same actor in the same moment, with the same verb.
func sameTurn(a, b store.Told) bool { return a.At == b.At && a.Actor == b.Actor && a.Verb == b.Verb }
