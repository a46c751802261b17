package ledger

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

// grow makes a log of n entries and keeps what Append returns.
func grow(t testing.TB, n int) (*Tree, map[int64][]byte, [][]byte) {
	t.Helper()
	tree, stored := &Tree{}, map[int64][]byte{}
	var leaves [][]byte
	for i := range n {
		leaf := fmt.Appendf(nil, "leaf %d", i)
		packed, err := tree.Append(leaf)
		if err != nil {
			t.Fatal(err)
		}
		stored[int64(i)], leaves = packed, append(leaves, leaf)
	}
	return tree, stored, leaves
}

func blobsOf(stored map[int64][]byte) Blobs {
	return func([]int64) (map[int64][]byte, error) { return stored, nil }
}

// rfc6962 is the definition of RFC 6962, section 2.1, word for word.
func rfc6962(leaves [][]byte) [32]byte {
	switch n := len(leaves); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	default:
		k := 1
		for k*2 < n {
			k *= 2
		}
		l, r := rfc6962(leaves[:k]), rfc6962(leaves[k:])
		return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
	}
}

const smallTrees = 40

func TestTheRootIsThatOfRFC6962(t *testing.T) {
	for n := range smallTrees {
		tree, _, leaves := grow(t, n)
		root, err := tree.Root()
		if err != nil || root != rfc6962(leaves) {
			t.Errorf("root of %d entries is %v, %v", n, root, err)
		}
	}
}

func TestALoadedTreeGrowsLikeTheOneThatWasNeverClosed(t *testing.T) {
	for n := range smallTrees {
		tree, stored, _ := grow(t, n)
		loaded, err := Load(int64(n), blobsOf(stored))
		if err != nil {
			t.Fatal(err)
		}
		for range 9 {
			a, errA := tree.Append([]byte("more"))
			b, errB := loaded.Append([]byte("more"))
			rootA, _ := tree.Root()
			rootB, _ := loaded.Root()
			if errA != nil || errB != nil || string(a) != string(b) || rootA != rootB || loaded.Size() != tree.Size() {
				t.Fatalf("after loading %d entries the trees differ at %d", n, tree.Size())
			}
		}
	}
}

func TestALogWhoseHashesAreGoneIsNotLoaded(t *testing.T) {
	_, stored, _ := grow(t, 5)
	delete(stored, 4)
	if _, err := Load(5, blobsOf(stored)); err == nil {
		t.Error("a log without the hashes of its last entry was loaded")
	}
}

func TestEveryEntryOfEverySmallTreeCanBeProved(t *testing.T) {
	_, stored, leaves := grow(t, smallTrees)
	reader := Reader(blobsOf(stored))
	for size := int64(1); size <= smallTrees; size++ {
		c := Checkpoint{Origin: "avow/test", Size: size, Root: rfc6962(leaves[:size])}
		for entry := range size {
			p, err := ProveInclusion(size, entry, leaves[entry], reader)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Check(c); err != nil {
				t.Errorf("entry %d of %d: %v", entry, size, err)
			}
			wrong := p
			wrong.Leaf = []byte("another leaf")
			if wrong.Check(c) == nil {
				t.Errorf("entry %d of %d: another leaf passes", entry, size)
			}
			if wrong = p; size > 1 {
				wrong.Entry = (entry + 1) % size
				if wrong.Check(c) == nil {
					t.Errorf("entry %d of %d passes as %d", entry, size, wrong.Entry)
				}
			}
			for i := range p.Path {
				wrong.Entry, wrong.Path = entry, append([]TreeHash{}, p.Path...)
				wrong.Path[i][0] ^= 1
				if wrong.Check(c) == nil {
					t.Errorf("entry %d of %d: a changed hash %d passes", entry, size, i)
				}
			}
		}
	}
	if _, err := ProveInclusion(3, 3, nil, reader); err == nil {
		t.Error("an entry that is not there was proved")
	}
}

func TestEverySmallTreeProvablyContinuesEverySmallerOne(t *testing.T) {
	_, stored, leaves := grow(t, smallTrees)
	reader := Reader(blobsOf(stored))
	at := func(n int64) Checkpoint {
		return Checkpoint{Origin: "avow/test", Size: n, Root: rfc6962(leaves[:n])}
	}
	for newer := int64(0); newer <= smallTrees; newer++ {
		for older := int64(0); older <= newer; older++ {
			path, err := ProveConsistency(older, newer, reader)
			if err != nil {
				t.Fatal(err)
			}
			if err := CheckConsistency(path, at(older), at(newer)); err != nil {
				t.Errorf("%d in %d: %v", older, newer, err)
			}
			rewritten := at(older)
			rewritten.Root[0] ^= 1
			if CheckConsistency(path, rewritten, at(newer)) == nil {
				t.Errorf("%d in %d: another past passes", older, newer)
			}
			if newer > older && CheckConsistency(path, at(newer), at(older)) == nil {
				t.Errorf("%d in %d passes backwards", newer, older)
			}
		}
	}
	other := at(1)
	other.Origin = "avow/other"
	if CheckConsistency(nil, other, at(1)) == nil {
		t.Error("two logs pass as one")
	}
}
