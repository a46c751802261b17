package text

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

func TestManyAtOnceGetTheSameTokensAlthoughTheCacheOverflows(t *testing.T) {
	want := Tokens("los municipios publicarán", "es")
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 3000 {
				Tokens(fmt.Sprintf("palabra%dx%d", g, i), "zxx")
				if got := Tokens("los municipios publicarán", "es"); !slices.Equal(got, want) {
					t.Errorf("got %q, want %q", got, want)
					return
				}
			}
		}()
	}
	wg.Wait()
	words := 0
	for i := range stems.shards {
		words += len(stems.shards[i].forms)
	}
	if words > shardWords*len(stems.shards) {
		t.Errorf("the cache holds %d words", words)
	}
}
