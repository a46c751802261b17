package app

import (
	"container/list"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/text"
)

// hits are what a search found: positions in the snapshot's rows, by group.
type hits [groups]bitset

// wordCache remembers which commitments hold a word, so that the commonest words
// cost one search each for every state of the record, however many ask for them
// at once and with whatever other words.
type wordCache struct {
	store  *store.Store
	flight singleflight.Group

	mu     sync.Mutex
	number uint64 // of the snapshot that the entries are about: positions are of its rows
	recent *list.List
	by     map[string]*list.Element
}

// wordEntry is a word with its variants. hits are those with it in the title, and
// those with it anywhere.
type wordEntry struct {
	key  string
	hits *hits
}

// The bounds of the cache, in words and in bytes of their sets, and of one search.
const (
	maxWords     = 4096
	maxWordBytes = 32 << 20
	maxSearch    = 20 * time.Second
)

func newWordCache(st *store.Store) *wordCache {
	return &wordCache{store: st, recent: list.New(), by: map[string]*list.Element{}}
}

// find returns what a query finds: every word, each in one of its variants. A
// query without a word finds nothing. An OGP ID finds its commitment first.
func (c *wordCache) find(ctx context.Context, s *snapshot, q string) (*hits, error) {
	h := &hits{newBitset(len(s.rows)), newBitset(len(s.rows))}
	for i, variants := range text.Query(q) {
		w, err := c.word(ctx, s, variants)
		if err != nil {
			return nil, err
		}
		for group := range h {
			if i == 0 {
				copy(h[group], w[group])
			} else {
				h[group].intersect(w[group])
			}
		}
	}
	h[groupText].subtract(h[groupTitle])
	if id, isID := civic.ParseOGPID(q); isID {
		h.lift(s, id)
	}
	return h, nil
}

// word returns the commitments with a variant of a word in the title (first
// group), and with one anywhere (second group).
func (c *wordCache) word(ctx context.Context, s *snapshot, variants []string) (*hits, error) {
	key := strings.Join(variants, "|")
	if h := c.get(s.number, key); h != nil {
		return h, nil
	}
	// The search outlives the request that began it: others wait for the same answer.
	found := c.flight.DoChan(fmt.Sprintf("%d %s", s.number, key), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxSearch)
		defer cancel()
		h, err := c.search(ctx, s, variants)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		c.keep(s.number, key, h)
		return h, nil
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-found:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*hits), nil
	}
}

func (c *wordCache) search(ctx context.Context, s *snapshot, variants []string) (*hits, error) {
	h := &hits{newBitset(len(s.rows)), newBitset(len(s.rows))}
	for group, titleOnly := range []bool{groupTitle: true, groupText: false} {
		ords, err := c.store.Search(ctx, [][]string{variants}, titleOnly)
		if err != nil {
			return nil, err
		}
		for _, ord := range ords {
			if ord >= 0 && ord < int64(len(s.at)) && s.at[ord] >= 0 {
				h[group].set(s.at[ord])
			}
		}
	}
	return h, nil
}

// bytes returns the memory of the sets; those of one snapshot are all alike.
func (h *hits) bytes() int { return groups * len(h[groupTitle]) * 8 }

// lift puts the commitment with an OGP ID into the first group.
func (h *hits) lift(s *snapshot, id string) {
	for i, r := range s.rows {
		if r.ogpID == id {
			h[groupTitle].set(int32(i))
			h[groupText].unset(int32(i))
		}
	}
}

func (c *wordCache) get(number uint64, key string) *hits {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.by[key]
	if number != c.number || e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(wordEntry).hits
}

func (c *wordCache) keep(number uint64, key string, h *hits) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if number < c.number {
		return // of a state that nobody asks for any more
	}
	if number > c.number {
		c.number = number
		c.recent.Init()
		clear(c.by)
	}
	c.by[key] = c.recent.PushFront(wordEntry{key, h})
	if n := c.recent.Len(); n > maxWords || n*h.bytes() > maxWordBytes {
		oldest := c.recent.Back()
		c.recent.Remove(oldest)
		delete(c.by, oldest.Value.(wordEntry).key)
	}
}

// bitset is a set of positions.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int32)   { b[i/64] |= 1 << (i % 64) }
func (b bitset) unset(i int32) { b[i/64] &^= 1 << (i % 64) }

// intersect keeps what is in both sets, which are of one length.
func (b bitset) intersect(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

// subtract takes away what is in the other set, of the same length.
func (b bitset) subtract(other bitset) {
	for i := range b {
		b[i] &^= other[i]
	}
}
