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

// wordCache remembers what searches found, so that the commonest word costs one
// search for each state of the record, however many ask for it at once.
type wordCache struct {
	store  *store.Store
	flight singleflight.Group

	mu     sync.Mutex
	size   int64 // of the record that the entries are about
	recent *list.List
	by     map[string]*list.Element
}

type wordEntry struct {
	key  string
	hits *hits
}

// The bounds of the cache and of one search.
const (
	maxWordEntries = 256
	maxSearch      = 20 * time.Second
)

func newWordCache(st *store.Store) *wordCache {
	return &wordCache{store: st, recent: list.New(), by: map[string]*list.Element{}}
}

// find returns what a query finds: every word, each in one of its variants. A
// query without a word finds nothing. An OGP ID finds its commitment first.
func (c *wordCache) find(ctx context.Context, s *snapshot, q string) (*hits, error) {
	words := text.Query(q)
	key := wordKey(words)
	id, isID := civic.ParseOGPID(q)
	if isID {
		key = id + "\x00" + key
	}
	if h := c.get(s.head.Size, key); h != nil {
		return h, nil
	}
	// The search outlives the request that began it: others wait for the same answer.
	found := c.flight.DoChan(fmt.Sprintf("%d %s", s.head.Size, key), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxSearch)
		defer cancel()
		h, err := c.search(ctx, s, words)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		if isID {
			h.lift(s, id)
		}
		c.keep(s.head.Size, key, h)
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

func (c *wordCache) search(ctx context.Context, s *snapshot, words [][]string) (*hits, error) {
	h := &hits{newBitset(len(s.rows)), newBitset(len(s.rows))}
	if len(words) == 0 {
		return h, nil
	}
	for group, titleOnly := range []bool{true, false} {
		ords, err := c.store.Search(ctx, words, titleOnly)
		if err != nil {
			return nil, err
		}
		for _, ord := range ords {
			if ord >= 0 && ord < int64(len(s.at)) && s.at[ord] >= 0 && !h[groupTitle].has(s.at[ord]) {
				h[group].set(s.at[ord])
			}
		}
	}
	return h, nil
}

// lift puts the commitment with an OGP ID into the first group.
func (h *hits) lift(s *snapshot, id string) {
	for i, r := range s.rows {
		if r.ogpID == id {
			h[groupTitle].set(int32(i))
			h[groupText].unset(int32(i))
		}
	}
}

func wordKey(words [][]string) string {
	var b strings.Builder
	for _, variants := range words {
		b.WriteString(strings.Join(variants, "|"))
		b.WriteByte('&')
	}
	return b.String()
}

func (c *wordCache) get(size int64, key string) *hits {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.by[key]
	if size != c.size || e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(wordEntry).hits
}

func (c *wordCache) keep(size int64, key string, h *hits) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if size < c.size {
		return // of a state that nobody asks for any more
	}
	if size > c.size {
		c.size = size
		c.recent.Init()
		clear(c.by)
	}
	c.by[key] = c.recent.PushFront(wordEntry{key, h})
	if c.recent.Len() > maxWordEntries {
		oldest := c.recent.Back()
		c.recent.Remove(oldest)
		delete(c.by, oldest.Value.(wordEntry).key)
	}
}

// bitset is a set of positions.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) unset(i int32)    { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i int32) bool { return b[i/64]&(1<<(i%64)) != 0 }
