package text

import (
	"hash/maphash"
	"strings"
	"sync"
)

type stemKey struct{ lang, word string }

// stemCache remembers the forms of words, because a text repeats few words often
// and stemming is what costs. It is bounded: a full shard starts anew.
type stemCache struct {
	seed   maphash.Seed
	shards [32]struct {
		sync.RWMutex
		forms map[stemKey][][]string
	}
}

const (
	shardWords    = 1024 // times 32 shards: at most 32,768 words, about 8 MB
	cachedWordLen = 48   // bytes; longer words are rare and are not kept
)

var stems = &stemCache{seed: maphash.MakeSeed()}

func (c *stemCache) get(k stemKey) ([][]string, bool) {
	s := &c.shards[maphash.String(c.seed, k.word)%32]
	s.RLock()
	f, ok := s.forms[k]
	s.RUnlock()
	return f, ok
}

func (c *stemCache) put(k stemKey, forms [][]string) {
	if len(k.word) > cachedWordLen {
		return
	}
	k.word = strings.Clone(k.word) // do not keep the whole text alive
	for _, f := range forms {
		for i := range f {
			f[i] = strings.Clone(f[i])
		}
	}
	s := &c.shards[maphash.String(c.seed, k.word)%32]
	s.Lock()
	if s.forms == nil || len(s.forms) >= shardWords {
		s.forms = make(map[stemKey][][]string, 64)
	}
	s.forms[k] = forms
	s.Unlock()
}
