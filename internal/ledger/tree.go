package ledger

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// TreeHash is a hash of the Merkle tree.
type TreeHash = tlog.Hash

// LeafHash returns the tree's hash of a leaf's bytes (RFC 6962, section 2.1).
func LeafHash(leaf []byte) TreeHash { return tlog.RecordHash(leaf) }

// Tree is the right edge of the log: as much of it as is needed to append and to
// tell the root. Its size in memory grows with the logarithm of the log.
type Tree struct {
	size int64
	edge [63]TreeHash // by level, the newest complete subtree that is a left child
}

// Blobs gives the stored hashes of entries: for each entry the bytes that Append
// returned when it was added.
type Blobs func(entries []int64) (map[int64][]byte, error)

// Load restores the right edge of a log with size entries.
func Load(size int64, blobs Blobs) (*Tree, error) {
	t := &Tree{size: size}
	var entries []int64
	var levels []int
	for level, end := bits.Len64(uint64(size))-1, int64(0); level >= 0; level-- {
		if size>>level&1 == 1 {
			end += 1 << level
			entries, levels = append(entries, end-1), append(levels, level)
		}
	}
	if len(entries) == 0 {
		return t, nil
	}
	found, err := blobs(entries)
	if err != nil {
		return nil, fmt.Errorf("read the edge of a log of %d entries: %w", size, err)
	}
	for i, level := range levels {
		h, err := hashAt(found[entries[i]], level)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", entries[i], err)
		}
		t.edge[level] = h
	}
	return t, nil
}

// Size returns the number of entries.
func (t *Tree) Size() int64 { return t.size }

// Append adds a leaf and returns the hashes it completes, packed from level 0
// upward: its own hash, and that of each subtree whose last leaf it is.
func (t *Tree) Append(leaf []byte) ([]byte, error) { return t.AppendHash(LeafHash(leaf)) }

// AppendHash is Append for a leaf of which only the hash is known.
func (t *Tree) AppendHash(leaf TreeHash) ([]byte, error) {
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t)
	if err != nil {
		return nil, fmt.Errorf("append entry %d: %w", t.size, err)
	}
	packed := make([]byte, 0, len(hashes)*tlog.HashSize)
	for level, h := range hashes {
		t.edge[level] = h
		packed = append(packed, h[:]...)
	}
	t.size++
	return packed, nil
}

// Adopt puts stored hashes in the place of those that the last Append returned,
// so that a verifier meets a wrong hash once and not again in each hash above it.
func (t *Tree) Adopt(packed []byte) {
	for level := range len(packed) / tlog.HashSize {
		t.edge[level] = TreeHash(packed[level*tlog.HashSize : (level+1)*tlog.HashSize])
	}
}

// Root returns the tree's root hash. That of an empty log is SHA-256 of nothing,
// as RFC 6962 has it.
func (t *Tree) Root() (TreeHash, error) {
	if t.size == 0 {
		return EmptyRoot, nil
	}
	h, err := tlog.TreeHash(t.size, t)
	if err != nil {
		return TreeHash{}, fmt.Errorf("root of %d entries: %w", t.size, err)
	}
	return h, nil
}

// ReadHashes gives tlog the hashes of the right edge, which are all it asks for.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, _ := tlog.SplitStoredHashIndex(index)
		out[i] = t.edge[level]
	}
	return out, nil
}

// hashAt unpacks the hash of a level from an entry's stored bytes.
func hashAt(packed []byte, level int) (TreeHash, error) {
	if len(packed)%tlog.HashSize != 0 || len(packed) < (level+1)*tlog.HashSize {
		return TreeHash{}, fmt.Errorf("%d bytes of stored hashes hold no level %d", len(packed), level)
	}
	return TreeHash(packed[level*tlog.HashSize : (level+1)*tlog.HashSize]), nil
}

// Reader lets tlog read any stored hash of the log through blobs.
func Reader(blobs Blobs) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		entries, levels := make([]int64, len(indexes)), make([]int, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			entries[i], levels[i] = (n+1)<<level-1, level
		}
		found, err := blobs(entries)
		if err != nil {
			return nil, err
		}
		out := make([]tlog.Hash, len(indexes))
		for i := range indexes {
			if out[i], err = hashAt(found[entries[i]], levels[i]); err != nil {
				return nil, fmt.Errorf("entry %d: %w", entries[i], err)
			}
		}
		return out, nil
	})
}
