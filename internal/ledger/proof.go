package ledger

import (
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion is everything somebody needs to check offline that an entry is in
// the log that a checkpoint describes.
type Inclusion struct {
	Entry int64
	Leaf  []byte
	Path  []TreeHash // from the leaf to the root
}

// ProveInclusion proves that entry is in the log's first size entries.
func ProveInclusion(size, entry int64, leaf []byte, r tlog.HashReader) (Inclusion, error) {
	if entry < 0 || entry >= size {
		return Inclusion{}, fmt.Errorf("entry %d is not among %d", entry, size)
	}
	path, err := tlog.ProveRecord(size, entry, r)
	if err != nil {
		return Inclusion{}, fmt.Errorf("prove entry %d in %d: %w", entry, size, err)
	}
	return Inclusion{Entry: entry, Leaf: leaf, Path: path}, nil
}

// Check reports whether the proof leads to the checkpoint's root.
func (p Inclusion) Check(c Checkpoint) error {
	if p.Entry < 0 || p.Entry >= c.Size {
		return fmt.Errorf("entry %d is not among %d", p.Entry, c.Size)
	}
	if err := tlog.CheckRecord(p.Path, c.Size, c.Root, p.Entry, LeafHash(p.Leaf)); err != nil {
		return fmt.Errorf("entry %d: %w", p.Entry, err)
	}
	return nil
}

// CheckBody reports whether salt and body are those the leaf commits to.
func (p Inclusion) CheckBody(salt, body []byte) error {
	l, err := DecodeLeaf(p.Leaf)
	if err != nil {
		return err
	}
	if Commit(salt, body) != l.Commit {
		return fmt.Errorf("entry %d commits to another text", p.Entry)
	}
	return nil
}

// ProveConsistency proves that the log's first older entries are unchanged among
// its first newer ones.
func ProveConsistency(older, newer int64, r tlog.HashReader) ([]TreeHash, error) {
	if older < 0 || older > newer {
		return nil, fmt.Errorf("a log of %d entries cannot continue one of %d", newer, older)
	}
	if older == 0 || older == newer {
		return nil, nil
	}
	path, err := tlog.ProveTree(newer, older, r)
	if err != nil {
		return nil, fmt.Errorf("prove %d in %d: %w", older, newer, err)
	}
	return path, nil
}

// CheckConsistency reports whether newer continues older without a change.
func CheckConsistency(path []TreeHash, older, newer Checkpoint) error {
	switch {
	case older.Origin != newer.Origin:
		return fmt.Errorf("%s and %s are two logs", older.Origin, newer.Origin)
	case older.Size < 0 || older.Size > newer.Size:
		return fmt.Errorf("a log of %d entries cannot continue one of %d", newer.Size, older.Size)
	case older.Size == 0 && older.Root == EmptyRoot && len(path) == 0:
		return nil
	case older.Size == newer.Size && older.Root == newer.Root && len(path) == 0:
		return nil
	case older.Size == 0 || older.Size == newer.Size:
		return fmt.Errorf("two logs of %d and %d entries have different roots", older.Size, newer.Size)
	}
	if err := tlog.CheckTree(path, newer.Size, newer.Root, older.Size, older.Root); err != nil {
		return fmt.Errorf("%d in %d: %w", older.Size, newer.Size, err)
	}
	return nil
}

// FormatHash writes a hash as standard base64 with padding.
func FormatHash(h TreeHash) string { return base64.StdEncoding.EncodeToString(h[:]) }
